#include "core/net/datagram_socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace sscope {

namespace {

constexpr std::size_t datagramsPerCall = 32;
// A turn fetches at most so many groups, so that a flood leaves time for sending and stopping.
constexpr int callsPerTurn = 8;
constexpr std::size_t largestUdpPayload = 65507;

} // namespace

/// What recvmmsg(2) fills; made once, its pages touched only as far as datagrams reach.
struct DatagramSocket::ReceiveSlots {
    explicit ReceiveSlots(std::size_t receiveSize)
        : memory(std::make_unique_for_overwrite<std::byte[]>(receiveSize * datagramsPerCall)) {
        for (std::size_t i = 0; i < datagramsPerCall; ++i)
            pieces[i] = {memory.get() + i * receiveSize, receiveSize};
    }

    void prepare() {
        for (std::size_t i = 0; i < datagramsPerCall; ++i) {
            msghdr& header = messages[i].msg_hdr;
            header = {};
            header.msg_name = from[i].data();
            header.msg_namelen = SocketAddress::capacity();
            header.msg_iov = &pieces[i];
            header.msg_iovlen = 1;
        }
    }

    std::unique_ptr<std::byte[]> memory;
    std::array<iovec, datagramsPerCall> pieces{};
    std::array<SocketAddress, datagramsPerCall> from{};
    std::array<mmsghdr, datagramsPerCall> messages{};
};

DatagramSocket::DatagramSocket(Reactor& reactor, UniqueFd fd, std::size_t receiveSize,
                               std::size_t maxQueue, Owner& owner)
    : m_reactor(reactor),
      m_fd(std::move(fd)),
      m_receiveSize(receiveSize),
      m_maxQueue(maxQueue),
      m_owner(owner),
      m_slots(std::make_unique<ReceiveSlots>(receiveSize)) {}

DatagramSocket::~DatagramSocket() = default;

Result<void> DatagramSocket::start() {
    auto watch = m_reactor.watch(m_fd.get(), Interest::Read, *this);
    if (!watch)
        return Failure(std::move(watch.error()));
    m_watch = std::move(*watch);
    return {};
}

void DatagramSocket::stop() {
    m_watch.stop();
    m_fd.reset();
    m_output.clear();
}

void DatagramSocket::handleEvents(Readiness ready) {
    if (ready.writable)
        flush();
    if (ready.readable || ready.failed)
        receive();
}

void DatagramSocket::receive() {
    for (int call = 0; call < callsPerTurn && m_watch.isActive(); ++call) {
        m_slots->prepare();
        // MSG_TRUNC: the length is the datagram's real one, also where it was cut.
        const int count = ::recvmmsg(m_fd.get(), m_slots->messages.data(), datagramsPerCall,
                                     MSG_DONTWAIT | MSG_TRUNC, nullptr);
        if (count < 0) {
            if (errno != EAGAIN && errno != EINTR)
                failed(errno, "receive", SocketAddress::peerOf(m_fd.get()), 0);
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
        if (taken < datagramsPerCall)
            return;
    }
}

void DatagramSocket::send(ByteView payload, const SocketAddress& to) {
    if (!m_watch.isActive())
        return;
    if (m_output.empty() && sendNow(payload, to))
        return;
    if (m_queuedBytes + payload.size() > m_maxQueue) {
        ++m_droppedInQueue;
        return;
    }
    m_queuedBytes += payload.size();
    m_output.push_back({{payload.begin(), payload.end()}, to});
    m_watch.setInterest(Interest::Both);
}

bool DatagramSocket::sendNow(ByteView payload, const SocketAddress& to) {
    const bool connected = to.length() == 0;
    const auto transmit = [&] {
        return ::sendto(m_fd.get(), payload.data(), payload.size(), MSG_NOSIGNAL,
                        connected ? nullptr : to.data(), connected ? 0 : to.length());
    };
    ssize_t count = transmit();
    if (count < 0 && errno == ECONNREFUSED) {
        // The ICMP answer to an earlier datagram; this one has not been sent (udp(7)).
        failed(errno, "send", SocketAddress::peerOf(m_fd.get()), payload.size());
        count = transmit();
    }
    if (count >= 0) {
        m_owner.datagramSent(static_cast<std::size_t>(count), to);
        return true;
    }
    if (errno == EAGAIN || errno == EINTR || errno == ENOBUFS)
        return false;
    failed(errno, "send", connected ? SocketAddress::peerOf(m_fd.get()) : to, payload.size());
    return true;
}

void DatagramSocket::flush() {
    while (!m_output.empty() && sendNow(m_output.front().payload, m_output.front().to)) {
        m_queuedBytes -= m_output.front().payload.size();
        m_output.pop_front();
    }
    if (m_output.empty() && m_watch.isActive())
        m_watch.setInterest(Interest::Read);
}

void DatagramSocket::failed(int number, const char* operation, const SocketAddress& subject,
                            std::size_t bytes) {
    Error error = systemError(number, operation, subject.text());
    if (number == ECONNREFUSED)
        error.hint.kind = Hint::Kind::NothingListens;
    else if (number == EMSGSIZE) {
        error.detail = std::to_string(bytes);
        error.hint = {.kind = Hint::Kind::DatagramSize, .number = largestUdpPayload};
    }
    m_owner.datagramFailed(std::move(error));
}

} // namespace sscope
