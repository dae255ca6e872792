#include "ui/clients/detail_text.h"

#include <algorithm>

#include <QCoreApplication>

#include "core/base/encoding.h"
#include "core/base/strict_json.h"
#include "core/client/http_body_source.h"
#include "ui/clients/content_text.h"
#include "ui/clients/payload_text.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/json_fault_text.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::MessageDetail)
};

// Of a payload that is shown as text; hex has no limit.
constexpr std::uint64_t mostText = 64 << 20;
constexpr std::uint64_t mostJson = 16 << 20;
constexpr std::uint64_t mostBody = 16 << 20;
// What a text edit takes without a stutter: it lays out whole paragraphs.
constexpr std::size_t longestEdited = 64 << 10;
constexpr std::size_t longestLine = 2000;
// Where more than one byte of so many is bad, it is no text with a fault but something else.
constexpr std::uint64_t bytesForOneBad = 20;
constexpr std::size_t looksAt = 64 << 10; // to tell text from what is none

const char* const httpFaults[] = {
    QT_TRANSLATE_NOOP("sscope::HttpFault", "it ends within the head"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "it ends within the body"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "the head is too long"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "the line of a chunk, or the trailer, is too long"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "a CR stands without LF"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "a NUL is in the head"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "it does not begin with HTTP/1.x and a status"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "the status is not a number of three digits"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "a field line begins with white space"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "a field line has no colon"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "the name of a field is not a token"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "there are too many fields"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "Content-Length is not a number"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "there are two lengths in Content-Length"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "chunked is not the last transfer coding"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "a chunk is longer than it said"),
    QT_TRANSLATE_NOOP("sscope::HttpFault", "the size of a chunk is not a hex number"),
};

QString httpFaultText(std::string_view fault) {
    const auto* known = std::ranges::find(httpFaults, fault);
    return known == std::end(httpFaults) ? QString()
                                         : QCoreApplication::translate("sscope::HttpFault", *known);
}

void addNote(DetailText& detail, const QString& note) {
    if (!note.isEmpty())
        detail.note += (detail.note.isEmpty() ? QString() : QStringLiteral("; ")) + note;
}

DetailText asHex(const RowContent& content, const QString& note) {
    DetailText detail{.isHex = true, .content = content};
    if (!content.isWhole())
        addNote(detail, Words::tr("first %1 of %2")
                            .arg(bytesText(content.available()), bytesText(content.size())));
    addNote(detail, note);
    return detail;
}

bool hasLongLine(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (end - begin > longestLine)
            return true;
        begin = end + 1;
    }
    return false;
}

void setText(DetailText& detail, std::string utf8, int columns) {
    if (utf8.size() <= longestEdited && !hasLongLine(utf8)) {
        detail.text = safeLines(utf8);
        return;
    }
    detail.lineStarts = wrapLines(utf8, columns);
    detail.utf8 = std::make_shared<const std::string>(std::move(utf8));
}

/// Bytes without a name for what they are: UTF-8 with a fault or two is text still.
bool looksLikeText(std::string_view bytes, const PayloadText& text, bool isWhole) {
    const std::string_view front = bytes.substr(0, looksAt);
    if (!isBinaryPayload(bytesOf(front), isWhole && front.size() == bytes.size()))
        return text.badBytes * bytesForOneBad <= bytes.size();
    if (text.badBytes == 0 || text.badBytes * bytesForOneBad > bytes.size())
        return false;
    return !isBinaryPayload(bytesOf(decodeLeniently(front, "UTF-8")), false);
}

/// Why these bytes are not shown as text; empty where they are.
QString whyNotText(const DetailAsk& ask, std::string_view bytes, const PayloadText& text,
                   bool isNamed, bool isWhole) {
    if (!ask.chosen.empty() && text.isKnown)
        return {};
    if (isNamed && text.badBytes > 0)
        return Words::tr("bad byte at %1, so it is shown in hex").arg(countText(text.firstBad));
    if (!text.isKnown || (!isNamed && !looksLikeText(bytes, text, isWhole)))
        return Words::tr("not text, so it is shown in hex");
    return {};
}

QString badBytesNote(const PayloadText& text, const std::string& encoding) {
    if (text.badBytes == 0)
        return {};
    return Words::tr("%n byte(s) are not %1, the first at %2", nullptr,
                     static_cast<int>(text.badBytes))
        .arg(toQString(displaySafe(encoding)), countText(text.firstBad));
}

/// What stands in for the text where JSON is asked for and can be; else a note why not.
std::string asJson(std::string utf8, bool isAll, QString& note) {
    if (!isAll) {
        note = Words::tr("not all of it is kept, so it is shown as text");
        return utf8;
    }
    if (utf8.size() > mostJson) {
        note = Words::tr("longer than %1, so it is shown as text").arg(bytesText(mostJson));
        return utf8;
    }
    if (const auto bad = findJsonFault(utf8)) {
        note = jsonFaultText(*bad);
        return utf8;
    }
    return indentedJson(utf8);
}

