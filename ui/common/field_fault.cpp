#include "ui/common/field_fault.h"

#include <QGridLayout>

#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"

namespace sscope {

FieldFault::FieldFault(QWidget* parent)
    : QWidget(parent),
      m_icon(new QLabel(this)),
      m_text(makeLabel({}, this)),
      m_links(new QHBoxLayout) {
    m_text->setObjectName(QStringLiteral("fieldFault"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 4);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_icon, 0, 0, Qt::AlignTop);
    grid->addWidget(m_text, 0, 1);
    m_links->setSpacing(12);
    grid->addLayout(m_links, 1, 1, Qt::AlignLeft);
    hide();
}

void FieldFault::show(QWidget* field, const QString& text) {
    clear();
    m_field = field;
    field->setProperty("atFault", true);
    field->update();
    field->setFocus();
    m_icon->setPixmap(iconPixmap(QStringLiteral("error"), 16, themeColor(ColorToken::Danger),
                                 devicePixelRatioF()));
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::WindowText, themeColor(ColorToken::Danger));
    m_text->setPalette(palette);
    m_text->setText(text);
    QWidget::show();
}

void FieldFault::clear() {
    if (m_field) {
        m_field->setProperty("atFault", false);
        m_field->update();
        m_field.clear();
    }
    hide();
    while (QLayoutItem* item = m_links->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

void FieldFault::addLink(const QString& text, const std::function<void()>& action) {
    auto* link = makeLink(text, QStringLiteral("remedyLink"), this);
    connect(link, &QPushButton::clicked, this, action);
    m_links->addWidget(link);
}

} // namespace sscope
