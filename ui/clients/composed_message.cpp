#include "ui/clients/composed_message.h"

#include <QCoreApplication>

#include "core/base/hex_text.h"
#include "core/base/strict_json.h"
#include "core/base/utf8.h"
#include "core/framing/message_header.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/json_fault_text.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::ComposedMessage)
};

using Composed = tl::expected<MessageTemplate, QString>;

QString placed(std::size_t line, std::size_t column, const QString& fault) {
    return Words::tr("line %1, column %2: %3").arg(line).arg(column).arg(fault);
}

/// What is wrong at a byte of a text, with its line and column.
QString faultAt(std::string_view utf8, std::size_t position, const QString& fault) {
    std::size_t line = 1;
    std::size_t column = 1;
    std::string_view rest = utf8.substr(0, std::min(position, utf8.size()));
    while (!rest.empty()) {
        const bool isEnd = rest.front() == '\n';
        line += isEnd ? 1 : 0;
        column = isEnd ? 1 : column + 1;
        rest.remove_prefix(decodeUtf8(rest).length);
    }
    return placed(line, column, fault);
}

QString characterAt(std::string_view utf8, std::size_t position) {
    std::string_view at = utf8.substr(std::min(position, utf8.size()));
    if (at.starts_with("\\u")) // what an escape stands for
        return toQString(std::string(at.substr(0, 6)));
    return toQString(
        displaySafe(std::string(at.empty() ? at : at.substr(0, decodeUtf8(at).length))));
}

QString templateFault(std::string_view utf8, const Error& error, const std::string& encoding) {
    const std::size_t detail = std::strtoull(error.detail.c_str(), nullptr, 10);
    if (error.is(Fault::BadSequence))
        return faultAt(utf8, detail,
                       Words::tr("%1 has no “%2”")
                           .arg(toQString(displaySafe(encoding)), characterAt(utf8, detail)));
    if (error.is(Fault::BadEscape))
        return faultAt(utf8, detail - 1,
                       Words::tr("this is no escape: %1")
                           .arg(QStringLiteral("\\n \\r \\t \\0 \\\\ \\x41 \\u4f60")));
    if (error.is(Fault::BadMacro))
        return faultAt(utf8, detail - 1,
                       Words::tr("this is none of ${seq} ${time} ${time:unix} ${rand:8}"));
    return reasonWords(error);
}

QString hexFaultWords(HexFault::Kind kind) {
    using Kind = HexFault::Kind;
    switch (kind) {
    case Kind::NotHex:
        return Words::tr("this is no hex digit");
    case Kind::HalfByte:
        return Words::tr("a byte has two digits");
    case Kind::OffsetOrBytes:
        return Words::tr("this may be an offset or bytes");
    case Kind::OutOfStep:
        return Words::tr("this offset does not follow from the lines above");
    case Kind::ByteOrder:
        return Words::tr("these bytes may stand in either order");
    case Kind::TextDiffers:
        return Words::tr("the characters are not those of the bytes");
    case Kind::TwoArrays:
        return Words::tr("a second array begins");
    case Kind::RepeatsUnclear:
        return Words::tr("the line above may be repeated more or less often");
    case Kind::TooLong:
        return Words::tr("the repeated lines make more than 16 MiB");
    }
    return {};
}

Composed readText(const std::string& utf8, const ComposerInput& input, bool escapes) {
    // Binary is no text to convert.
    const std::string& named = input.hasHeader() ? input.contentEncoding : input.encoding;
    const std::string encoding = named == "binary" ? "UTF-8" : named;
    auto read = MessageTemplate::read(
        utf8, {.encoding = encoding, .escapes = escapes, .macros = input.macros});
    if (!read)
        return tl::unexpected(templateFault(utf8, read.error(), encoding));
    return *std::move(read);
}

