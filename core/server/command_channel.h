#pragma once

#include <cstdint>

#include "core/base/byte_buffer.h"
#include "core/base/unique_fd.h"
#include "core/reactor/reactor.h"
#include "core/server/session.h"
#include "core/trace/trace_event.h"

namespace sscope {

/// What the process of a server asks of the one that serves its connections.
struct ProcessCommand {
    enum class Kind : std::uint8_t { Start, Stop, Send, FinishSending, Close, Reset };
    Kind kind = Kind::Stop;
    std::uint32_t connection = 0;
    PeerId peer = 0;
    ByteView content{}; // of Send, a message (owned_message.h); valid for the call
};

/// What Send asks for.
void sendOwned(Session& session, PeerId peer, ByteView content);

/// Commands over a stream socket between our processes. On a reactor's thread.
class CommandChannel final : private EventHandler {
public:
    class Owner {
    public:
        virtual void commandReceived(const ProcessCommand& command) = 0;
        /// The other end is gone. The last call.
        virtual void channelClosed() = 0;

    protected:
        ~Owner() = default;
    };

    CommandChannel(Reactor& reactor, UniqueFd fd, Owner& owner);

    Result<void> start();
    void send(const ProcessCommand& command);

private:
    void handleEvents(Readiness ready) override;
    void receive();
    void takeCommands();
    void flush();
    void close();

    Reactor& m_reactor;
    UniqueFd m_fd;
    Owner& m_owner;
    Watch m_watch;
    ByteBuffer m_input;
    ByteBuffer m_output;
};

} // namespace sscope
