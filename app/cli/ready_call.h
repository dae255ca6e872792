#pragma once

#include <functional>

#include "core/reactor/reactor.h"

namespace sscope::cli {

/// Calls a function when a descriptor is ready.
class ReadyCall final : private EventHandler {
public:
    ReadyCall(Reactor& reactor, int fd, std::function<void()> call) : m_call(std::move(call)) {
        if (auto watch = reactor.watch(fd, Interest::Read, *this))
            m_watch = std::move(*watch);
    }
    void stop() { m_watch.stop(); }
    void pause(bool isPaused) { m_watch.setInterest(isPaused ? Interest::None : Interest::Read); }

private:
    void handleEvents(Readiness) override { m_call(); }

    const std::function<void()> m_call;
    Watch m_watch;
};

} // namespace sscope::cli
