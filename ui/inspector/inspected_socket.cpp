#include "ui/inspector/inspected_socket.h"

#include "ui/engine_bridge.h"

namespace sscope {

namespace {

constexpr std::uint16_t wellKnownPorts = 1024; // services have theirs below it, clients above

} // namespace

InspectedSocket::InspectedSocket(EngineBridge& bridge, const ConnectionsModel& model,
                                 QObject* parent)
    : QObject(parent), m_bridge(bridge), m_model(model) {
    connect(&bridge, &EngineBridge::samplesArrived, this, &InspectedSocket::takeSamples);
}

void InspectedSocket::setLinkSource(std::function<RowLink(const SocketRow&)> source) {
    m_linkSource = std::move(source);
}

void InspectedSocket::inspect(quint64 cookie) {
    if (cookie == m_cookie && !m_closed)
        return;
    forget();
    m_cookie = cookie;
    if (const ConnectionEntry* entry = m_model.find(cookie)) {
        m_stateSince = entry->stateSince;
        m_stateIsOlder = entry->isOlder && entry->stateSince == entry->firstSeen;
        takeEntry(*entry);
        takeOtherEnd();
    }
    m_bridge.engine().table().inspect(m_isSampled && cookie != 0 ? std::optional(cookie)
                                                                 : std::nullopt);
    Q_EMIT changed();
}

void InspectedSocket::inspectClosed(const ClosedSocket& closed) {
    const auto since = std::chrono::system_clock::now() - closed.closedAt;
    const TimePoint goneAt = SteadyClock::now() - std::chrono::duration_cast<Duration>(since);
    forget();
    m_cookie = closed.row.cookie;
    m_closed = closed;
    m_row = closed.row;
    m_stateSince = goneAt;
    m_goneAt = goneAt;
    m_series->add({goneAt, m_cookie, closed.row});
    m_series->add({goneAt, m_cookie, std::nullopt});
    m_isOurs = m_model.isOurs(closed.row);
    m_link = m_linkSource ? m_linkSource(closed.row) : RowLink();
    m_openedBy = openedBy();
    m_bridge.engine().table().inspect(std::nullopt);
    Q_EMIT changed();
}

void InspectedSocket::forget() {
    m_row.reset();
    m_closed.reset();
    m_other.reset();
    m_series.emplace();
    m_link = m_otherLink = {};
    m_isOurs = m_isOtherOurs = false;
    m_openedBy = OpenedBy::Unknown;
    m_goneAt.reset();
}

void InspectedSocket::setSampled(bool isSampled) {
    if (m_isSampled == isSampled)
        return;
    m_isSampled = isSampled;
    const bool isAsked = isSampled && m_cookie != 0 && !m_goneAt;
    m_bridge.engine().table().inspect(isAsked ? std::optional(m_cookie) : std::nullopt);
}

void InspectedSocket::takeEntry(const ConnectionEntry& entry) {
    // Details come with the samples; a refresh may be without.
    const auto details = m_row ? m_row->details : nullptr;
    m_row = entry.row;
    if (!m_row->details)
        m_row->details = details;
    m_isOurs = m_model.isOurs(entry);
    m_link = m_linkSource ? m_linkSource(*m_row) : RowLink();
}

void InspectedSocket::takeOtherEnd() {
    const ConnectionEntry* entry = m_model.find(m_cookie);
    const ConnectionEntry* other = entry ? m_model.peerOf(*entry) : nullptr;
    if (other) {
        m_other = other->row;
        m_isOtherOurs = m_model.isOurs(*other);
        m_otherLink = m_linkSource ? m_linkSource(other->row) : RowLink();
    } else if (const SocketRow* receiver = m_row ? receiverAt(*m_row) : nullptr) {
        m_other = *receiver;
        m_otherLink = m_linkSource ? m_linkSource(*receiver) : RowLink();
    }
    if (m_openedBy == OpenedBy::Unknown)
        m_openedBy = openedBy();
}

/// Who is at the other end though it is not connected to this one: the listener that a SYN asks,
/// the socket that a datagram reaches. Null where that address is another machine's.
const SocketRow* InspectedSocket::receiverAt(const SocketRow& row) const {
    const bool isHere = row.remoteAddress.isLoopback() || row.remoteAddress == row.localAddress;
    const bool isAsking = row.protocol == SocketProtocol::Tcp
                              ? row.state == SocketState::SynSent
                              : row.protocol == SocketProtocol::Udp && row.hasPeer();
    if (!isHere || !isAsking)
        return nullptr;
    SocketRow other = row;
    std::swap(other.localAddress, other.remoteAddress);
    std::swap(other.localPort, other.remotePort);
    return m_model.listenerOf(other);
}

/// Who has a listener beside its end was connected to; without one the ports tell.
OpenedBy InspectedSocket::openedBy() const {
    if (!m_row || m_row->protocol != SocketProtocol::Tcp || !m_row->hasPeer())
        return OpenedBy::Unknown;
    if (m_model.listenerOf(*m_row))
        return OpenedBy::OtherEnd;
    if (m_other && m_model.listenerOf(*m_other))
        return OpenedBy::ThisEnd;
    const bool isService = m_row->localPort < wellKnownPorts;
    const bool isToService = m_row->remotePort < wellKnownPorts;
    if (isService != isToService)
        return isService ? OpenedBy::OtherEnd : OpenedBy::ThisEnd;
    return OpenedBy::Unknown;
}

void InspectedSocket::takeTable(TimePoint now) {
    if (m_cookie == 0)
        return;
    const ConnectionEntry* entry = m_model.find(m_cookie);
    if (!entry || entry->change == RowChange::Gone) {
        if (m_row && !m_goneAt)
            m_goneAt = entry ? entry->changedAt : now;
    } else if (!m_goneAt) {
        noteState(entry->row.state, now);
        takeEntry(*entry);
        takeOtherEnd();
    }
    Q_EMIT changed();
}

void InspectedSocket::takeSamples(const std::vector<SocketSample>& samples) {
    bool isNew = false;
    for (const SocketSample& sample : samples) {
        if (sample.cookie != m_cookie || m_goneAt)
            continue;
        isNew = true;
        m_series->add(sample);
        if (!sample.row) {
            m_goneAt = sample.time;
            continue;
        }
        noteState(sample.row->state, sample.time);
        const bool wasKnown = m_row.has_value();
        SocketRow row = *sample.row;
        if (wasKnown && row.owners.empty()) {
            row.owners = m_row->owners;
            row.ownersKnown = m_row->ownersKnown;
        }
        m_row = std::move(row);
        if (!wasKnown)
            m_link = m_linkSource ? m_linkSource(*m_row) : RowLink();
    }
    if (isNew)
        Q_EMIT changed();
}

void InspectedSocket::noteState(SocketState state, TimePoint time) {
    if (m_row && m_row->state == state)
        return;
    m_stateSince = time;
    m_stateIsOlder = false;
}

InspectedSocket::Stay InspectedSocket::stay(TimePoint now) const {
    return {std::max(Duration{}, m_goneAt.value_or(now) - m_stateSince), m_stateIsOlder};
}

TcpPath InspectedSocket::path() const {
    if (!m_row || m_row->protocol != SocketProtocol::Tcp)
        return {};
    std::vector<SocketState> seen;
    for (const StateVisit& visit : m_series->states())
        seen.push_back(visit.state);
    if (seen.empty())
        seen.push_back(m_row->state);
    return tcpPath(seen, m_openedBy, m_other ? std::optional(m_other->state) : std::nullopt,
                   m_goneAt.has_value());
}

std::vector<Meaning> InspectedSocket::meanings(TimePoint now) const {
    if (!m_row)
        return {};
    const Stay stay = this->stay(now);
    std::vector<Meaning> meanings = meaningOf(*m_row, &*m_series, otherEnd(), now, stay.time);
    for (Meaning& meaning : meanings)
        meaning.isAtLeast = stay.isAtLeast && meaning.time == stay.time;
    return meanings;
}

} // namespace sscope
