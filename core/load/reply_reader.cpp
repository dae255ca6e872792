#include "core/load/reply_reader.h"

#include <algorithm>

#include <fmt/format.h>

namespace sscope {

namespace {

const char* const unasked = "more came than was asked for";
const char* const changed = "the reply differs from the request";

std::unique_ptr<Codec> makeCodec(const LoadConfig& config) {
    if (config.framing.isRaw())
        return nullptr;
    const MessageLimits usual;
    // A reply may be larger than its request, within what any peer may make us keep.
    return config.framing.make(CodecRole::Client,
                               {.content = std::max<std::size_t>(usual.content, config.size)});
}

} // namespace

ReplyReader::ReplyReader(const LoadConfig& config, const LoadRequest& request)
    : m_request(&request), m_verifies(config.verifyEcho), m_codec(makeCodec(config)) {}

void ReplyReader::expect(std::uint64_t number) {
    m_missing = m_codec ? 1 : m_request->bytes().size();
    m_number = number;
}

ReplyReader::Verdict ReplyReader::take(ByteView bytes) {
    if (m_missing == 0)
        return wrong(unasked);
    if (!m_codec)
        return takeRaw(bytes);
    m_codec->receive(bytes, *this);
    if (m_missing == 0 && m_reason.empty() && m_codec->progress())
        m_reason = unasked;
    if (!m_reason.empty())
        return Verdict::Wrong;
    return m_missing == 0 ? Verdict::Whole : Verdict::Unfinished;
}

ReplyReader::Verdict ReplyReader::takeRaw(ByteView bytes) {
    if (bytes.size() > m_missing)
        return wrong(unasked);
    if (m_verifies) {
        const ByteView sent = m_request->bytes();
        if (!std::ranges::equal(bytes, sent.subspan(sent.size() - m_missing, bytes.size())))
            return wrong(changed);
    }
    m_missing -= bytes.size();
    return m_missing == 0 ? Verdict::Whole : Verdict::Unfinished;
}

ReplyReader::Verdict ReplyReader::takeDatagram(ByteView datagram, std::size_t realSize) {
    if (m_missing == 0)
        return Verdict::Unfinished;
    if (realSize > datagram.size())
        return wrong(fmt::format("a datagram of {} bytes", realSize));
    if (m_codec) {
        m_codec->decodeWhole(datagram, *this);
        if (!m_reason.empty())
            return Verdict::Wrong;
        return m_missing == 0 ? Verdict::Whole : Verdict::Unfinished;
    }
    if (isStale(datagram))
        return Verdict::Unfinished;
    judgeContent(datagram);
    if (!m_reason.empty())
        return Verdict::Wrong;
    if (datagram.size() != m_request->bytes().size())
        return wrong(fmt::format("a reply of {} bytes", datagram.size()));
    m_missing = 0;
    return Verdict::Whole;
}

void ReplyReader::deliver(const Message& message) {
    if (isStale(message.content))
        return;
    if (m_missing == 0)
        m_reason = unasked;
    else
        judgeContent(message.content);
    m_missing = 0;
}

void ReplyReader::tooLong(std::size_t limit) {
    m_reason = fmt::format("a reply of more than {} bytes", limit);
}

/// Whether it is an answer of ours that has come before, or too late.
bool ReplyReader::isStale(ByteView content) const {
    if (!m_request->isNumbered())
        return false;
    const auto number = LoadRequest::numberOf(content);
    return number && *number < m_number;
}

void ReplyReader::judgeContent(ByteView content) {
    if (m_verifies && !m_request->matches(content, m_number))
        m_reason = changed;
}

ReplyReader::Verdict ReplyReader::wrong(std::string reason) {
    m_reason = std::move(reason);
    return Verdict::Wrong;
}

} // namespace sscope
