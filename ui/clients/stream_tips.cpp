#include "ui/clients/stream_tips.h"

#include <algorithm>

#include "ui/clients/conversation_row.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

// What is listed in one tooltip.
constexpr std::uint64_t mostMessages = 6;
constexpr std::uint64_t mostCalls = 4;

StreamTipText::Row tipRow(const QString& name, const StreamRange& range, bool hasTime) {
    return {name, rangeText(range.begin, range.end), exactBytesText(range.bytes()),
            hasTime ? clockText(wallTime(range.time, wallOffset())) : QString()};
}

} // namespace

StreamTipText StreamTips::cut(const StreamRange& call, const StreamRange& message) const {
    StreamTipText tip{.title = m_words.cutTitle(call.number, message.number)};
    tip.rows.push_back(tipRow(m_words.call(call.number), call, true));
    if (const auto* next = StreamTrack::byNumber(m_track.calls(), call.number + 1))
        tip.rows.push_back(tipRow(m_words.call(next->number), *next, true));
    tip.rows.push_back(tipRow(StreamWords::message(message.number), message, false));
    return tip;
}

StreamTipText StreamTips::call(const StreamRange& call) const {
    StreamTipText tip{.title = m_words.callTitle(call.number)};
    tip.rows.push_back(tipRow(m_words.call(call.number), call, true));
    const CallSpan span = m_track.spanOf(call.begin, call.end);
    for (std::uint64_t number = span.firstMessage; number > 0 && number <= span.lastMessage;
         ++number) {
        if (tip.rows.size() > mostMessages)
            break;
        const StreamRange* message = StreamTrack::byNumber(m_track.messages(), number);
        if (!message && m_track.part() && m_track.part()->number == number)
            message = &*m_track.part();
        if (message)
            tip.rows.push_back(tipRow(StreamWords::message(number), *message, false));
    }
    if (span.lastMessage - span.firstMessage >= mostMessages)
        tip.note = m_words.shared(m_track.wholeMessagesIn(call));
    return tip;
}

StreamTipText StreamTips::message(const StreamRange& message) const {
    const bool isPart = m_track.part() && m_track.part()->begin == message.begin;
    StreamTipText tip{.title = StreamWords::messageTitle(message.number)};
    tip.rows.push_back(tipRow(StreamWords::message(message.number), message, true));
    const std::uint64_t header = message.begin + message.prefixBytes;
    const std::uint64_t content = header + message.headerBytes;
    const auto add = [&](const QString& name, std::uint64_t begin, std::uint64_t end) {
        if (end > begin)
            tip.rows.push_back(tipRow(name, {.begin = begin, .end = end}, false));
    };
    if (content > message.begin) {
        add(tr("length"), message.begin, header);
        add(tr("header"), header, content);
        add(tr("content"), content, message.end);
    }
    const CallSpan span = m_track.spanOf(message.begin, message.end);
    const std::uint64_t last = std::min(span.lastCall, span.firstCall + mostCalls - 1);
    for (std::uint64_t number = span.firstCall; number > 0 && number <= last; ++number) {
        if (const StreamRange* call = StreamTrack::byNumber(m_track.calls(), number))
            tip.rows.push_back(tipRow(m_words.call(number), *call, true));
    }
    if (isPart)
        tip.note = partText(m_track.partHave(), m_track.knowsPartEnd() ? message.bytes() : 0);
    else if (span.isCut())
        tip.note = m_words.cut(message.number, span.lastCall - span.firstCall + 1);
    return tip;
}

} // namespace sscope
