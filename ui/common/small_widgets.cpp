#include "ui/common/small_widgets.h"

#include <QKeySequence>
#include <QPainter>

#include "ui/common/fonts.h"
#include "ui/common/icons.h"

namespace sscope {

namespace {

class Hairline : public QWidget {
public:
    explicit Hairline(QWidget* parent) : QWidget(parent) { setFixedHeight(1); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter(this).fillRect(rect(), themeColor(ColorToken::Hairline));
    }
};

} // namespace

QToolButton* makeIconButton(const QString& icon, const QString& tip, const QString& objectName,
                            QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setObjectName(objectName);
    button->setIcon(lineIcon(icon));
    button->setIconSize({16, 16});
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedSize(24, 24);
    return button;
}

QToolButton* makeChip(const QString& text, const QString& tip, const QString& objectName,
                      QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setObjectName(objectName);
    button->setText(text);
    button->setToolTip(tip);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setCheckable(true);
    button->setProperty("chip", true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QPushButton* makeLink(const QString& text, const QString& objectName, QWidget* parent) {
    auto* button = new QPushButton(text, parent);
    button->setObjectName(objectName);
    button->setProperty("link", true);
    button->setFlat(true);
    button->setCursor(Qt::PointingHandCursor);
    button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    return button;
}

QLabel* makeLabel(const QString& text, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setWordWrap(true);
    return label;
}

QLabel* makeNote(const QString& text, QWidget* parent) {
    QLabel* label = makeLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QLabel* makeTitle(const QString& text, QWidget* parent) {
    QLabel* label = makeLabel(text, parent);
    label->setWordWrap(false);
    label->setFont(demiBold(label->font()));
    return label;
}

QWidget* makeHairline(QWidget* parent) {
    return new Hairline(parent);
}

QString tipWithKey(const QString& text, const QKeySequence& key) {
    return QStringLiteral("%1 (%2)").arg(text, key.toString(QKeySequence::NativeText));
}

} // namespace sscope
