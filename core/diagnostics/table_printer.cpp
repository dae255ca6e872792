#include "core/diagnostics/table_printer.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "core/diagnostics/table_layout.h"
#include "core/diagnostics/table_style_cells.h"

namespace sscope {

namespace {

using Line = std::vector<std::string>;

std::vector<Line> linesOf(std::span<const SocketRow> rows, TableStyle style, bool withHeader,
                          const Names* names) {
    std::vector<Line> lines;
    if (withHeader) {
        Line& titles = lines.emplace_back();
        for (const StyleColumn& column : styleColumns(style))
            titles.emplace_back(column.title);
    }
    for (const SocketRow& row : rows) {
        for (std::size_t i = 0; i < styleLines(style, row); ++i)
            lines.push_back(styleCells(style, row, i, names));
    }
    return lines;
}

std::vector<std::size_t> widthsOf(const std::vector<Line>& lines) {
    std::vector<std::size_t> widths;
    for (const Line& line : lines) {
        widths.resize(line.size());
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], columnsOf(line[i]));
    }
    return widths;
}

std::string printFull(std::span<const SocketRow> rows, bool withHeader, const Names* names) {
    const auto columns = styleColumns(TableStyle::Full);
    const std::vector<Line> lines = linesOf(rows, TableStyle::Full, withHeader, names);
    const std::vector<std::size_t> widths = widthsOf(lines);
    std::string text;
    for (const Line& line : lines) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            text += columns[i].isRight ? padLeft(line[i], widths[i]) : padRight(line[i], widths[i]);
            text += "  ";
        }
        text += line.back() + '\n';
    }
    return text;
}

std::string netstatLine(const Line& cells) {
    return fmt::format("{} {:>6} {:>6} {} {} {} {} \n", padRight(cells[0], 5), cells[1], cells[2],
                       padRight(cells[3], 23), padRight(cells[4], 23), padRight(cells[5], 11),
                       padRight(cells[6], 19));
}

std::string netstatUnixLine(const Line& cells) {
    return fmt::format("{:<5} {:<6} {:<11} {:<10} {:<13} {:<8} {} {}\n", cells[0], cells[1],
                       cells[2], cells[3], cells[4], cells[5], padRight(cells[6], 20), cells[7]);
}

/// It has a list for sockets with addresses and one for those with paths.
std::string printNetstat(std::span<const SocketRow> rows, bool withHeader, const Names* names) {
    std::string inet;
    std::string local;
    for (const SocketRow& row : rows) {
        if (!styleShows(TableStyle::Netstat, row))
            continue;
        if (row.protocol == SocketProtocol::Unix)
            local += netstatUnixLine(netstatUnixCells(row));
        else
            inet += netstatLine(styleCells(TableStyle::Netstat, row, 0, names));
    }
    if (!withHeader)
        return inet + local;
    if (!inet.empty() || local.empty())
        inet = "Active Internet connections (servers and established)\n"
               "Proto Recv-Q Send-Q Local Address           Foreign Address         State       "
               "PID/Program name    \n" +
               inet;
    if (!local.empty())
        local = "Active UNIX domain sockets (servers and established)\n"
                "Proto RefCnt Flags       Type       State         I-Node   PID/Program name     "
                "Path\n" +
                local;
    return inet + local;
}

/// Its FD column ends with two marks: the mode, and a lock that a socket never has.
std::string printLsof(std::span<const SocketRow> rows, bool withHeader, const Names* names) {
    constexpr std::size_t command = 0, fd = 3;
    std::vector<Line> lines = linesOf(rows, TableStyle::Lsof, withHeader, names);
    if (withHeader)
        lines.front()[fd] += ' ';
    std::vector<std::size_t> widths = widthsOf(lines);
    if (!widths.empty())
        widths[fd] = std::max<std::size_t>(widths[fd], 5); // "   3u"
    std::string text;
    for (const Line& line : lines) {
        text += padRight(line[command], std::max<std::size_t>(widths[command], 9));
        for (std::size_t i = 1; i + 1 < line.size(); ++i)
            text += ' ' + padLeft(line[i], widths[i]) + (i == fd ? " " : "");
        text += ' ' + line.back() + '\n';
    }
    return text;
}

/// The colon of an end, or the space before a Unix socket's inode.
std::size_t delimiterOf(std::string_view end) {
    return std::min(end.find_last_of(": "), end.size());
}

/// Addresses and ports are columns of their own that meet at the colon.
std::string printSs(std::span<const SocketRow> rows, bool withHeader, const Names* names) {
    constexpr std::size_t local = 4, peer = 5;
    const std::vector<Line> lines = linesOf(rows, TableStyle::Ss, withHeader, names);
    std::vector<std::size_t> widths = widthsOf(lines);
    std::array<std::size_t, 2> hosts{}, ports{};
    for (const Line& line : lines) {
        for (std::size_t i = 0; i < 2; ++i) {
            const std::string_view end = line[local + i];
            const std::size_t delimiter = delimiterOf(end);
            hosts[i] = std::max(hosts[i], columnsOf(end.substr(0, delimiter)));
            ports[i] = std::max(ports[i], columnsOf(end.substr(delimiter)));
        }
    }
    std::string text;
    for (const Line& line : lines) {
        for (std::size_t i = 0; i < local; ++i)
            text += padRight(line[i], widths[i]) + ' ';
        for (std::size_t i = 0; i < 2; ++i) {
            const std::string_view end = line[local + i];
            const std::size_t delimiter = delimiterOf(end);
            text += padLeft(end.substr(0, delimiter), hosts[i]);
            text += padRight(end.substr(delimiter), ports[i]) + ' ';
        }
        text += line[peer + 1] + '\n';
    }
    return text;
}

} // namespace

std::string printTable(std::span<const SocketRow> rows, TableStyle style, bool withHeader,
                       const Names* names) {
    switch (style) {
    case TableStyle::Full:
        return printFull(rows, withHeader, names);
    case TableStyle::Netstat:
        return printNetstat(rows, withHeader, names);
    case TableStyle::Lsof:
        return printLsof(rows, withHeader, names);
    case TableStyle::Ss:
        return printSs(rows, withHeader, names);
    }
    return {};
}

void sortForReading(std::vector<SocketRow>& rows) {
    const auto before = [](const SocketRow& a, const SocketRow& b) {
        const auto key = [](const SocketRow& row) {
            return std::tie(row.protocol, row.localPort, row.localAddress.isIpv6,
                            row.localAddress.bytes, row.remotePort, row.remoteAddress.bytes,
                            row.path, row.cookie);
        };
        return key(a) < key(b);
    };
    std::ranges::sort(rows, before);
}

} // namespace sscope
