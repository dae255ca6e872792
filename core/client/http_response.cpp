#include "core/client/http_response.h"

#include <algorithm>
#include <limits>

#include "core/base/hex.h"
#include "core/base/http_words.h"

namespace sscope {

namespace {

using namespace http;

/// None where it is no number, or beyond 63 bits: no body is as long.
std::optional<std::uint64_t> numberOf(std::string_view text, unsigned base) {
    if (text.empty())
        return std::nullopt;
    std::uint64_t number = 0;
    for (const char c : text) {
        const int digit = hexDigit(c);
        if (digit < 0 || static_cast<unsigned>(digit) >= base ||
            number >
                static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / base - 1)
            return std::nullopt;
        number = number * base + static_cast<unsigned>(digit);
    }
    return number;
}

} // namespace

void HttpResponseReader::receive(ByteView bytes, const Body& body) {
    if (m_stage == Stage::Empty && !bytes.empty())
        m_stage = Stage::Head;
    while (!bytes.empty() && (m_stage == Stage::Head || m_stage == Stage::Body)) {
        std::size_t taken = 1;
        if (readsLines())
            takeByte(static_cast<char>(bytes.front()));
        else
            taken = takeContent(bytes, body);
        m_taken += taken;
        bytes = bytes.subspan(taken);
    }
}

void HttpResponseReader::finish() {
    if (m_stage == Stage::Body && m_framing == Framing::UntilClose)
        m_stage = Stage::Complete;
    else if (m_stage == Stage::Head)
        fail("it ends within the head");
    else if (m_stage == Stage::Body)
        fail("it ends within the body");
}

std::string_view HttpResponseReader::field(std::string_view name) const {
    const auto it = std::ranges::find_if(
        m_fields, [name](const HeaderField& each) { return isNamed(each.name, name); });
    return it == m_fields.end() ? std::string_view() : std::string_view(it->value);
}

bool HttpResponseReader::readsLines() const {
    return m_stage == Stage::Head ||
           (m_framing == Framing::Chunked && m_part != ChunkPart::Content);
}

std::size_t HttpResponseReader::lineLimit() const {
    return m_stage == Stage::Body && m_part != ChunkPart::Trailer ? m_limits.chunkLine
                                                                  : m_limits.head;
}

void HttpResponseReader::takeByte(char byte) {
    if (++m_headBytes > lineLimit())
        return fail(m_stage == Stage::Head ? "the head is too long"
                                           : "the line of a chunk, or the trailer, is too long");
    if (byte == '\n') { // also without CR (RFC 9112 2.2)
        takeLine();
        m_line.clear();
        m_endsInCr = false;
    } else if (m_endsInCr) {
        fail("a CR stands without LF");
    } else if (byte == '\r') {
        m_endsInCr = true;
    } else if (byte == '\0') {
        fail("a NUL is in the head");
    } else {
        m_line += byte;
    }
}

void HttpResponseReader::takeLine() {
    if (m_stage == Stage::Body)
        takeChunkLine();
    else if (m_statusLine.empty())
        takeStatusLine();
    else if (m_line.empty())
        endHead();
    else
        takeField();
}

/// HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 4); the last space is often missing.
void HttpResponseReader::takeStatusLine() {
    const std::string_view line = m_line;
    const bool isVersion = HttpResponseReader::isBeginning(line) && line.size() >= 12 &&
                           isDigit(line[7]) && line[8] == ' ';
    if (!isVersion)
        return fail("it does not begin with HTTP/1.x and a status");
    const auto status = numberOf(line.substr(9, 3), 10);
    if (!status || *status < 100 || (line.size() > 12 && line[12] != ' '))
        return fail("the status is not a number of three digits");
    m_status = static_cast<int>(*status);
    m_statusLine = line;
}

void HttpResponseReader::takeField() {
    const std::string_view line = m_line;
    if (line.front() == ' ' || line.front() == '\t')
        return fail("a field line begins with white space");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return fail("a field line has no colon");
    const std::string_view name = line.substr(0, colon);
    if (!isToken(name)) // also with white space before the colon (RFC 9112 5.1)
        return fail("the name of a field is not a token");
    if (m_fields.size() == m_limits.fields)
        return fail("there are too many fields");
    const std::string_view value = trimmed(line.substr(colon + 1));
    m_fields.push_back({std::string(name), std::string(value)});
    if (isNamed(name, "content-length"))
        takeContentLength(value);
    else if (isNamed(name, "transfer-encoding"))
        takeTransferEncoding(value);
}

/// The same length several times is one length (RFC 9110 8.6).
void HttpResponseReader::takeContentLength(std::string_view value) {
    forEachElement(value, [this](std::string_view element) {
        const auto length = numberOf(element, 10);
        if (!length)
            fail("Content-Length is not a number");
        else if (m_contentLength && m_contentLength != length)
            fail("there are two lengths in Content-Length");
        else
            m_contentLength = length;
    });
}

void HttpResponseReader::takeTransferEncoding(std::string_view value) {
    m_hasTransferEncoding = true;
    forEachElement(value, [this](std::string_view coding) {
        if (coding.empty())
            return;
        if (m_isChunked)
            fail("chunked is not the last transfer coding");
        else
            m_isChunked = isNamed(coding, "chunked");
    });
}

/// RFC 9112 6.3: a transfer coding overrides a length; what has neither ends with the connection.
void HttpResponseReader::endHead() {
    m_headBytes = 0;
    if (m_stage == Stage::Broken)
        return;
    if (m_status < 200 && m_status != 101) { // another head follows
        m_statusLine.clear();
        m_fields.clear();
        m_contentLength.reset();
        m_hasTransferEncoding = m_isChunked = false;
        return;
    }
    m_bodyBegin = m_taken + 1; // with the line feed that ends it
    m_stage = Stage::Body;
    const bool hasNone = m_status == 101 || m_status == 204 || m_status == 304;
    m_framing = hasNone                 ? Framing::None
                : m_isChunked           ? Framing::Chunked
                : m_hasTransferEncoding ? Framing::UntilClose
                : m_contentLength       ? Framing::Length
                                        : Framing::UntilClose;
    if (m_framing != Framing::Length)
        m_contentLength.reset();
    m_left = m_contentLength.value_or(0);
    if (m_framing == Framing::None || (m_framing == Framing::Length && m_left == 0))
        m_stage = Stage::Complete;
}

/// RFC 9112 7.1. The fields of a trailer are passed over.
void HttpResponseReader::takeChunkLine() {
    if (m_part == ChunkPart::Trailer) {
        if (m_line.empty())
            m_stage = Stage::Complete;
        return;
    }
    m_headBytes = 0;
    if (m_part == ChunkPart::AfterContent) {
        if (!m_line.empty())
            return fail("a chunk is longer than it said");
        m_part = ChunkPart::Size;
        return;
    }
    const std::string_view line = m_line;
    const auto size = numberOf(trimmed(line.substr(0, line.find(';'))), 16);
    if (!size)
        return fail("the size of a chunk is not a hex number");
    m_left = *size;
    m_part = m_left > 0 ? ChunkPart::Content : ChunkPart::Trailer;
}

std::size_t HttpResponseReader::takeContent(ByteView bytes, const Body& body) {
    std::size_t count = bytes.size();
    if (m_framing != Framing::UntilClose)
        count = static_cast<std::size_t>(std::min<std::uint64_t>(count, m_left));
    if (body)
        body(bytes.first(count));
    m_bodyBytes += count;
    if (m_framing == Framing::UntilClose)
        return count;
    m_left -= count;
    if (m_left == 0 && m_framing == Framing::Length)
        m_stage = Stage::Complete;
    else if (m_left == 0)
        m_part = ChunkPart::AfterContent;
    return count;
}

void HttpResponseReader::fail(std::string_view reason) {
    if (m_stage == Stage::Broken)
        return; // the first reason counts
    m_stage = Stage::Broken;
    m_fault = reason;
}

} // namespace sscope
