#include "ui/clients/client_options_panel.h"

#include <algorithm>

#include <arpa/inet.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QSignalBlocker>

#include "core/base/shell_words.h"
#include "core/client/send_arguments.h"
#include "ui/common/field_fault.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/option_grid.h"
#include "ui/common/option_values.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

using namespace option_values;

constexpr std::uint64_t mostReceiveSize = 1 << 26;
constexpr std::uint32_t mostTtl = 255;
constexpr std::uint32_t mostPort = 65535;

bool suitsAll(Transport) {
    return true;
}
bool suitsInternet(Transport transport) {
    return !isUnix(transport);
}
bool suitsUnix(Transport transport) {
    return isUnix(transport);
}
bool suitsStreams(Transport transport) {
    return !isDatagram(transport);
}
bool suitsTcp(Transport transport) {
    return transport == Transport::Tcp;
}
bool suitsUdp(Transport transport) {
    return transport == Transport::Udp;
}

/// Of this end, which the fields of address, port and path make up together.
Endpoint& localOf(ClientOptions& options) {
    auto& local = options.config.local;
    if (!local)
        local.emplace();
    local->transport = options.config.endpoint.transport;
    return *local;
}

/// Nothing is asked for where all of its fields are empty.
void dropEmptyLocal(ClientOptions& options) {
    auto& local = options.config.local;
    if (local && local->host.empty() && local->port == 0 && local->path.empty())
        local.reset();
    else if (local && local->host.empty() && !isUnix(local->transport))
        local->host.assign(1, '*');
}

bool readAddress(const QString& text, std::string& host) {
    host.clear();
    if (text.isEmpty() || text == QLatin1String("*"))
        return true;
    const bool isBare = text.contains(QLatin1Char(':')) && !text.startsWith(QLatin1Char('['));
    const QString bracketed = isBare ? QStringLiteral("[%1]").arg(text) : text;
    const auto endpoint = parseEndpoint(QStringLiteral("tcp://%1:1").arg(bracketed).toStdString());
    if (!endpoint || endpoint->port != 1)
        return false;
    host = endpoint->host;
    return true;
}

bool readRequired(const QString& text, Duration& target) {
    std::optional<Duration> duration;
    if (!readDuration(text, duration) || !duration)
        return false;
    target = *duration;
    return true;
}

bool isGroup(const std::string& address) {
    in_addr four{};
    in6_addr six{};
    if (::inet_pton(AF_INET, address.c_str(), &four) == 1)
        return IN_MULTICAST(ntohl(four.s_addr));
    return ::inet_pton(AF_INET6, address.c_str(), &six) == 1 && IN6_IS_ADDR_MULTICAST(&six);
}

bool readGroups(const QString& text, std::vector<std::string>& groups) {
    groups.clear();
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (!isGroup(word.toStdString()))
            return false;
        groups.push_back(word.toStdString());
    }
    return true;
}

bool readTtl(const QString& text, std::optional<int>& target) {
    target.reset();
    std::uint32_t hops = 0;
    if (text.isEmpty() || text.compare(kernelWord(), Qt::CaseInsensitive) == 0)
        return true;
    if (!readCount(text, 0, mostTtl, hops))
        return false;
    target = static_cast<int>(hops);
    return true;
}

} // namespace

ClientOptionsPanel::ClientOptionsPanel(QWidget* parent)
    : QWidget(parent),
      m_scroll(new QScrollArea(this)),
      m_when(makeNote({}, this)),
      m_changed(makeNote({}, this)),
      m_reset(makeLink(tr("Reset"), QStringLiteral("resetOptions"), this)),
      m_command(makeLabel({}, this)),
      m_fault(new FieldFault(this)) {
    setObjectName(QStringLiteral("clientOptions"));
    auto* content = new QWidget(m_scroll);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(12, 0, 12, 8);
    m_column->setSpacing(4);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_scroll->setMinimumHeight(56);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 1);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(m_scroll, 1);
    column->addWidget(buildFoot());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    buildConnection();
    buildSocket();
    buildDatagrams();
    connect(m_reset, &QPushButton::clicked, this, &ClientOptionsPanel::reset);
    setOptions({});
    setEndpoint({});
}

