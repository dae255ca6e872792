#include "app/cli/arguments.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/error_line.h"
#include "app/cli/output.h"
#include "core/base/units.h"

namespace sscope::cli {

namespace {

bool takesValue(const CLI::App& app, const std::string& name) {
    const CLI::Option* option = app.get_option_no_throw(name);
    return option && option->get_items_expected_max() > 0;
}

/// The whole word as a number.
template <typename Number>
bool readWhole(const std::string& word, Number& value) {
    const char* end = word.data() + word.size();
    const auto [stop, problem] = std::from_chars(word.data(), end, value);
    return problem == std::errc() && stop == end;
}

/// CLI11's own usage line knows nothing of the words that separate() takes away.
class HelpFormatter : public CLI::Formatter {
public:
    std::string make_usage(const CLI::App*, std::string) const override { return {}; }
};

} // namespace

Arguments separate(const CLI::App& app, const std::vector<std::string>& words) {
    Arguments arguments;
    std::optional<std::size_t> beforeDashes;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--") {
            beforeDashes = arguments.positionals.size();
            const auto rest = words.begin() + static_cast<std::ptrdiff_t>(i) + 1;
            arguments.positionals.insert(arguments.positionals.end(), rest, words.end());
            break;
        }
        if (word.size() < 2 || word.front() != '-') {
            arguments.positionals.push_back(word);
            continue;
        }
        arguments.options.push_back(word);
        const bool holdsValue = word.find('=') != std::string::npos;
        if (!holdsValue && takesValue(app, word) && i + 1 < words.size())
            arguments.options.push_back(words[++i]);
    }
    arguments.beforeDashes = beforeDashes.value_or(arguments.positionals.size());
    return arguments;
}

int printHelp(const std::string& text) {
    Output output;
    output.write(text);
    return output.hasFailed() ? networkSaidNo : done;
}

std::optional<int> parseOptions(CLI::App& app, std::vector<std::string> options) {
    for (CLI::Option* option : app.get_options()) {
        if (option->get_items_expected_max() == 0)
            option->disable_flag_override(); // --once=3
    }
    app.formatter(std::make_shared<HelpFormatter>());
    app.footer("Exit codes: 0 done, 1 the network said no, 2 usage, 3 no reply in time,\n"
               "4 the peer broke the protocol, 130 interrupted.");
    try {
        std::ranges::reverse(options); // as CLI11 takes a vector
        app.parse(std::move(options));
        return std::nullopt;
    } catch (const CLI::CallForHelp&) {
        return printHelp(app.help());
    } catch (const CLI::ParseError& problem) {
        std::string what = problem.what();
        if (const auto end = what.find('\n'); end != std::string::npos)
            what.resize(end);
        while (what.ends_with('.'))
            what.pop_back();
        printUsageError(app.get_name(), what);
        return usage;
    }
}

CLI::Option* addSwitch(CLI::App& app, const std::string& name, bool& value,
                       const std::string& description) {
    return app
        .add_option_function<std::string>(
            name, [&value](const std::string& word) { value = word == "on"; }, description)
        ->check(CLI::IsMember({"on", "off"}))
        ->type_name("on|off");
}

CLI::Option* addCount(CLI::App& app, const std::string& name, std::uint64_t least,
                      std::function<void(std::uint64_t)> set, const std::string& description) {
    return app
        .add_option_function<std::string>(
            name,
            [name, least, set = std::move(set)](const std::string& word) {
                std::uint64_t value = 0;
                if (!readWhole(word, value) || value < least)
                    throw CLI::ValidationError(
                        fmt::format("{}: '{}' is not a whole number from {}", name, word, least));
                set(value);
            },
            description)
        ->type_name("N");
}

CLI::Option* addTime(CLI::App& app, const std::string& name, const std::string& unit, double least,
                     std::function<void(double)> set, const std::string& description) {
    return app
        .add_option_function<std::string>(
            name,
            [name, least, set = std::move(set)](const std::string& word) {
                double value = 0;
                if (!readWhole(word, value) || !std::isfinite(value) || value < least)
                    throw CLI::ValidationError(
                        fmt::format("{}: '{}' is not a number from {}", name, word, least));
                set(value);
            },
            description)
        ->type_name(unit);
}

CLI::Option* addBytes(CLI::App& app, const std::string& name,
                      std::function<void(std::uint64_t)> set, const std::string& description) {
    return app
        .add_option_function<std::string>(
            name,
            [name, set = std::move(set)](const std::string& word) {
                const auto bytes = parseBytes(word);
                if (!bytes)
                    throw CLI::ValidationError(
                        fmt::format("{}: '{}' is not a size in bytes", name, word));
                set(*bytes);
            },
            description)
        ->type_name("BYTES");
}

} // namespace sscope::cli
