#include "core/service/http_request_reader.h"

#include <algorithm>
#include <limits>

#include "core/base/hex.h"
#include "core/base/http_words.h"

namespace sscope {

namespace {

using namespace http;

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool isVisible(char c) {
    return c > 0x20 && c < 0x7f;
}

/// What is beyond 64 bits becomes the largest number: it is over every limit.
std::optional<std::uint64_t> numberOf(std::string_view digits) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    if (digits.empty() || !std::ranges::all_of(digits, isDigit))
        return std::nullopt;
    std::uint64_t number = 0;
    for (const char c : digits) {
        const auto digit = static_cast<std::uint64_t>(c - '0');
        number = number > (most - digit) / 10 ? most : number * 10 + digit;
    }
    return number;
}

/// reg-name, which has the form of IPv4 addresses too (RFC 3986 3.2.2).
bool isRegisteredName(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%') {
            if (text.size() - i < 3 || hexDigit(text[i + 1]) < 0 || hexDigit(text[i + 2]) < 0)
                return false;
            i += 2;
        } else if (!isLetter(c) && !isDigit(c) && !isOneOf(c, "-._~!$&'()*+,;=")) {
            return false;
        }
    }
    return true;
}

/// What stands between the brackets of an IPv6 address, or of a later form (RFC 3986 3.2.2).
bool isIpLiteral(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return isLetter(c) || isDigit(c) || isOneOf(c, ":-._~!$&'()*+,;=");
    });
}

/// uri-host [ ":" port ] (RFC 9110 7.2); both may be empty.
bool isHostAndPort(std::string_view text) {
    std::size_t hostEnd = std::min(text.find(':'), text.size());
    if (text.starts_with('[')) {
        const std::size_t bracket = text.find(']');
        if (bracket == std::string_view::npos || !isIpLiteral(text.substr(1, bracket - 1)))
            return false;
        hostEnd = bracket + 1;
    } else if (!isRegisteredName(text.substr(0, hostEnd))) {
        return false;
    }
    const std::string_view port = text.substr(hostEnd);
    return port.empty() || (port.front() == ':' && std::ranges::all_of(port.substr(1), isDigit));
}

/// absolute-form: a scheme and what it says (RFC 9112 3.2.2).
bool isAbsolute(std::string_view target) {
    const std::size_t colon = target.find("://");
    return colon != std::string_view::npos && colon > 0 && isLetter(target.front()) &&
           std::ranges::all_of(target.substr(0, colon), [](char c) {
               return isLetter(c) || isDigit(c) || isOneOf(c, "+-.");
           });
}

/// One of the four forms of RFC 9112 3.2.
bool isTarget(std::string_view target, std::string_view method) {
    if (method == "CONNECT")
        return isHostAndPort(target);
    if (target == "*")
        return method == "OPTIONS";
    return target.starts_with('/') || isAbsolute(target);
}

bool isVersion(std::string_view text) {
    return text.size() == 8 && text.starts_with("HTTP/") && isDigit(text[5]) && text[6] == '.' &&
           isDigit(text[7]);
}

} // namespace

void HttpRequestReader::receive(ByteView bytes) {
    const std::string_view text = textOf(bytes);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (m_stage == Stage::Empty)
            m_stage = Stage::Head;
        if (m_stage != Stage::Head) {
            takeBody(text.size() - i);
            return;
        }
        takeHeadByte(text[i]);
    }
}

void HttpRequestReader::takeHeadByte(char byte) {
    if (m_taken == m_limits.head)
        return refuse(431, "the request line and the header are too long");
    ++m_taken;
    if (byte == '\n') { // also without CR (RFC 9112 2.2)
        takeLine();
        m_line.clear();
        m_endsInCr = false;
    } else if (m_endsInCr) {
        refuse(400, "a CR stands without LF");
    } else if (byte == '\r') {
        m_endsInCr = true;
    } else if (isControl(byte) && byte != '\t') {
        refuse(400, "a control character is in the head");
    } else {
        m_line += byte;
    }
}

void HttpRequestReader::takeLine() {
    if (m_hasRequestLine && m_line.empty())
        endHead();
    else if (m_hasRequestLine)
        takeField(m_line);
    else if (!m_line.empty()) // empty ones may come first (RFC 9112 2.2)
        takeRequestLine(m_line);
}

