#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/framing/owned_message.h"
#include "core/server/server_config.h"
#include "core/trace/byte_tee.h"
#include "core/trace/trace_outbox.h"

namespace sscope {

class ChatOwner;

/// What a server is made with.
struct ServerSetup {
    OwnerId id = 0;
    ServerConfig config{};
    TraceSink* outbox = nullptr; // outlives the server
    TraceBatch::Detail detail = TraceBatch::Detail::Log;
    /// Adds what else is known to a failure to start, such as who holds the port. Called on a
    /// thread of the server's; may take long.
    std::function<void(Error&)> explain{};
};

/// A running server under one execution model. All calls return at once and may come from any one
/// thread; what happens is told through the outbox. The destructor joins the server's threads,
/// which takes no time once Stopped or StartFailed has been told.
class Server {
public:
    virtual ~Server() = default;

    /// Fails where the system gives no thread or descriptor. Listening is told by Listening for
    /// each address, or by StartFailed.
    virtual Result<void> start() = 0;
    /// No new connections; queued output is sent for up to two seconds; then Stopped is told.
    virtual void stop() = 0;

    virtual void send(std::uint32_t connection, PeerId peer, OwnedMessage message) = 0;
    virtual void finishSending(std::uint32_t connection) = 0;
    virtual void closeConnection(std::uint32_t connection, bool reset) = 0;
    /// Every byte of a stream from now on goes to the tee, until another or null is given. A model
    /// whose bytes pass elsewhere (another process, Qt) never begins one.
    virtual void record(std::uint32_t /*connection*/, std::shared_ptr<ByteTee> /*tee*/) {}
    /// The rooms of a chat, from when it listens on; else null. They go with the server.
    virtual ChatOwner* chat() { return nullptr; }
};

} // namespace sscope