Composed readHex(const std::string& utf8) {
    auto bytes = readHexText(utf8);
    if (!bytes)
        return tl::unexpected(
            placed(bytes.error().line, bytes.error().column, hexFaultWords(bytes.error().kind)));
    return MessageTemplate(*std::move(bytes));
}

Composed readJson(const std::string& utf8, const ComposerInput& input) {
    if (QStringView(input.text).trimmed().isEmpty())
        return tl::unexpected(QString());
    // A macro that is wrong is told before what it breaks.
    ComposerInput how = input;
    how.encoding = "UTF-8"; // RFC 8259
    auto read = readText(utf8, how, false);
    if (!read)
        return read;
    if (const auto fault = findJsonFault(input.macros ? withMacrosMasked(utf8) : utf8))
        return tl::unexpected(jsonFaultText(*fault));
    return input.compact ? readText(compactJson(utf8), how, false) : read;
}

Composed contentOf(const ComposerInput& input) {
    const std::string utf8 = input.text.toStdString();
    const bool isText = input.form == MessageForm::Text;
    if (input.form == MessageForm::Hex)
        return readHex(utf8);
    const bool saysJson =
        isText && !input.escapes && input.hasHeader() && isJsonType(input.contentType);
    auto content = input.form == MessageForm::Json || saysJson
                       ? readJson(utf8, input)
                       : readText(utf8, input, input.escapes);
    if (content && input.framing.isRaw())
        content->append(
            bytesOf({input.ending.data(), static_cast<std::size_t>(input.ending.size())}));
    return content;
}

/// The size of a content that the framing can carry.
tl::expected<std::size_t, QString> fitting(const ComposerInput& input, ByteView content) {
    // After a header anything may follow, raw too; asking the codec would copy it.
    if (input.hasHeader() || input.framing.isRaw())
        return content.size();
    if (const auto fits = input.framing.accepts(content); !fits)
        return tl::unexpected(content.empty() ? QString() : reasonWords(fits.error()));
    return content.size();
}

tl::expected<std::size_t, QString> fitting(const ComposerInput& input,
                                           const MessageTemplate& content) {
    if (input.hasHeader() || input.framing.isRaw())
        return content.size();
    return fitting(input, content.sample());
}

} // namespace

bool isJsonType(std::string_view contentType) {
    return contentType.ends_with("/json") || contentType.ends_with("+json");
}

std::string compactJson(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    bool isInString = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (isInString && c == '\\' && i + 1 < json.size()) {
            out += c;
            out += json[++i];
            continue;
        }
        if (c == '"')
            isInString = !isInString;
        const bool isWhite = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (isInString || !isWhite)
            out += c;
    }
    return out;
}

tl::expected<SendStep, QString> composeStep(const ComposerInput& input) {
    auto content = input.file ? Composed(MessageTemplate(*input.file)) : contentOf(input);
    if (!content)
        return tl::unexpected(content.error());
    if (const auto fits = fitting(input, *content); !fits)
        return tl::unexpected(fits.error());
    SendStep step{.content = *std::move(content)};
    if (input.hasHeader())
        step.header = {{std::string(message_header::contentType), input.contentType},
                       {std::string(message_header::contentEncoding), input.contentEncoding}};
    return step;
}

tl::expected<std::size_t, QString> checkMessage(const ComposerInput& input) {
    if (input.file)
        return fitting(input, *input.file);
    const auto content = contentOf(input);
    if (!content)
        return tl::unexpected(content.error());
    return fitting(input, *content);
}

tl::expected<OwnedMessage, QString> composeMessage(const ComposerInput& input,
                                                   MacroValues& values) {
    auto step = composeStep(input);
    if (!step)
        return tl::unexpected(step.error());
    return OwnedMessage{.content = step->content.make(values, wallNow()),
                        .header = std::move(step->header)};
}

tl::expected<OwnedMessage, QString> composeMessage(const ComposerInput& input) {
    MacroValues values;
    return composeMessage(input, values);
}

} // namespace sscope
