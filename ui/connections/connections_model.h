#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include <QAbstractTableModel>

#include "core/diagnostics/socket_filter.h"
#include "core/engine/table_reader.h"
#include "core/trace/trace_event.h"

namespace sscope {

enum class RowChange : std::uint8_t { None, New, Changed, Gone };

/// What a row of ours, or one that talks to us, belongs to.
struct RowLink {
    enum class Kind { None, Server, Tab, ClientOfServer };
    Kind kind = Kind::None;
    QString text;
    int serverKey = 0;
    ConnectionId connection{};
};

/// One socket as the window shows it.
struct ConnectionEntry {
    SocketRow row;
    RowChange change = RowChange::None;
    TimePoint changedAt;
    TimePoint firstSeen;
    TimePoint stateSince; // in its state, as far as it was seen
    bool isOlder = false; // was there before the first refresh
    bool wasOurs = false; // when it was last read
    bool isShown = false;
    QString was; // the state before, where it has changed
    bool stateChanged = false;
    bool queuesChanged = false;
};

/// Which rows are shown.
struct ConnectionFilter {
    SocketFilter text{};
    bool oursOnly = false;
    bool listeningOnly = false;
    bool hideLoopback = false;
};

/// All sockets of the machine, filtered and sorted. Follows the table by insertions, removals and
/// moves; reset only where a person changes the filter. On the GUI thread.
class ConnectionsModel : public QAbstractTableModel {
    Q_OBJECT

public:
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
        NotesColumn,
        ColumnCount
    };
    /// The number that identifies a row whatever its place: the socket's cookie.
    enum Role { CookieRole = Qt::UserRole };

    explicit ConnectionsModel(QObject* parent = nullptr);
    ~ConnectionsModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    void sort(int column, Qt::SortOrder order) override;

    void apply(const TableUpdate& update);
    void setFilter(const ConnectionFilter& filter);
    /// The processes that are ours beside this one.
    void setOwnProcesses(std::function<bool(int pid)> isOwn) { m_isOwnProcess = std::move(isOwn); }
    [[nodiscard]] bool isOurs(const SocketRow& row) const;
    /// As it is, or was: one in TIME_WAIT has no owner any more.
    [[nodiscard]] bool isOurs(const ConnectionEntry& entry) const {
        return entry.wasOurs || isOurs(entry.row);
    }
    /// Tells what belongs to us; asked for rows as they are shown.
    void setLinkSource(std::function<RowLink(const SocketRow&)> source);

    [[nodiscard]] const ConnectionEntry& at(int row) const {
        return *m_shown[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] RowLink linkOf(int row) const;
    /// The other end of a connection within this machine; -1 where there is none, or not shown.
    [[nodiscard]] int peerRow(int row) const;
    [[nodiscard]] bool hasPeer(int row) const;
    [[nodiscard]] int rowOfCookie(quint64 cookie) const;
    /// The row of a local end such as 127.0.0.1:80 that listens, or -1.
    [[nodiscard]] int rowOfListener(std::uint16_t port) const;
    /// The kernel's state of a TCP connection with these ends (printed endpoints); nothing where it
    /// is not in the table.
    [[nodiscard]] std::optional<SocketState> stateOf(const QString& local,
                                                     const QString& remote) const;
    /// The socket that listens at a printed endpoint; null where none is in the table.
    [[nodiscard]] const SocketRow* listenerAt(const QString& endpoint) const;
    /// Whether it is shown or not; null where it is not in the table.
    [[nodiscard]] const ConnectionEntry* entryOf(quint64 cookie) const;
    /// The other end of a connection within this machine, shown or not; null where there is none.
    [[nodiscard]] const ConnectionEntry* otherEndOf(quint64 cookie) const;
    /// The socket that listens where a connection has its local end; null where none does.
    [[nodiscard]] const SocketRow* listenerOf(const SocketRow& row) const;
    [[nodiscard]] std::size_t total() const { return m_entries.size(); }
    /// The row as a line of text, for copying and searching.
    [[nodiscard]] QString lineText(int row) const;

private:
    /// Both ends of a connection, for finding the other one.
    struct Ends {
        SocketProtocol protocol;
        IpAddress local;
        IpAddress remote;
        std::uint16_t localPort;
        std::uint16_t remotePort;
        bool operator==(const Ends&) const = default;
    };
    struct EndsHash {
        std::size_t operator()(const Ends& ends) const;
    };
    static Ends endsOf(const SocketRow& row);
    static Ends swapped(const Ends& ends);

    [[nodiscard]] bool passes(const ConnectionEntry& entry) const;
    [[nodiscard]] bool isBefore(const ConnectionEntry* a, const ConnectionEntry* b) const;
    void removeGone();
    void forgetEnds(const SocketRow& row);
    void markGone(const std::vector<SocketRow>& rows, TimePoint now);
    void takeChanged(const std::vector<SocketRow>& rows, TimePoint now);
    void insertNew(const std::vector<SocketRow>& rows, TimePoint now);
    void restoreOrder();
    /// Brings the rows into the given order without changing their number.
    void rearrange(const std::function<void(std::vector<ConnectionEntry*>&)>& order);
    void announceShown();
    [[nodiscard]] const ConnectionEntry* peerOf(const ConnectionEntry& entry) const;

    std::unordered_map<quint64, std::unique_ptr<ConnectionEntry>> m_entries; // by cookie
    std::unordered_map<Ends, quint64, EndsHash> m_byEnds;
    std::vector<ConnectionEntry*> m_shown;
    std::vector<ConnectionEntry*> m_fresh; // pass the filter and are to be shown
    ConnectionFilter m_filter;
    std::function<RowLink(const SocketRow&)> m_linkSource;
    std::function<bool(int pid)> m_isOwnProcess;
    int m_sortColumn = ProcessColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_isFirst = true;
};

} // namespace sscope
