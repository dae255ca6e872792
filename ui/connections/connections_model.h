#pragma once

#include <array>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include <QAbstractTableModel>
#include <QTimer>

#include "core/diagnostics/filter_completion.h"
#include "core/diagnostics/socket_filter.h"
#include "core/engine/table_reader.h"
#include "core/trace/trace_event.h"
#include "ui/connections/connection_columns.h"
#include "ui/connections/connection_order.h"
#include "ui/connections/table_lines.h"

namespace sscope {

/// What a row of ours, or one that talks to us, belongs to.
struct RowLink {
    enum class Kind { None, Server, Tab, ClientOfServer };
    Kind kind = Kind::None;
    QString text;
    int serverKey = 0;
    ConnectionId connection{};
};

/// Which rows are shown.
struct ConnectionFilter {
    SocketFilter text{};
    bool oursOnly = false;
    bool listeningOnly = false;
    bool hideLoopback = false;
    std::uint32_t states = 0; // a bit for each; none for all
};

constexpr std::size_t socketStates = static_cast<std::size_t>(SocketState::Unconnected) + 1;
using StateCounts = std::array<int, socketStates>;

/// All sockets of the machine, filtered, sorted and grouped, in our own columns or a tool's.
/// Follows the table by insertions, removals and moves. What takes long, a large update or a
/// filter over many rows, is done in slices of some milliseconds, and the rest in later turns of
/// the event loop; updates that come meanwhile wait. On the GUI thread.
class ConnectionsModel : public QAbstractTableModel, public ConnectionColumns {
    Q_OBJECT

public:
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
    /// Something of an update or of a filter is still to be done.
    [[nodiscard]] bool isBusy() const;
    /// Another tool's columns; the rows come back as under a new filter.
    void setStyle(TableStyle style);
    [[nodiscard]] TableStyle style() const { return m_style; }
    /// These kinds are asked for from now on: their sockets are not new when they come.
    void expectOlder(TableKinds kinds) { m_olderKinds = kinds; }
    void setGrouping(Grouping grouping);
    [[nodiscard]] Grouping grouping() const { return m_groups.grouping(); }
    /// Names instead of numbers, where it is not null; to be called again when more are known.
    void setNames(const Names* names);
    /// The processes that are ours beside this one.
    void setOwnProcesses(std::function<bool(int pid)> isOwn) { m_isOwnProcess = std::move(isOwn); }
    [[nodiscard]] bool isOurs(const SocketRow& row) const;
    /// As it is, or was: one in TIME_WAIT has no owner any more.
    [[nodiscard]] bool isOurs(const ConnectionEntry& entry) const {
        return entry.wasOurs || isOurs(entry.row);
    }
    /// Tells what belongs to us; asked for rows as they are shown.
    void setLinkSource(std::function<RowLink(const SocketRow&)> source);

    /// The socket of a row that is no heading.
    [[nodiscard]] const ConnectionEntry& at(int row) const { return *entryAt(row); }
    /// Null for a heading.
    [[nodiscard]] const ConnectionEntry* entryAt(int row) const {
        return m_lines[static_cast<std::size_t>(row)].entry;
    }
    /// The group of a heading; null for a socket.
    [[nodiscard]] const ConnectionGroup* headingAt(int row) const {
        return m_lines[static_cast<std::size_t>(row)].group;
    }
    void setCollapsed(int heading, bool isCollapsed);
    void setAllCollapsed(bool isCollapsed);
    /// The heading of the row's group, or -1.
    [[nodiscard]] int headingOf(int row) const;

