#include "ui/connections/closed_view.h"

#include <array>

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/common/fonts.h"
#include "ui/common/painting.h"
#include "ui/common/row_search.h"
#include "ui/common/table_setup.h"
#include "ui/connections/closed_model.h"
#include "ui/connections/connections_delegate.h"

namespace sscope {

namespace {

using Model = ClosedModel;

constexpr int padding = 8;
constexpr int gapWidth = 1'000;
constexpr std::array widths{112, 120, 54, 48, 118, 139, 139, 62, 74, 70, 70, 96};

/// A socket as in the table; a gap in the colour of a caution, over all of its row.
class ClosedDelegate : public QStyledItemDelegate {
public:
    explicit ClosedDelegate(const Model& model, QObject* parent)
        : QStyledItemDelegate(parent), m_model(model) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        const ClosedSocket* closed = m_model.socketAt(index.row());
        const bool selected = option.state & QStyle::State_Selected;
        painter->fillRect(option.rect, themeColor(selected ? ColorToken::Selection
                                                  : closed ? ColorToken::Surface
                                                           : ColorToken::RowChanged));
        QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
        const QString text = index.data().toString();
        if (!closed) {
            if (index.column() >= Model::ProcessColumn)
                paintGap(painter, option, index);
            else
                paintPlain(painter, rect, text, index);
        } else if (index.column() == Model::StateColumn) {
            const StateDot dot = stateDot(closed->row.state);
            paintDot(painter, {rect.left() + 3, rect.center().y()}, 8, themeColor(dot.color),
                     dot.isFilled);
            rect.setLeft(rect.left() + 14);
            paintText(painter, rect, text, ColorToken::Text);
        } else {
            paintPlain(painter, rect, text, index);
        }
        painter->restore();
    }

private:
    static void paintPlain(QPainter* painter, const QRect& rect, const QString& text,
                           const QModelIndex& index) {
        const bool isWord =
            index.column() == Model::ProcessColumn || index.column() == Model::ProtocolColumn;
        const bool isAddress =
            index.column() == Model::LocalColumn || index.column() == Model::RemoteColumn;
        painter->setFont(isWord ? QApplication::font() : monoFont());
        const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
        paintText(painter, rect, text, text.size() == 1 ? ColorToken::Muted : ColorToken::Text,
                  alignment & Qt::AlignHorizontal_Mask,
                  isAddress ? Qt::ElideMiddle : Qt::ElideRight);
    }
    /// Each cell paints its part of the sentence.
    static void paintGap(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) {
        const auto* view = qobject_cast<const QTableView*>(option.widget);
        if (!view)
            return;
        painter->setClipRect(option.rect);
        QRect line = option.rect;
        line.setLeft(view->columnViewportPosition(Model::ProcessColumn) + padding);
        line.setWidth(gapWidth);
        painter->setFont(QApplication::font());
        paintText(painter, line, index.siblingAtColumn(Model::ProcessColumn).data().toString(),
                  ColorToken::Text);
    }

    const Model& m_model;
};

} // namespace

ClosedView::ClosedView(ClosedModel& model, QWidget* parent) : QTableView(parent), m_model(model) {
    setObjectName(QStringLiteral("closedView"));
    setAccessibleName(tr("Closed sockets"));
    setUpTable(*this);
    setSelectionMode(ExtendedSelection);
    setItemDelegate(new ClosedDelegate(model, this));
    setModel(&model);
    QHeaderView* header = horizontalHeader();
    for (int column = 0; column < Model::ColumnCount; ++column)
        header->resizeSection(column, widths[static_cast<std::size_t>(column)]);
    header->setStretchLastSection(true);
}

void ClosedView::setFailure(const QString& sentence) {
    m_failure = sentence;
    viewport()->update();
}

bool ClosedView::find(const QString& text, bool backwards) {
    if (text.isEmpty())
        return false;
    const auto suits = [&](int row) {
        return m_model.lineText(row).contains(text, Qt::CaseInsensitive);
    };
    const int row = nextRow(m_model.rowCount(), currentIndex().row(), backwards, suits);
    if (row >= 0)
        setCurrentIndex(m_model.index(row, Model::ProcessColumn));
    return row >= 0;
}

void ClosedView::copyRows() const {
    QStringList lines;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            lines.append(m_model.lineText(row));
    }
    if (!lines.isEmpty())
        QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void ClosedView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        copyRows();
    else
        QTableView::keyPressEvent(event);
}

void ClosedView::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index =
        event->reason() == QContextMenuEvent::Keyboard ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString cell = index.data().toString();
    if (!cell.isEmpty())
        menu->addAction(tr("Copy cell"), this,
                        [cell] { QApplication::clipboard()->setText(cell); });
    menu->addAction(tr("Copy rows"), QKeySequence(QKeySequence::Copy), this, &ClosedView::copyRows);
    menu->addSeparator();
    menu->addAction(tr("Forget all"), &m_model, &ClosedModel::clear);
    menu->popup(event->globalPos());
}

void ClosedView::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_model.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorToken::Muted));
    const QString text = !m_failure.isEmpty()  ? m_failure
                         : m_model.isBusy()    ? tr("Filtering…")
                         : m_model.total() > 0 ? tr("No closed socket passes the filter.")
                                               : tr("Sockets that close from now on are listed "
                                                    "here, also those that live for a moment.");
    painter.drawText(viewport()->rect().adjusted(padding, 0, -padding, 0),
                     Qt::AlignCenter | Qt::TextWordWrap, text);
}

} // namespace sscope
