#include "ui/servers/server_log_view.h"

#include <algorithm>

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/painting.h"
#include "ui/common/small_widgets.h"
#include "ui/servers/server_log_model.h"

namespace sscope {

namespace {

constexpr int rowHeight = 22;
constexpr int margin = 12;
constexpr int gap = 8;
constexpr int iconSize = 14;

/// Time, words, and at the right an icon where something went wrong.
class ServerLogDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        paintRowState(painter, option.rect, option.state & QStyle::State_Selected,
                      option.state & QStyle::State_MouseOver);
        painter->setFont(monoFont());
        QRect rest = option.rect.adjusted(margin, 0, -margin, 0);
        const QString time = index.data(ServerLogModel::TimeRole).toString();
        paintText(painter, rest, time, ColorToken::Muted);
        rest.setLeft(rest.left() + painter->fontMetrics().horizontalAdvance(time) + gap);
        const auto mood = static_cast<const ServerLogModel*>(index.model())->moodOf(index.row());
        if (mood != ServerLogModel::Mood::Plain) {
            const bool isBad = mood == ServerLogModel::Mood::Bad;
            paintIcon(painter, QRect(rest.left(), rest.top(), iconSize, rest.height()),
                      isBad ? QStringLiteral("error") : QStringLiteral("warning"), iconSize,
                      isBad ? ColorToken::Danger : ColorToken::Warning);
            rest.setLeft(rest.left() + iconSize + 4);
        }
        painter->setFont(secondaryFont());
        paintText(painter, rest, index.data().toString(), ColorToken::Text);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {100, rowHeight};
    }
};

} // namespace

ServerLogView::ServerLogView(QWidget* parent) : QListView(parent) {
    setObjectName(QStringLiteral("serverLogView"));
    setAccessibleName(tr("Log of the server"));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new ServerLogDelegate(this));
}

ServerLogModel* ServerLogView::log() const {
    return static_cast<ServerLogModel*>(model());
}

void ServerLogView::setLog(ServerLogModel* log) {
    if (log == model())
        return;
    if (model())
        disconnect(model(), nullptr, this, nullptr);
    setModel(log);
    if (!log)
        return;
    connect(log, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar* bar = verticalScrollBar();
        if (bar->value() == bar->maximum())
            QMetaObject::invokeMethod(this, &QListView::scrollToBottom, Qt::QueuedConnection);
    });
    scrollToBottom();
}

void ServerLogView::copyRows() const {
    QModelIndexList rows = selectedIndexes();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex& index : rows)
        lines.append(log()->lineText(index.row()));
    for (int row = 0; rows.isEmpty() && log() && row < log()->rowCount(); ++row)
        lines.append(log()->lineText(row));
    if (!lines.isEmpty())
        QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void ServerLogView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        copyRows();
    else
        QListView::keyPressEvent(event);
}

void ServerLogView::contextMenuEvent(QContextMenuEvent* event) {
    if (!model() || model()->rowCount() == 0)
        return;
    const bool isSome = selectionModel()->hasSelection();
    QMenu menu(this);
    menu.addAction(lineIcon(QStringLiteral("copy")), isSome ? tr("Copy the rows") : tr("Copy all"),
                   QKeySequence(QKeySequence::Copy), this, &ServerLogView::copyRows);
    menu.exec(event->globalPos());
}

void ServerLogView::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    if (model() && model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorToken::Muted));
    painter.drawText(viewport()->rect().adjusted(margin, gap, -margin, -gap),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     tr("Nothing has happened yet. Starts, clients and troubles are listed here."));
}

ServerLogPage::ServerLogPage(QWidget* parent)
    : QWidget(parent), m_dropped(makeNote({}, this)), m_view(new ServerLogView(this)) {
    m_dropped->setObjectName(QStringLiteral("droppedLogRows"));
    m_dropped->setContentsMargins(margin, 0, margin, 4);
    m_dropped->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_dropped);
    column->addWidget(m_view, 1);
}

void ServerLogPage::setLog(ServerLogModel* log) {
    if (m_view->model())
        disconnect(m_view->model(), nullptr, this, nullptr);
    m_view->setLog(log);
    m_dropped->hide();
    if (!log)
        return;
    connect(log, &ServerLogModel::droppedRowsChanged, this, [this, log] { showDropped(*log); });
    showDropped(*log);
}

void ServerLogPage::showDropped(const ServerLogModel& log) {
    m_dropped->setText(tr("%1 older rows have made room.").arg(countText(log.droppedRows())));
    m_dropped->setVisible(log.droppedRows() > 0);
}

} // namespace sscope