QWidget* ClientOptionsPanel::buildHead() {
    auto* head = new QWidget(this);
    auto* close = makeIconButton(QStringLiteral("close"), tr("Close the options"),
                                 QStringLiteral("closeOptions"), head);
    connect(close, &QToolButton::clicked, this, &ClientOptionsPanel::closeAsked);
    m_changed->setObjectName(QStringLiteral("changedOptions"));
    m_changed->setWordWrap(false);
    m_when->setWordWrap(false);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(makeTitle(tr("Options"), head));
    row->addWidget(m_when);
    row->addStretch(1);
    row->addWidget(m_changed);
    row->addWidget(m_reset);
    row->addWidget(close);
    return head;
}

QWidget* ClientOptionsPanel::buildFoot() {
    auto* foot = new QWidget(this);
    auto* copy = makeIconButton(QStringLiteral("copy"), tr("Copy the command line"),
                                QStringLiteral("copySendCommand"), foot);
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(command()); });
    m_command->setObjectName(QStringLiteral("sendCommand"));
    m_command->setFont(monoFont());
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(m_command, 1);
    row->addWidget(copy, 0, Qt::AlignTop);
    return foot;
}

OptionGrid* ClientOptionsPanel::addGrid(const QString& title, Suits suits) {
    QLabel* note = makeNote(title, m_scroll->widget());
    m_sections.emplace_back(note, suits);
    m_column->addWidget(note);
    auto* grid = new OptionGrid(m_scroll->widget());
    m_column->addWidget(grid);
    return grid;
}

QHBoxLayout* ClientOptionsPanel::addSwitchRow() {
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addStretch(1);
    m_column->addLayout(row);
    return row;
}

void ClientOptionsPanel::buildConnection() {
    OptionGrid* grid = addGrid(tr("Connection"), suitsAll);
    const auto host = [](const ClientOptions& o) {
        const auto& local = o.config.local;
        return local && local->host != "*" ? toQString(local->host) : QString();
    };
    addField(
        grid,
        {QStringLiteral("localAddress"), tr("This end"),
         tr("The address that this end is bound to; empty: the kernel chooses (bind(2))"),
         QStringLiteral("127.0.0.2")},
        suitsInternet, host,
        [](ClientOptions& o, const QString& t) { return readAddress(t, localOf(o).host); }, true);
    addField(
        grid,
        {QStringLiteral("localPort"), tr("Its port"),
         tr("The port of this end; 0: the kernel chooses"), QStringLiteral("4000")},
        suitsInternet,
        [](const ClientOptions& o) {
            return QString::number(o.config.local ? o.config.local->port : 0);
        },
        [](ClientOptions& o, const QString& t) {
            std::uint32_t port = 0;
            const bool isGood = t.isEmpty() || readCount(t, 0, mostPort, port);
            localOf(o).port = static_cast<std::uint16_t>(port);
            return isGood;
        });
    addField(
        grid,
        {QStringLiteral("localPath"), tr("This end"),
         tr("The path that this end is bound to, or @NAME; empty: a name of its own"),
         QStringLiteral("/tmp/client.sock")},
        suitsUnix,
        [](const ClientOptions& o) {
            return o.config.local ? toQString(o.config.local->path) : QString();
        },
        [](ClientOptions& o, const QString& t) {
            localOf(o).path = t.toStdString();
            return t.isEmpty() ||
                   parseEndpoint(QStringLiteral("unix:%1").arg(t).toStdString()).has_value();
        },
        true);
    buildTimes(grid);
    addSwitch(addSwitchRow(), tr("Reconnect by itself"),
              tr("Connects again when the connection fails or the other side ends it: after half "
                 "a second at most, then up to twice as long each time, 30 s at most"),
              QStringLiteral("reconnect"), suitsAll,
              [](ClientOptions& o) -> bool& { return o.reconnect; });
}

