#include "ui/load/load_runs_view.h"

#include <algorithm>

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/load/load_fields.h"
#include "ui/load/load_runs_model.h"
#include "ui/load/load_text.h"

namespace sscope {

namespace {

constexpr int rowHeight = 64;
constexpr int margin = 12;
constexpr int lineHeight = 18;
constexpr int top = 5;

class RunDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const auto* model = qobject_cast<const LoadRunsModel*>(index.model());
        const LoadConfig& config = model->at(index.row()).result.config;
        const bool isSelected = option.state & QStyle::State_Selected;
        painter->save();
        paintRowState(painter, option.rect, isSelected, option.state & QStyle::State_MouseOver);
        if (isSelected)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                              themeColor(ColorToken::Accent));
        QRect line(option.rect.left() + margin, option.rect.top() + top,
                   option.rect.width() - 2 * margin, lineHeight);
        painter->setFont(monoFont());
        const QString outcome = model->outcomeOf(index.row());
        paintText(painter, line, outcome, ColorToken::Text, Qt::AlignRight);
        const int taken = painter->fontMetrics().horizontalAdvance(outcome) + 8;
        painter->setFont(demiBold(QApplication::font()));
        paintText(painter, line.adjusted(0, 0, -taken, 0), index.data().toString(),
                  ColorToken::Text);
        line.translate(0, lineHeight);
        painter->setFont(monoFont());
        paintText(painter, line, toQString(config.endpoint.text()), ColorToken::Muted,
                  Qt::AlignLeft, Qt::ElideMiddle);
        line.translate(0, lineHeight);
        painter->setFont(secondaryFont());
        paintText(painter, line,
                  QStringLiteral("%1 × %2, %3, %4")
                      .arg(countText(config.connections), sizeText(config.size),
                           rateWords(config.rate), spanText(config.duration)),
                  ColorToken::Muted);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {200, rowHeight};
    }

    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex&) const override {
        editor->setGeometry(option.rect.left() + margin - 6, option.rect.top() + 2,
                            option.rect.width() - 2 * margin + 12, 24);
    }
};

} // namespace

LoadRunsView::LoadRunsView(LoadRunsModel& model, QWidget* parent) : QListView(parent) {
    setObjectName(QStringLiteral("loadRuns"));
    setAccessibleName(tr("Runs"));
    setFrameShape(NoFrame);
    setModel(&model);
    setItemDelegate(new RunDelegate(this));
    setUniformItemSizes(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(EditKeyPressed | DoubleClicked);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void LoadRunsView::choose(int row) {
    setCurrentIndex(model()->index(row, 0));
    scrollTo(currentIndex());
}

std::vector<int> LoadRunsView::chosen() const {
    std::vector<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::ranges::sort(rows);
    return rows;
}

void LoadRunsView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete)
        Q_EMIT removeAsked();
    else
        QListView::keyPressEvent(event);
}

void LoadRunsView::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    if (model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorToken::Muted));
    painter.drawText(viewport()->rect().adjusted(margin, 4, -margin, 0), Qt::TextWordWrap,
                     tr("Each run is kept here until the tab is closed. Choose two or more to "
                        "compare them."));
}

void LoadRunsView::selectionChanged(const QItemSelection& selected,
                                    const QItemSelection& deselected) {
    QListView::selectionChanged(selected, deselected);
    Q_EMIT chosenChanged();
}

} // namespace sscope
