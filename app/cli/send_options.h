#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/client/client_session.h"
#include "core/client/message_template.h"

namespace sscope::cli {

enum class SendOutput { Raw, Text, Hex, Json };

/// One message: its bytes, or a file that is read as the peer takes it.
struct OutgoingMessage {
    std::string bytes;
    std::string file;                         // path; bytes then follow its content
    std::optional<MessageTemplate> content{}; // in place of bytes, where it has macros
};

struct SendOptions {
    ClientConfig client;
    std::vector<OutgoingMessage> messages;
    std::uint64_t repeat = 1;
    std::uint32_t connections = 1;
    bool together = false; // all are open before the first sends
    bool interactive = false;
    /// What a line becomes that a person types, in the form that was asked for.
    std::function<Result<OutgoingMessage>(const std::string& line)> messageOfLine{};
    Duration interval{};
    bool halfClose = false;
    std::optional<std::uint64_t> replies{};
    Duration quiet{};
    Duration wait{};
    bool untilClose = false;
    std::string encoding = "UTF-8";
    std::vector<HeaderField> header{}; // of each message, under framings that have one
    SendOutput output = SendOutput::Raw;
};

/// What stands after `send`. An exit code where the command is over. Reads standard input with
/// --stdin.
std::variant<SendOptions, int> parseSend(const std::vector<std::string>& words);

/// All that can be read of a descriptor, which is called name.
Result<std::string> readToEnd(int fd, const std::string& name);
/// A file as a message, with a few bytes after it. What is no regular file is read at once.
Result<OutgoingMessage> messageOfFile(const std::string& path, const std::string& suffix);

} // namespace sscope::cli