void ClientOptionsPanel::buildTimes(OptionGrid* grid) {
    addField(
        grid,
        {QStringLiteral("lookupTimeout"), tr("Look-up"),
         tr("How long the name may take to be looked up (getaddrinfo(3))"), QStringLiteral("10 s")},
        suitsInternet, [](const ClientOptions& o) { return durationText(o.config.lookupTimeout); },
        [](ClientOptions& o, const QString& t) { return readRequired(t, o.config.lookupTimeout); });
    addField(
        grid,
        {QStringLiteral("connectTimeout"), tr("Connect"),
         tr("How long each address may take to answer"), QStringLiteral("10 s")},
        suitsStreams, [](const ClientOptions& o) { return durationText(o.config.connectTimeout); },
        [](ClientOptions& o, const QString& t) {
            return readRequired(t, o.config.connectTimeout);
        });
}

void ClientOptionsPanel::buildSocket() {
    OptionGrid* grid = addGrid(tr("Socket"), suitsAll);
    buildBuffers(grid);
    addField(
        grid,
        {QStringLiteral("keepalive"), tr("Keepalive"),
         tr("Seconds of silence before TCP asks (SO_KEEPALIVE)"), QStringLiteral("60 s")},
        suitsTcp,
        [](const ClientOptions& o) { return secondsText(o.config.options.keepaliveSeconds); },
        [](ClientOptions& o, const QString& t) {
            return readSeconds(t, 1, o.config.options.keepaliveSeconds);
        });
    addField(
        grid,
        {QStringLiteral("linger"), tr("Linger"), tr("SO_LINGER in seconds; 0 resets on close"),
         QStringLiteral("0 s")},
        suitsStreams,
        [](const ClientOptions& o) { return secondsText(o.config.options.lingerSeconds); },
        [](ClientOptions& o, const QString& t) {
            return readSeconds(t, 0, o.config.options.lingerSeconds);
        });
    QHBoxLayout* row = addSwitchRow();
    addSwitch(row, tr("No delay"), QStringLiteral("TCP_NODELAY"), QStringLiteral("noDelay"),
              suitsTcp, [](ClientOptions& o) -> bool& { return o.config.options.noDelay; });
    addSwitch(row, tr("Reuse address"), QStringLiteral("SO_REUSEADDR"),
              QStringLiteral("reuseAddress"), suitsInternet,
              [](ClientOptions& o) -> bool& { return o.config.options.reuseAddress; });
    addSwitch(row, tr("Reuse port"), QStringLiteral("SO_REUSEPORT"), QStringLiteral("reusePort"),
              suitsInternet, [](ClientOptions& o) -> bool& { return o.config.options.reusePort; });
}

void ClientOptionsPanel::buildBuffers(OptionGrid* grid) {
    addField(
        grid,
        {QStringLiteral("receiveSize"), tr("Receive size"), tr("Bytes asked of one recv(2)"),
         QStringLiteral("64 KiB")},
        suitsAll, [](const ClientOptions& o) { return sizeText(o.config.receiveSize); },
        [](ClientOptions& o, const QString& t) {
            return readSize(t, mostReceiveSize, o.config.receiveSize);
        });
    addField(
        grid,
        {QStringLiteral("receiveBuffer"), tr("Receive buffer"), QStringLiteral("SO_RCVBUF"),
         QStringLiteral("64 KiB")},
        suitsAll, [](const ClientOptions& o) { return bufferText(o.config.options.receiveBuffer); },
        [](ClientOptions& o, const QString& t) {
            return readBuffer(t, o.config.options.receiveBuffer);
        });
    addField(
        grid,
        {QStringLiteral("sendBuffer"), tr("Send buffer"), QStringLiteral("SO_SNDBUF"),
         QStringLiteral("64 KiB")},
        suitsAll, [](const ClientOptions& o) { return bufferText(o.config.options.sendBuffer); },
        [](ClientOptions& o, const QString& t) {
            return readBuffer(t, o.config.options.sendBuffer);
        });
}

