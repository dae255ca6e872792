// What the page's tab tells of it, and of whoever calls.

#include <QApplication>

#include "ui/chat/chat_header.h"
#include "ui/chat/chat_page.h"
#include "ui/chat/chat_text.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"

namespace sscope {

using State = ChatSession::State;

QString ChatPage::title() const {
    const Endpoint& endpoint = m_config.client.endpoint;
    if (endpoint.host.empty() && endpoint.path.empty())
        return tr("New chat");
    const QString where = isUnix(endpoint.transport) ? toQString(endpoint.path)
                                                     : QStringLiteral(":%1").arg(endpoint.port);
    // Several people of one chat may have tabs here.
    const QString name = safeText(m_session->name());
    return name.isEmpty() ? tr("chat %1").arg(where) : tr("chat %1 · %2").arg(where, name);
}

QString ChatPage::sign() const {
    return unreadText(m_unread, m_calls);
}

QIcon ChatPage::tabIcon() const {
    const bool isIn = m_session->state() == State::In;
    const bool isWaiting = m_session->state() == State::Waiting;
    const ColorToken token = isIn        ? ColorToken::Success
                             : isWaiting ? ColorToken::Warning
                                         : ColorToken::Muted;
    return dotPixmap(themeColor(token), isIn, 14, devicePixelRatioF());
}

QString ChatPage::stateWord() const {
    switch (m_session->state()) {
    case State::Idle:
        return tr("not joined");
    case State::Connecting:
        return tr("connecting");
    case State::In:
        if (m_calls > 0)
            return tr("as %1; %2 calls you").arg(safeText(m_session->name()), safeText(m_caller));
        return m_unread > 0
                   ? tr("as %1; %n unread", nullptr, m_unread).arg(safeText(m_session->name()))
                   : tr("as %1").arg(safeText(m_session->name()));
    case State::Waiting:
        return tr("waiting to try again");
    case State::Ended:
        break;
    }
    return tr("closed");
}

void ChatPage::showElsewhere() {
    int unread = 0;
    int calls = 0;
    for (const ChatPlacesModel* places : {&m_session->rooms(), &m_session->persons()}) {
        for (int row = 0; row < places->rowCount(); ++row) {
            const ChatPlacesModel::Entry& entry = places->at(row);
            const bool isDirect = entry.place.kind == ChatPlace::Kind::Person;
            unread += entry.unread;
            calls += isDirect ? entry.unread : entry.mentions;
        }
    }
    m_header->setElsewhere(unread, calls);
    const bool isOther = m_calls != calls || m_unread != unread;
    m_calls = calls;
    m_unread = unread;
    if (isOther)
        Q_EMIT titleChanged();
}

/// While nobody looks.
void ChatPage::called(const ChatPlace&, const QString& author) {
    m_caller = author;
    QApplication::alert(window());
    Q_EMIT titleChanged();
}

} // namespace sscope
