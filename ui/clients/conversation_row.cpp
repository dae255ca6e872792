#include "ui/clients/conversation_row.h"

#include <algorithm>

#include <QCoreApplication>

#include "core/base/encoding.h"
#include "core/base/hex.h"
#include "core/framing/message_header.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::ConversationRow)
};

// The longest character of the encodings that people meet; one that the end of what is kept cuts
// is no fault.
constexpr std::size_t longestCharacter = 8;
// Messages that are named beside the receive that they share.
constexpr std::uint64_t mostNamed = 2;
const std::string binaryEncoding = "binary";
// Of a content type or encoding; none that is known is as long.
constexpr std::size_t longestName = 128;
// What the list decodes, in small letters.
constexpr std::string_view wellKnown =
    " binary utf-8 utf8 utf_8 ascii us-ascii latin-1 latin_1 latin1 iso-8859-1 iso-8859-2 "
    "iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-15 utf-16 utf_16 utf-16le utf-16-le utf_16_le "
    "utf-16be utf-16-be utf_16_be utf-32 utf-32le utf-32be gbk cp936 gb2312 gb18030 big5 "
    "big5-hkscs cp950 shift_jis cp932 euc-jp iso-2022-jp euc-kr cp949 koi8-r koi8-u windows-1250 "
    "windows-1251 windows-1252 windows-1253 windows-1254 cp1251 cp1252 tis-620 ";

bool isWellKnown(std::string_view encoding) {
    std::string word = " ";
    for (const char c : encoding)
        word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool isWord = encoding.find(' ') == std::string_view::npos;
    return encoding.empty() || (isWord && wellKnown.find(word + ' ') != std::string_view::npos);
}

std::optional<std::size_t> faultPosition(const Error& error) {
    if (!error.is(Fault::BadSequence))
        return std::nullopt;
    return static_cast<std::size_t>(std::stoull(error.detail));
}

QString number(std::uint64_t value) {
    return countText(value);
}

/// "3, 4": the others of a receive, or how many where they are many.
QString otherMessages(const CallSpan& span, std::uint64_t self) {
    const std::uint64_t others = span.lastMessage - span.firstMessage;
    if (others > mostNamed)
        return Words::tr("with %n other(s)", nullptr, static_cast<int>(others));
    QStringList names;
    for (std::uint64_t other = span.firstMessage; other <= span.lastMessage; ++other) {
        if (other != self)
            names.append(number(other));
    }
    const QString list = names.join(QStringLiteral(", "));
    return names.size() == 1 ? Words::tr("with message %1").arg(list)
                             : Words::tr("with messages %1").arg(list);
}

} // namespace

std::vector<HeaderField> headerFields(const ConversationRow& row) {
    std::vector<HeaderField> fields;
    std::uint64_t length = 0;
    if (row.header.empty() || row.header.size() != row.headerBytes ||
        message_header::read(row.header, SIZE_MAX, fields, length))
        return {};
    return fields;
}

void readHeader(ConversationRow& row) {
    const std::vector<HeaderField> fields = headerFields(row);
    row.contentType = fieldValue(fields, message_header::contentType).substr(0, longestName);
    row.contentEncoding =
        fieldValue(fields, message_header::contentEncoding).substr(0, longestName);
}

ContentText decodedContent(const ConversationRow& row) {
    ContentText content;
    const std::string& encoding = row.contentEncoding;
    if (encoding.empty() || encoding == binaryEncoding) {
        content.isText = !isBinaryPayload(bytesOf(row.head), row.isWhole());
        if (content.isText)
            content.utf8 = std::string(wholeCharacters(row.head, row.isWhole()));
        return content;
    }
    auto text = decodeText(row.head, encoding);
    if (!text && !row.isWhole()) {
        const auto bad = faultPosition(text.error());
        if (bad && *bad + longestCharacter > row.head.size())
            text = decodeText(std::string_view(row.head).substr(0, *bad), encoding);
    }
    if (text) {
        content.isText = true;
        content.utf8 = std::move(*text);
    } else {
        content.badByte = faultPosition(text.error());
    }
    return content;
}

DisplayText contentRuns(const ConversationRow& row) {
    if (!row.isMessage)
        return payloadRuns(bytesOf(row.head), row.isWhole());
    const ContentText content =
        isWellKnown(row.contentEncoding) ? decodedContent(row) : ContentText();
    if (content.isText)
        return displayRuns(content.utf8);
    DisplayText hex{{{toHex(bytesOf(row.head)), false}}};
    if (content.badByte) {
        const QString note = Words::tr("bad byte at %1: ").arg(number(*content.badByte));
        hex.runs.insert(hex.runs.begin(), {note.toStdString(), true});
    }
    return hex;
}

QString receivesText(const CallSpan& span, std::uint64_t self, bool isUnfinished) {
    if (!span.isKnown())
        return isUnfinished ? Words::tr("not complete") : QString();
    const bool isPair = span.lastCall - span.firstCall == 1;
    QString calls =
        !span.isCut() ? number(span.firstCall)
        : isPair
            ? Words::tr("%1 and %2", "3 and 4").arg(number(span.firstCall), number(span.lastCall))
            : Words::tr("%1 to %2", "3 to 9").arg(number(span.firstCall), number(span.lastCall));
    if (isUnfinished)
        return Words::tr("%1, not complete").arg(calls);
    if (span.isCut())
        return Words::tr("%1, cut", "3 and 4, cut").arg(calls);
    if (span.isShared())
        return Words::tr("%1, %2", "2, with messages 3, 4").arg(calls, otherMessages(span, self));
    return calls;
}

QString partText(std::uint64_t have, std::uint64_t need) {
    if (need == 0)
        return Words::tr("have %n byte(s), length not known yet", nullptr, static_cast<int>(have));
    return Words::tr("have %1 of %2 bytes").arg(number(have), number(need));
}

} // namespace sscope
