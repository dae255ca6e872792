#include "ui/main_window/find_field.h"

#include <QKeyEvent>
#include <QPainter>

#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"

namespace sscope {

FindField::FindField(QWidget* parent) : QLineEdit(parent) {
    setObjectName(QStringLiteral("findField"));
    setAccessibleName(tr("Find"));
    setPlaceholderText(tr("Find"));
    setToolTip(
        tipWithKey(tr("Find in the view that was used last"), QKeySequence(QKeySequence::Find)));
    setFixedWidth(220);
    addAction(lineIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    connect(this, &QLineEdit::textChanged, this, [this] { showMissed(false); });
}

void FindField::showMissed(bool missed) {
    setProperty("atFault", missed);
    update();
}

void FindField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT findAsked(event->modifiers() & Qt::ShiftModifier);
    else if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else
        QLineEdit::keyPressEvent(event);
}

void FindField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    QString note;
    if (text().isEmpty())
        note = QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText);
    else if (property("atFault").toBool())
        note = tr("not found");
    QPainter painter(this);
    painter.setFont(secondaryFont());
    painter.setPen(themeColor(ColorToken::Muted));
    painter.drawText(rect().adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter, note);
}

} // namespace sscope
