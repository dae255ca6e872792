#include "core/net/datagram_socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <iterator>
#include <utility>

namespace sscope {

namespace {

constexpr std::size_t datagramsPerCall = 32;
// The receive slots take no more memory than this, however large a datagram may be.
constexpr std::size_t slotMemory = 4 << 20;
// A turn fetches at most so many groups, so that a flood leaves time for sending and stopping.
constexpr int callsPerTurn = 8;
constexpr int reportsPerTurn = 256;
constexpr int retriesPerDatagram = 4;
constexpr std::size_t largestUdpPayload = 65507;
// What IP and UDP take of a packet.
constexpr std::uint32_t headers4 = 28;
constexpr std::uint32_t headers6 = 48;
constexpr Duration retryDelay = std::chrono::milliseconds(10);

} // namespace

/// What recvmmsg(2) fills; made once, its pages touched only as far as datagrams reach.
struct DatagramSocket::ReceiveSlots {
    explicit ReceiveSlots(std::size_t receiveSize)
        : count(std::clamp<std::size_t>(slotMemory / receiveSize, 1, datagramsPerCall)),
          memory(std::make_unique_for_overwrite<std::byte[]>(receiveSize * count)) {
        for (std::size_t i = 0; i < count; ++i)
            pieces[i] = {memory.get() + i * receiveSize, receiveSize};
    }

    void prepare() {
        for (std::size_t i = 0; i < count; ++i) {
            msghdr& header = messages[i].msg_hdr;
            header = {};
            header.msg_name = from[i].data();
            header.msg_namelen = SocketAddress::capacity();
            header.msg_iov = &pieces[i];
            header.msg_iovlen = 1;
        }
    }

