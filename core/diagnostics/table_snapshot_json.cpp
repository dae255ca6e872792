// The file that keeps a snapshot: one object, the processes apart from the sockets, so that a
// process with thousands of sockets is there once.

#include <limits>
#include <map>
#include <optional>
#include <set>

#include <arpa/inet.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/hex.h"
#include "core/base/strict_json.h"
#include "core/base/utf8.h"
#include "core/diagnostics/table_snapshot.h"

namespace sscope {

namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

constexpr int formatNumber = 1;

/// A text as it is, or as {"hex": "..."} where JSON cannot carry it.
OrderedJson jsonOf(const std::string& text) {
    const bool fits = isUtf8(text) && text.find('\0') == std::string::npos &&
                      text.find("\xEF\xBB\xBF") == std::string::npos;
    if (fits)
        return text;
    return {{"hex", toHex(bytesOf(text))}};
}

/// Unlike IpAddress::text() it tells a mapped address from an IPv4 one.
std::string addressText(const IpAddress& address) {
    char text[INET6_ADDRSTRLEN];
    ::inet_ntop(address.isIpv6 ? AF_INET6 : AF_INET, address.bytes.data(), text, sizeof text);
    return text;
}

/// Each process once, by its address in memory.
class ProcessList {
public:
    std::size_t indexOf(const std::shared_ptr<const ProcessInfo>& process) {
        const auto [it, isNew] = m_indices.try_emplace(process.get(), m_json.size());
        if (isNew)
            m_json.push_back({{"pid", process->pid},
                              {"command", jsonOf(process->command)},
                              {"command_line", jsonOf(process->commandLine)},
                              {"executable", jsonOf(process->executable)},
                              {"cgroup", jsonOf(process->cgroup)},
                              {"uid", process->uid ? OrderedJson(*process->uid) : OrderedJson()},
                              {"start_time", process->startTime}});
        return it->second;
    }
    OrderedJson take() { return std::move(m_json); }

private:
    std::map<const ProcessInfo*, std::size_t> m_indices;
    OrderedJson m_json = OrderedJson::array();
};

OrderedJson jsonOf(const SocketRow& row, ProcessList& processes) {
    OrderedJson json;
    json["cookie"] = row.cookie;
    json["inode"] = row.inode;
    json["protocol"] = protocolText(row.protocol);
    json["type"] = typeText(row.type);
    json["state"] = stateText(row.state);
    json["family"] = row.family;
    json["recv_queue"] = row.receiveQueue;
    json["send_queue"] = row.sendQueue;
    json["local_address"] = addressText(row.localAddress);
    json["local_port"] = row.localPort;
    json["remote_address"] = addressText(row.remoteAddress);
    json["remote_port"] = row.remotePort;
    json["uid"] = row.hasUid ? OrderedJson(row.uid) : OrderedJson();
    json["user"] = jsonOf(row.user);
    json["path"] = jsonOf(row.path);
    json["peer_inode"] = row.peerInode;
    json["interface"] = row.interface;
    json["number"] = row.number;
    json["port_id"] = row.portId;
    json["remote_port_id"] = row.remotePortId;
    json["owners_known"] = row.ownersKnown;
    json["owners"] = OrderedJson::array();
    for (const SocketOwner& owner : row.owners)
        json["owners"].push_back({{"process", processes.indexOf(owner.process)}, {"fd", owner.fd}});
    return json;
}

/// The first thing that is wrong, and where; what comes after it does not count.
struct Trouble {
    std::string text;

    void say(const std::string& where, const char* what) {
        if (text.empty())
            text = where.empty() ? std::string(what) : where + ": " + what;
    }
    [[nodiscard]] bool isThere() const { return !text.empty(); }
};

/// Takes the members of one object by their keys; each must be there, and no other.
class ObjectReader {
public:
    ObjectReader(const Json& json, std::string where, Trouble& trouble)
        : m_json(json), m_where(std::move(where)), m_trouble(trouble) {
        if (!json.is_object())
            m_trouble.say(m_where, "it is not an object");
    }

