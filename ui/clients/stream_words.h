#pragma once

#include <QString>

#include "ui/clients/stream_track.h"

namespace sscope {

/// What is said of one direction of a stream.
class StreamWords {
public:
    explicit StreamWords(bool isSent) : m_isSent(isSent) {}

    /// "1 328 B, 4 receives, 5 messages and part of a sixth".
    [[nodiscard]] QString summary(const StreamTrack& track, bool isFramed) const;
    /// "3 messages in one receive"
    [[nodiscard]] QString shared(std::uint64_t messages) const;
    /// "message 5 cut by 2 receives"
    [[nodiscard]] QString cut(std::uint64_t message, std::uint64_t calls) const;
    [[nodiscard]] QString callsLabel() const;
    /// "receive 3"
    [[nodiscard]] QString call(std::uint64_t number) const;
    /// "Receive 3"
    [[nodiscard]] QString callTitle(std::uint64_t number) const;
    /// "Receive 3 ends inside message 5"
    [[nodiscard]] QString cutTitle(std::uint64_t call, std::uint64_t message) const;
    static QString byteLabel();
    static QString messagesLabel();
    static QString message(std::uint64_t number);
    static QString messageTitle(std::uint64_t number);

private:
    [[nodiscard]] QString counts(const StreamTrack& track, bool isFramed) const;

    bool m_isSent;
};

/// "593–1104", the first byte and the last.
QString rangeText(std::uint64_t begin, std::uint64_t end);
/// "1 328 B"; exact as long as it can be read.
QString exactBytesText(std::uint64_t bytes);

} // namespace sscope
