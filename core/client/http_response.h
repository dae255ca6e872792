#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/framing/message.h"

namespace sscope {

/// Reads one HTTP/1.x response (RFC 9112) as its bytes come: keeps the head, hands the body on
/// without its chunks, and knows where it ends. Interim responses (1xx) before it are passed over.
/// Once it is complete or broken it ignores what comes. Sans-I/O.
class HttpResponseReader {
public:
    enum class Stage { Empty, Head, Body, Complete, Broken };
    /// How the body ends (RFC 9112 6.3).
    enum class Framing { None, Length, Chunked, UntilClose };

    struct Limits {
        std::size_t head = 64 << 10; // bytes of the status line and the fields, and of the trailer
        std::size_t fields = 256;
        std::size_t chunkLine = 4096; // a chunk's size with its extensions
    };
    using Body = std::function<void(ByteView)>;

    HttpResponseReader() : HttpResponseReader(Limits()) {}
    explicit HttpResponseReader(const Limits& limits) : m_limits(limits) {}

    /// Whether a stream that begins so may be a response.
    static bool isBeginning(std::string_view bytes) { return bytes.starts_with("HTTP/1."); }

    /// body is called with each piece of the content; may be empty.
    void receive(ByteView bytes, const Body& body = {});
    /// The peer sends no more.
    void finish();

    [[nodiscard]] Stage stage() const { return m_stage; }
    /// "HTTP/1.1 200 OK"
    [[nodiscard]] const std::string& statusLine() const { return m_statusLine; }
    [[nodiscard]] int status() const { return m_status; }
    /// Bytes of the stream before the body, with interim responses.
    [[nodiscard]] std::uint64_t headBytes() const { return m_bodyBegin; }
    /// In the order in which they came.
    [[nodiscard]] const std::vector<HeaderField>& fields() const { return m_fields; }
    /// The first of this name, which is given in lower case; empty where there is none.
    [[nodiscard]] std::string_view field(std::string_view name) const;
    [[nodiscard]] Framing framing() const { return m_framing; }
    [[nodiscard]] std::optional<std::uint64_t> contentLength() const { return m_contentLength; }
    /// Bytes of the content so far.
    [[nodiscard]] std::uint64_t bodyBytes() const { return m_bodyBytes; }
    /// Bytes of the stream that belong to the response so far.
    [[nodiscard]] std::uint64_t taken() const { return m_taken; }
    /// Why it is broken, in English.
    [[nodiscard]] std::string_view fault() const { return m_fault; }

private:
    enum class ChunkPart { Size, Content, AfterContent, Trailer };

    void takeByte(char byte);
    void takeLine();
    void takeStatusLine();
    void takeField();
    void takeContentLength(std::string_view value);
    void takeTransferEncoding(std::string_view value);
    void endHead();
    void takeChunkLine();
    [[nodiscard]] bool readsLines() const;
    [[nodiscard]] std::size_t lineLimit() const;
    std::size_t takeContent(ByteView bytes, const Body& body);
    void fail(std::string_view reason);

    const Limits m_limits;
    Stage m_stage = Stage::Empty;
    std::string_view m_fault;
    std::string m_line;
    bool m_endsInCr = false;
    std::size_t m_headBytes = 0; // of the head or the trailer under way
    std::string m_statusLine;
    int m_status = 0;
    std::vector<HeaderField> m_fields;
    Framing m_framing = Framing::None;
    std::optional<std::uint64_t> m_contentLength;
    bool m_hasTransferEncoding = false;
    bool m_isChunked = false;
    ChunkPart m_part = ChunkPart::Size;
    std::uint64_t m_left = 0; // of the content, or of the chunk
    std::uint64_t m_bodyBegin = 0;
    std::uint64_t m_bodyBytes = 0;
    std::uint64_t m_taken = 0;
};

} // namespace sscope
