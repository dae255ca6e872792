#include "ui/connections/completion_popup.h"

#include <algorithm>
#include <string_view>

#include <QApplication>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/connections/filter_words_text.h"

namespace sscope {

namespace {

constexpr int rowHeight = 22;
constexpr int mostRows = 8;
constexpr int popupWidth = 360;
constexpr int noteLeft = 136;
constexpr int padding = 8;

/// The word, and what it means, muted.
class CompletionDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        paintRowState(painter, option.rect, option.state & QStyle::State_Selected,
                      option.state & QStyle::State_MouseOver);
        const QString note = index.data(Qt::UserRole).toString();
        QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
        painter->setFont(monoFont());
        QRect word = rect;
        if (!note.isEmpty())
            word.setWidth(noteLeft - padding);
        paintText(painter, word, index.data().toString(), ColorToken::Text);
        rect.setLeft(rect.left() + noteLeft);
        painter->setFont(QApplication::font());
        paintText(painter, rect, note, ColorToken::Muted);
        painter->restore();
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {popupWidth, rowHeight};
    }
};

} // namespace

CompletionPopup::CompletionPopup(QWidget* field) : QListWidget(field), m_field(field) {
    setObjectName(QStringLiteral("filterCompletions"));
    setAccessibleName(tr("Completions"));
    setWindowFlags(Qt::ToolTip | Qt::FramelessWindowHint);
    setAttribute(Qt::WA_ShowWithoutActivating);
    setFocusPolicy(Qt::NoFocus);
    setFrameShape(QFrame::Box);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new CompletionDelegate(this));
    connect(this, &QListWidget::itemClicked, this, &CompletionPopup::accepted);
}

void CompletionPopup::showFor(const std::vector<FilterCompletion>& completions, int x) {
    m_completions = completions;
    clear();
    if (completions.empty()) {
        hide();
        return;
    }
    for (const FilterCompletion& completion : completions) {
        auto* item = new QListWidgetItem(toQString(displaySafe(completion.text)), this);
        item->setData(Qt::UserRole, filterNote(completion.text));
    }
    const int rows = std::min<int>(mostRows, count());
    resize(popupWidth, rows * rowHeight + 2 * frameWidth());
    QListWidget::move(m_field->mapToGlobal(QPoint(x, m_field->height() + 2)));
    show();
}

const FilterCompletion* CompletionPopup::chosen(bool isFirst) const {
    const int row = currentRow() < 0 && isFirst ? 0 : currentRow();
    if (isHidden() || row < 0 || row >= static_cast<int>(m_completions.size()))
        return nullptr;
    return &m_completions[static_cast<std::size_t>(row)];
}

bool CompletionPopup::offersKey() const {
    constexpr std::string_view comparisons = ":=<>";
    return !isHidden() && std::ranges::any_of(m_completions, [&](const auto& completion) {
        return !completion.text.empty() &&
               comparisons.find(completion.text.back()) != std::string_view::npos;
    });
}

void CompletionPopup::move(int rows) {
    const int last = count() - 1;
    const int row = currentRow() < 0 ? (rows > 0 ? 0 : last) : currentRow() + rows;
    setCurrentRow(std::clamp(row, 0, last));
}

} // namespace sscope