void HttpRequestReader::takeRequestLine(std::string_view line) {
    m_hasRequestLine = true;
    const std::size_t methodEnd = line.find(' ');
    const std::size_t targetEnd = line.rfind(' ');
    if (methodEnd == targetEnd) // also where there is none
        return refuse(400, "the request line is not METHOD TARGET VERSION");
    const std::string_view method = line.substr(0, methodEnd);
    const std::string_view target = line.substr(methodEnd + 1, targetEnd - methodEnd - 1);
    const std::string_view version = line.substr(targetEnd + 1);
    if (!isToken(method))
        return refuse(400, "the method is not a token");
    m_isHeadMethod = method == "HEAD";
    if (!isVersion(version))
        return refuse(400, "the request line does not end in HTTP/ and a version");
    if (version[5] != '1')
        return refuse(505, "this server speaks HTTP/1.1");
    m_isVersion10 = version[7] == '0';
    if (target.empty() || !std::ranges::all_of(target, isVisible) || !isTarget(target, method))
        return refuse(400, "the request target is malformed");
    if (method == "CONNECT") // a 2xx would be a tunnel (RFC 9110 9.3.6)
        return refuse(501, "this server is no proxy");
}

void HttpRequestReader::takeField(std::string_view line) {
    if (isOneOf(line.front(), whiteSpace)) // obs-fold, and RFC 9112 2.2
        return refuse(400, "a header line begins with white space");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return refuse(400, "a header line has no colon");
    const std::string_view name = line.substr(0, colon);
    if (!isToken(name)) // also with white space before the colon (RFC 9112 5.1)
        return refuse(400, "a header name is not a token");
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (isNamed(name, "host"))
        takeHost(value);
    else if (isNamed(name, "content-length"))
        takeContentLength(value);
    else if (isNamed(name, "transfer-encoding"))
        takeTransferEncoding(value);
    else if (isNamed(name, "expect") && isNamed(value, "100-continue"))
        m_expectsContinue = !m_isVersion10; // RFC 9110 10.1.1
}

void HttpRequestReader::takeHost(std::string_view value) {
    if (m_hasHost)
        return refuse(400, "there is more than one Host");
    if (!isHostAndPort(value))
        return refuse(400, "Host is malformed");
    m_hasHost = true;
}

/// The same length several times is one length (RFC 9110 8.6).
void HttpRequestReader::takeContentLength(std::string_view value) {
    forEachElement(value, [this](std::string_view element) {
        const auto length = numberOf(element);
        if (!length)
            refuse(400, "Content-Length is not a number");
        else if (m_contentLength && m_contentLength != length)
            refuse(400, "there are two lengths in Content-Length");
        else
            m_contentLength = length;
    });
}

/// RFC 9112 6.1: chunked comes last, and once.
void HttpRequestReader::takeTransferEncoding(std::string_view value) {
    m_hasTransferEncoding = true;
    forEachElement(value, [this](std::string_view coding) {
        if (coding.empty()) // RFC 9110 5.6.1.2
            return;
        if (m_isChunked)
            refuse(400, "chunked is not the last transfer coding");
        else if (isNamed(coding, "chunked"))
            m_isChunked = true;
        else
            m_hasOtherCoding = true;
    });
}

void HttpRequestReader::endHead() {
    if (!m_hasHost && !m_isVersion10)
        return refuse(400, "Host is missing");
    if (m_hasTransferEncoding) {
        // Framed twice, or for who cannot read it: smuggling, or a mistake (RFC 9112 6.1, 6.3).
        if (m_contentLength)
            return refuse(400, "Content-Length and Transfer-Encoding exclude each other");
        if (m_isVersion10)
            return refuse(400, "HTTP/1.0 has no Transfer-Encoding");
        if (!m_isChunked)
            return refuse(400, "the last transfer coding is not chunked");
        if (m_hasOtherCoding)
            return refuse(501, "the only transfer coding known here is chunked");
    }
    m_bodyLeft = m_contentLength.value_or(0);
    if (m_bodyLeft > m_limits.body)
        return refuse(413, "the body is too long");
    m_stage = m_bodyLeft > 0 ? Stage::Body : Stage::Complete;
}

void HttpRequestReader::takeBody(std::size_t available) {
    if (m_stage != Stage::Body)
        return;
    const std::uint64_t count = std::min<std::uint64_t>(available, m_bodyLeft);
    m_taken += count;
    m_bodyLeft -= count;
    if (m_bodyLeft == 0)
        m_stage = Stage::Complete;
}

void HttpRequestReader::refuse(int status, std::string_view reason) {
    if (m_stage == Stage::Refused)
        return; // the first reason counts
    m_stage = Stage::Refused;
    m_refusal = {status, reason};
}

} // namespace sscope
