#include "core/trace/trace_wire.h"

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <utility>

namespace sscope {

namespace {

enum class Record : std::uint8_t { Lifecycle, State, Totals, Log };

class Writer {
public:
    explicit Writer(std::vector<std::byte>& target) : m_target(target) {}

    template <typename T>
    void operator()(const T& value) requires std::is_trivially_copyable_v<T> {
        bytes({reinterpret_cast<const std::byte*>(&value), sizeof value});
    }
    void operator()(const std::string& text) {
        operator()(static_cast<std::uint32_t>(text.size()));
        bytes(bytesOf(text));
    }
    void bytes(ByteView view) { m_target.insert(m_target.end(), view.begin(), view.end()); }

private:
    std::vector<std::byte>& m_target;
};

class Reader {
public:
    explicit Reader(ByteView source) : m_source(source) {}

    template <typename T>
    void operator()(T& value) requires std::is_trivially_copyable_v<T> {
        const ByteView view = bytes(sizeof value);
        if (m_isGood)
            std::memcpy(&value, view.data(), sizeof value);
    }
    void operator()(std::string& text) {
        std::uint32_t size = 0;
        operator()(size);
        text = textOf(bytes(size));
    }
    ByteView bytes(std::size_t count) {
        m_isGood = m_isGood && count <= m_source.size();
        if (!m_isGood)
            return {};
        const ByteView view = m_source.first(count);
        m_source = m_source.subspan(count);
        return view;
    }
    [[nodiscard]] bool isGood() const { return m_isGood; }
    [[nodiscard]] bool isAtEnd() const { return m_source.empty(); }

private:
    ByteView m_source;
    bool m_isGood = true;
};

// What a value is made of, once for both directions; T is const where it is written.

template <typename Archive, typename T>
requires std::is_same_v<std::remove_const_t<T>, std::error_code>
void pass(Archive& archive, T& code) {
    std::uint8_t category = code.category() == faultCategory()      ? 1
                            : code.category() == resolverCategory() ? 2
                                                                    : 0;
    int value = code.value();
    archive(category);
    archive(value);
    if constexpr (!std::is_const_v<T>)
        code = {value, category == 1   ? faultCategory()
                       : category == 2 ? resolverCategory()
                                       : std::generic_category()};
}

template <typename Archive, typename T>
requires std::is_same_v<std::remove_const_t<T>, Error>
void pass(Archive& archive, T& error) {
    pass(archive, error.code);
    archive(error.operation);
    archive(error.subject);
    archive(error.detail);
    archive(error.hint.kind);
    archive(error.hint.text);
    archive(error.hint.number);
    archive(error.hint.port);
    archive(error.report.message);
    archive(error.report.host);
}

/// Of each event its fields.
template <typename Archive, typename T>
void passFields(Archive& archive, T& event) {
    using namespace lifecycle;
    using Plain = std::remove_const_t<T>;
    if constexpr (std::is_same_v<Plain, Accepted>) {
        archive(event.peer);
        archive(event.local);
        archive(event.worker);
        archive(event.pid);
    } else if constexpr (std::is_same_v<Plain, Rejected>) {
        archive(event.peer);
        pass(archive, event.error);
    } else if constexpr (std::is_same_v<Plain, LimitReached> || std::is_same_v<Plain, Failed>) {
        pass(archive, event.error);
        archive(event.peer);
    } else if constexpr (std::is_same_v<Plain, ProtocolError>) {
        archive(event.reason);
        archive(event.peer);
    } else if constexpr (std::is_same_v<Plain, Closed>) {
        archive(event.reason);
        pass(archive, event.error);
        archive(event.counters);
        archive(event.lasted);
    }
    // PeerFinished and HalfClosed have none; the others are told by the server's own process.
}

template <typename Archive>
void passState(Archive& archive, auto& connection, auto& peer, auto& endpoint, auto& counters) {
    archive(connection);
    archive(peer);
    archive(endpoint);
    archive(counters);
}

/// Makes the event with this index in the variant, and reads its fields.
template <std::size_t index = 0>
void readEvent(Reader& reader, std::size_t wanted, lifecycle::Event& event) {
    if constexpr (index < std::variant_size_v<lifecycle::Event>) {
        if (index == wanted)
            passFields(reader, event.emplace<index>());
        else
            readEvent<index + 1>(reader, wanted, event);
    }
}

void readLifecycle(Reader& reader, OwnerId owner, DecodedTrace& trace) {
    LifecycleEvent event;
    std::uint8_t index = 0;
    reader(event.time);
    reader(event.sequence);
    reader(event.connection.number);
    reader(index);
    readEvent(reader, index, event.what);
    event.connection.owner = owner;
    if (reader.isGood())
        trace.lifecycle.push_back(std::move(event));
}

void readState(Reader& reader, OwnerId owner, DecodedTrace& trace) {
    ConnectionState state;
    passState(reader, state.connection.number, state.peer, state.endpoint, state.counters);
    state.connection.owner = owner;
    if (reader.isGood())
        trace.states.push_back(std::move(state));
}

void readTotals(Reader& reader, OwnerId owner, DecodedTrace& trace) {
    ServerTotals totals;
    reader(totals);
    if (!reader.isGood())
        return;
    trace.totals += totals;
    trace.totals.owner = owner;
    trace.hasTotals = true;
}

void readLog(Reader& reader, OwnerId owner, DecodedTrace& trace) {
    TraceEvent event;
    reader(event);
    const ByteView head = reader.bytes(event.headSize);
    if (!reader.isGood())
        return;
    event.connection.owner = owner;
    event.headOffset = static_cast<std::uint32_t>(trace.log.heads.size());
    trace.log.heads.insert(trace.log.heads.end(), head.begin(), head.end());
    trace.log.events.push_back(event);
}

} // namespace

void TraceEncoder::endPacket() {
    if (!m_packet.empty())
        m_send(m_packet);
    m_packet.clear();
}

void TraceEncoder::encode(const TraceContent& content) {
    Writer writer(m_packet);
    const auto begin = [&](Record record) {
        if (m_packet.size() >= packetLimit)
            endPacket();
        writer(record);
    };
    for (const LifecycleEvent& event : content.lifecycle) {
        begin(Record::Lifecycle);
        writer(event.time);
        writer(event.sequence);
        writer(event.connection.number);
        writer(static_cast<std::uint8_t>(event.what.index()));
        std::visit([&](const auto& what) { passFields(writer, what); }, event.what);
    }
    for (TracedCounters* state : content.touched) {
        state->isDirty = false;
        begin(Record::State);
        passState(writer, state->connection.number, state->peer, state->endpoint, state->counters);
    }
    if (content.hasTotals) {
        begin(Record::Totals);
        writer(content.totals);
    }
    for (const TraceEvent& event : content.log.events) {
        begin(Record::Log);
        writer(event);
        writer.bytes(content.log.kept(event));
    }
    endPacket();
}

bool decodeTrace(ByteView packet, OwnerId owner, DecodedTrace& trace) {
    Reader reader(packet);
    while (reader.isGood() && !reader.isAtEnd()) {
        auto record = Record::Lifecycle;
        reader(record);
        switch (record) {
        case Record::Lifecycle:
            readLifecycle(reader, owner, trace);
            break;
        case Record::State:
            readState(reader, owner, trace);
            break;
        case Record::Totals:
            readTotals(reader, owner, trace);
            break;
        case Record::Log:
            readLog(reader, owner, trace);
            break;
        default:
            return false;
        }
    }
    return reader.isGood();
}

} // namespace sscope
