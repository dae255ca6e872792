#include "core/service/command_line.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include "core/base/display_text.h"
#include "core/base/encoding.h"
#include "core/base/shell_words.h"

namespace sscope {

namespace {

constexpr std::string_view prefix = "command error";
constexpr std::size_t mostNameShown = 100; // bytes of what a peer calls a command

constexpr std::array<std::string_view, 9> usual{"date", "echo",  "hostname", "id",    "ls",
                                                "pwd",  "uname", "uptime",   "whoami"};

std::string refusal(const std::string& why) {
    return fmt::format("{}: {}", prefix, why);
}

std::string shownName(std::string_view name) {
    return displaySafe(name.substr(0, mostNameShown));
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// date(1) shows what it cannot read of a file (-f), and sets the clock (-s); hostname(1) reads a
/// name from a file, and sets it.
bool isHarmless(std::string_view program, std::string_view argument) {
    constexpr std::array<std::string_view, 6> dateOptions{"-u", "--utc", "--universal",
                                                          "-R", "-I",    "--iso-8601"};
    constexpr std::array<std::string_view, 5> nameOptions{"-d", "-f", "-i", "-I", "-s"};
    if (program == "date")
        return argument.starts_with('+') || std::ranges::count(dateOptions, argument) > 0;
    if (program == "hostname")
        return std::ranges::count(nameOptions, argument) > 0;
    return true;
}

/// Empty where the command may be run.
std::string whyNot(const std::vector<std::string>& words, const std::vector<std::string>& allow) {
    const std::string& name = words.front();
    if (!allow.empty())
        return std::ranges::count(allow, name) > 0 ? "" : shownName(name) + " is not allowed";
    if (std::ranges::count(usual, name) == 0)
        return shownName(name) + " is not allowed";
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (!isHarmless(name, words[i]))
            return fmt::format("{} {} is not allowed", name, shownName(words[i]));
    }
    return {};
}

/// METHOD TARGET HTTP/..., or as much of it as has come: a page chooses the target and its length.
bool beginsRequest(std::string_view text) {
    const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto method =
        static_cast<std::size_t>(std::ranges::find_if_not(text, isUpper) - text.begin());
    if (method == 0 || method == text.size() || text[method] != ' ')
        return false;
    const std::string_view rest = text.substr(method + 1);
    const auto target = rest.find_first_of(" \t\r\n");
    if (target == std::string_view::npos)
        return rest.starts_with('/');
    return target > 0 && rest.substr(target).starts_with(" HTTP/");
}

bool isHostField(std::string_view line) {
    constexpr std::string_view name = "host:";
    return line.size() >= name.size() &&
           std::ranges::equal(line.substr(0, name.size()), name, {}, [](char c) {
               return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
           });
}

std::string seconds(Duration duration) {
    return fmt::format("{:g} s", std::chrono::duration<double>(duration).count());
}

std::string startProblem(const std::string& name, int number) {
    if (number == ENOENT)
        return refusal(shownName(name) + " was not found");
    return refusal(fmt::format("{} cannot be run: {}", shownName(name), std::strerror(number)));
}

/// The line that follows what a command said; empty where nothing went wrong.
std::string problemOf(const CommandTask& task, const CommandEnd& end,
                      const CommandSettings& settings) {
    switch (end.kind) {
    case CommandEnd::Kind::Exited:
        return end.output.empty() ? std::string(prefix) : std::string();
    case CommandEnd::Kind::NotStarted:
        return startProblem(task.words.front(), end.number);
    case CommandEnd::Kind::TimedOut:
        return refusal("timed out after " + seconds(settings.timeout));
    case CommandEnd::Kind::OverCap:
        return refusal(fmt::format("output over {} bytes", settings.outputCap));
    case CommandEnd::Kind::Cancelled:
        return refusal("it was ended before it was done");
    case CommandEnd::Kind::Lost:
        return refusal("the server could not run it; try again");
    }
    return {};
}

} // namespace

std::span<const std::string_view> usualCommands() {
    return usual;
}

std::vector<std::string> commandNames(std::string_view list) {
    std::vector<std::string> names;
    for (std::size_t from = 0; from <= list.size();) {
        const std::size_t end = std::min(list.find(',', from), list.size());
        names.emplace_back(trimmed(list.substr(from, end - from)));
        from = end + 1;
    }
    return names;
}

bool isHttpRequest(std::string_view message, bool isFirst) {
    if (isFirst && beginsRequest(message))
        return true;
    while (!message.empty()) {
        if (isHostField(message))
            return true;
        message.remove_prefix(std::min(message.find_first_of("\r\n"), message.size() - 1) + 1);
    }
    return false;
}

std::vector<std::string> commandLines(std::string_view message, bool isShell) {
    std::vector<std::string> lines;
    if (isShell && !trimmed(message).empty())
        lines.emplace_back(trimmed(message));
    while (!isShell && !message.empty()) {
        const auto end = std::min(message.find('\n'), message.size());
        if (const auto line = trimmed(message.substr(0, end)); !line.empty())
            lines.emplace_back(line);
        message.remove_prefix(std::min(end + 1, message.size()));
    }
    return lines;
}

std::variant<CommandTask, std::string> readCommandLine(std::string_view line,
                                                       const CommandSettings& settings) {
    if (line.find('\0') != std::string_view::npos)
        return refusal("the line holds a NUL byte");
    CommandTask task{.timeout = settings.timeout, .outputCap = settings.outputCap};
    if (settings.shell) {
        task.words = {"/bin/sh", "-c", std::string(line)};
        return task;
    }
    auto words = splitShellWords(line);
    if (!words)
        return refusal("a quote is not closed");
    if (words->empty())
        return refusal("the line is empty");
    if (const std::string why = whyNot(*words, settings.allow); !why.empty())
        return refusal(why);
    task.words = std::move(*words);
    return task;
}

std::string commandAnswer(const CommandTask& task, const CommandEnd& end,
                          const CommandSettings& settings) {
    std::string answer = settings.outputEncoding.empty()
                             ? end.output
                             : decodeLeniently(end.output, settings.outputEncoding);
    const std::string problem = problemOf(task, end, settings);
    if (!answer.empty() && !problem.empty() && !answer.ends_with('\n'))
        answer += '\n';
    return answer + problem;
}

} // namespace sscope
