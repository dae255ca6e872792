#pragma once

#include <cstdint>
#include <vector>

#include "core/framing/framings.h"
#include "core/reactor/reactor.h"
#include "core/server/job_runner.h"
#include "core/server/server_config.h"
#include "core/service/services.h"

namespace sscope {

/// What a session shares with the others of its loop. All of it outlives the sessions.
class SessionHost {
public:
    virtual Reactor& reactor() = 0;
    virtual const ServerConfig& config() const = 0;
    virtual const Service& service() const = 0;
    virtual const Framing& framing() const = 0;
    /// The session has told of its end and is to be deleted; called within a call to it.
    virtual void sessionEnded(std::uint32_t number) = 0;
    virtual void datagramHandled() = 0;
    /// Who serves the sessions, as the service `worker` says it.
    [[nodiscard]] virtual std::string workerName() const = 0;
    virtual void submit(std::uint32_t session, JobToken token, Job job) = 0;

protected:
    ~SessionHost() = default;
};

/// One connection, or one datagram socket, with its codec and handler. Owned by a ServerLoop, on
/// its thread. Numbers are those of ConnectionId.
class Session {
public:
    virtual ~Session() = default;

    virtual Result<void> start() = 0;
    [[nodiscard]] virtual bool isDatagram() const = 0;
    /// Ends once queued output is sent.
    virtual void close(CloseReason reason) = 0;
    virtual void abort(CloseReason reason, bool reset) = 0;
    virtual void send(PeerId peer, ByteView content) = 0;
    virtual void finishSending() = 0;
    virtual void jobDone(JobToken token, const std::string& output) = 0;
};

} // namespace sscope
