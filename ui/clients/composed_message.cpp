#include "ui/clients/composed_message.h"

#include <QCoreApplication>

#include "core/base/encoding.h"
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

using Composed = tl::expected<std::vector<std::byte>, QString>;

std::vector<std::byte> bytesIn(std::string_view text) {
    const ByteView view = bytesOf(text);
    return {view.begin(), view.end()};
}

/// What stands at a byte of a text, and where.
QString characterFault(std::string_view utf8, std::size_t position, const std::string& encoding) {
    std::size_t line = 1;
    std::size_t column = 1;
    std::string_view rest = utf8.substr(0, std::min(position, utf8.size()));
    while (!rest.empty()) {
        const bool isEnd = rest.front() == '\n';
        line += isEnd ? 1 : 0;
        column = isEnd ? 1 : column + 1;
        rest.remove_prefix(decodeUtf8(rest).length);
    }
    const std::string_view at = utf8.substr(std::min(position, utf8.size()));
    const std::string character(at.empty() ? at : at.substr(0, decodeUtf8(at).length));
    return Words::tr("line %1, column %2: %3 has no “%4”")
        .arg(line)
        .arg(column)
        .arg(toQString(displaySafe(encoding)), toQString(displaySafe(character)));
}

Composed encoded(const std::string& utf8, const std::string& encoding) {
    if (encoding == "binary") // no text to convert
        return bytesIn(utf8);
    auto bytes = encodeText(utf8, encoding);
    if (bytes)
        return bytesIn(*bytes);
    if (bytes.error().is(Fault::BadSequence))
        return tl::unexpected(characterFault(utf8, std::stoull(bytes.error().detail), encoding));
    return tl::unexpected(reasonWords(bytes.error()));
}

Composed withHeader(const ComposerInput& input, const std::string& utf8) {
    if (isJsonType(input.contentType)) {
        if (input.text.trimmed().isEmpty())
            return tl::unexpected(QString());
        if (const auto fault = findJsonFault(utf8))
            return tl::unexpected(jsonFaultText(*fault));
    }
    return encoded(utf8, input.contentEncoding);
}

Composed contentOf(const ComposerInput& input) {
    if (input.file)
        return *input.file;
    const std::string utf8 = input.text.toStdString();
    if (input.hasHeader())
        return withHeader(input, utf8);
    std::vector<std::byte> bytes = bytesIn(utf8);
    if (input.framing.isRaw()) {
        const auto ending =
            bytesIn({input.ending.data(), static_cast<std::size_t>(input.ending.size())});
        bytes.insert(bytes.end(), ending.begin(), ending.end());
    }
    return bytes;
}

/// The size of a content that the framing can carry.
tl::expected<std::size_t, QString> fitting(const ComposerInput& input, ByteView content) {
    // After a header anything may follow; asking the codec would copy it.
    if (input.hasHeader())
        return content.size();
    if (const auto fits = input.framing.accepts(content); !fits)
        return tl::unexpected(content.empty() ? QString() : reasonWords(fits.error()));
    return content.size();
}

} // namespace

bool isJsonType(std::string_view contentType) {
    return contentType.ends_with("/json") || contentType.ends_with("+json");
}

tl::expected<std::size_t, QString> checkMessage(const ComposerInput& input) {
    if (input.file)
        return fitting(input, *input.file);
    const auto content = contentOf(input);
    if (!content)
        return tl::unexpected(content.error());
    return fitting(input, *content);
}

tl::expected<OwnedMessage, QString> composeMessage(const ComposerInput& input) {
    auto content = contentOf(input);
    if (!content)
        return tl::unexpected(content.error());
    if (const auto fits = fitting(input, *content); !fits)
        return tl::unexpected(fits.error());
    OwnedMessage message{.content = std::move(*content)};
    if (input.hasHeader())
        message.header = {{std::string(message_header::contentType), input.contentType},
                          {std::string(message_header::contentEncoding), input.contentEncoding}};
    return message;
}

} // namespace sscope
