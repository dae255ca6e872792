#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/framing/framings.h"
#include "core/reactor/event_loop.h"
#include "core/server/datagram_runner.h"
#include "core/server/server_config.h"
#include "core/service/services.h"
#include "core/trace/byte_tee.h"

namespace sscope {

/// Who serves the sessions of a loop.
struct Worker {
    std::string name;       // as the service `worker` says it
    bool servesOne = false; // a thread or a process for each connection
    int pid = 0;            // of a process that is not the server's
};

/// What a session shares with the others of its loop. All of it outlives the sessions.
class SessionHost {
public:
    virtual EventLoop& loop() = 0;
    virtual const ServerConfig& config() const = 0;
    virtual const Service& service() const = 0;
    virtual std::unique_ptr<Codec> makeCodec() const = 0;
    /// The session has told of its end and is to be deleted; called within a call to it.
    virtual void sessionEnded(std::uint32_t number) = 0;
    virtual void datagramHandled() = 0;
    [[nodiscard]] virtual const Worker& worker() const = 0;
    /// Null where one handler serves all datagrams of a socket.
    virtual std::unique_ptr<DatagramRunner> makeDatagramRunner() = 0;
    /// False where it cannot be run; then jobDone() does not come.
    virtual bool submit(std::uint32_t session, JobToken token, Job job) = 0;
    /// Null where the service runs no programs, or the session is gone.
    virtual CommandAccess* commandAccess(std::uint32_t session) = 0;
    /// Null where the service has no rooms, or the session is gone.
    virtual ChatAccess* chatAccess(std::uint32_t session) = 0;

protected:
    ~SessionHost() = default;
};

/// One connection, or one datagram socket, with its codec and handler. Owned by a SessionLoop, on
/// its thread. Numbers are those of ConnectionId.
class Session {
public:
    virtual ~Session() = default;

    virtual Result<void> start() = 0;
    [[nodiscard]] virtual bool isDatagram() const = 0;
    /// Ends once queued output is sent.
    virtual void close(CloseReason reason) = 0;
    virtual void abort(CloseReason reason, bool reset) = 0;
    /// As a person asks for it; a datagram socket is no connection, and stays.
    void endByHand(bool reset) {
        if (isDatagram())
            return;
        if (reset)
            abort(CloseReason::Local, true);
        else
            close(CloseReason::Local);
    }
    virtual void send(PeerId peer, const Message& message) = 0;
    virtual void finishSending() = 0;
    /// A datagram socket may be left alone for a while; what comes waits in the kernel.
    virtual void setReceiving(bool) {}
    /// Where the session moves bytes of a stream itself.
    virtual void record(std::shared_ptr<ByteTee>) {}
    virtual void jobDone(JobToken token, const std::string& output) = 0;
    virtual void mail(const std::shared_ptr<const ChatEvent>&) {}
};

} // namespace sscope
