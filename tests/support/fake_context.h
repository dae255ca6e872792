#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/service/request_handler.h"

namespace sscope::test {

/// A context that keeps what a handler does; what a test sets, the handler sees. As a connection
/// does, it takes nothing after close().
class FakeContext final : public RequestContext {
public:
    using RequestContext::send;
    void send(const Message& message) override {
        if (closed)
            return;
        sent.emplace_back(textOf(message.content));
        headers.emplace_back(message.header.begin(), message.header.end());
        if (room)
            *room -= std::min(*room, message.content.size());
    }
    [[nodiscard]] bool hasRoom() const override { return !closed && room != 0u; }
    void close() override { closed = true; }
    void finishSending() override { finished = true; }
    void tellProtocolError(std::string reason) override { protocolError = std::move(reason); }
    [[nodiscard]] TimePoint now() const override { return {}; }
    [[nodiscard]] WallTime wallTime() const override { return wall; }
    [[nodiscard]] std::string workerName() const override { return worker; }
    void setTimer(Duration delay) override { timers.push_back(delay); }
    JobToken submit(Job job) override {
        if (!canWork)
            return noJob;
        jobs.push_back(std::move(job));
        return jobs.size();
    }
    [[nodiscard]] bool isDatagram() const override { return datagram; }

    CommandAccess* commandAccess() override { return access; }

    /// All that was sent, in one piece.
    [[nodiscard]] std::string output() const {
        std::string all;
        for (const std::string& one : sent)
            all += one;
        return all;
    }

    // What the handler sees.
    std::optional<std::size_t> room{}; // bytes until hasRoom() is false; without end where unset
    WallTime wall = 0;
    std::string worker;
    bool datagram = false;
    CommandAccess* access = nullptr;
    bool canWork = true; // submit() has a thread for it
    // What it did.
    bool finished = false;
    std::string protocolError;
    std::vector<std::string> sent;
    std::vector<std::vector<HeaderField>> headers; // of what was sent
    std::vector<Duration> timers;
    std::vector<Job> jobs;
    bool closed = false;
};

} // namespace sscope::test
