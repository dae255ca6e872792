#pragma once

#include <string>
#include <thread>

#include "core/reactor/reactor.h"

namespace sscope {

/// A thread that runs one reactor. The reactor may be used by the owner before start(), and on the
/// thread after it; stopping joins.
class ReactorThread {
public:
    ReactorThread(std::string name, PollerKind kind, TraceBatch trace);
    ReactorThread(const ReactorThread&) = delete;
    ReactorThread& operator=(const ReactorThread&) = delete;
    ~ReactorThread();

    Reactor& reactor() { return m_reactor; }
    [[nodiscard]] const std::string& name() const { return m_name; }
    /// Fails where the system gives no descriptor (EMFILE) or thread (EAGAIN). atEnd runs on the
    /// thread after the loop, so that what lives on it can go there.
    Result<void> start(std::function<void()> atEnd = {});
    void stopAndJoin();

private:
    std::string m_name;
    Reactor m_reactor;
    std::thread m_thread;
};

/// Starts a thread with all signals blocked, so that they reach the one that waits for them, and
/// with a name of at most 15 bytes (pthread_setname_np(3)).
Result<std::thread> startThread(const std::string& name, std::function<void()> body);

} // namespace sscope
