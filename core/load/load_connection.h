#pragma once

#include "core/base/unique_fd.h"
#include "core/load/reply_reader.h"

namespace sscope {

/// One connection of a load, with at most one request under way; connected again after an error.
/// Owned by the LoadGenerator, on its thread.
struct LoadConnection {
    enum class State : std::uint8_t {
        Down, // until retryAt
        Connecting,
        Idle,
        Busy, // a request is under way
    };

    LoadConnection(const LoadConfig& config, const LoadRequest& request)
        : reader(config, request) {}

    [[nodiscard]] bool neverServed() const { return !wasServed && (wasAsked || !wasConnected); }

    UniqueFd fd;
    State state = State::Down;
    bool wantsWrite = false; // waits for room in the send buffer
    bool replyIsWhole = false;
    bool isListed = false; // among those that are free
    bool wasConnected = false;
    bool wasAsked = false;
    bool wasServed = false;
    bool firstTry = true;    // of this attempt to connect
    bool hasSettled = false; // connected or failed, once
    TimePoint due;           // of the request under way
    TimePoint deadline;      // of the reply, or of the attempt to connect
    TimePoint retryAt;
    Duration backOff{};
    std::size_t sentBytes = 0; // of the request under way
    ReplyReader reader;
};

} // namespace sscope
