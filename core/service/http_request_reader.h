#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace sscope {

/// Reads one HTTP/1.x request (RFC 9112) as its bytes come: judges the head line by line, counts
/// the body, and keeps neither. Once it is complete or refused it ignores what comes.
class HttpRequestReader {
public:
    /// Empty until the first byte.
    enum class Stage { Empty, Head, Body, Complete, Refused };

    struct Limits {
        std::size_t head; // bytes of the request line and the header
        std::uint64_t body;
    };

    /// With which status a request is to be refused, and why.
    struct Refusal {
        int status = 0;
        std::string_view reason;
    };

    explicit HttpRequestReader(const Limits& limits) : m_limits(limits) {}

    void receive(ByteView bytes);

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] const Refusal& refusal() const { return m_refusal; }
    /// The answer has no body, whatever it says of one.
    /// Whether the peer may have more to send than was read, now that it can be answered.
    [[nodiscard]] bool mayBeUnfinished() const { return m_stage == Stage::Refused || m_isChunked; }
    [[nodiscard]] bool isHeadMethod() const { return m_isHeadMethod; }
    /// The client waits for "100 Continue" before it sends the body (RFC 9110 10.1.1).
    [[nodiscard]] bool expectsContinue() const { return m_expectsContinue; }
    /// Bytes of the request so far; those that were ignored are not counted.
    [[nodiscard]] std::uint64_t taken() const { return m_taken; }
    /// Bytes of memory that the line under way holds; bounded by the limit of the head.
    [[nodiscard]] std::size_t memory() const { return m_line.capacity(); }

private:
    void takeHeadByte(char byte);
    void takeLine();
    void takeRequestLine(std::string_view line);
    void takeField(std::string_view line);
    void takeHost(std::string_view value);
    void takeContentLength(std::string_view value);
    void takeTransferEncoding(std::string_view value);
    void endHead();
    void takeBody(std::size_t available);
    void refuse(int status, std::string_view reason);

    const Limits m_limits;
    Stage m_stage = Stage::Empty;
    Refusal m_refusal;
    std::string m_line;
    std::uint64_t m_taken = 0;
    std::uint64_t m_bodyLeft = 0;
    std::optional<std::uint64_t> m_contentLength;
    bool m_endsInCr = false; // the line so far
    bool m_hasRequestLine = false;
    bool m_isHeadMethod = false;
    bool m_isVersion10 = false;
    bool m_hasHost = false;
    bool m_hasTransferEncoding = false;
    bool m_isChunked = false;
    bool m_hasOtherCoding = false;
    bool m_expectsContinue = false;
};

} // namespace sscope