    template <typename T>
    T number(const char* key) {
        const Json* member = find(key);
        if (member && member->is_number_unsigned() &&
            member->get<std::uint64_t>() <= std::uint64_t{std::numeric_limits<T>::max()})
            return static_cast<T>(member->get<std::uint64_t>());
        fail(key, "it is not a number of its range");
        return 0;
    }
    /// Microseconds since 1970; the clock counts them finer, and so not as far.
    std::chrono::system_clock::time_point time(const char* key) {
        using Clock = std::chrono::system_clock;
        const std::chrono::microseconds time(number<std::int64_t>(key));
        if (time <= std::chrono::floor<std::chrono::microseconds>(Clock::duration::max()))
            return Clock::time_point(time);
        fail(key, "it is not a number of its range");
        return {};
    }
    template <typename T>
    std::optional<T> numberOrNull(const char* key) {
        if (const auto it = m_json.find(key); it != m_json.end() && it->is_null()) {
            m_taken.insert(key);
            return std::nullopt;
        }
        return number<T>(key);
    }
    bool flag(const char* key) {
        const Json* member = find(key);
        if (member && member->is_boolean())
            return member->get<bool>();
        fail(key, "it is neither true nor false");
        return false;
    }
    std::string text(const char* key) {
        const Json* member = find(key);
        if (member && member->is_string())
            return member->get<std::string>();
        if (member && member->is_object() && member->size() == 1) {
            const auto hex = member->find("hex");
            const auto bytes = hex != member->end() && hex->is_string()
                                   ? fromHex(hex->get<std::string>())
                                   : Result<std::vector<std::byte>>(Failure(Error{}));
            if (bytes)
                return std::string(textOf(*bytes));
        }
        fail(key, "it is not a text");
        return {};
    }
    const Json& array(const char* key) {
        static const Json none = Json::array();
        const Json* member = find(key);
        if (member && member->is_array())
            return *member;
        fail(key, "it is not a list");
        return none;
    }
    IpAddress address(const char* key, bool isIpv6) {
        IpAddress address{.isIpv6 = isIpv6};
        if (::inet_pton(isIpv6 ? AF_INET6 : AF_INET, text(key).c_str(), address.bytes.data()) != 1)
            fail(key, "it is not an address of its family");
        return address;
    }
    /// One of the values, by its text.
    template <typename T, typename Text>
    T word(const char* key, int count, Text textOf) {
        const std::string found = text(key);
        for (int i = 0; i < count; ++i) {
            if (found == textOf(static_cast<T>(i)))
                return static_cast<T>(i);
        }
        fail(key, "it is not a word that stands there");
        return T{};
    }
    void fail(const char* key, const char* what) {
        m_trouble.say(m_where.empty() ? key : m_where + '.' + key, what);
    }
    /// To be called when all has been taken.
    void finish() {
        for (const auto& [key, value] : m_json.items()) {
            if (!m_taken.contains(key))
                m_trouble.say(m_where, "a key stands there that this version does not know");
        }
    }

private:
    const Json* find(const char* key) {
        m_taken.insert(key);
        const auto it = m_json.find(key);
        if (it != m_json.end())
            return &*it;
        fail(key, "it is missing");
        return nullptr;
    }

