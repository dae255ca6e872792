#include "app/cli/table_command.h"

#include <thread>
#include <variant>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/arguments.h"
#include "app/cli/error_line.h"
#include "app/cli/json_line.h"
#include "app/cli/output.h"
#include "app/cli/process_setup.h"
#include "core/diagnostics/socket_filter.h"
#include "core/diagnostics/socket_table.h"
#include "core/diagnostics/table_printer.h"

namespace sscope::cli {

namespace {

using nlohmann::ordered_json;

struct TableOptions {
    TableKinds kinds;
    TableStyle style = TableStyle::Full;
    SocketFilter filter;
    bool json = false;
    bool header = true;
    std::optional<Duration> watch;
};

std::optional<TableKinds> parseKinds(const std::string& text) {
    TableKinds kinds{.tcp = false, .udp = false};
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string kind = text.substr(begin, end - begin);
        if (kind == "tcp")
            kinds.tcp = true;
        else if (kind == "udp")
            kinds.udp = true;
        else if (kind == "unix")
            kinds.unixSockets = true;
        else
            return std::nullopt;
        begin = end + 1;
    }
    return kinds;
}

std::variant<TableOptions, int> parseTable(const std::vector<std::string>& words) {
    TableOptions options;
    std::string kinds = "tcp,udp";
    std::string style = "full";
    std::optional<double> watch;
    bool noHeader = false;
    CLI::App app("Prints the sockets of this machine: socketscope table [FILTER...] [options]",
                 "table");
    app.add_option("--kinds", kinds, "tcp, udp and unix, joined by commas")->capture_default_str();
    app.add_option("--style", style, "full or netstat")
        ->check(CLI::IsMember({"full", "netstat"}))
        ->capture_default_str();
    app.add_flag("--json", options.json, "an array of objects; with --watch, changes as lines");
    addTime(
        app, "--watch", "S", 0.01, [&watch](double value) { watch = value; },
        "read again every S seconds");
    app.add_flag("--no-header", noHeader, "rows only");
    const Arguments arguments = separate(app, words);
    if (const auto code = parseOptions(app, arguments.options))
        return *code;
    const auto chosen = parseKinds(kinds);
    if (!chosen) {
        printUsageError("table", "--kinds: '" + kinds + "' is not a list of tcp, udp and unix");
        return usage;
    }
    options.kinds = *chosen;
    options.style = *tableStyleFrom(style);
    options.header = !noHeader;
    if (watch)
        options.watch = fromSeconds(*watch);
    std::string filter;
    for (const std::string& word : arguments.positionals)
        filter += word + ' ';
    options.filter = SocketFilter(filter);
    return options;
}

class TableRun {
public:
    explicit TableRun(const TableOptions& options) : m_options(options), m_table(options.kinds) {}

    int run() {
        auto change = m_table.refresh(SteadyClock::now());
        if (!change)
            return fail(change.error());
        printAll();
        while (m_options.watch && !m_output.isClosed()) {
            std::this_thread::sleep_for(*m_options.watch);
            change = m_table.refresh(SteadyClock::now());
            if (!change)
                return fail(change.error());
            if (m_options.json)
                printChange(*change);
            else
                printAll();
        }
        return m_output.hasFailed() ? networkSaidNo : done;
    }

private:
    static int fail(const Error& error) {
        printError(error);
        return networkSaidNo;
    }

    std::vector<SocketRow> shownRows() {
        std::vector<SocketRow> rows = m_table.rows();
        std::erase_if(rows, [&](const SocketRow& row) { return !m_options.filter.matches(row); });
        sortForReading(rows);
        return rows;
    }

    void printAll() {
        const std::vector<SocketRow> rows = shownRows();
        if (!m_options.json) {
            const bool repaints = m_options.watch && ::isatty(STDOUT_FILENO) != 0;
            m_output.write((repaints ? "\x1b[H\x1b[2J" : "") +
                           printTable(rows, m_options.style, m_options.header));
            return;
        }
        if (m_options.watch) {
            ordered_json snapshot{{"event", "snapshot"}, {"rows", ordered_json::array()}};
            for (const SocketRow& row : rows)
                snapshot["rows"].push_back(toJson(row));
            m_output.write(jsonLine(snapshot));
            return;
        }
        std::string text = "[";
        for (const SocketRow& row : rows)
            text += (text.size() > 1 ? ",\n" : "\n") + toJson(row).dump();
        m_output.write(text + "\n]\n");
    }

    void printChange(const TableChange& change) {
        printEvents("new", change.added);
        printEvents("changed", change.changed);
        printEvents("gone", change.gone);
    }

    void printEvents(const char* event, const std::vector<SocketRow>& rows) {
        for (const SocketRow& row : rows) {
            if (m_options.filter.matches(row))
                m_output.write(jsonLine({{"event", event}, {"row", toJson(row)}}));
        }
    }

    const TableOptions& m_options;
    SocketTable m_table;
    Output m_output;
};

} // namespace

int tableCommand(const std::vector<std::string>& words) {
    exitWhenInterrupted();
    const auto parsed = parseTable(words);
    if (const int* code = std::get_if<int>(&parsed))
        return *code;
    return TableRun(std::get<TableOptions>(parsed)).run();
}

} // namespace sscope::cli
