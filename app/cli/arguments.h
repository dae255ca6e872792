#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "app/cli/exit_code.h"

namespace sscope::cli {

/// Words on a command line, told apart before CLI11 sees them: it would split a positional "[1,2]"
/// in two and swallow "[]" and "++".
struct Arguments {
    std::vector<std::string> options;     // with their values
    std::vector<std::string> positionals; // and all that stands after "--"
    std::size_t beforeDashes = 0;         // so many of these stand before it
};

Arguments separate(const CLI::App& app, const std::vector<std::string>& words);

/// Prints to standard output; the exit code.
int printHelp(const std::string& text);

/// Parses the options into the variables that app was set up with. An exit code where the command
/// is over: 0 after --help, 2 after a usage error, which has been printed.
std::optional<int> parseOptions(CLI::App& app, std::vector<std::string> options);

/// For options whose values are "on" or "off".
CLI::Option* addSwitch(CLI::App& app, const std::string& name, bool& value,
                       const std::string& description);
/// For whole numbers of at least least.
CLI::Option* addCount(CLI::App& app, const std::string& name, std::uint64_t least,
                      std::function<void(std::uint64_t)> set, const std::string& description);
/// For seconds or milliseconds (unit) of at least least; fractions are understood.
CLI::Option* addTime(CLI::App& app, const std::string& name, const std::string& unit, double least,
                     std::function<void(double)> set, const std::string& description);
/// For sizes in bytes; "64K" and "1 MiB" are understood.
CLI::Option* addBytes(CLI::App& app, const std::string& name,
                      std::function<void(std::uint64_t)> set, const std::string& description);

} // namespace sscope::cli
