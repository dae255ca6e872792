#include "ui/common/remark_combo_box.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QStylePainter>

#include "ui/common/fonts.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int remarkRole = Qt::UserRole + 1;
constexpr int margin = 8;
constexpr int gap = 6;
constexpr int padding = 6; // of a field, left of its text
constexpr int arrowWidth = 20;
constexpr int rowHeight = 24;
constexpr int scrollBarWidth = 10;
constexpr int mostRows = 16;

int textWidth(const QFont& font, const QString& text) {
    return QFontMetrics(font).horizontalAdvance(text);
}

void paintEntry(QPainter* painter, QRect rect, const QString& text, const QString& remark,
                const QFont& font, bool isEnabled) {
    painter->setFont(font);
    paintText(painter, rect, text, isEnabled ? ColorToken::Text : ColorToken::FieldBorder);
    rect.setLeft(rect.left() + textWidth(font, text) + gap);
    if (textWidth(QApplication::font(), remark) > rect.width())
        return;
    painter->setFont(QApplication::font());
    paintText(painter, rect, remark, isEnabled ? ColorToken::Muted : ColorToken::FieldBorder);
}

/// The field of an editable box, with the remark of the entry that it shows.
class EntryEdit : public QLineEdit {
public:
    explicit EntryEdit(QComboBox* box) : QLineEdit(box), m_box(box) {}

protected:
    void paintEvent(QPaintEvent* event) override {
        QLineEdit::paintEvent(event);
        const int index = m_box->findText(text());
        if (index < 0 || hasFocus())
            return;
        const QString remark = m_box->itemData(index, remarkRole).toString();
        QPainter painter(this);
        painter.setFont(QApplication::font());
        const int left = textMargins().left() + padding + textWidth(font(), text()) + gap;
        if (left + textWidth(QApplication::font(), remark) <= width())
            paintText(&painter, rect().adjusted(left, 0, 0, 0), remark,
                      isEnabled() ? ColorToken::Muted : ColorToken::FieldBorder);
    }

private:
    const QComboBox* m_box;
};

class EntryDelegate : public QStyledItemDelegate {
public:
    explicit EntryDelegate(QComboBox* box) : QStyledItemDelegate(box), m_box(box) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        paintRowState(painter, option.rect, option.state & QStyle::State_Selected, false);
        paintEntry(painter, option.rect.adjusted(margin, 0, -margin, 0), index.data().toString(),
                   index.data(remarkRole).toString(), m_box->font(), true);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&,
                                 const QModelIndex& index) const override {
        const QString remark = index.data(remarkRole).toString();
        const int width = textWidth(m_box->font(), index.data().toString()) +
                          (remark.isEmpty() ? 0 : gap + textWidth(QApplication::font(), remark));
        return {width + 2 * margin + 2, rowHeight};
    }

private:
    const QComboBox* m_box;
};

} // namespace

RemarkComboBox::RemarkComboBox(QWidget* parent) : QComboBox(parent) {
    setItemDelegate(new EntryDelegate(this));
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8);
    setMaxVisibleItems(mostRows);
}

void RemarkComboBox::addEntry(const QString& text, const QString& remark, const QVariant& value) {
    addItem(text, value);
    setRemark(count() - 1, remark);
}

void RemarkComboBox::setRemark(int index, const QString& remark) {
    setItemData(index, remark, remarkRole);
    setItemData(index,
                remark.isEmpty() ? itemText(index)
                                 : QStringLiteral("%1, %2").arg(itemText(index), remark),
                Qt::AccessibleTextRole);
    update();
    if (isEditable())
        lineEdit()->update();
}

void RemarkComboBox::showPopup() {
    view()->setMinimumWidth(view()->sizeHintForColumn(0) + scrollBarWidth);
    QComboBox::showPopup();
}

void RemarkComboBox::makeEditable() {
    setEditable(true);
    setLineEdit(new EntryEdit(this));
    setInsertPolicy(NoInsert);
    setCompleter(nullptr);
    lineEdit()->setFont(font());
    setLead(m_lead);
}

void RemarkComboBox::showText(const QString& text) {
    if (const int index = findText(text); index >= 0)
        setCurrentIndex(index);
    setEditText(text);
}

void RemarkComboBox::setLead(const QString& word) {
    m_lead = word;
    const int width = word.isEmpty() ? 0 : textWidth(QApplication::font(), word) + gap;
    if (isEditable())
        lineEdit()->setTextMargins(width, 0, 0, 0);
    updateGeometry();
    update();
}

void RemarkComboBox::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.setFont(QApplication::font());
    if (!m_lead.isEmpty())
        paintText(&painter, rect().adjusted(margin, 0, 0, 0), m_lead,
                  isEnabled() ? ColorToken::Muted : ColorToken::FieldBorder);
    if (isEditable())
        return;
    paintEntry(&painter, rect().adjusted(margin, 0, -arrowWidth, 0), currentText(),
               currentData(remarkRole).toString(), font(), isEnabled());
}

} // namespace sscope
