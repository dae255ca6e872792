#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

#include "core/base/error.h"

namespace sscope {

/// How far a plan or a file has come. Written on the loop's thread, read on any; a window polls it.
class SendProgress {
public:
    enum class State {
        Running,
        Done,
        Stopped, // as it was asked
        Ended,   // with the connection
        Failed,  // the file could not be read; error() tells why
    };

    /// Given to be sent, one after another, while nothing else waited.
    std::atomic<std::uint64_t> messages{0};
    /// Datagrams that the system did not take, and what the framing could not carry.
    std::atomic<std::uint64_t> failed{0};
    /// Of contents; of a file what has been read of it.
    std::atomic<std::uint64_t> bytes{0};
    /// Of a file, once it is open.
    std::atomic<std::uint64_t> total{0};

    [[nodiscard]] State state() const { return m_state.load(std::memory_order_acquire); }
    [[nodiscard]] std::optional<Error> error() const {
        const std::lock_guard lock(m_mutex);
        return m_error;
    }

    /// The first end counts.
    void end(State state, std::optional<Error> error = {}) {
        const std::lock_guard lock(m_mutex);
        if (m_state.load(std::memory_order_relaxed) != State::Running)
            return;
        m_error = std::move(error);
        m_state.store(state, std::memory_order_release);
    }

private:
    std::atomic<State> m_state{State::Running};
    mutable std::mutex m_mutex;
    std::optional<Error> m_error; // under m_mutex
};

} // namespace sscope