    const Json& m_json;
    const std::string m_where;
    Trouble& m_trouble;
    std::set<std::string> m_taken;
};

using Processes = std::vector<std::shared_ptr<const ProcessInfo>>;

Processes readProcesses(const Json& list, Trouble& trouble) {
    Processes processes;
    for (const Json& json : list) {
        ObjectReader reader(json, fmt::format("processes[{}]", processes.size()), trouble);
        ProcessInfo process{.pid = reader.number<int>("pid"), .command = reader.text("command")};
        process.commandLine = reader.text("command_line");
        process.executable = reader.text("executable");
        process.cgroup = reader.text("cgroup");
        process.uid = reader.numberOrNull<std::uint32_t>("uid");
        process.startTime = reader.number<std::uint64_t>("start_time");
        reader.finish();
        if (trouble.isThere())
            break;
        processes.push_back(std::make_shared<ProcessInfo>(std::move(process)));
    }
    return processes;
}

void readOwners(const Json& list, const std::string& where, const Processes& processes,
                SocketRow& row, Trouble& trouble) {
    for (const Json& json : list) {
        ObjectReader reader(json, fmt::format("{}.owners[{}]", where, row.owners.size()), trouble);
        const auto index = reader.number<std::size_t>("process");
        const int fd = reader.number<int>("fd");
        reader.finish();
        if (index >= processes.size())
            reader.fail("process", "there is no such process");
        if (trouble.isThere())
            return;
        row.owners.push_back({processes[index], fd});
    }
}

SocketRow readRow(const Json& json, const std::string& where, const Processes& processes,
                  Trouble& trouble) {
    ObjectReader reader(json, where, trouble);
    SocketRow row;
    row.cookie = reader.number<std::uint64_t>("cookie");
    row.inode = reader.number<std::uint32_t>("inode");
    row.protocol = reader.word<SocketProtocol>("protocol", int{everyProtocol.size()}, protocolText);
    row.type = reader.word<SocketType>("type", int(SocketType::Raw) + 1, typeText);
    row.state = reader.word<SocketState>("state", int(SocketState::Unconnected) + 1, stateText);
    row.family = reader.number<std::uint8_t>("family");
    if (row.family != 0 && row.family != 4 && row.family != 6)
        reader.fail("family", "it is not 0, 4 or 6");
    row.receiveQueue = reader.number<std::uint32_t>("recv_queue");
    row.sendQueue = reader.number<std::uint32_t>("send_queue");
    row.localAddress = reader.address("local_address", row.family == 6);
    row.localPort = reader.number<std::uint16_t>("local_port");
    row.remoteAddress = reader.address("remote_address", row.family == 6);
    row.remotePort = reader.number<std::uint16_t>("remote_port");
    const auto uid = reader.numberOrNull<std::uint32_t>("uid");
    row.hasUid = uid.has_value();
    row.uid = uid.value_or(0);
    row.user = reader.text("user");
    row.path = reader.text("path");
    row.peerInode = reader.number<std::uint32_t>("peer_inode");
    row.interface = reader.number<std::uint32_t>("interface");
    row.number = reader.number<std::uint16_t>("number");
    row.portId = reader.number<std::uint32_t>("port_id");
    row.remotePortId = reader.number<std::uint32_t>("remote_port_id");
    row.ownersKnown = reader.flag("owners_known");
    readOwners(reader.array("owners"), where, processes, row, trouble);
    reader.finish();
    return row;
}

TableSnapshot readSnapshot(const Json& json, Trouble& trouble) {
    ObjectReader reader(json, {}, trouble);
    TableSnapshot snapshot;
    if (reader.number<int>("format") != formatNumber)
        reader.fail("format", "it is one that this version does not read");
    if (trouble.isThere())
        return snapshot;
    snapshot.time = reader.time("time_us");
    snapshot.machine = reader.text("machine");
    snapshot.boot = reader.text("boot");
    const Processes processes = readProcesses(reader.array("processes"), trouble);
    for (const Json& row : reader.array("sockets")) {
        if (trouble.isThere())
            break;
        snapshot.rows.push_back(
            readRow(row, fmt::format("sockets[{}]", snapshot.rows.size()), processes, trouble));
    }
    reader.finish();
    return snapshot;
}

} // namespace

std::string toJson(const TableSnapshot& snapshot) {
    ProcessList processes;
    OrderedJson sockets = OrderedJson::array();
    for (const SocketRow& row : snapshot.rows)
        sockets.push_back(jsonOf(row, processes));
    const auto time = snapshot.time.time_since_epoch();
    OrderedJson json;
    json["format"] = formatNumber;
    json["time_us"] = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
    json["machine"] = jsonOf(snapshot.machine);
    json["boot"] = jsonOf(snapshot.boot);
    json["processes"] = processes.take();
    json["sockets"] = std::move(sockets);
    return json.dump() + '\n';
}

Result<TableSnapshot> snapshotFromJson(std::string_view json, const std::string& subject) {
    if (const auto fault = findJsonFault(json))
        return Failure(faultError(
            Fault::BadJson, "read", subject,
            fmt::format("line {}, column {}: {}", fault->line, fault->column, fault->reason)));
    Trouble trouble;
    TableSnapshot snapshot = readSnapshot(Json::parse(json, nullptr, false), trouble);
    if (trouble.isThere())
        return Failure(faultError(Fault::BadJson, "read", subject, trouble.text));
    return snapshot;
}

} // namespace sscope