void ClientOptionsPanel::buildDatagrams() {
    OptionGrid* grid = addGrid(tr("Datagrams"), suitsUdp);
    addField(
        grid,
        {QStringLiteral("joinGroups"), tr("Join groups"),
         tr("Multicast groups whose datagrams arrive here too, with spaces between them"),
         QStringLiteral("239.1.2.3")},
        suitsUdp,
        [](const ClientOptions& o) {
            QStringList groups;
            for (const std::string& group : o.config.datagrams.join)
                groups.append(toQString(group));
            return groups.join(QLatin1Char(' '));
        },
        [](ClientOptions& o, const QString& t) { return readGroups(t, o.config.datagrams.join); },
        true);
    addField(
        grid,
        {QStringLiteral("multicastTtl"), tr("Hops"),
         tr("How many routers a multicast datagram may pass (IP_MULTICAST_TTL)"),
         QStringLiteral("1")},
        suitsUdp,
        [](const ClientOptions& o) {
            const auto& hops = o.config.datagrams.multicastTtl;
            return hops ? QString::number(*hops) : kernelWord();
        },
        [](ClientOptions& o, const QString& t) {
            return readTtl(t, o.config.datagrams.multicastTtl);
        });
    addField(
        grid,
        {QStringLiteral("multicastInterface"), tr("Interface"),
         tr("The interface of multicast datagrams; empty: the kernel chooses"),
         QStringLiteral("eth0")},
        suitsUdp,
        [](const ClientOptions& o) { return toQString(o.config.datagrams.multicastInterface); },
        [](ClientOptions& o, const QString& t) {
            o.config.datagrams.multicastInterface = t.toStdString();
            return !t.contains(QLatin1Char(' '));
        });
    QHBoxLayout* row = addSwitchRow();
    addSwitch(row, tr("Broadcast"), tr("May send to all of a network (SO_BROADCAST)"),
              QStringLiteral("broadcast"), suitsUdp,
              [](ClientOptions& o) -> bool& { return o.config.datagrams.broadcast; });
    addSwitch(row, tr("Loop"),
              tr("Programs of this machine hear what is sent to a group (IP_MULTICAST_LOOP)"),
              QStringLiteral("multicastLoop"), suitsUdp,
              [](ClientOptions& o) -> bool& { return o.config.datagrams.multicastLoop; });
}

void ClientOptionsPanel::addField(OptionGrid* grid, const Text& text, Suits suits, Show show,
                                  Read read, bool isWide) {
    auto* edit = new QLineEdit(grid);
    edit->setObjectName(text.objectName);
    edit->setAccessibleName(text.label);
    edit->setToolTip(text.tip);
    edit->setFont(monoFont());
    QLabel* label = makeLabel(text.label, grid);
    label->setToolTip(text.tip);
    grid->addField(label, edit, isWide);
    connect(edit, &QLineEdit::textChanged, this, &ClientOptionsPanel::fieldEdited);
    m_fields.push_back({label, edit, text.example, grid, suits, std::move(show), std::move(read)});
}

void ClientOptionsPanel::addSwitch(QHBoxLayout* row, const QString& label, const QString& tip,
                                   const QString& objectName, Suits suits,
                                   std::function<bool&(ClientOptions&)> option) {
    auto* box = new QCheckBox(label, m_scroll->widget());
    box->setObjectName(objectName);
    box->setToolTip(tip);
    row->insertWidget(row->count() - 1, box);
    connect(box, &QCheckBox::toggled, this, &ClientOptionsPanel::fieldEdited);
    m_switches.push_back({box, suits, std::move(option)});
}

void ClientOptionsPanel::fieldEdited() {
    markChanged();
    showCommand();
    Q_EMIT edited();
}

void ClientOptionsPanel::setOptions(const ClientOptions& options) {
    m_base = options;
    for (const Field& field : m_fields) {
        const QSignalBlocker blocker(field.edit);
        field.edit->setText(field.show(options));
        field.edit->setCursorPosition(0);
    }
    ClientOptions shown = options;
    for (const Switch& entry : m_switches) {
        const QSignalBlocker blocker(entry.box);
        entry.box->setChecked(entry.option(shown));
    }
    markChanged();
    showCommand();
}

void ClientOptionsPanel::setEndpoint(const Endpoint& endpoint) {
    m_endpoint = endpoint;
    const Transport transport = endpoint.transport;
    for (const Field& field : m_fields)
        field.grid->setFieldShown(field.edit, field.suits(transport));
    for (const Switch& entry : m_switches)
        entry.box->setVisible(entry.suits(transport));
    for (const auto& [title, suits] : m_sections)
        title->setVisible(suits(transport));
    markChanged();
    showCommand();
}

