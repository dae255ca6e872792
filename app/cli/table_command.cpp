#include "app/cli/table_command.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include <poll.h>
#include <unistd.h>

#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/output.h"
#include "app/cli/process_setup.h"
#include "app/cli/table_options.h"
#include "app/cli/table_screen.h"
#include "core/diagnostics/filter_watch.h"
#include "core/diagnostics/name_lookup.h"
#include "core/diagnostics/table_csv.h"
#include "core/diagnostics/table_printer.h"

namespace sscope::cli {

namespace {

/// A command line has no servers of its own: ours are those of every socketscope.
bool isOurs(const SocketRow& row) {
    return std::ranges::any_of(row.owners, [](const SocketOwner& owner) {
        const std::string& path = owner.process->executable;
        const std::string_view file = std::string_view(path).substr(path.rfind('/') + 1);
        return file == "socketscope" || file == "socketscope-qt" ||
               owner.process->command == "socketscope";
    });
}

/// Waits so long; true at once where nobody reads standard output any more, which a command that
/// has nothing to write would never notice.
bool isReaderGone(Duration time) {
    pollfd output{STDOUT_FILENO, 0, 0}; // POLLERR need not be asked for
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    const timespec most{seconds.count(), (time - seconds).count()};
    return ::ppoll(&output, 1, &most, nullptr) > 0;
}

/// Each row with what became of it.
template <typename Print>
void forEachChange(const FilterWatch::Shown& shown, Print print) {
    for (const SocketRow& row : shown.fresh)
        print("new", row);
    for (const SocketRow& row : shown.changed)
        print("changed", row);
    for (const SocketRow& row : shown.gone)
        print("gone", row);
}

std::string jsonEvent(std::string_view event, const SocketRow& row) {
    std::string line = R"({"event":")";
    line.append(event).append(R"(","row":)");
    appendJson(line, row);
    return line.append("}\n");
}

class TableRun {
public:
    explicit TableRun(const TableOptions& options)
        : m_options(options),
          m_table(options.kinds, options.details()),
          m_watch(options.filter, isOurs),
          m_names(options.numeric ? nullptr : std::make_unique<NameLookup>()) {}

    int run() {
        for (bool isFirst = true;; isFirst = false) {
            const TimePoint begin = SteadyClock::now();
            if (const auto error = readAndPrint(begin, isFirst)) {
                printError(*error);
                return networkSaidNo;
            }
            if (!m_options.watch || m_output.isClosed())
                return m_output.hasFailed() ? networkSaidNo : done;
            const Duration left = begin + *m_options.watch - SteadyClock::now();
            if (isReaderGone(std::max(left, Duration::zero())))
                return done;
        }
    }

private:
    std::optional<Error> readAndPrint(TimePoint now, bool isFirst) {
        const auto change = m_table.refresh(now);
        if (!change)
            return change.error();
        sayWhatIsNotOffered();
        const bool tellsChanges = m_options.json || m_options.csv;
        if (!tellsChanges || isFirst || m_watch.needsAll())
            m_rows = m_table.rows();
        FilterWatch::Shown shown = m_watch.apply(*change, m_rows, now);
        if (isFirst || !tellsChanges)
            printAll(now, isFirst);
        else
            printChanges(shown);
        return std::nullopt;
    }

    /// Once for each kind: it is no table with zero sockets.
    void sayWhatIsNotOffered() {
        for (const SocketProtocol protocol : m_table.stats().notOffered) {
            if (m_notOffered.insert(protocol).second)
                printToStandardError(std::string("socketscope: table: ") + protocolText(protocol) +
                                     " sockets are not offered by this kernel");
        }
    }

    void printAll(TimePoint now, bool isFirst) {
        std::vector<SocketRow> rows = m_rows;
        std::erase_if(rows, [&](const SocketRow& row) { return !m_watch.matches(row, now); });
        sortForReading(rows);
        if (m_options.json)
            printJson(rows);
        else if (m_options.csv)
            printCsvRows(rows);
        else
            printText(rows, isFirst);
    }

    void printText(const std::vector<SocketRow>& rows, bool isFirst) {
        const auto text = [&] {
            return printTable(rows, m_options.style, m_options.header, m_names.get());
        };
        learnNames(text);
        if (m_options.watch && paintsScreen())
            m_output.write(screenPicture(text()));
        else
            m_output.write(isFirst ? text() : '\n' + text());
    }

    /// Asks for all names that will be shown, and waits a moment for the answers.
    template <typename Show>
    void learnNames(Show show) {
        constexpr std::chrono::seconds patience(2);
        if (!m_names)
            return;
        (void)show();
        (void)m_names->waitUntilKnown(
            m_options.watch ? std::min<Duration>(patience, *m_options.watch) : Duration(patience));
    }

    void printJson(const std::vector<SocketRow>& rows) {
        std::string text = isWatching() ? R"({"event":"snapshot","rows":[)" : "[";
        const std::string_view between = isWatching() ? "," : ",\n";
        for (std::size_t i = 0; i < rows.size(); ++i) {
            text += i > 0 ? between : isWatching() ? "" : "\n";
            appendJson(text, rows[i]);
        }
        m_output.write(text + (isWatching() ? "]}\n" : "\n]\n"));
    }

    void printCsvRows(const std::vector<SocketRow>& rows) {
        const auto text = [&] {
            std::string lines = m_options.header ? csvHeader(m_options.style, isWatching()) : "";
            for (const SocketRow& row : rows)
                lines += csvRow(row, "snapshot");
            return lines;
        };
        learnNames(text);
        m_output.write(text());
    }

    void printChanges(const FilterWatch::Shown& shown) {
        forEachChange(shown, [this](const char* event, const SocketRow& row) {
            m_output.write(m_options.json ? jsonEvent(event, row) : csvRow(row, event));
        });
    }

    [[nodiscard]] bool isWatching() const { return m_options.watch.has_value(); }

    [[nodiscard]] std::string csvRow(const SocketRow& row, const char* event) const {
        return csvLines(row, m_options.style, isWatching() ? event : nullptr, m_names.get());
    }

    const TableOptions& m_options;
    SocketTable m_table;
    FilterWatch m_watch;
    std::unique_ptr<NameLookup> m_names;
    std::vector<SocketRow> m_rows;
    std::set<SocketProtocol> m_notOffered; // that has been said
    Output m_output;
};

void sayWhatIsNotKnown(const TableOptions& options) {
    if (options.filter.needsAge() && !options.watch)
        printToStandardError("socketscope: table: ages are not known without --watch S: they count "
                             "from when a socket is first seen");
}

} // namespace

int tableCommand(const std::vector<std::string>& words) {
    exitWhenInterrupted();
    const auto parsed = parseTable(words);
    if (const int* code = std::get_if<int>(&parsed))
        return *code;
    sayWhatIsNotKnown(std::get<TableOptions>(parsed));
    return TableRun(std::get<TableOptions>(parsed)).run();
}

} // namespace sscope::cli
