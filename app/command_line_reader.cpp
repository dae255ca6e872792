#include "app/command_line_reader.h"

#include <variant>

#include "app/cli/serve_options.h"
#include "core/storage/safe_file.h"

namespace sscope::cli {

namespace {

/// They are all made now, and so tell the same time.
void putMacrosIn(std::vector<OwnedMessage>& messages, const std::vector<OutgoingMessage>& asked) {
    MacroValues values;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (const auto& content = asked[i % asked.size()].content)
            messages[i].content = content->make(values, wallNow());
    }
}

} // namespace

Result<ClientRequest> readyClient(const SendOptions& asked) {
    ClientRequest request{.config = asked.client, .messages = {}, .halfClose = asked.halfClose};
    request.config.sendPause = asked.interval;
    for (const OutgoingMessage& message : asked.messages) {
        std::string content;
        if (!message.file.empty()) {
            auto read = readFile(message.file);
            if (!read)
                return tl::unexpected(read.error());
            content = std::move(*read);
        }
        content += message.bytes;
        const ByteView view = bytesOf(content);
        request.messages.push_back({{view.begin(), view.end()}, asked.header});
    }
    const auto once = request.messages;
    for (std::uint64_t i = 1; i < asked.repeat; ++i)
        request.messages.insert(request.messages.end(), once.begin(), once.end());
    putMacrosIn(request.messages, asked.messages);
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
    return reader;
}

} // namespace sscope::cli