    const std::size_t count;
    std::unique_ptr<std::byte[]> memory;
    std::array<iovec, datagramsPerCall> pieces{};
    std::array<SocketAddress, datagramsPerCall> from{};
    std::array<mmsghdr, datagramsPerCall> messages{};
};

Error datagramError(int number, const char* operation, const SocketAddress& subject,
                    std::size_t bytes) {
    Error error = systemError(number, operation, subject.text());
    const bool isUnix = subject.family() == AF_UNIX;
    switch (number) {
    case ECONNREFUSED:
        error.hint.kind = isUnix ? Hint::Kind::StaleSocket : Hint::Kind::NothingListens;
        break;
    case ENETUNREACH:
    case EHOSTUNREACH:
        error.hint.kind = Hint::Kind::CheckRoute;
        break;
    case EACCES:
        error.hint.kind = isUnix ? Hint::Kind::Permission : Hint::Kind::TryBroadcast;
        break;
    case EPERM:
        error.hint.kind = isUnix ? Hint::Kind::Permission : Hint::Kind::LocalFirewall;
        break;
    case ENOENT: // a Unix server that has gone
        error.hint.kind = Hint::Kind::AnotherPath;
        break;
    case EMSGSIZE:
        error.detail = std::to_string(bytes);
        error.hint = {.kind = Hint::Kind::DatagramSize, .number = largestUdpPayload};
        break;
    default:
        break;
    }
    return error;
}

Error reportedError(const QueuedReport& report) {
    Error error = datagramError(report.number, "send", report.destination, 0);
    error.report = report.report;
    if (report.isProhibited)
        error.hint.kind = Hint::Kind::Prohibited;
    else if (report.number == EMSGSIZE)
        error.hint = {.kind = Hint::Kind::PathMtu,
                      .number =
                          report.mtu - std::min(report.mtu, report.destination.family() == AF_INET6
                                                                ? headers6
                                                                : headers4)};
    return error;
}

DatagramSocket::DatagramSocket(EventLoop& loop, UniqueFd fd, std::size_t receiveSize,
                               std::size_t maxQueue, Owner& owner)
    : m_loop(loop),
      m_fd(std::move(fd)),
      m_receiveSize(receiveSize),
      m_maxQueue(maxQueue),
      m_owner(owner),
      m_slots(std::make_unique<ReceiveSlots>(receiveSize)),
      m_isUnix(SocketAddress::localOf(m_fd.get()).family() == AF_UNIX),
      m_retry(loop.timers(), [this] { flush(); }) {}

DatagramSocket::~DatagramSocket() = default;

Result<void> DatagramSocket::start() {
    auto watch = m_loop.watch(m_fd.get(), Interest::Read, *this);
    if (!watch)
        return Failure(std::move(watch.error()));
    m_watch = std::move(*watch);
    return {};
}

void DatagramSocket::setReceiving(bool receiving) {
    m_receiving = receiving;
    updateInterest();
}

void DatagramSocket::updateInterest() {
    m_watch.setInterest(makeInterest(m_receiving, m_waitsForRoom));
}

void DatagramSocket::stop() {
    m_watch.stop();
    m_retry.stop();
    m_fd.reset();
    m_output.clear();
    m_queuedBytes = 0;
}

void DatagramSocket::handleEvents(Readiness ready) {
    if (ready.writable)
        flush();
    if (ready.failed && !takeReports() && !m_receiving)
        takeError(); // or the poller would tell of it again and again
    if (m_receiving && (ready.readable || ready.failed))
        receive();
}

/// Tells what hosts have reported; whether there was anything.
bool DatagramSocket::takeReports() {
    bool isAny = false;
    for (int i = 0; i < reportsPerTurn && m_watch.isActive(); ++i) {
        const auto report = m_isUnix ? std::nullopt : takeReport(m_fd.get());
        if (!report)
            break;
        isAny = true;
        m_owner.datagramFailed(reportedError(*report));
    }
    return isAny;
}

void DatagramSocket::takeError() {
    int number = 0;
    socklen_t length = sizeof number;
    ::getsockopt(m_fd.get(), SOL_SOCKET, SO_ERROR, &number, &length);
    if (number != 0)
        failed(number, "receive", {}, 0);
}

void DatagramSocket::receive() {
    for (int call = 0; call < callsPerTurn && m_watch.isActive() && m_receiving; ++call) {
        m_slots->prepare();
        // MSG_TRUNC: the length is the datagram's real one, also where it was cut.
        const int count =
            ::recvmmsg(m_fd.get(), m_slots->messages.data(), static_cast<unsigned>(m_slots->count),
                       MSG_DONTWAIT | MSG_TRUNC, nullptr);
        if (count < 0) {
            if (errno != EAGAIN && errno != EINTR)
                failed(errno, "receive", {}, 0);
            return;
        }
        const auto taken = static_cast<std::size_t>(count);
        for (std::size_t i = 0; i < taken && m_watch.isActive(); ++i) {
            const mmsghdr& message = m_slots->messages[i];
            SocketAddress& from = m_slots->from[i];
            from.setLength(message.msg_hdr.msg_namelen);
            const std::size_t size = std::min<std::size_t>(message.msg_len, m_receiveSize);
            m_owner.datagramReceived(
                {static_cast<const std::byte*>(m_slots->pieces[i].iov_base), size}, message.msg_len,
                from);
        }
        if (taken < m_slots->count)
            return;
    }
}

std::string DatagramSocket::queueOf(const SocketAddress& to) const {
    if (!m_isUnix || to.length() == 0)
        return {};
    return {reinterpret_cast<const char*>(to.data()), to.length()};
}

void DatagramSocket::send(ByteView payload, const SocketAddress& to) {
    if (!m_watch.isActive())
        return;
    std::string key = queueOf(to);
    const bool mustWait = m_output.contains(key);
    const Outcome outcome = mustWait ? Outcome::Room : sendNow(payload, to);
    if (outcome == Outcome::Done)
        return;
    const std::size_t cost = payload.size() + sizeof(Waiting);
    if (m_queuedBytes + cost > m_maxQueue && m_queuedBytes > 0) {
        m_owner.datagramFailed(faultError(Fault::SendQueueExceeded, "send", to.text()));
        return;
    }
    m_queuedBytes += cost;
    m_output[std::move(key)].push_back({{payload.begin(), payload.end()}, to});
    if (!mustWait)
        waitFor(outcome);
}

void DatagramSocket::waitFor(Outcome outcome) {
    if (outcome == Outcome::Room) {
        m_waitsForRoom = true;
        updateInterest();
    } else
        m_retry.start(m_loop.turnTime() + retryDelay);
}

DatagramSocket::Outcome DatagramSocket::sendNow(ByteView payload, const SocketAddress& to) {
    const bool connected = to.length() == 0;
    for (int retries = 0;;) {
        const ssize_t count =
            ::sendto(m_fd.get(), payload.data(), payload.size(), MSG_NOSIGNAL,
                     connected ? nullptr : to.data(), connected ? 0 : to.length());
        const int number = errno;
        if (count >= 0) {
            m_owner.datagramSent(payload, to);
            return Outcome::Done;
        }
        if (number == EAGAIN)
            return m_isUnix && !connected ? Outcome::Later : Outcome::Room;
        if (number == ENOBUFS)
            return Outcome::Later;
        if (number == EINTR)
            continue;
        // What ICMP says is of an earlier datagram; this one has not been sent (udp(7)).
        const bool isReported = takeReports();
        const bool isRefusal = number == ECONNREFUSED && connected && !m_isUnix;
        const bool triesAgain = (isReported || isRefusal) && retries++ < retriesPerDatagram;
        if (m_watch.isActive() && !(isReported && triesAgain))
            failed(number, "send", to, payload.size());
        if (!m_watch.isActive() || !triesAgain)
            return Outcome::Done;
    }
}

void DatagramSocket::flush() {
    m_waitsForRoom = false;
    updateInterest();
    for (auto it = m_output.begin(); it != m_output.end();) {
        if (!flushQueue(it->second))
            return; // stopped from within
        it = it->second.empty() ? m_output.erase(it) : std::next(it);
    }
}

bool DatagramSocket::flushQueue(Queue& queue) {
    while (!queue.empty()) {
        Waiting next = std::move(queue.front());
        queue.pop_front();
        const Outcome outcome = sendNow(next.payload, next.to);
        if (!m_watch.isActive())
            return false;
        if (outcome != Outcome::Done) {
            queue.push_front(std::move(next));
            waitFor(outcome);
            return true;
        }
        m_queuedBytes -= next.payload.size() + sizeof(Waiting);
    }
    return true;
}

void DatagramSocket::failed(int number, const char* operation, const SocketAddress& to,
                            std::size_t bytes) {
    const SocketAddress subject = to.length() == 0 ? SocketAddress::peerOf(m_fd.get()) : to;
    m_owner.datagramFailed(datagramError(number, operation, subject, bytes));
}

} // namespace sscope
