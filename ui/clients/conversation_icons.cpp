#include "ui/clients/conversation_icons.h"

#include <QCoreApplication>
#include <QMenu>

#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

constexpr int iconSize = 28;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::ConversationIcons)
};

QToolButton* makeIcon(const QString& icon, const QString& tip, const QString& name,
                      QWidget* parent) {
    QToolButton* button = makeIconButton(icon, tip, name, parent);
    button->setFixedSize(iconSize, iconSize);
    return button;
}

} // namespace

QToolButton* makeStreamIcon(QWidget* parent) {
    QToolButton* button = makeIcon(
        QStringLiteral("chunks"),
        tipWithKey(Words::tr("Show the stream: receives and messages side by side"), streamKey()),
        QStringLiteral("streamToggle"), parent);
    button->setCheckable(true);
    return button;
}

QToolButton* makeSaveIcon(QWidget* parent, const std::function<void(bool isSent)>& save) {
    QToolButton* button =
        makeIcon(QStringLiteral("download"), Words::tr("Save to a file, byte for byte"),
                 QStringLiteral("saveConversation"), parent);
    auto* menu = new QMenu(button);
    menu->addAction(Words::tr("Save all that was received…"), button, [save] { save(false); });
    menu->addAction(Words::tr("Save all that was sent…"), button, [save] { save(true); });
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    return button;
}

} // namespace sscope
