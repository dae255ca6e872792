#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/framing/framings.h"
#include "tests/support/codec_sink.h"

namespace sscope::fuzz {

inline void require(bool holds) {
    if (!holds)
        std::abort();
}

// Small, so that inputs of the usual size reach them.
constexpr MessageLimits limits{.content = 300, .header = 400};

/// What a codec makes of a stream that is cut into pieces of the lengths that cuts says, over and
/// over; without cuts, of the whole.
inline test::CodecSinkRecord decode(const Framing& framing, ByteView input, ByteView cuts,
                                    std::optional<MessageProgress>* progress = nullptr) {
    const auto codec = framing.make(CodecRole::Server, limits);
    test::CodecSinkRecord sink;
    for (std::size_t turn = 0; !input.empty(); ++turn) {
        const std::size_t size =
            cuts.empty()
                ? input.size()
                : std::clamp<std::size_t>(std::to_integer<std::size_t>(cuts[turn % cuts.size()]), 1,
                                          input.size());
        // Memory of its own, so that a look beyond it is seen.
        const std::vector<std::byte> piece(input.begin(),
                                           input.begin() + static_cast<std::ptrdiff_t>(size));
        codec->receive(piece, sink);
        input = input.subspan(size);
    }
    if (progress)
        *progress = codec->progress();
    return sink;
}

/// The messages lie one after another, within what was sent and within the limits.
inline void checkMessages(const test::CodecSinkRecord& sink, std::size_t size) {
    std::uint64_t end = 0;
    for (std::size_t i = 0; i < sink.messages.size(); ++i) {
        const MessageOffsets& offsets = sink.offsets[i];
        require(offsets.begin == end && offsets.begin <= offsets.headerBegin &&
                offsets.headerBegin <= offsets.contentBegin &&
                offsets.contentBegin <= offsets.contentEnd && offsets.contentEnd <= offsets.end);
        require(offsets.contentEnd - offsets.contentBegin == sink.messages[i].size());
        require(sink.messages[i].size() <= limits.content);
        end = offsets.end;
    }
    require(end <= size && sink.failures.size() + sink.limits.size() <= 1);
}

/// What was read is written and read again.
inline void checkRoundTrip(const Framing& framing, const test::CodecSinkRecord& sink) {
    const auto sender = framing.make(CodecRole::Client, limits);
    test::CodecSinkRecord sent;
    for (std::size_t i = 0; i < sink.messages.size(); ++i)
        require(
            sender->send({.content = bytesOf(sink.messages[i]), .header = sink.headers[i]}, sent)
                .has_value());
    const auto reader = framing.make(CodecRole::Server, {.content = limits.content});
    test::CodecSinkRecord read;
    reader->receive(bytesOf(sent.transmitted), read);
    require(read.messages == sink.messages && read.failures.empty() && !reader->progress());
}

/// The invariant of all codecs whose messages do not depend on receives. The first byte says how
/// many bytes of cuts follow, up to 15.
inline void checkStream(const Framing& framing, ByteView data) {
    if (data.empty())
        return;
    const std::size_t wanted = std::to_integer<std::size_t>(data.front()) & 15;
    const std::size_t count = std::min(wanted, data.size() - 1);
    const ByteView cuts = data.subspan(1, count);
    const ByteView input = data.subspan(1 + count);
    std::optional<MessageProgress> progress;
    std::optional<MessageProgress> cutProgress;
    const test::CodecSinkRecord whole = decode(framing, input, {}, &progress);
    const test::CodecSinkRecord pieces = decode(framing, input, cuts, &cutProgress);
    require(whole.messages == pieces.messages && whole.offsets == pieces.offsets);
    require(whole.headers == pieces.headers && whole.failures == pieces.failures);
    require(whole.limits == pieces.limits);
    checkMessages(whole, input.size());
    const bool isSound = whole.failures.empty() && whole.limits.empty();
    const std::uint64_t end = whole.offsets.empty() ? 0 : whole.offsets.back().end;
    if (isSound) {
        require((progress ? progress->have : 0) == input.size() - end);
        require((cutProgress ? cutProgress->have : 0) == input.size() - end);
    }
    checkRoundTrip(framing, whole);
}

} // namespace sscope::fuzz
