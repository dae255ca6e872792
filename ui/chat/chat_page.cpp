#include "ui/chat/chat_page.h"

#include <utility>

#include <QEvent>

#include "ui/chat/chat_bar.h"
#include "ui/chat/chat_composer.h"
#include "ui/chat/chat_conversation.h"
#include "ui/chat/chat_edit.h"
#include "ui/chat/chat_header.h"
#include "ui/chat/chat_join_form.h"
#include "ui/chat/chat_lines_view.h"
#include "ui/chat/chat_names.h"
#include "ui/chat/chat_people_view.h"
#include "ui/chat/chat_text.h"
#include "ui/clients/conversation_panes.h"
#include "ui/clients/conversation_view.h"
#include "ui/clients/recent_inputs.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"

namespace sscope {

using State = ChatSession::State;

ChatPage::ChatPage(EngineBridge& bridge, ConversationHub& hub, RecentInputs& inputs,
                   QWidget* parent)
    : TabPage(parent),
      m_session(new ChatSession(bridge, this, &inputs.chatReadMarks())),
      m_conversation(new ChatConversation(bridge, hub, m_session->owner(), this)) {
    setObjectName(QStringLiteral("chatPage"));
    build(inputs);
    connectSession();
    connectParts();
    connectSearch();
    addKeys();
    setFocusProxy(m_form);
    showState();
    showPlace();
}

ChatPage::~ChatPage() {
    // Nothing that the parts say while they go is to be heard.
    m_session->disconnect(this);
}

const Conversation* ChatPage::client() const {
    return m_conversation;
}

void ChatPage::setConfig(const ChatClientConfig& config) {
    m_config = config;
    m_form->setConfig(config);
    m_bar->setConfig(config);
    Q_EMIT titleChanged();
}

void ChatPage::joinNow() {
    const Endpoint& endpoint = m_config.client.endpoint;
    const bool isKnown =
        !(endpoint.host.empty() && endpoint.path.empty()) && !m_config.name.empty();
    if (isKnown)
        join(m_config);
    else
        m_form->focusFirst();
}

void ChatPage::join(const ChatClientConfig& config) {
    setConfig(config);
    m_wasIn = false;
    m_isJoinTold = false;
    m_isJoinAsked = true;
    m_session->connectTo(config);
    if (m_views->currentWidget() == m_chat)
        m_composer->setFocus();
}

void ChatPage::joinFromBar() {
    const auto endpoint = parseEndpoint(m_bar->addressText().toStdString(), {});
    if (!endpoint) {
        m_bar->setAtFault(true, errorWords(endpoint.error()));
        m_strip->show(InlineMessage::Kind::Problem, errorWords(endpoint.error()));
        return;
    }
    if (const QString fault = nameFault(m_bar->nameText()); !fault.isEmpty()) {
        m_bar->setAtFault(false, fault);
        m_strip->show(InlineMessage::Kind::Problem, fault);
        return;
    }
    ChatClientConfig config = m_config;
    config.client.endpoint = *endpoint;
    config.name = normalName(m_bar->nameText()).toStdString();
    join(config);
}

// What is shown

bool ChatPage::needsForm() const {
    const State state = m_session->state();
    if (state == State::Idle)
        return true;
    return state == State::Ended && (m_session->wants() != ChatSession::Wants::Nothing || !m_wasIn);
}

void ChatPage::showState() {
    const State state = m_session->state();
    if (state == State::In && !std::exchange(m_isJoinTold, true)) {
        m_wasIn = true;
        m_config.name = m_session->name().toStdString();
        Q_EMIT joined(m_session->name());
    }
    m_bar->setState(state, safeText(m_session->name()), m_session->isReadable());
    m_form->setWants(m_session->wants());
    m_form->setProblem(m_session->problem());
    m_header->setEnabledFor(state == State::In);
    m_linesView->setOwnName(m_session->name());
    m_linesView->setEmptyText(emptyText());
    showStrip();
    showObstacle();
    showView();
    Q_EMIT titleChanged();
}

void ChatPage::showView() {
    const bool wasForm = m_views->currentWidget() == m_form;
    const bool isForm = needsForm();
    const bool isWire = m_bar->view() == ChatBar::Messages;
    m_bar->setVisible(!isForm);
    m_views->setCurrentWidget(isForm   ? m_form
                              : isWire ? static_cast<QWidget*>(m_messages)
                                       : m_chat);
    setFocusProxy(isForm ? static_cast<QWidget*>(m_form) : m_composer);
    if (wasForm != isForm && isVisible())
        focusFirst();
    tellLooking();
}

/// Why nothing goes on, over all of the page.
void ChatPage::showStrip() {
    const State state = m_session->state();
    const QString problem = m_session->problem();
    m_strip->clearActions();
    m_countdown.stop();
    if (needsForm() || state == State::In || state == State::Connecting) {
        m_strip->hide();
    } else if (state == State::Waiting) {
        m_strip->show(InlineMessage::Kind::Caution, waitingText());
        m_strip->addAction(tr("Try now"), false, [this] { m_session->retryNow(); });
        m_countdown.start();
    } else {
        m_strip->show(problem.isEmpty() ? InlineMessage::Kind::Remark
                                        : InlineMessage::Kind::Problem,
                      problem.isEmpty() ? tr("You have left the chat") : problem);
        if (!m_session->isShutOut())
            m_strip->addAction(tr("Join again"), false, [this] { joinFromBar(); });
    }
    const ChatStorageState storage = m_session->storage();
    if (state != State::In || storage == ChatStorageState::Good)
        m_storage->hide();
    else
        m_storage->show(InlineMessage::Kind::Caution,
                        storage == ChatStorageState::Full
                            ? tr("The server's disk is full. What is said now is refused until "
                                 "there is room; what was said is kept")
                            : tr("The server cannot store messages. What is said now is refused "
                                 "until it can; what was said is kept"));
}

/// Counts down in whole seconds.
QString ChatPage::waitingText() const {
    using std::chrono::seconds;
    const auto left = std::chrono::ceil<seconds>(m_session->nextAttempt() - SteadyClock::now());
    const QString problem = withoutEnd(m_session->problem());
    return left > seconds(0) ? tr("%1. Connecting again in %2 s.").arg(problem).arg(left.count())
                             : tr("%1. Connecting again…").arg(problem);
}

/// Why nothing can be said here now.
void ChatPage::showObstacle() {
    const ChatPlace& place = m_session->place();
    const bool isPerson = place.kind == ChatPlace::Kind::Person;
    QString reason;
    switch (m_session->state()) {
    case State::In:
        break;
    case State::Waiting:
        // What is said in a room waits with the client.
        if (isPerson || !m_wasIn)
            reason = tr("Not connected: nothing can be said now");
        break;
    case State::Connecting:
        if (isPerson || !m_wasIn)
            reason = tr("Connecting…");
        break;
    case State::Idle:
    case State::Ended:
        reason = m_session->isShutOut()
                     ? tr("The server's owner has shut you out")
                     : tr("You are not in the chat: join again to say something");
        break;
    }
    if (reason.isEmpty() && place.name.isEmpty())
        reason = tr("You are in no room: join one with + beside Rooms");
    if (reason.isEmpty() && isPerson) {
        const ChatPlacesModel& persons = m_session->persons();
        const int row = persons.rowOf(place);
        if (row >= 0 && !persons.at(row).isThere)
            reason = tr("%1 is not there now").arg(safeText(place.name));
    }
    m_composer->setObstacle(reason);
}

void ChatPage::showPlace() {
    const ChatPlace place = m_session->place();
    closeSearch();
    closeDrawers();
    m_header->setPlace(place);
    m_composer->setPlace(place);
    m_people->setRoom(place.kind == ChatPlace::Kind::Room ? place.name : QString());
    const bool isRoom = place.kind == ChatPlace::Kind::Room; // what is said directly begins anew
    m_linesView->setLines(m_session->lines(place), isRoom ? safeText(place.name) : QString(),
                          emptyText());
    if (m_wanted && m_wanted->place != place)
        m_wanted.reset();
    showTopic();
    showObstacle();
    showElsewhere();
    fold();
}

void ChatPage::showTopic() {
    const ChatPlacesModel& rooms = m_session->rooms();
    const int row = rooms.rowOf(m_session->place());
    m_header->setTopic(row < 0 ? QString() : rooms.at(row).topic);
}

QString ChatPage::emptyText() const {
    const ChatPlace& place = m_session->place();
    const QString name = safeText(place.name);
    if (name.isEmpty())
        return tr("Join a room with + beside Rooms");
    if (place.kind == ChatPlace::Kind::Person)
        return tr("Nothing has been said with %1 yet").arg(name);
    const State state = m_session->state();
    const bool isJoined = m_session->people().rowCount() > 0; // one stands there oneself
    const bool isUp = state == State::In || state == State::Connecting || state == State::Waiting;
    if (!isJoined && isUp)
        return tr("Waiting for the server's answer…");
    if (state == State::In && m_session->people().hereCount() <= 1)
        return tr("Nobody else is in %1, and nothing has been said yet. Others join with\n"
                  "socketscope chat, or ncat, at %2")
            .arg(name, withoutScheme(m_session->remote()));
    return tr("Nothing has been said in %1 yet").arg(name);
}

void ChatPage::choose(const ChatPlace& place) {
    m_session->setPlace(place);
    closeDrawers();
}

void ChatPage::tellLooking() {
    m_session->setLooking(isVisible() && window()->isActiveWindow() &&
                          m_views->currentWidget() == m_chat);
}

bool ChatPage::find(const QString& text, bool backwards) {
    if (m_views->currentWidget() == m_messages)
        return m_messages->view()->find(text, backwards);
    return m_views->currentWidget() == m_chat && m_linesView->find(text, backwards);
}

void ChatPage::focusFirst() {
    if (m_views->currentWidget() == m_form)
        m_form->focusFirst();
    else if (m_views->currentWidget() == m_messages)
        m_messages->view()->setFocus();
    else
        m_composer->setFocus();
}

void ChatPage::focusEndpoint() {
    if (m_views->currentWidget() == m_form)
        m_form->focusFirst();
    else
        m_bar->focusFirst();
}

void ChatPage::showEvent(QShowEvent* event) {
    TabPage::showEvent(event);
    tellLooking();
}

void ChatPage::hideEvent(QHideEvent* event) {
    TabPage::hideEvent(event);
    tellLooking();
}

bool ChatPage::event(QEvent* event) {
    if (event->type() == QEvent::WindowActivate || event->type() == QEvent::WindowDeactivate)
        QMetaObject::invokeMethod(this, &ChatPage::tellLooking, Qt::QueuedConnection);
    return TabPage::event(event);
}

} // namespace sscope
