#include "app/cli/table_options.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "app/cli/arguments.h"
#include "app/cli/error_line.h"

namespace sscope::cli {

namespace {

constexpr const char* kindWords = "tcp, udp, unix, udplite, raw, packet, netlink or all";

bool addKind(TableKinds& kinds, std::string_view word) {
    if (word == "tcp")
        kinds.tcp = true;
    else if (word == "udp")
        kinds.udp = true;
    else if (word == "unix")
        kinds.unixSockets = true;
    else if (word == "udplite")
        kinds.udpLite = true;
    else if (word == "raw")
        kinds.raw = true;
    else if (word == "packet")
        kinds.packet = true;
    else if (word == "netlink")
        kinds.netlink = true;
    else if (word == "all")
        kinds = TableKinds::all();
    else
        return false;
    return true;
}

/// The word at fault otherwise.
tl::expected<TableKinds, std::string> parseKinds(const std::string& text) {
    TableKinds kinds{.tcp = false, .udp = false};
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        if (!addKind(kinds, word))
            return tl::unexpected(word);
        begin = end + 1;
    }
    return kinds;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text.append(text.empty() ? "" : " ").append(word);
    return text;
}

int usageError(const std::string& what) {
    printUsageError("table", what);
    return usage;
}

constexpr const char* help =
    "Prints the sockets of this machine: socketscope table [FILTER...] [options]\n\n"
    "FILTER is terms joined by spaces (and), or, not and parentheses: port: sport: dport: host:\n"
    "src: dst: state: proto: process: pid: user: uid: inode: fd: queue>N rtt>N age>N (also < >= "
    "<=\nand ranges), is:listening is:established is:loopback is:ours is:orphan. A number is a "
    "port or a\npid, a word anything shown, /.../ a regular expression. What a shell would take "
    "for itself\n(> < ( ) and quotes) stands in quotes of its own. Examples:\n"
    "  socketscope table port:80-443 not is:loopback\n"
    "  socketscope table 'process:/^ngi/ (queue>64k or rtt>5ms)'";

} // namespace

DetailsFor TableOptions::details() const {
    const bool areShown = json || (csv && style == TableStyle::Full);
    return areShown || filter.needsDetails() ? DetailsFor::All : DetailsFor::None;
}

std::variant<TableOptions, int> parseTable(const std::vector<std::string>& words) {
    TableOptions options;
    std::string kinds = "tcp,udp";
    std::string style = "full";
    bool noHeader = false;
    CLI::App app(help, "table");
    app.add_option("--kinds", kinds, std::string("joined by commas: ") + kindWords)
        ->capture_default_str();
    app.add_option("--style", style, "columns as in that tool")
        ->check(CLI::IsMember({"full", "netstat", "lsof", "ss"}))
        ->capture_default_str();
    app.add_flag("--json", options.json, "an array of objects; with --watch, changes as lines");
    app.add_flag("--csv", options.csv, "with --watch, changes as lines with a column event");
    addTime(
        app, "--watch", "S", 0.01, [&options](double value) { options.watch = fromSeconds(value); },
        "read again every S seconds");
    app.add_flag("--no-header", noHeader, "rows only");
    addSwitch(app, "--numeric", options.numeric,
              "off looks up the names of hosts and ports (on; never in JSON)");
    const Arguments arguments = separate(app, words);
    if (const auto code = parseOptions(app, arguments.options))
        return *code;
    if (options.json && options.csv)
        return usageError("--json and --csv exclude each other");
    const auto chosen = parseKinds(kinds);
    if (!chosen)
        return usageError("--kinds: '" + chosen.error() + "' is none of " + kindWords);
    options.kinds = *chosen;
    options.style = *tableStyleFrom(style);
    options.header = !noHeader;
    auto filter = SocketFilter::parse(joined(arguments.positionals));
    if (!filter)
        return usageError("filter, " + filter.error().text());
    options.filter = std::move(*filter);
    return options;
}

} // namespace sscope::cli
