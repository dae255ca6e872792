#include "app/command_line_reader.h"

#include <utility>
#include <variant>

#include "app/cli/chat_client_options.h"
#include "app/cli/serve_options.h"
#include "core/storage/safe_file.h"

namespace sscope::cli {

namespace {

// All of them are kept, for the window to show and to send.
constexpr std::size_t mostMessages = 100'000;
constexpr std::size_t mostBytes = 64 << 20;

Failure tooMany(const SendOptions& asked) {
    Error error = faultError(Fault::BadValue, "send", "--repeat", std::to_string(asked.repeat));
    error.hint = {.kind = Hint::Kind::Example, .text = "--repeat 100"};
    return Failure(std::move(error));
}

/// With what stands in its file; macros are made anew each time.
Result<void> readFiles(std::vector<OutgoingMessage>& messages) {
    for (OutgoingMessage& message : messages) {
        if (message.file.empty())
            continue;
        auto content = readFile(std::exchange(message.file, {}));
        if (!content)
            return Failure(std::move(content.error()));
        message.bytes.insert(0, *content);
    }
    return {};
}

} // namespace

Result<ClientRequest> readyClient(const SendOptions& asked) {
    ClientRequest request{.config = asked.client, .messages = {}, .halfClose = asked.halfClose};
    request.config.sendPause = asked.interval;
    std::vector<OutgoingMessage> messages = asked.messages;
    if (auto read = readFiles(messages); !read)
        return Failure(std::move(read.error()));
    MacroValues values;
    std::size_t bytes = 0;
    for (std::uint64_t i = 0; i < asked.repeat && !messages.empty(); ++i) {
        for (const OutgoingMessage& message : messages) {
            const ByteView view = bytesOf(message.bytes);
            std::vector<std::byte> content = message.content
                                                 ? message.content->make(values, wallNow())
                                                 : std::vector<std::byte>(view.begin(), view.end());
            bytes += content.size();
            if (i > 0 && (request.messages.size() == mostMessages || bytes > mostBytes))
                return tooMany(asked);
            request.messages.push_back({std::move(content), asked.header});
        }
    }
    return request;
}

CommandLineReader commandLineReader() {
    CommandLineReader reader;
    reader.server = [](const std::vector<std::string>& words) -> std::optional<ServerConfig> {
        auto parsed = parseServe(words);
        if (auto* options = std::get_if<ServeOptions>(&parsed))
            return std::move(options->config);
        return std::nullopt;
    };
    reader.client = [](const std::vector<std::string>& words) -> std::optional<ClientRequest> {
        const auto parsed = parseSend(words);
        const auto* options = std::get_if<SendOptions>(&parsed);
        if (!options)
            return std::nullopt;
        auto request = readyClient(*options);
        return request ? std::optional(std::move(*request)) : std::nullopt;
    };
    reader.chat = [](const std::vector<std::string>& words) -> std::optional<ChatTabRequest> {
        auto parsed = parseChat(words, ChatLines::FromWords);
        auto* options = std::get_if<ChatClientOptions>(&parsed);
        if (!options)
            return std::nullopt;
        return ChatTabRequest{std::move(options->chat), std::move(options->lines)};
    };
    return reader;
}

} // namespace sscope::cli
