#include "app/cli/arguments.h"

#include <algorithm>
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/error_line.h"
#include "core/base/units.h"

namespace sscope::cli {

namespace {

bool takesValue(const CLI::App& app, const std::string& name) {
    const CLI::Option* option = app.get_option_no_throw(name);
    return option && option->get_items_expected_max() > 0;
}

} // namespace

Arguments separate(const CLI::App& app, const std::vector<std::string>& words) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--") {
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
    return arguments;
}

std::optional<int> parseOptions(CLI::App& app, std::vector<std::string> options) {
    try {
        std::ranges::reverse(options); // as CLI11 takes a vector
        app.parse(std::move(options));
        return std::nullopt;
    } catch (const CLI::CallForHelp&) {
        std::cout << app.help() << std::flush;
        return done;
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