bool ClientOptionsPanel::apply(ClientOptions& options) const {
    bool isGood = true;
    const Transport transport = options.config.endpoint.transport;
    options.config.local.reset();
    for (const Field& field : m_fields) {
        if (field.suits(transport))
            isGood = field.read(options, field.edit->text().trimmed()) && isGood;
    }
    for (const Switch& entry : m_switches) {
        if (entry.suits(transport))
            entry.option(options) = entry.box->isChecked();
    }
    dropEmptyLocal(options);
    return isGood;
}

ClientOptions ClientOptionsPanel::defaults() const {
    ClientOptions options;
    options.config.endpoint = m_endpoint;
    return options;
}

void ClientOptionsPanel::showFault() {
    for (const Field& field : m_fields) {
        ClientOptions ignored = defaults();
        const QString text = field.edit->text().trimmed();
        if (!field.suits(m_endpoint.transport) || field.read(ignored, text))
            continue;
        field.grid->placeFault(m_fault, field.edit);
        m_fault->show(field.edit,
                      tr("'%1' is not valid here. For example: %2")
                          .arg(toQString(displaySafe(text.toStdString())), field.example));
        // It has its place once the event loop has laid it out.
        QMetaObject::invokeMethod(
            this, [this] { m_scroll->ensureWidgetVisible(m_fault, 0, 40); }, Qt::QueuedConnection);
        return;
    }
}

/// By what it means: "65536" is the default too.
bool ClientOptionsPanel::isChanged(const Field& field) const {
    ClientOptions options = defaults();
    return !field.read(options, field.edit->text().trimmed()) ||
           field.show(options) != field.show(defaults());
}

bool ClientOptionsPanel::isChanged(const Switch& entry) {
    ClientOptions defaults;
    return entry.box->isChecked() != entry.option(defaults);
}

int ClientOptionsPanel::changedCount() const {
    const auto transport = m_endpoint.transport;
    const auto fields = std::ranges::count_if(
        m_fields, [&](const Field& field) { return field.suits(transport) && isChanged(field); });
    const auto switches = std::ranges::count_if(m_switches, [&](const Switch& entry) {
        return entry.suits(transport) && isChanged(entry);
    });
    return static_cast<int>(fields + switches);
}

void ClientOptionsPanel::markChanged() {
    m_fault->clear();
    const QFont plain = font();
    for (const Field& field : m_fields) {
        const bool differs = isChanged(field);
        field.label->setFont(differs ? demiBold(plain) : plain);
        field.edit->setProperty("changed", differs);
        field.edit->update();
    }
    for (const Switch& entry : m_switches)
        entry.box->setFont(isChanged(entry) ? demiBold(plain) : plain);
    const int changed = changedCount();
    m_changed->setText(tr("%n changed", nullptr, changed));
    m_changed->setVisible(changed > 0);
    m_reset->setVisible(changed > 0);
}

QString ClientOptionsPanel::command() const {
    ClientOptions options = m_base;
    options.config.endpoint = m_endpoint;
    (void)apply(options);
    QString text = QStringLiteral("socketscope send");
    for (const std::string& word : sendArguments(options.config))
        text += QLatin1Char(' ') + toQString(shellQuoted(word));
    return text;
}

void ClientOptionsPanel::showCommand() {
    m_command->setText(command());
}

void ClientOptionsPanel::reset() {
    ClientOptions options = defaults();
    options.config.framing = m_base.config.framing;
    setOptions(options);
    Q_EMIT edited();
}

void ClientOptionsPanel::setConnected(bool isConnected) {
    m_when->setText(isConnected ? tr("for the next connection") : QString());
}

void ClientOptionsPanel::focusFirst() {
    for (const Field& field : m_fields) {
        if (field.suits(m_endpoint.transport)) {
            field.edit->setFocus();
            return;
        }
    }
}

void ClientOptionsPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeAsked();
    else
        QWidget::keyPressEvent(event);
}

void ClientOptionsPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
