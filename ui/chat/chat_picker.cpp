#include "ui/chat/chat_picker.h"

#include <algorithm>

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/chat/chat_names.h"
#include "ui/chat/chat_text.h"
#include "ui/common/field_fault.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

constexpr int lineHeight = 18;
constexpr int rowPadding = 4;
constexpr int mostHeight = 240;

enum Role { Remark = Qt::UserRole, Detail, Name };

class ChoiceDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&,
                                 const QModelIndex& index) const override {
        const int lines = index.data(Detail).toString().isEmpty() ? 1 : 2;
        return {80, lines * lineHeight + 2 * rowPadding};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        paintRowState(painter, option.rect, option.state & QStyle::State_Selected,
                      option.state & QStyle::State_MouseOver);
        QRect line = option.rect.adjusted(8, rowPadding, -8, 0);
        line.setHeight(lineHeight);
        const QString detail = index.data(Detail).toString();
        painter->setFont(secondaryFont());
        paintText(painter, line.translated(0, lineHeight), detail, ColorToken::Muted);
        const QString remark = index.data(Remark).toString();
        paintText(painter, line, remark, ColorToken::Muted, Qt::AlignRight);
        line.setRight(line.right() - painter->fontMetrics().horizontalAdvance(remark) - 8);
        painter->setFont(QApplication::font());
        paintText(painter, line, index.data(Qt::DisplayRole).toString(), ColorToken::Text);
        painter->restore();
    }
};

} // namespace

ChatPicker::ChatPicker(const QString& fieldName, const QString& placeholder,
                       const QString& objectName, QWidget* parent)
    : QWidget(parent),
      m_field(new QLineEdit(this)),
      m_fault(new FieldFault(this)),
      m_list(new QListWidget(this)),
      m_noteLabel(makeNote(QString(), this)) {
    setObjectName(objectName);
    m_field->setObjectName(objectName + QStringLiteral("Field"));
    m_field->setAccessibleName(fieldName);
    m_field->setPlaceholderText(placeholder);
    m_field->installEventFilter(this);
    m_list->setObjectName(objectName + QStringLiteral("List"));
    m_list->setAccessibleName(fieldName);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new ChoiceDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 0, 12, 8);
    column->setSpacing(4);
    column->addWidget(m_field);
    column->addWidget(m_fault);
    column->addWidget(m_list);
    column->addWidget(m_noteLabel);
    connect(m_field, &QLineEdit::textEdited, this, [this] {
        m_fault->clear();
        fill();
    });
    connect(m_field, &QLineEdit::returnPressed, this, &ChatPicker::take);
    connect(m_list, &QListWidget::itemActivated, this, &ChatPicker::takeItem);
    connect(m_list, &QListWidget::itemClicked, this, &ChatPicker::takeItem);
    hide();
}

void ChatPicker::setChoices(std::vector<Choice> choices, const QString& note) {
    m_choices = std::move(choices);
    m_note = note;
    fill();
}

void ChatPicker::fill() {
    const QString typed = m_field->text().trimmed();
    m_list->clear();
    int height = 0;
    for (const Choice& choice : m_choices) {
        if (!choice.name.contains(typed, Qt::CaseInsensitive))
            continue;
        auto* item = new QListWidgetItem(safeText(choice.name), m_list);
        item->setData(Name, choice.name);
        item->setData(Remark, choice.remark);
        item->setData(Detail, safeText(choice.detail));
        item->setData(Qt::AccessibleTextRole,
                      QStringList({safeText(choice.name), choice.remark, safeText(choice.detail)})
                          .join(QStringLiteral(", ")));
        item->setToolTip(plainTip(safeText(choice.detail)));
        height += (choice.detail.isEmpty() ? 1 : 2) * lineHeight + 2 * rowPadding;
    }
    m_list->setFixedHeight(std::min(height, mostHeight));
    m_list->setVisible(height > 0);
    m_noteLabel->setText(m_note);
    m_noteLabel->setVisible(m_choices.empty() && !m_note.isEmpty());
}

void ChatPicker::open() {
    m_field->clear();
    m_fault->clear();
    fill();
    show();
    m_field->setFocus();
}

void ChatPicker::close() {
    if (isHidden())
        return;
    hide();
    Q_EMIT closed();
}

void ChatPicker::takeItem(const QListWidgetItem* item) {
    const QString name = item->data(Name).toString();
    close();
    Q_EMIT chosen(name);
}

void ChatPicker::take() {
    const QString typed = m_field->text().trimmed();
    const QString fault = nameFault(typed);
    if (!fault.isEmpty()) {
        m_fault->show(m_field, fault);
        return;
    }
    close();
    Q_EMIT chosen(normalName(typed));
}

bool ChatPicker::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && m_list->count() > 0 &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down) {
        m_list->setFocus();
        m_list->setCurrentRow(0);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ChatPicker::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sscope
