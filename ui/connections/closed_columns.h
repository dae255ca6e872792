#pragma once

namespace sscope {

/// The columns of the closed sockets, in their order.
struct ClosedColumns {
    enum Column {
        TimeColumn,
        ProcessColumn,
        PidColumn,
        ProtocolColumn,
        StateColumn,
        LocalColumn,
        RemoteColumn,
        LivedColumn,
        ReceivedColumn,
        SentColumn,
        RttColumn,
        RetransmitsColumn,
        ColumnCount
    };
};

} // namespace sscope
