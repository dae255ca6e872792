#pragma once

#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include <QByteArray>
#include <QString>

#include "core/client/send_plan.h"
#include "core/framing/framings.h"
#include "core/framing/owned_message.h"
#include "ui/clients/written_message.h"

namespace sscope {

/// What a person has written, and how it is to go out.
struct ComposerInput {
    QString text;
    Framing framing{};
    QByteArray ending{}; // raw only: under a framing that is what ends a message
    std::string contentType = "text/json";
    std::string contentEncoding = "utf-8";
    /// In place of the text; null for none.
    std::shared_ptr<const std::vector<std::byte>> file{};
    MessageForm form = MessageForm::Text;
    std::string encoding = "UTF-8"; // of text, where no header says it
    bool escapes = false;           // text only
    bool macros = false;            // text and JSON
    bool compact = false;           // JSON without its white space

    [[nodiscard]] bool hasHeader() const { return framing.kind().name == "message"; }
};

/// Whether a content type says that the content is JSON.
bool isJsonType(std::string_view contentType);
/// JSON without the white space between its parts.
std::string compactJson(std::string_view json);

/// The message with its macros, or in words why it cannot be sent, with the line and column; the
/// words are empty where there is nothing yet that could be wrong.
tl::expected<SendStep, QString> composeStep(const ComposerInput& input);
/// As composeStep(), but gives the size of the content only: that of a file is not copied.
tl::expected<std::size_t, QString> checkMessage(const ComposerInput& input);
/// As composeStep(), with values in place of its macros.
tl::expected<OwnedMessage, QString> composeMessage(const ComposerInput& input, MacroValues& values);
tl::expected<OwnedMessage, QString> composeMessage(const ComposerInput& input);

} // namespace sscope
