#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/framing/codec.h"

namespace sscope::test {

/// Keeps what a codec makes.
class CodecSinkRecord final : public CodecSink {
public:
    void deliver(const Message& message) override {
        messages.emplace_back(textOf(message.content));
        headers.emplace_back(message.header.begin(), message.header.end());
        headerTexts.emplace_back(textOf(message.headerText));
        offsets.push_back(message.offsets);
    }
    void sending(const Message& message) override { announced.push_back(message.offsets); }
    void transmit(ByteView bytes) override {
        transmitted += textOf(bytes);
        ++transmissions;
    }
    void transmitFrom(std::unique_ptr<ByteSource> source) override {
        sources.push_back(std::move(source));
    }
    void needTimer(Duration delay) override { timer = delay; }
    void dropTimer() override { timer.reset(); }
    void fail(std::string reason) override { failures.push_back(std::move(reason)); }
    void tooLong(std::size_t limit) override { limits.push_back(limit); }

    std::vector<std::string> messages;
    std::vector<std::vector<HeaderField>> headers;
    std::vector<std::string> headerTexts;
    std::vector<MessageOffsets> offsets;
    std::vector<MessageOffsets> announced; // of what was sent
    std::string transmitted;
    int transmissions = 0;
    std::vector<std::unique_ptr<ByteSource>> sources;
    std::optional<Duration> timer;
    std::vector<std::string> failures;
    std::vector<std::size_t> limits;
};

} // namespace sscope::test
