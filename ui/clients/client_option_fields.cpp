// Which options a client has, and how each is written and read.

#include <arpa/inet.h>

#include "ui/clients/client_options_panel.h"
#include "ui/common/formats.h"
#include "ui/common/option_values.h"

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

} // namespace sscope
