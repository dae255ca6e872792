#include "ui/clients/conversation_page.h"

#include <utility>

#include <QLineEdit>
#include <QShortcut>
#include <QVBoxLayout>

#include "ui/clients/client_options_panel.h"
#include "ui/clients/composer.h"
#include "ui/clients/conversation_hub.h"
#include "ui/clients/conversation_icons.h"
#include "ui/clients/conversation_list.h"
#include "ui/clients/conversation_panes.h"
#include "ui/clients/conversation_view.h"
#include "ui/clients/datagram_strip.h"
#include "ui/clients/endpoint_bar.h"
#include "ui/clients/recent_inputs.h"
#include "ui/clients/session_copy.h"
#include "ui/clients/stream_panel.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/painting.h"

namespace sscope {

ConversationPage::ConversationPage(EngineBridge& bridge, ConversationHub& hub, RecentInputs& inputs,
                                   QWidget* parent)
    : TabPage(parent), m_inputs(inputs) {
    m_client = new ClientConversation(bridge, hub, this);
    m_conversation = m_client;
    build(true);
}

ConversationPage::ConversationPage(Conversation* accepted, const QString& serverName,
                                   RecentInputs& inputs, QWidget* parent)
    : TabPage(parent), m_inputs(inputs), m_conversation(accepted), m_serverName(serverName) {
    accepted->setParent(this);
    build(false);
    const QString ends = accepted->local().isEmpty()
                             ? accepted->remote()
                             : tr("%1 from %2").arg(accepted->local(), accepted->remote());
    m_bar->setEnds(ends);
}

void ConversationPage::build(bool isEditable) {
    m_bar = new EndpointBar(isEditable, this);
    m_strip = new DatagramStrip(this);
    m_strip->hide();
    m_message = new InlineMessage(this);
    m_panes = new ConversationPanes(isEditable, m_inputs, this);
    m_view = m_panes->view();
    m_stream = m_panes->stream();
    m_composer = new Composer(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_message);
    column->addWidget(m_strip);
    column->addWidget(m_panes, 1);
    column->addWidget(m_composer);
    connectBar();
    connectComposer();
    connectStream();
    m_panes->setConversation(*m_conversation);
    setFocusProxy(isEditable ? static_cast<QWidget*>(m_bar) : m_composer);
    showFraming();
    showState();
}

void ConversationPage::connectBar() {
    connect(m_bar, &EndpointBar::connectAsked, this, [this] {
        const bool isTyped = qobject_cast<QLineEdit*>(focusWidget()) != nullptr;
        connectNow();
        if (isTyped && m_conversation->state() == LinkState::Connecting)
            focusMessage(); // what is typed next is meant for the peer
    });
    connect(m_bar, &EndpointBar::disconnectAsked, this,
            [this] { m_conversation->closeConnection(false); });
    connect(m_bar, &EndpointBar::resetAsked, this,
            [this] { m_conversation->closeConnection(true); });
    connect(m_bar, &EndpointBar::halfCloseAsked, this, [this] { m_conversation->finishSending(); });
    connect(m_bar, &EndpointBar::clearAsked, this, [this] { m_conversation->model().clear(); });
    connect(m_bar, &EndpointBar::saveAsked, m_panes->list(), &ConversationList::saveAll);
    if (!m_client)
        return;
    connectOptions();
    connect(m_bar, &EndpointBar::copyAsked, this, [this](SessionForm form) {
        copySession(*m_client, form, [this](const QString& fault) {
            if (fault.isEmpty())
                m_message->hide();
            else
                m_message->show(InlineMessage::Kind::Problem, fault);
        });
    });
    connect(m_bar, &EndpointBar::framingEdited, this, &ConversationPage::framingEdited);
    connect(&m_inputs, &RecentInputs::endpointsChanged, this, &ConversationPage::showRecent);
}

void ConversationPage::connectComposer() {
    m_composer->setIsClient(m_client != nullptr);
    m_composer->setSnippets(m_inputs.snippets());
    m_composer->setEnding(m_inputs.ending());
    connect(m_composer, &Composer::sendAsked, this,
            [this](const OwnedMessage& message) { m_conversation->send(message); });
    connect(m_composer, &Composer::messageSent, &m_inputs, &RecentInputs::addMessage);
    connect(m_composer, &Composer::endingChanged, &m_inputs,
            [this] { m_inputs.setEnding(m_composer->ending()); });
    connect(&m_inputs, &RecentInputs::messagesChanged, this, &ConversationPage::showRecent);
    if (m_client)
        connect(m_composer, &Composer::fileCutShort, m_client,
                &ClientConversation::noteFileCutShort);
    connect(m_conversation, &Conversation::stateChanged, this, &ConversationPage::showState);
    connect(m_conversation, &Conversation::ownPortTaken, this, &ConversationPage::showOwnPort);
    if (!m_client)
        return;
    connect(m_composer, &Composer::stepAsked, m_client, &ClientConversation::sendStep);
    connect(m_composer, &Composer::planAsked, m_client, &ClientConversation::run);
    connect(m_composer, &Composer::planStopAsked, m_client, &ClientConversation::stopPlan);
    connect(m_composer, &Composer::fileAsked, m_client, &ClientConversation::sendFile);
    connect(m_composer, &Composer::fileStopAsked, m_client, &ClientConversation::stopFile);
}

void ConversationPage::connectStream() {
    auto* key = new QShortcut(streamKey(), this);
    key->setContext(Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, m_panes, &ConversationPanes::toggleStream);
    connect(m_bar, &EndpointBar::streamToggled, m_panes, &ConversationPanes::setStreamShown);
    connect(m_panes, &ConversationPanes::streamShownChanged, m_bar, &EndpointBar::setStreamShown);
    connect(&m_conversation->model(), &ConversationModel::framingChanged, this,
            &ConversationPage::showFraming);
    connect(m_view, &ConversationView::findMissed, this, &TabPage::findMissed);
    if (!m_client)
        return;
    m_stream->setTuning(m_config.receiveSize, m_config.sendPause);
    connect(m_stream, &StreamPanel::receiveSizeChanged, this, [this](std::size_t bytes) {
        m_config.receiveSize = bytes;
        m_client->setReceiveSize(bytes);
    });
    connect(m_stream, &StreamPanel::sendPauseChanged, this, [this](Duration pause) {
        m_config.sendPause = pause;
        m_client->setSendPause(pause);
    });
}

void ConversationPage::showFraming() {
    const Framing& framing = m_conversation->model().framing();
    m_composer->setFraming(framing);
    if (!m_client)
        m_bar->setFramingName(framing);
    m_bar->setStreamOffered(m_panes->isStreamOffered());
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

bool ConversationPage::isUp() const {
    const LinkState state = m_conversation->state();
    return state == LinkState::Open || state == LinkState::HalfClosed;
}

QIcon ConversationPage::tabIcon() const {
    const ColorToken token = isUp() ? ColorToken::Success : ColorToken::Muted;
    return dotPixmap(themeColor(token), isUp(), 14, devicePixelRatioF());
}

QString ConversationPage::stateWord() const {
    switch (m_conversation->state()) {
    case LinkState::Connecting:
        return tr("connecting");
    case LinkState::Waiting:
        return tr("waiting to try again");
    case LinkState::Open:
    case LinkState::HalfClosed:
        return tr("open");
    case LinkState::Idle:
    case LinkState::Closed:
        break;
    }
    return tr("closed");
}

void ConversationPage::setEndpoint(const Endpoint& endpoint) {
    m_config.endpoint = endpoint;
    m_bar->setEndpoint(endpoint);
    Q_EMIT titleChanged();
}

void ConversationPage::setClientConfig(const ClientConfig& config) {
    m_config = config;
    m_bar->setFraming(config.framing);
    m_stream->setTuning(config.receiveSize, config.sendPause);
    setEndpoint(config.endpoint);
}

bool ConversationPage::isDatagramLink() const {
    return m_client ? isDatagram(m_config.endpoint.transport) : m_conversation->peer() != 0;
}

void ConversationPage::sendWhenConnected(std::vector<OwnedMessage> messages, bool halfClose) {
    m_waiting = std::move(messages);
    m_halfCloseWaiting = halfClose;
    if (m_conversation->canSend())
        flushWaiting();
}

void ConversationPage::flushWaiting() {
    for (OwnedMessage& message : std::exchange(m_waiting, {}))
        m_conversation->send(std::move(message));
    if (std::exchange(m_halfCloseWaiting, false))
        m_conversation->finishSending();
}

void ConversationPage::showState() {
    const LinkState state = m_conversation->state();
    if (state == LinkState::Open)
        flushWaiting();
    m_kernelState.clear();
    if (state == LinkState::Closed || state == LinkState::Idle) {
        m_waiting.clear(); // what was meant for one endpoint does not go to the next
        m_halfCloseWaiting = false;
        if (std::exchange(m_isFramingAnnounced, false))
            m_message->hide();
    }
    m_bar->setState(state, isDatagramLink(), m_kernelState);
    readFigures();
    if (m_options)
        m_options->setConnected(isUp());
    const QString reason = state == LinkState::HalfClosed
                               ? tr("This side has said that it sends no more")
                               : tr("Connect first");
    m_composer->setSendEnabled(m_conversation->canSend(), reason);
    m_view->setEmptyText(state == LinkState::Open
                             ? tr("Connected. What is sent and received is listed here.")
                         : state == LinkState::Connecting || state == LinkState::Waiting
                             ? tr("Connecting…")
                             : tr("Not connected. Type where to, for example "
                                  "localhost:65432, and press Enter."));
    Q_EMIT titleChanged();
}

/// Of many tabs each would else hear of what every other one does.
void ConversationPage::showRecent() {
    if (!isVisible())
        return;
    if (m_client)
        m_bar->setRecentEndpoints(m_inputs.endpoints());
    m_composer->setHistory(m_inputs.messages());
}

void ConversationPage::showEvent(QShowEvent* event) {
    TabPage::showEvent(event);
    showRecent();
}

void ConversationPage::readKernelState() {
    if (!isWatched())
        return;
    const auto state = m_client->kernelState();
    setKernelState(state ? QString::fromLatin1(stateText(*state)) : QString());
}

void ConversationPage::readFigures() {
    const bool isShown = m_client && m_config.endpoint.transport == Transport::Udp &&
                         m_conversation->state() != LinkState::Idle;
    m_strip->setVisible(isShown);
    if (isShown)
        m_strip->setFigures(m_client->figures());
}

bool ConversationPage::isWatched() const {
    return m_client && !isUnix(m_config.endpoint.transport);
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

void ConversationPage::focusFirst() {
    if (m_client && !isUp())
        focusEndpoint();
    else
        focusMessage();
}

bool ConversationPage::find(const QString& text, bool backwards) {
    return m_view->find(text, backwards);
}

} // namespace sscope
