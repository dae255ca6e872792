// How the page of a client connects: with what endpoint, framing and options.

#include <QShortcut>
#include <QVBoxLayout>

#include "ui/clients/client_options_panel.h"
#include "ui/clients/conversation_page.h"
#include "ui/clients/endpoint_bar.h"
#include "ui/clients/recent_inputs.h"
#include "ui/clients/stream_panel.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/tab_order.h"

namespace sscope {

void ConversationPage::connectOptions() {
    auto* key = new QShortcut(EndpointBar::optionsKey(), this);
    key->setContext(Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, this,
            [this] { showOptions(!m_options || m_options->isHidden()); });
    connect(m_bar, &EndpointBar::optionsToggled, this, &ConversationPage::showOptions);
    connect(m_bar, &EndpointBar::endpointEdited, this, [this] {
        if (const auto endpoint = m_bar->endpoint(); endpoint && m_options)
            m_options->setEndpoint(*endpoint);
    });
}

void ConversationPage::showOptions(bool isShown) {
    m_bar->setOptionsShown(isShown);
    if (!m_options && isShown) {
        m_options = new ClientOptionsPanel(this);
        static_cast<QVBoxLayout*>(layout())->insertWidget(1, m_options);
        orderForTab({m_bar, m_options});
        connect(m_options, &ClientOptionsPanel::edited, this, &ConversationPage::takeOptions);
        connect(m_options, &ClientOptionsPanel::closeAsked, this, [this] {
            showOptions(false);
            m_bar->focusEndpoint();
        });
    }
    if (!m_options)
        return;
    if (isShown) {
        // The endpoint as it is typed decides what is offered.
        m_options->setEndpoint(m_bar->endpoint().value_or(m_config.endpoint));
        m_options->setOptions({m_config, m_reconnects});
        m_options->setConnected(isUp());
        m_options->focusFirst();
    }
    m_options->setVisible(isShown);
}

void ConversationPage::takeOptions() {
    ClientOptions options{m_config, m_reconnects};
    options.config.endpoint = m_bar->endpoint().value_or(m_config.endpoint);
    const bool isGood = m_options->apply(options);
    m_bar->setChangedOptions(m_options->changedCount());
    if (!isGood)
        return; // it is said when it is to be used
    const Endpoint endpoint = m_config.endpoint;
    m_config = options.config;
    m_config.endpoint = endpoint;
    m_reconnects = options.reconnect;
    m_client->setReconnects(m_reconnects);
    m_client->setReceiveSize(m_config.receiveSize); // at once, as below the stream
    m_stream->setTuning(m_config.receiveSize, m_config.sendPause);
}

/// False where a field holds what cannot be, which is then shown.
bool ConversationPage::readOptions() {
    if (!m_options)
        return true;
    m_options->setEndpoint(m_config.endpoint);
    ClientOptions options{m_config, m_reconnects};
    if (!m_options->apply(options)) {
        m_bar->setOptionsShown(true);
        m_options->show();
        m_options->showFault();
        return false;
    }
    m_config = options.config;
    m_reconnects = options.reconnect;
    return true;
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
    if (!readFraming() || !readOptions())
        return;
    m_bar->setEndpoint(*endpoint);
    m_inputs.addEndpoint(toQString(endpoint->text()));
    m_client->connectTo(m_config, m_reconnects);
    Q_EMIT titleChanged();
}

/// A connection keeps the framing that it began with.
void ConversationPage::framingEdited() {
    const auto framing = m_bar->framing();
    const LinkState state = m_conversation->state();
    const bool isUp = state != LinkState::Idle && state != LinkState::Closed;
    const bool isOther = framing && framing->text() != m_conversation->model().framing().text();
    m_message->hide();
    m_isFramingAnnounced = isUp && isOther;
    if (!m_isFramingAnnounced)
        return;
    m_message->show(
        InlineMessage::Kind::Remark,
        tr("The framing %1 is for the next connection; this one goes on with %2.")
            .arg(toQString(framing->text()), toQString(m_conversation->model().framing().text())));
    m_message->addAction(tr("Connect again"), false, [this] { connectNow(); });
}

bool ConversationPage::readFraming() {
    const auto framing = m_bar->framing();
    const bool isDatagrams = isDatagram(m_config.endpoint.transport);
    if (!framing)
        m_message->show(InlineMessage::Kind::Problem,
                        tr("There is no framing %1. There are: %2.")
                            .arg(toQString(displaySafe(m_bar->framingText().toStdString())),
                                 toQString(framingUsage())));
    else if (isDatagrams && !framing->kind().suitsDatagrams)
        m_message->show(
            InlineMessage::Kind::Problem,
            tr("The framing %1 needs a stream, and %2 carries datagrams. Choose "
               "another framing, or tcp or unix.")
                .arg(toQString(framing->text()),
                     toQString(std::string(transportName(m_config.endpoint.transport)))));
    const bool isGood = framing && (!isDatagrams || framing->kind().suitsDatagrams);
    m_bar->setFramingAtFault(!isGood);
    if (isGood)
        m_config.framing = *framing;
    return isGood;
}

void ConversationPage::showOwnPort(quint16 port) {
    const bool isDatagrams = isDatagram(m_config.endpoint.transport);
    m_message->show(InlineMessage::Kind::Problem,
                    tr("Another socket has port %1, which is to be our own end.").arg(port));
    m_message->addLink(tr("Show its row"), QStringLiteral("showOwnPort"),
                       [this, port, isDatagrams] { Q_EMIT showPortAsked(port, isDatagrams); });
}

void ConversationPage::showFault(const Error& error) {
    m_bar->setAtFault(true);
    m_message->show(InlineMessage::Kind::Problem,
                    tr("This endpoint cannot be used: %1. For example: localhost:65432")
                        .arg(reasonWords(error)));
    m_bar->focusEndpoint();
}

} // namespace sscope
