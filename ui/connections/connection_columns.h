#pragma once

#include <cstdint>

namespace sscope {

/// The columns of our own view of the table, in their order. Those of a tool are core's
/// (table_style.h).
struct ConnectionColumns {
    enum Column {
        ChangeColumn,
        ProcessColumn,
        PidColumn,
        ProtocolColumn,
        StateColumn,
        LocalColumn,
        PairColumn,
        RemoteColumn,
        ReceiveQueueColumn,
        SendQueueColumn,
        AgeColumn,
        UserColumn,
        // Hidden until they are asked for:
        ReceiveRateColumn,
        SendRateColumn,
        RttColumn,
        RetransmitsColumn,
        TimerColumn,
        InodeColumn,
        DescriptorColumn,
        CommandLineColumn,
        NotesColumn,
        ColumnCount
    };
    static constexpr bool isHiddenAtFirst(int column) {
        return column >= ReceiveRateColumn && column <= CommandLineColumn;
    }
};

/// What rows are gathered by.
enum class Grouping : std::uint8_t { None, Process, State, Remote };

} // namespace sscope
