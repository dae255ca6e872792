#pragma once

#include <QIcon>
#include <QWidget>

namespace sscope {

class Conversation;

/// What stands in a tab of the centre: a conversation, a run of many connections, a load, a race.
/// On the GUI thread.
class TabPage : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString title() const = 0;
    /// What its tab has after the title, where something there waits for a person: a number, with
    /// an @ before it where a person is called.
    [[nodiscard]] virtual QString sign() const { return {}; }
    /// 14 px; a dot where the tab is of one connection.
    [[nodiscard]] virtual QIcon tabIcon() const = 0;
    /// What the tab's tooltip says of it beside its title: "open", "closed", "3 of 7 done".
    [[nodiscard]] virtual QString stateWord() const = 0;
    /// Looks for the text, from where it found the last one on. False where it is not there; what
    /// takes long goes on looking, and may end with findMissed().
    virtual bool find(const QString& /*text*/, bool /*backwards*/) { return false; }
    /// Where the keyboard goes when the tab is chosen.
    virtual void focusFirst() = 0;
    /// Where a person says whom to talk to.
    virtual void focusEndpoint() { focusFirst(); }
    /// The connection that was begun here; null where there is none, or many.
    [[nodiscard]] virtual const Conversation* client() const { return nullptr; }

Q_SIGNALS:
    void findMissed();
    /// Title, sign, icon or word have changed.
    void titleChanged();
    /// A person wants to see who holds the port.
    void showPortAsked(quint16 port, bool isDatagram);
};

} // namespace sscope
