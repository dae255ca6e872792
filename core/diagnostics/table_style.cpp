#include "core/diagnostics/table_style.h"

#include "core/diagnostics/table_style_cells.h"

namespace sscope {

namespace {

constexpr std::array fullColumns{
    StyleColumn{"Proto", false}, StyleColumn{"State", false}, StyleColumn{"Recv-Q", true},
    StyleColumn{"Send-Q", true}, StyleColumn{"Local", false}, StyleColumn{"Remote", false},
    StyleColumn{"User", false},  StyleColumn{"Owner", false},
};
constexpr std::array netstatColumns{
    StyleColumn{"Proto", false},
    StyleColumn{"Recv-Q", true},
    StyleColumn{"Send-Q", true},
    StyleColumn{"Local Address", false},
    StyleColumn{"Foreign Address", false},
    StyleColumn{"State", false},
    StyleColumn{"PID/Program name", false},
};
constexpr std::array lsofColumns{
    StyleColumn{"COMMAND", false}, StyleColumn{"PID", true},  StyleColumn{"USER", true},
    StyleColumn{"FD", true},       StyleColumn{"TYPE", true}, StyleColumn{"DEVICE", true},
    StyleColumn{"SIZE/OFF", true}, StyleColumn{"NODE", true}, StyleColumn{"NAME", false},
};
constexpr std::array ssColumns{
    StyleColumn{"Netid", false},
    StyleColumn{"State", false},
    StyleColumn{"Recv-Q", false},
    StyleColumn{"Send-Q", false},
    StyleColumn{"Local Address:Port", true},
    StyleColumn{"Peer Address:Port", true},
    StyleColumn{"Process", false},
};

} // namespace

const char* tableStyleName(TableStyle style) {
    constexpr std::array names{"full", "netstat", "lsof", "ss"};
    return names[static_cast<std::size_t>(style)];
}

std::optional<TableStyle> tableStyleFrom(std::string_view name) {
    for (const TableStyle style : everyTableStyle) {
        if (name == tableStyleName(style))
            return style;
    }
    return std::nullopt;
}

std::span<const StyleColumn> styleColumns(TableStyle style) {
    switch (style) {
    case TableStyle::Full:
        return fullColumns;
    case TableStyle::Netstat:
        return netstatColumns;
    case TableStyle::Lsof:
        return lsofColumns;
    case TableStyle::Ss:
        return ssColumns;
    }
    return {};
}

bool styleShows(TableStyle style, const SocketRow& row) {
    switch (style) {
    case TableStyle::Full:
        return true;
    case TableStyle::Netstat:
        return row.state != SocketState::Bound && row.protocol != SocketProtocol::Packet &&
               row.protocol != SocketProtocol::Netlink;
    case TableStyle::Lsof:
        return !row.owners.empty() && row.state != SocketState::Bound;
    case TableStyle::Ss:
        return row.state != SocketState::Bound;
    }
    return false;
}

std::size_t styleLines(TableStyle style, const SocketRow& row) {
    if (!styleShows(style, row))
        return 0;
    return style == TableStyle::Lsof ? row.owners.size() : 1;
}

const char* upperTypeText(SocketType type) {
    switch (type) {
    case SocketType::Stream:
        return "STREAM";
    case SocketType::Dgram:
        return "DGRAM";
    case SocketType::Seqpacket:
        return "SEQPACKET";
    case SocketType::Raw:
        return "RAW";
    }
    return "";
}

std::vector<std::string> styleCells(TableStyle style, const SocketRow& row, std::size_t owner,
                                    const Names* names) {
    switch (style) {
    case TableStyle::Full:
        return fullCells(row, names);
    case TableStyle::Netstat:
        return netstatCells(row, names);
    case TableStyle::Lsof:
        return lsofCells(row, owner, names);
    case TableStyle::Ss:
        return ssCells(row, names);
    }
    return {};
}

} // namespace sscope
