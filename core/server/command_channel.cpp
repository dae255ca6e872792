#include "core/server/command_channel.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>

namespace sscope {

namespace {

/// What stands before the content; both ends are the same program on the same machine.
struct Header {
    std::uint32_t size = 0; // of the content
    std::uint32_t connection = 0;
    PeerId peer = 0;
    ProcessCommand::Kind kind = ProcessCommand::Kind::Stop;
};

constexpr std::size_t receiveSize = 65536;

} // namespace

void sendOwned(Session& session, PeerId peer, ByteView content) {
    if (const auto message = takeMessage(content))
        session.send(peer, message->view());
}

CommandChannel::CommandChannel(Reactor& reactor, UniqueFd fd, Owner& owner)
    : m_reactor(reactor), m_fd(std::move(fd)), m_owner(owner) {}

Result<void> CommandChannel::start() {
    auto watch = m_reactor.watch(m_fd.get(), Interest::Read, *this);
    if (!watch)
        return Failure(std::move(watch.error()));
    m_watch = std::move(*watch);
    return {};
}

void CommandChannel::send(const ProcessCommand& command) {
    const Header header{static_cast<std::uint32_t>(command.content.size()), command.connection,
                        command.peer, command.kind};
    m_output.append({reinterpret_cast<const std::byte*>(&header), sizeof header});
    m_output.append(command.content);
    flush();
}

void CommandChannel::handleEvents(Readiness ready) {
    if (ready.writable)
        flush();
    if (m_watch.isActive() && (ready.readable || ready.failed))
        receive();
}

void CommandChannel::receive() {
    const std::span<std::byte> room = m_reactor.receiveBuffer(receiveSize);
    const ssize_t count = ::recv(m_fd.get(), room.data(), room.size(), MSG_DONTWAIT);
    if (count > 0) {
        m_input.append(room.first(static_cast<std::size_t>(count)));
        takeCommands();
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        close();
    }
}

void CommandChannel::takeCommands() {
    Header header;
    while (m_watch.isActive() && m_input.size() >= sizeof header) {
        std::memcpy(&header, m_input.view().data(), sizeof header);
        if (m_input.size() < sizeof header + header.size)
            return;
        // Out of the buffer first: what is done with it may bring more.
        const ByteView view = m_input.view().subspan(sizeof header, header.size);
        const std::vector<std::byte> content(view.begin(), view.end());
        m_input.consume(sizeof header + header.size);
        m_owner.commandReceived({header.kind, header.connection, header.peer, content});
    }
}

void CommandChannel::flush() {
    if (!m_watch.isActive())
        return;
    const ByteView waiting = m_output.view();
    const ssize_t count =
        ::send(m_fd.get(), waiting.data(), waiting.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0)
        m_output.consume(static_cast<std::size_t>(count));
    else if (count < 0 && errno != EAGAIN && errno != EINTR)
        m_output.clear(); // nobody is there; the receiving side tells so
    m_watch.setInterest(makeInterest(true, !m_output.empty()));
}

void CommandChannel::close() {
    m_watch.stop();
    m_owner.channelClosed();
}

} // namespace sscope
