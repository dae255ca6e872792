#pragma once

#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include <QByteArray>
#include <QString>

#include "core/framing/framings.h"
#include "core/framing/owned_message.h"

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

    [[nodiscard]] bool hasHeader() const { return framing.kind().name == "message"; }
};

/// Whether a content type says that the content is JSON.
bool isJsonType(std::string_view contentType);

/// As composeMessage(), but gives the size of the content only: that of a file is not copied.
tl::expected<std::size_t, QString> checkMessage(const ComposerInput& input);
/// The message, or in words why it cannot be sent; the words are empty where there is nothing yet
/// that could be wrong.
tl::expected<OwnedMessage, QString> composeMessage(const ComposerInput& input);

} // namespace sscope