    [[nodiscard]] RowLink linkOf(int row) const;
    /// The other end of a connection within this machine; -1 where there is none, or not shown.
    [[nodiscard]] int peerRow(int row) const;
    [[nodiscard]] bool hasPeer(int row) const;
    /// Null where there is none.
    [[nodiscard]] const ConnectionEntry* peerOf(const ConnectionEntry& entry) const;
    [[nodiscard]] const ConnectionEntry* find(quint64 cookie) const;
    [[nodiscard]] int rowOfCookie(quint64 cookie) const;
    /// The same, and its group is opened where it was folded.
    int reveal(quint64 cookie);
    /// The socket of this kind that holds a local port; 0 where none does.
    [[nodiscard]] quint64 holderOf(SocketProtocol protocol, std::uint16_t port) const;
    /// The row of a local end such as 127.0.0.1:80 that listens, or -1.
    [[nodiscard]] int rowOfListener(std::uint16_t port) const;
    /// The kernel's state of a TCP connection with these ends (printed endpoints); nothing where it
    /// is not in the table.
    [[nodiscard]] std::optional<SocketState> stateOf(const QString& local,
                                                     const QString& remote) const;
    /// The socket that listens at a printed endpoint; null where none is in the table.
    [[nodiscard]] const SocketRow* listenerAt(const QString& endpoint) const;
    /// The socket that listens where a connection has its local end; null where none does.
    [[nodiscard]] const SocketRow* listenerOf(const SocketRow& row) const;
    /// Both without what is gone; of passing ones it counts also what is folded away.
    [[nodiscard]] std::size_t total() const;
    [[nodiscard]] std::size_t passing() const;
    /// Of what passes all of the filter but its states, without what is gone.
    [[nodiscard]] const StateCounts& stateCounts() const { return m_counts; }
    /// The row as a line of text, for copying and searching.
    [[nodiscard]] QString lineText(int row) const;
    [[nodiscard]] QStringList cells(int row) const;
    /// Copies of what passes the filter, in its order, and of all.
    [[nodiscard]] std::vector<SocketRow> shownRows() const;
    [[nodiscard]] std::vector<SocketRow> allRows() const;
    /// What is there to complete a filter with.
    [[nodiscard]] FilterVocabulary vocabulary() const;

Q_SIGNALS:
    /// Rows are about to come, go or move; and they have.
    void aboutToArrange();
    void arranged();
    /// Nothing is left to do until the next update.
    void settled();

private:
    static constexpr TableKinds noKinds{.tcp = false, .udp = false};
    /// What remains of an update.
    struct Rest {
        TimePoint time;
        std::size_t changed = 0; // so many are done
        std::size_t added = 0;
        TableChange change;
    };

    // connections_model_filling.cpp
    void begin(const TableUpdate& update);
    void clearMarks();
    void markGone(const std::vector<SocketRow>& rows, TimePoint now);
    void takeDetails(const std::vector<SocketRow>& rows, TimePoint now);
    bool takeSlice(const TableChange& change, Rest& rest);
    void finishUpdate();
    void takeChanged(ConnectionEntry& entry, const SocketRow& row, TimePoint now);
    bool takeAgain(ConnectionEntry& known, const SocketRow& row, TimePoint now);
    void showIfPassing(ConnectionEntry& entry);
    void takeNew(const SocketRow& row, TimePoint now);
    void noteRates(ConnectionEntry& entry, TimePoint now);
    void work();
    bool filterSlice();
    void finishFilter();
    [[nodiscard]] bool passesText(const ConnectionEntry& entry) const;
    [[nodiscard]] bool passesStates(const ConnectionEntry& entry) const;
    void count(const ConnectionEntry& entry, int difference);

    // connections_model_lines.cpp
    void publish();
    void arrange();
    [[nodiscard]] std::vector<TableLine> wantedLines();
    [[nodiscard]] std::uint32_t linesOf(const ConnectionEntry& entry) const;
    [[nodiscard]] bool stays(const TableLine& line) const;
    void removeLines();
    void insertLines(const std::vector<TableLine>& wanted, LineOrder& order);
    void rearrange(const LineOrder& order);
    void announce(const std::vector<ConnectionEntry*>& entries);

    [[nodiscard]] QVariant headingData(const ConnectionGroup& group, int column, int role) const;
    [[nodiscard]] QString cellText(int row, int column) const;
    [[nodiscard]] QVariant cellTip(int row, int column) const;

    ConnectionEntries m_entries;
    ConnectionGroups m_groups;
    ConnectionOrder m_order{m_entries};
    std::vector<ConnectionEntry*> m_ordered; // what passes, in its order
    std::vector<TableLine> m_lines;          // what is shown of it
    std::vector<ConnectionEntry*> m_marked;  // new, changed or gone since the last update
    std::vector<ConnectionEntry*> m_touched; // to be painted anew
    std::vector<ConnectionEntry*> m_fresh;   // pass the filter and are to be shown
    std::vector<ConnectionEntry*> m_leaving; // are removed when nothing shows them
    std::uint32_t m_arrangement = 0;
    StateCounts m_counts{};
    ConnectionFilter m_filter;
    std::optional<std::size_t> m_filteredTo; // how far a new filter has come
    std::optional<Rest> m_rest;
    std::deque<TableUpdate> m_waiting;
    QTimer m_workTimer;
    TimePoint m_now{}; // of the last update
    TableStyle m_style = TableStyle::Full;
    const Names* m_names = nullptr;
    std::function<RowLink(const SocketRow&)> m_linkSource;
    std::function<bool(int pid)> m_isOwnProcess;
    TableKinds m_olderKinds = noKinds;
    bool m_sawOlder = false;
    bool m_isFirst = true;
};

} // namespace sscope