DetailText asText(const DetailAsk& ask, const RowContent& content) {
    const auto bytes = content.first(mostText);
    if (!bytes)
        return {.note = errorWords(bytes.error())};
    const bool isAll = bytes->size() == content.size();
    const bool isBinary = ask.said == "binary";
    const bool isNamed = ask.chosen.empty() && !ask.said.empty() && !isBinary;
    const std::string encoding = !ask.chosen.empty() ? ask.chosen : isNamed ? ask.said : "UTF-8";
    PayloadText text = payloadText(*bytes, encoding, isAll);
    if (*ask.isCancelled)
        return {};
    const QString why = whyNotText(ask, *bytes, text, isNamed, isAll);
    if (!why.isEmpty())
        return asHex(content, why);
    DetailText detail;
    if (!isAll)
        addNote(
            detail,
            Words::tr("first %1 of %2").arg(bytesText(bytes->size()), bytesText(content.size())));
    addNote(detail, badBytesNote(text, encoding));
    QString note;
    if (ask.form == DetailForm::Json)
        text.utf8 = asJson(std::move(text.utf8), isAll, note);
    addNote(detail, note);
    if (!*ask.isCancelled)
        setText(detail, std::move(text.utf8), ask.columns);
    return detail;
}

QString bodyWords(const HttpResponseReader& reader) {
    using Framing = HttpResponseReader::Framing;
    const QString bytes = bytesText(reader.bodyBytes());
    switch (reader.framing()) {
    case Framing::None:
        return Words::tr("no body");
    case Framing::Length:
        return reader.stage() == HttpResponseReader::Stage::Complete
                   ? Words::tr("body, %1").arg(bytes)
                   : Words::tr("body, %1 of %2 so far")
                         .arg(bytes, bytesText(reader.contentLength().value_or(0)));
    case Framing::Chunked:
        return reader.stage() == HttpResponseReader::Stage::Complete
                   ? Words::tr("body, %1, came in chunks").arg(bytes)
                   : Words::tr("body in chunks, %1 so far").arg(bytes);
    case Framing::UntilClose:
        break;
    }
    return Words::tr("body until the close, %1").arg(bytes);
}

/// "utf-8" of "text/html; charset=utf-8".
std::string charsetOf(std::string_view contentType) {
    std::string low;
    for (const char c : contentType)
        low += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const std::size_t at = low.find("charset=");
    if (at == std::string::npos)
        return {};
    const std::string_view value = contentType.substr(at + 8);
    const bool isQuoted = value.starts_with('"');
    return std::string(
        value.substr(isQuoted ? 1 : 0, value.find_first_of("\"; \t", 1) - (isQuoted ? 1 : 0)));
}

DetailText asHttp(const DetailAsk& ask) {
    HttpResponseReader reader;
    RowContentSource source(ask.content);
    std::vector<std::byte> piece(256 << 10);
    std::string body;
    for (;;) {
        const auto count = source.read(piece);
        const bool isOver = !count || *count == 0 || *ask.isCancelled ||
                            reader.stage() == HttpResponseReader::Stage::Complete ||
                            reader.stage() == HttpResponseReader::Stage::Broken;
        if (isOver)
            break;
        reader.receive(ByteView(piece).first(*count), [&body](ByteView part) {
            const std::size_t room = static_cast<std::size_t>(mostBody) - body.size();
            body += textOf(part.first(std::min(part.size(), room)));
        });
    }
    DetailAsk inner = ask;
    const std::string_view type = reader.field("content-type");
    inner.form = type.find("json") != std::string_view::npos ? DetailForm::Json : DetailForm::Text;
    inner.said = charsetOf(type);
    RowContent shown = contentOfBytes(std::move(body));
    shown.range.end = std::max(shown.range.end, reader.bodyBytes());
    DetailText detail = asText(inner, shown);
    detail.http = HttpHead{reader.statusLine(), reader.fields(), reader.headBytes(),
                           bodyWords(reader), httpFaultText(reader.fault())};
    return detail;
}

} // namespace

DetailText detailText(const DetailAsk& ask) {
    switch (ask.form) {
    case DetailForm::Hex:
        return asHex(ask.content, {});
    case DetailForm::Http:
        return asHttp(ask);
    case DetailForm::Json:
    case DetailForm::Text:
        break;
    }
    return asText(ask, ask.content);
}

bool isAtHand(const DetailAsk& ask) {
    return ask.form == DetailForm::Hex ||
           (ask.form != DetailForm::Http && ask.content.head->size() >= ask.content.available());
}

} // namespace sscope
