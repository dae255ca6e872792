#include "ui/clients/conversation_page.h"

#include <utility>

#include <QVBoxLayout>

#include "ui/clients/composer.h"
#include "ui/clients/conversation_hub.h"
#include "ui/clients/conversation_view.h"
#include "ui/clients/endpoint_bar.h"
#include "ui/clients/recent_inputs.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"

namespace sscope {

ConversationPage::ConversationPage(EngineBridge& bridge, ConversationHub& hub, RecentInputs& inputs,
                                   QWidget* parent)
    : QWidget(parent), m_inputs(inputs) {
    m_client = new ClientConversation(bridge, hub, this);
    m_conversation = m_client;
    build(true);
}

ConversationPage::ConversationPage(Conversation* accepted, const QString& serverName,
                                   RecentInputs& inputs, QWidget* parent)
    : QWidget(parent), m_inputs(inputs), m_conversation(accepted), m_serverName(serverName) {
    accepted->setParent(this);
    build(false);
    const QString ends = accepted->local().isEmpty()
                             ? accepted->remote()
                             : tr("%1 from %2").arg(accepted->local(), accepted->remote());
    m_bar->setEnds(ends);
}

void ConversationPage::build(bool isEditable) {
    m_bar = new EndpointBar(isEditable, this);
    m_message = new InlineMessage(this);
    m_view = new ConversationView(this);
    m_composer = new Composer(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_message);
    column->addWidget(m_view, 1);
    column->addWidget(m_composer);
    m_view->setConversation(m_conversation->model());
    m_composer->setHistory(m_inputs.messages());
    m_composer->setEnding(m_inputs.ending());

    connect(m_bar, &EndpointBar::connectAsked, this, &ConversationPage::connectNow);
    connect(m_bar, &EndpointBar::disconnectAsked, this,
            [this] { m_conversation->closeConnection(false); });
    connect(m_bar, &EndpointBar::resetAsked, this,
            [this] { m_conversation->closeConnection(true); });
    connect(m_bar, &EndpointBar::halfCloseAsked, this, [this] { m_conversation->finishSending(); });
    connect(m_bar, &EndpointBar::clearAsked, this, [this] { m_conversation->model().clear(); });
    connect(m_composer, &Composer::sendAsked, this, &ConversationPage::sendContent);
    connect(m_composer, &Composer::messageSent, &m_inputs, &RecentInputs::addMessage);
    connect(m_composer, &Composer::endingChanged, &m_inputs,
            [this] { m_inputs.setEnding(m_composer->ending()); });
    connect(&m_inputs, &RecentInputs::messagesChanged, this,
            [this] { m_composer->setHistory(m_inputs.messages()); });
    connect(m_conversation, &Conversation::stateChanged, this, &ConversationPage::showState);
    if (isEditable) {
        m_bar->setRecentEndpoints(m_inputs.endpoints());
        connect(&m_inputs, &RecentInputs::endpointsChanged, this,
                [this] { m_bar->setRecentEndpoints(m_inputs.endpoints()); });
    }
    setFocusProxy(isEditable ? static_cast<QWidget*>(m_bar) : m_composer);
    showState();
}

QString ConversationPage::title() const {
    if (!m_serverName.isEmpty()) {
        const QString remote = m_conversation->remote();
        const qsizetype colon = remote.lastIndexOf(QLatin1Char(':'));
        return tr("%1 from %2").arg(m_serverName, remote.mid(qMax<qsizetype>(0, colon)));
    }
    const Endpoint& endpoint = m_config.endpoint;
    if (isUnix(endpoint.transport) && !endpoint.path.empty())
        return toQString(endpoint.text());
    if (endpoint.host.empty())
        return tr("New client");
    const QString text = toQString(endpoint.text());
    const qsizetype at = text.indexOf(QStringLiteral("://")) + 3;
    return endpoint.transport == Transport::Udp ? tr("udp %1").arg(text.mid(at)) : text.mid(at);
}

void ConversationPage::setEndpoint(const Endpoint& endpoint) {
    m_config.endpoint = endpoint;
    m_bar->setEndpoint(endpoint);
    Q_EMIT titleChanged();
}

void ConversationPage::setClientConfig(const ClientConfig& config) {
    m_config = config;
    setEndpoint(config.endpoint);
}

bool ConversationPage::isDatagramLink() const {
    return m_client ? isDatagram(m_config.endpoint.transport) : m_conversation->peer() != 0;
}

void ConversationPage::connectNow() {
    const auto endpoint = m_bar->endpoint();
    if (!endpoint) {
        showFault(endpoint.error());
        return;
    }
    m_message->hide();
    m_bar->setAtFault(false);
    m_config.endpoint = *endpoint;
    m_bar->setEndpoint(*endpoint);
    m_inputs.addEndpoint(toQString(endpoint->text()));
    m_client->connectTo(m_config);
    Q_EMIT titleChanged();
}

void ConversationPage::showFault(const Error& error) {
    m_bar->setAtFault(true);
    m_message->show(InlineMessage::Kind::Problem,
                    tr("This endpoint cannot be used: %1. For example: localhost:65432")
                        .arg(reasonWords(error)));
    m_bar->focusEndpoint();
}

void ConversationPage::sendWhenConnected(std::vector<std::vector<std::byte>> messages,
                                         bool halfClose) {
    m_waiting = std::move(messages);
    m_halfCloseWaiting = halfClose;
    if (m_conversation->canSend())
        flushWaiting();
}

void ConversationPage::sendContent(const std::vector<std::byte>& content) {
    m_conversation->send({.content = content});
}

void ConversationPage::flushWaiting() {
    for (std::vector<std::byte>& content : std::exchange(m_waiting, {}))
        m_conversation->send({.content = std::move(content)});
    if (std::exchange(m_halfCloseWaiting, false))
        m_conversation->finishSending();
}

void ConversationPage::showState() {
    const LinkState state = m_conversation->state();
    if (state == LinkState::Open)
        flushWaiting();
    if (state == LinkState::Closed || state == LinkState::Idle) {
        m_kernelState.clear();
        m_waiting.clear(); // what was meant for one endpoint does not go to the next
        m_halfCloseWaiting = false;
    }
    m_bar->setState(state, isDatagramLink(), m_kernelState);
    const QString reason = state == LinkState::HalfClosed
                               ? tr("This side has said that it sends no more")
                               : tr("Connect first");
    m_composer->setSendEnabled(m_conversation->canSend(), reason);
    m_view->setEmptyText(
        state == LinkState::Open ? tr("Connected. What is sent and received is listed here.")
        : state == LinkState::Connecting ? tr("Connecting…")
                                         : tr("Not connected. Type where to, for example "
                                              "localhost:65432, and press Enter."));
    Q_EMIT titleChanged();
}

void ConversationPage::setKernelState(const QString& word) {
    if (word == m_kernelState)
        return;
    m_kernelState = word;
    m_bar->setState(m_conversation->state(), isDatagramLink(), m_kernelState);
}

void ConversationPage::setMessageText(const QString& text) {
    m_composer->setText(text);
}

void ConversationPage::focusEndpoint() {
    m_bar->focusEndpoint();
}

void ConversationPage::focusMessage() {
    m_composer->focusMessage();
}

bool ConversationPage::find(const QString& text, bool backwards) {
    return m_view->find(text, backwards);
}

} // namespace sscope
