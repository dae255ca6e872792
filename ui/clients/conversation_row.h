#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QString>

#include "core/base/display_text.h"
#include "core/framing/message.h"
#include "core/trace/trace_event.h"
#include "ui/clients/stream_track.h"

namespace sscope {

/// One row of a conversation: a payload, or something that happened to the connection. Under a
/// framing a payload is a message, else what one call moved.
struct ConversationRow {
    enum class Kind { Sent, Received, Good, Bad, Note };

    Kind kind = Kind::Note;
    TimePoint time;
    Duration afterRowBefore{}; // since the row before it
    std::uint64_t bytes = 0;   // of a message its content
    std::string head;          // as much of the payload as is kept
    QString text;              // of what is no payload; of a file that was sent its name
    std::optional<Duration> latency{};
    std::uint32_t receives = 1; // that this row stands for; more than 1 is a burst
    std::uint32_t sends = 0;    // messages that this row answers, where their number is another
    bool isOpen = false;        // a burst whose receives follow as rows
    bool isPart = false;        // one of those
    std::vector<ConversationRow> parts{}; // of a burst, the first partLimit

    bool isMessage = false;    // of a framing
    bool isUnfinished = false; // a message of which more is to come; bytes is what it needs, or 0
    std::uint32_t stream = 0;  // which of the connections that this conversation has had
    std::uint64_t number = 0;  // of its direction
    std::uint64_t begin = 0;   // offset in the stream
    PeerId peer = 0;           // who sent it, where many may
    std::uint64_t have = 0;    // of what is unfinished
    std::uint32_t prefixBytes = 0;
    std::uint32_t headerBytes = 0;
    std::uint32_t suffixBytes = 0;
    std::string header;        // as much of its text as is kept
    std::string contentType{}; // what it says, of a header that is kept as a whole
    std::string contentEncoding{};
    CallSpan span{}; // of a connection that is over

    static constexpr std::size_t partLimit = 1000;
    [[nodiscard]] bool isPayload() const { return kind == Kind::Sent || kind == Kind::Received; }
    [[nodiscard]] bool canOpen() const { return !isPart && !parts.empty(); }
    [[nodiscard]] bool isWhole() const { return head.size() == bytes; }
    /// With all that is not content; of what is unfinished what it needs, or 0.
    [[nodiscard]] std::uint64_t size() const {
        return isUnfinished ? bytes
                            : prefixBytes + std::uint64_t{headerBytes} + bytes + suffixBytes;
    }
};

/// What a message's header says, as far as its text is kept as a whole.
std::vector<HeaderField> headerFields(const ConversationRow& row);

/// A message's content as text.
struct ContentText {
    std::string utf8;
    bool isText = false;                // else it is shown in hex
    std::optional<std::size_t> badByte; // where the encoding that its header names is broken
};

/// Decodes by the content-encoding of the header, or as UTF-8.
ContentText decodedContent(const ConversationRow& row);
/// Sets what the row's header says of its content.
void readHeader(ConversationRow& row);
/// What a payload shows in one line. What is not in a well-known encoding stands in hex: the names
/// come from the other side, and iconv(3) loads a module from disk for many.
DisplayText contentRuns(const ConversationRow& row);
/// "2, with messages 3, 4", "3 and 4, cut": the receives that a message came in.
QString receivesText(const CallSpan& span, std::uint64_t number, bool isUnfinished);
/// "have 40 of 64 bytes"
QString partText(std::uint64_t have, std::uint64_t need);

} // namespace sscope
