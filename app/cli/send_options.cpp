#include "app/cli/send_options.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <map>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/arguments.h"
#include "app/cli/error_line.h"
#include "app/cli/socket_arguments.h"
#include "core/base/encoding.h"
#include "core/base/escapes.h"
#include "core/base/hex.h"
#include "core/base/utf8.h"
#include "core/storage/file_source.h"

namespace sscope::cli {

namespace {

const std::map<std::string, std::string> endings{
    {"none", ""}, {"lf", "\n"}, {"crlf", "\r\n"}, {"nul", std::string(1, '\0')}};

const std::map<std::string, SendOutput> outputs{{"raw", SendOutput::Raw},
                                                {"text", SendOutput::Text},
                                                {"hex", SendOutput::Hex},
                                                {"json", SendOutput::Json}};

constexpr std::uint64_t mostConnections = 1'000'000;

/// Options of which only the text is kept until all are read.
struct Texts {
    bool hex = false;
    bool escapes = false;
    bool macros = false;
    std::vector<std::string> files;
    bool standardInput = false;
    std::string ending = "none";
    std::string output;
    bool json = false;
    std::string framing = "raw";
    std::string contentType = "text/json";
    std::string contentEncoding;
    double interval = 0; // ms
    double quiet = 200;  // ms
    double wait = 2;     // s
    double connectTimeout = 10;
    LocalTexts local;
};

void addMessageOptions(CLI::App& app, Texts& texts, SendOptions& options) {
    auto* hex = app.add_flag("--hex", texts.hex, "messages are hex digits");
    auto* escapes =
        app.add_flag("--escapes", texts.escapes, "messages hold \\n \\r \\t \\0 \\xNN \\uNNNN");
    hex->excludes(escapes);
    app.add_flag("--macros", texts.macros,
                 "messages hold ${seq}, ${time}, ${time:unix}, ${rand:N}; $${seq} is ${seq}")
        ->excludes(hex);
    app.add_option("--file", texts.files, "send a whole file as one message")
        ->allow_extra_args(false)
        ->type_name("PATH");
    app.add_flag("--stdin", texts.standardInput, "send all of standard input as one message");
    app.add_flag("--interactive", options.interactive, "a prompt: each line is a message");
    app.add_option("--encoding", options.encoding, "what text becomes on the wire")
        ->capture_default_str();
    app.add_option("--ending", texts.ending, "after each message: none, lf, crlf or nul")
        ->check(CLI::IsMember(endings))
        ->capture_default_str();
    app.add_option("--framing", texts.framing, "how messages are told apart: " + framingUsage())
        ->capture_default_str();
    app.add_option("--content-type", texts.contentType, "framing message: of each message")
        ->capture_default_str();
    app.add_option("--content-encoding", texts.contentEncoding,
                   "framing message: of each message (default: that of --encoding)");
    addCount(
        app, "--repeat", 1, [&options](std::uint64_t count) { options.repeat = count; },
        "send the messages so many times (default 1)");
    addCount(
        app, "--connections", 1,
        [&options](std::uint64_t count) {
            if (count > mostConnections)
                throw CLI::ValidationError("--connections",
                                           fmt::format("at most {}", mostConnections));
            options.connections = static_cast<std::uint32_t>(count);
        },
        "open so many connections; each sends all of it, and waits for as many bytes (raw) or "
        "replies");
    app.add_flag("--together", options.together,
                 "with --connections: send nothing before all are open");
    addTime(
        app, "--interval", "MS", 0, [&texts](double value) { texts.interval = value; },
        "milliseconds between messages");
    app.add_flag("--half-close", options.halfClose, "end our direction after sending");
}

void addReplyOptions(CLI::App& app, Texts& texts, SendOptions& options) {
    addCount(
        app, "--replies", 0, [&options](std::uint64_t count) { options.replies = count; },
        "end after so many replies");
    addTime(
        app, "--quiet", "MS", 0, [&texts](double value) { texts.quiet = value; },
        "raw on a stream: end after so many ms without a byte (default 200)");
    addTime(
        app, "--wait", "S", 0, [&texts](double value) { texts.wait = value; },
        "seconds to wait for a reply (default 2); 0 sends and closes");
    addTime(
        app, "--connect-timeout", "S", 0.001,
        [&texts](double value) { texts.connectTimeout = value; },
        "seconds for each address (default 10)");
    app.add_flag("--until-close", options.untilClose, "read until the peer closes");
    auto* output = app.add_option("--output", texts.output,
                                  "raw, text, hex or json (default text on a terminal, else raw)")
                       ->check(CLI::IsMember(outputs));
    app.add_flag("--json", texts.json, "the same as --output json")->excludes(output);
}

/// The error of encodeText(), which names a byte, with the column of its character.
Error notEncodable(std::string_view text, const Error& error, const std::string& encoding) {
    const auto before = text.substr(0, std::strtoul(error.detail.c_str(), nullptr, 10));
    const auto isFirst = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    const auto column = std::ranges::count_if(before, isFirst) + 1;
    Error lacks = faultError(Fault::NotEncodable, "encode", encoding, std::to_string(column));
    lacks.hint = {.kind = Hint::Kind::Example, .text = "--encoding UTF-8"};
    return lacks;
}

Result<std::string> messageBytes(const std::string& word, const Texts& texts,
                                 const std::string& encoding) {
    if (texts.hex) {
        auto bytes = fromHex(word);
        if (!bytes)
            return Failure(std::move(bytes.error()));
        return std::string(textOf(*bytes));
    }
    std::string text = word;
    if (texts.escapes) {
        auto read = readEscapes(word);
        if (!read)
            return read;
        text = std::move(*read);
    }
    // Bytes made by \xNN need not be UTF-8; without another encoding they pass as they are.
    if (encoding == "UTF-8")
        return text;
    auto encoded = encodeText(text, encoding);
    if (!encoded && encoded.error().is(Fault::BadSequence) && isUtf8(text))
        return Failure(notEncodable(text, encoded.error(), encoding));
    return encoded;
}

/// What --ending adds to each content: nothing where the framing itself ends its messages so.
std::string contentEnding(const Texts& texts) {
    const bool isLine = texts.framing == "line" || texts.framing == "line:crlf";
    const bool isOfFraming = isLine ? texts.ending == "lf" || texts.ending == "crlf"
                                    : texts.framing == "nul" && texts.ending == "nul";
    return isOfFraming ? std::string() : endings.at(texts.ending);
}

/// Of a word, or of a line that was typed.
Result<OutgoingMessage> messageOfText(const std::string& text, const Texts& texts,
                                      const std::string& encoding) {
    const std::string ending = contentEnding(texts);
    if (!texts.macros) {
        auto bytes = messageBytes(text, texts, encoding);
        if (!bytes)
            return Failure(std::move(bytes.error()));
        return OutgoingMessage{.bytes = *bytes + ending, .file = {}};
    }
    auto content = MessageTemplate::read(
        text, {.encoding = encoding, .escapes = texts.escapes, .macros = true});
    if (!content)
        return Failure(std::move(content.error()));
    content->append(bytesOf(ending));
    const auto sample = content->sample();
    return OutgoingMessage{std::string(textOf(sample)), {}, std::move(*content)};
}

Result<void> takeMessages(const std::vector<std::string>& words, const Texts& texts,
                          SendOptions& options) {
    const std::string ending = contentEnding(texts);
    for (const std::string& word : words) {
        auto message = messageOfText(word, texts, options.encoding);
        if (!message)
            return Failure(std::move(message.error()));
        options.messages.push_back(std::move(*message));
    }
    for (const std::string& path : texts.files) {
        auto message = messageOfFile(path, ending);
        if (!message)
            return Failure(std::move(message.error()));
        options.messages.push_back(std::move(*message));
    }
    if (texts.standardInput) {
        auto all = readToEnd(STDIN_FILENO, "standard input");
        if (!all)
            return Failure(std::move(all.error()));
        options.messages.push_back({*all + ending, {}});
    }
    return {};
}

/// As headers write the name of an encoding.
std::string lowerCase(std::string name) {
    for (char& c : name)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return name;
}

Result<void> takeFraming(const Texts& texts, SendOptions& options) {
    const bool endsInCrLf = texts.framing == "line" && texts.ending == "crlf";
    const auto framing = Framing::parse(endsInCrLf ? "line:crlf" : texts.framing);
    if (!framing)
        return Failure(unknownFraming("send", texts.framing));
    if (!framing->kind().suitsDatagrams && isDatagram(options.client.endpoint.transport))
        return Failure(faultError(Fault::NeedsStream, "send", options.client.endpoint.text(),
                                  "--framing " + texts.framing));
    options.client.framing = *framing;
    for (const auto& [option, text] : {std::pair{"--content-type", &texts.contentType},
                                       std::pair{"--content-encoding", &texts.contentEncoding}}) {
        if (!isUtf8(*text))
            return Failure(faultError(Fault::BadSequence, "send", option, "0"));
    }
    options.header = {{"content-type", texts.contentType},
                      {"content-encoding", texts.contentEncoding.empty()
                                               ? lowerCase(options.encoding)
                                               : texts.contentEncoding}};
    return {};
}

/// --framing and what to try instead.
Error unfit(Error error, const Framing& framing) {
    error.subject = "--framing " + framing.text();
    error.hint = {.kind = Hint::Kind::Example, .text = "--framing length:u32be"};
    return error;
}

Result<void> takeInteractive(const Texts& texts, SendOptions& options) {
    if (!options.interactive)
        return {};
    if (options.connections > 1)
        return Failure(faultError(Fault::BadValue, "send", "--interactive", "--connections"));
    if (texts.standardInput)
        return Failure(faultError(Fault::BadValue, "send", "--interactive", "--stdin"));
    options.messageOfLine = [texts, encoding = options.encoding, framing = options.client.framing,
                             header = options.header](const std::string& line) {
        auto message = messageOfText(line, texts, encoding);
        if (!message)
            return message;
        if (auto fits = framing.accepts(bytesOf(message->bytes), header); !fits)
            message = Failure(unfit(std::move(fits.error()), framing));
        return message;
    };
    return {};
}

/// What the framing cannot carry is found before anything is sent.
Result<void> checkMessages(const SendOptions& options) {
    for (const OutgoingMessage& message : options.messages) {
        auto fits = options.client.framing.accepts(bytesOf(message.bytes), options.header);
        if (!message.file.empty()) {
            auto source = openFileSource(message.file, message.bytes);
            fits = source ? options.client.framing.accepts(std::move(*source))
                          : Failure(std::move(source.error()));
        }
        if (!fits)
            return Failure(unfit(std::move(fits.error()), options.client.framing));
    }
    return {};
}

Result<void> takeTexts(const std::vector<std::string>& positionals, const Texts& texts,
                       SendOptions& options) {
    auto endpoint = parseEndpoint(positionals.front());
    if (!endpoint)
        return Failure(std::move(endpoint.error()));
    if (endpoint->host == "*")
        return Failure(faultError(Fault::BadHost, "endpoint", positionals.front(), "*"));
    options.client.endpoint = std::move(*endpoint);
    if (auto taken = takeLocal(texts.local, options.client); !taken)
        return taken;
    if (auto framed = takeFraming(texts, options); !framed)
        return framed;
    if (auto known = encodeText("", options.encoding); !known)
        return Failure(std::move(known.error()));
    options.interval = fromSeconds(texts.interval / 1000);
    options.quiet = fromSeconds(texts.quiet / 1000);
    options.wait = fromSeconds(texts.wait);
    options.client.connectTimeout = fromSeconds(texts.connectTimeout);
    if (texts.json)
        options.output = SendOutput::Json;
    else if (!texts.output.empty())
        options.output = outputs.at(texts.output);
    else
        options.output = ::isatty(STDOUT_FILENO) != 0 ? SendOutput::Text : SendOutput::Raw;
    if (auto taken = takeMessages({positionals.begin() + 1, positionals.end()}, texts, options);
        !taken)
        return taken;
    if (auto taken = takeInteractive(texts, options); !taken)
        return taken;
    return checkMessages(options);
}

} // namespace

std::variant<SendOptions, int> parseSend(const std::vector<std::string>& words) {
    SendOptions options;
    Texts texts;
    CLI::App app("Sends messages and prints the replies: socketscope send ENDPOINT [MESSAGE...] "
                 "[options]; all that stands after -- is a message",
                 "send");
    addMessageOptions(app, texts, options);
    addReplyOptions(app, texts, options);
    addSocketOptions(app, options.client.options);
    addLocalOptions(app, options.client, texts.local);
    Arguments arguments = separate(app, words);
    if (const auto code = parseOptions(app, arguments.options))
        return *code;
    if (arguments.positionals.empty()) {
        printUsageError("send", "the endpoint is missing, for example 127.0.0.1:65432");
        return usage;
    }
    if (auto taken = takeTexts(arguments.positionals, texts, options); !taken) {
        printError(taken.error());
        return usage;
    }
    return options;
}

} // namespace sscope::cli
