#include "ui/clients/endpoint_bar.h"

#include <array>

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QSignalBlocker>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/framing_field.h"
#include "ui/common/icons.h"
#include "ui/common/painting.h"
#include "ui/common/remark_combo_box.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

constexpr int barHeight = 40;
constexpr int narrowWidth = 760; // the address needs its place
constexpr std::array transports{Transport::Tcp, Transport::Udp, Transport::Unix,
                                Transport::Unixgram};

QString nameOf(Transport transport) {
    const std::string_view name = transportName(transport);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

StatePill::StatePill(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("statePill"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatePill::setState(LinkState state, const QString& word) {
    if (state == m_state && word == m_word)
        return;
    m_state = state;
    m_word = word;
    setAccessibleName(word);
    updateGeometry();
    update();
}

QSize StatePill::sizeHint() const {
    return {16 + fontMetrics().horizontalAdvance(m_word) + 4, 24};
}

void StatePill::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const bool isOpen = m_state == LinkState::Open || m_state == LinkState::HalfClosed;
    const ColorToken token = m_state == LinkState::Open         ? ColorToken::Success
                             : m_state == LinkState::HalfClosed ? ColorToken::Warning
                             : m_state == LinkState::Connecting ? ColorToken::Accent
                                                                : ColorToken::Muted;
    paintDot(&painter, {5, height() / 2}, 8, themeColor(token), isOpen);
    paintText(&painter, rect().adjusted(16, 0, 0, 0), m_word, ColorToken::Text);
}

EndpointBar::EndpointBar(bool isEditable, QWidget* parent)
    : QWidget(parent), m_isEditable(isEditable), m_pill(new StatePill(this)) {
    setFixedHeight(barHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    if (isEditable) {
        buildEditable();
        buildFraming();
        row->addWidget(m_transport);
        row->addWidget(m_address);
        row->addWidget(m_framing);
    } else {
        buildEnds();
        row->addWidget(m_ends, 1);
        row->addWidget(m_framingName);
    }
    buildButtons();
    auto* joined = new QHBoxLayout;
    joined->setSpacing(2);
    joined->addWidget(m_connect);
    joined->addWidget(m_more);
    row->addLayout(joined);
    row->addSpacing(4);
    row->addWidget(m_pill);
    if (isEditable)
        row->addStretch(1);
    row->addWidget(m_stream);
    auto* clear = makeIconButton(QStringLiteral("clear"), tr("Clear the conversation"),
                                 QStringLiteral("clearConversation"), this);
    connect(clear, &QToolButton::clicked, this, &EndpointBar::clearAsked);
    row->addWidget(clear);
}

void EndpointBar::buildEditable() {
    m_transport = new QComboBox(this);
    m_transport->setObjectName(QStringLiteral("transport"));
    m_transport->setAccessibleName(tr("Transport"));
    m_transport->setToolTip(tr("Transport"));
    for (const Transport transport : transports)
        m_transport->addItem(nameOf(transport));
    m_address = new QComboBox(this);
    m_address->setObjectName(QStringLiteral("endpoint"));
    m_address->setAccessibleName(tr("Endpoint"));
    m_address->setToolTip(tipWithKey(tr("Where to connect: host:port, [IPv6]:port, or a path"),
                                     QKeySequence(Qt::CTRL | Qt::Key_L)));
    m_address->setEditable(true);
    m_address->setInsertPolicy(QComboBox::NoInsert);
    m_address->setFont(monoFont());
    m_address->setMinimumContentsLength(12);
    m_address->setMaximumWidth(240);
    m_address->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_address->lineEdit()->setPlaceholderText(tr("host:port"));
    m_address->lineEdit()->setFont(monoFont());
    connect(m_address->lineEdit(), &QLineEdit::returnPressed, this, &EndpointBar::connectAsked);
    connect(m_address->lineEdit(), &QLineEdit::textEdited, this, [this] { setAtFault(false); });
    connect(m_address, &QComboBox::activated, this, [this] {
        // A recent endpoint names its transport itself.
        if (const auto chosen = endpoint())
            setEndpoint(*chosen);
    });
}

void EndpointBar::buildFraming() {
    m_framing = new RemarkComboBox(this);
    m_framing->setObjectName(QStringLiteral("framing"));
    m_framing->setAccessibleName(tr("Framing"));
    m_framing->setToolTip(
        tr("How messages are told apart in the stream, from the next connect on"));
    m_framing->makeEditable();
    addFramings(*m_framing);
    m_framing->setCurrentIndex(0);
    m_framing->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_framing, &QComboBox::editTextChanged, this, [this] {
        setFramingAtFault(false);
        Q_EMIT framingEdited();
    });
    connect(m_framing->lineEdit(), &QLineEdit::returnPressed, this, &EndpointBar::connectAsked);
}

void EndpointBar::buildEnds() {
    m_ends = makeLabel({}, this);
    m_ends->setObjectName(QStringLiteral("connectionEnds"));
    m_ends->setFont(monoFont());
    m_ends->setWordWrap(false);
    m_ends->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_ends->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_framingName = makeNote({}, this);
    m_framingName->setObjectName(QStringLiteral("framingName"));
    m_framingName->setWordWrap(false);
}

void EndpointBar::buildButtons() {
    m_stream = makeIconButton(
        QStringLiteral("chunks"),
        tipWithKey(tr("Show the stream: receives and messages side by side"), streamKey()),
        QStringLiteral("streamToggle"), this);
    m_stream->setCheckable(true);
    m_stream->setFixedSize(28, 28);
    connect(m_stream, &QToolButton::toggled, this, &EndpointBar::streamToggled);
    m_connect = new QPushButton(this);
    m_connect->setObjectName(QStringLiteral("connectButton"));
    connect(m_connect, &QPushButton::clicked, this, [this] {
        const bool isUp = m_state != LinkState::Idle && m_state != LinkState::Closed;
        if (isUp)
            Q_EMIT disconnectAsked();
        else
            Q_EMIT connectAsked();
    });
    auto* menu = new QMenu(this);
    m_halfClose = menu->addAction(lineIcon(QStringLiteral("half-close")),
                                  tr("Half-close: send no more, still receive"), this,
                                  &EndpointBar::halfCloseAsked);
    m_halfClose->setObjectName(QStringLiteral("halfCloseAction"));
    m_reset =
        menu->addAction(lineIcon(QStringLiteral("reset")), tr("Reset: end at once, with an RST"),
                        this, &EndpointBar::resetAsked);
    m_reset->setObjectName(QStringLiteral("resetAction"));
    m_more = makeIconButton(QStringLiteral("chevron-down"), tr("More ways to end the connection"),
                            QStringLiteral("disconnectMenu"), this);
    m_more->setProperty("chip", true);
    m_more->setFixedWidth(22);
    m_more->setIconSize({12, 12});
    m_more->setMenu(menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
}

Transport EndpointBar::transport() const {
    return transports[static_cast<std::size_t>(qMax(0, m_transport->currentIndex()))];
}

void EndpointBar::setEndpoint(const Endpoint& endpoint) {
    m_transport->setCurrentText(nameOf(endpoint.transport));
    const QString full = toQString(endpoint.text());
    const QString prefix =
        nameOf(endpoint.transport) +
        (isUnix(endpoint.transport) ? QStringLiteral(":") : QStringLiteral("://"));
    m_address->setEditText(full.mid(prefix.size()));
}

void EndpointBar::setEnds(const QString& text, const Framing& framing) {
    m_ends->setText(text);
    m_ends->setToolTip(plainTip(text));
    m_framingName->setText(tr("Framing %1").arg(toQString(framing.text())));
}

void EndpointBar::setFraming(const Framing& framing) {
    const QSignalBlocker blocker(m_framing);
    m_framing->showText(toQString(framing.text()));
}

QString EndpointBar::framingText() const {
    return m_framing->currentText().trimmed();
}

std::optional<Framing> EndpointBar::framing() const {
    return Framing::parse(framingText().toStdString());
}

void EndpointBar::setFramingAtFault(bool isAtFault) {
    m_framing->setProperty("atFault", isAtFault);
    m_framing->update();
}

void EndpointBar::setStreamShown(bool isShown) {
    const QSignalBlocker blocker(m_stream);
    m_stream->setChecked(isShown);
}

void EndpointBar::setStreamOffered(bool isOffered) {
    m_stream->setVisible(isOffered);
}

void EndpointBar::setRecentEndpoints(const QStringList& recent) {
    const QString text = m_address->currentText();
    m_address->clear();
    m_address->addItems(recent);
    m_address->setEditText(text);
}

Result<Endpoint> EndpointBar::endpoint() const {
    QString text = m_address->currentText().trimmed();
    const bool namesUnix =
        text.startsWith(QStringLiteral("unix:")) || text.startsWith(QStringLiteral("unixgram:"));
    if (isUnix(transport()) && !namesUnix && !text.contains(QStringLiteral("://")))
        text = nameOf(transport()) + QLatin1Char(':') + text;
    return parseEndpoint(text.toStdString(),
                         {.transport = isUnix(transport()) ? Transport::Tcp : transport()});
}

void EndpointBar::setAtFault(bool isAtFault) {
    m_address->setProperty("atFault", isAtFault);
    m_address->update();
}

void EndpointBar::setState(LinkState state, bool isDatagram, const QString& kernelWord) {
    m_state = state;
    const bool isUp = state == LinkState::Open || state == LinkState::HalfClosed;
    const bool isConnecting = state == LinkState::Connecting;
    m_connect->setText(isUp ? tr("Disconnect") : isConnecting ? tr("Cancel") : tr("Connect"));
    m_connect->setToolTip(isUp ? tr("End the connection (FIN)") : QString());
    m_connect->setVisible(m_isEditable || (isUp && !isDatagram));
    m_more->setVisible(isUp && !isDatagram);
    m_halfClose->setEnabled(state == LinkState::Open);
    QString word = kernelWord;
    if (word.isEmpty()) {
        switch (state) {
        case LinkState::Idle:
            word = tr("not connected");
            break;
        case LinkState::Connecting:
            word = tr("connecting");
            break;
        case LinkState::Open:
            word = isDatagram ? tr("open") : QStringLiteral("ESTABLISHED");
            break;
        case LinkState::HalfClosed:
            word = tr("half-closed");
            break;
        case LinkState::Closed:
            word = tr("closed");
            break;
        }
    }
    m_pill->setState(state, word);
}

void EndpointBar::focusEndpoint() {
    if (!m_isEditable)
        return;
    m_address->setFocus();
    m_address->lineEdit()->selectAll();
}

/// Where it is narrow, the field says without a word what it is.
void EndpointBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (!m_framing)
        return;
    const bool isNarrow = width() < narrowWidth;
    const QString lead = isNarrow ? QString() : tr("Framing");
    m_framing->setLead(lead);
    const int leadWidth = isNarrow ? 0 : fontMetrics().horizontalAdvance(lead) + 6;
    const QString longest = QStringLiteral("length:u32be");
    m_framing->setFixedWidth(leadWidth + fontMetrics().horizontalAdvance(longest) + 36);
}

void EndpointBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
