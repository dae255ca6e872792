#include "ui/clients/examples_view.h"

#include <algorithm>
#include <span>

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/common/control_painting.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int rowHeight = 26;
constexpr int mostRows = 6;
constexpr int margin = 8;
constexpr int titleLeft = 32;
constexpr int gap = 20;

enum Role { SummaryRole = Qt::UserRole, IconRole, SummaryLeftRole };

/// Icon, title, summary, and at the row that is meant the word that starts it.
class ExampleDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const QRect row = option.rect;
        const bool isChosen =
            option.state & QStyle::State_Selected && option.state & QStyle::State_HasFocus;
        const bool isHovered = option.state & QStyle::State_MouseOver;
        const int right = row.right() + 1 - margin;
        QRect summary(row.left() + index.data(SummaryLeftRole).toInt(), row.top(), 0, rowHeight);
        summary.setRight(right - startWidth(option));
        painter->save();
        painter->setFont(option.font);
        if (isChosen || isHovered)
            paintBox(painter, row, themeColor(isChosen ? ColorToken::Selection : ColorToken::Hover),
                     {});
        paintIcon(painter, QRect(row.left() + margin, row.top(), 16, rowHeight),
                  index.data(IconRole).toString(), 16, ColorToken::Text);
        paintText(painter, QRect(row.left() + titleLeft, row.top(), row.width(), rowHeight),
                  index.data(Qt::DisplayRole).toString(), ColorToken::Text);
        paintText(painter, summary, index.data(SummaryRole).toString(), ColorToken::Muted);
        if (isChosen || isHovered)
            paintText(painter, QRect(row.left(), row.top(), right - row.left(), rowHeight),
                      ExamplesView::tr("Start"), ColorToken::Accent, Qt::AlignRight);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override {
        const QString summary = index.data(SummaryRole).toString();
        return {index.data(SummaryLeftRole).toInt() +
                    option.fontMetrics.horizontalAdvance(summary) + startWidth(option) + margin,
                rowHeight};
    }

private:
    static int startWidth(const QStyleOptionViewItem& option) {
        return option.fontMetrics.horizontalAdvance(ExamplesView::tr("Start")) + gap / 2;
    }
};

} // namespace

ExamplesView::ExamplesView(QWidget* parent) : QListView(parent) {
    setObjectName(QStringLiteral("examplesView"));
    setAccessibleName(tr("Examples"));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setCursor(Qt::PointingHandCursor);
    setItemDelegate(new ExampleDelegate(this));
    setModel(&m_model);
    setFixedHeight(0);
    connect(this, &QListView::clicked, this,
            [this](const QModelIndex& index) { Q_EMIT startAsked(index.row()); });
}

void ExamplesView::setExamples(const std::vector<Example>& examples) {
    m_model.clear();
    const auto shown = std::span(examples).first(std::min(examples.size(), std::size_t{mostRows}));
    int widest = 0;
    for (const Example& example : shown)
        widest = std::max(widest, fontMetrics().horizontalAdvance(example.title));
    for (const Example& example : shown) {
        auto* item = new QStandardItem(example.title);
        item->setData(example.summary, SummaryRole);
        item->setData(example.icon, IconRole);
        item->setData(titleLeft + widest + gap, SummaryLeftRole);
        item->setAccessibleText(QStringLiteral("%1: %2").arg(example.title, example.summary));
        m_model.appendRow(item);
    }
    setFixedHeight(m_model.rowCount() * rowHeight);
}

void ExamplesView::keyPressEvent(QKeyEvent* event) {
    const bool starts = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                        event->key() == Qt::Key_Space;
    if (starts && currentIndex().isValid())
        Q_EMIT startAsked(currentIndex().row());
    else
        QListView::keyPressEvent(event);
}

void ExamplesView::mouseDoubleClickEvent(QMouseEvent*) {
    // Its first click has started the example already.
}

void ExamplesView::focusInEvent(QFocusEvent* event) {
    QListView::focusInEvent(event);
    if (!currentIndex().isValid())
        setCurrentIndex(m_model.index(0, 0));
}

} // namespace sscope
