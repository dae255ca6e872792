#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <QAbstractTableModel>

#include "core/trace/trace_batch.h"

namespace sscope {

/// One row of a conversation: a payload, or something that happened to the connection.
struct ConversationRow {
    enum class Kind { Sent, Received, Good, Bad, Note };

    Kind kind = Kind::Note;
    TimePoint time;
    std::uint64_t bytes = 0;
    std::string head; // up to traceHeadLimit bytes of the payload
    QString text;     // of what is no payload
    std::optional<Duration> latency{};
    std::uint32_t receives = 1; // that this row stands for; more than 1 is a burst
    std::uint32_t sends = 0;    // messages that this row answers, where their number is another
    bool isOpen = false;        // a burst whose receives follow as rows
    bool isPart = false;        // one of those
    std::vector<ConversationRow> parts{}; // of a burst, the first partLimit

    static constexpr std::size_t partLimit = 1000;
    [[nodiscard]] bool isPayload() const { return kind == Kind::Sent || kind == Kind::Received; }
    [[nodiscard]] bool canOpen() const { return !isPart && !parts.empty(); }
    [[nodiscard]] bool isWhole() const { return head.size() == bytes; }
};

/// What passed over one connection, oldest first. A burst of receives is one row that opens.
/// Bounded: the oldest rows make room and are counted. Collects until commit(), which changes the
/// model by one insertion; never reset.
class ConversationModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        ArrowColumn,
        SizeColumn,
        DataColumn,
        MarkColumn,
        LatencyColumn,
        ColumnCount
    };
    /// Which end this is: a client waits for what it receives, a server answers by what it sends.
    enum class Side { Client, Server };

    ConversationModel(Side side, bool isDatagram, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    [[nodiscard]] const ConversationRow& at(int row) const {
        return m_rows[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] QString markText(const ConversationRow& row) const;
    /// The row as a line of text, for copying and searching.
    [[nodiscard]] QString lineText(int row) const;

    void setDatagram(bool isDatagram) { m_isDatagram = isDatagram; }
    void setRowLimit(std::size_t limit) { m_rowLimit = limit; }
    [[nodiscard]] quint64 droppedRows() const { return m_droppedRows; }

    /// Collects a MessageOut or Received event; others are no rows.
    void add(const TraceEvent& event, ByteView head);
    void addNote(TimePoint time, std::uint32_t sequence, ConversationRow::Kind kind, QString text,
                 std::optional<Duration> latency = {});
    void commit();
    void clear();
    /// Opens or closes the burst at row.
    void toggle(int row);

Q_SIGNALS:
    void droppedRowsChanged();

private:
    struct Pending {
        std::uint32_t sequence = 0;
        ConversationRow row;
    };

    void apply(Pending pending, std::vector<ConversationRow>& fresh);
    bool mergeIntoBurst(ConversationRow& last, ConversationRow& received);
    void measure(ConversationRow& row);
    void markAnswer(ConversationRow& row) const;
    void dropOldest();
    void dropOldParts();

    const Side m_side;
    bool m_isDatagram;
    std::deque<ConversationRow> m_rows;
    std::vector<Pending> m_pending;
    std::size_t m_rowLimit = 20'000;
    std::size_t m_parts = 0; // of all bursts; at most as many as rows are kept
    quint64 m_droppedRows = 0;
    // The exchange under way: messages sent since the last receive, and when the first was.
    std::uint32_t m_sends = 0;
    std::optional<TimePoint> m_waitingSince;
    std::uint32_t m_answerSends = 0; // of the answer that is being received
};

} // namespace sscope
