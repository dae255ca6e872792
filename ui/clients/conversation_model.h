#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <QAbstractTableModel>
#include <QCache>

#include "core/framing/framings.h"
#include "core/trace/trace_batch.h"
#include "ui/clients/conversation_choices.h"
#include "ui/clients/conversation_row.h"
#include "ui/clients/stream_track.h"

namespace sscope {

/// What passed over one connection, oldest first: messages under a framing, else what the calls
/// moved, a burst of receives being one row that opens. Bounded: the oldest rows make room and are
/// counted. Collects until commit(), which changes the model by one insertion; never reset.
class ConversationModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        ArrowColumn,
        NumberColumn, // of messages
        SizeColumn,
        TypeColumn, // of the framing that has a header
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
    /// What a payload shows in one line; of what is shown again it is kept.
    [[nodiscard]] DisplayText runsOf(const ConversationRow& row) const;
    /// The receives that a message came in; not known of others.
    [[nodiscard]] CallSpan spanOf(const ConversationRow& row) const;
    /// The row as a line of text, for copying and searching.
    [[nodiscard]] QString lineText(int row) const;
    /// What a row says, for a filter: its payload as it is shown, or its remark, and its type.
    [[nodiscard]] QString searchedText(int row) const;

    /// What follows is another connection, from its first byte.
    void beginStream(const Framing& framing, bool isDatagram);
    [[nodiscard]] const Framing& framing() const { return m_framing; }
    [[nodiscard]] bool isDatagram() const { return m_isDatagram; }
    [[nodiscard]] bool isFramed() const { return !m_framing.isRaw(); }
    /// Datagrams of this connection come from many, and their rows name them.
    [[nodiscard]] bool hasSenders() const {
        return m_peerNames.lower_bound({m_stream, 0}) != m_peerNames.end();
    }
    /// Messages have a header that names their type.
    [[nodiscard]] bool hasTypes() const { return m_framing.kind().name == "message"; }
    /// What has passed in one direction of this connection; nothing of datagrams.
    [[nodiscard]] const StreamTrack& track(bool isSent) const {
        return isSent ? m_sent : m_received;
    }
    /// The row of a message, or of what a call moved, of this connection; -1 where it has gone.
    [[nodiscard]] int rowOf(bool isSent, const StreamRange& range) const;
    [[nodiscard]] bool isCurrent(const ConversationRow& row) const {
        return row.stream == m_stream && row.isPayload();
    }

    /// Which of the connections this is that the conversation has had, and of which the oldest row
    /// is; they count from 1.
    [[nodiscard]] std::uint32_t stream() const { return m_stream; }
    [[nodiscard]] std::uint32_t oldestStream() const {
        return m_rows.empty() ? m_stream : m_rows.front().stream;
    }

    /// What was sent was read from this file.
    void setFileName(int row, const QString& name);
    void setTimes(ConversationChoices::Time times);
    void setRowLimit(std::size_t limit);
    /// Bytes of payloads that are kept; older ones are cut short beyond it.
    void setHeadLimit(std::size_t limit) { m_headLimit = limit; }
    [[nodiscard]] std::size_t headBytes() const { return m_headBytes; }
    [[nodiscard]] quint64 droppedRows() const { return m_droppedRows; }

    /// Collects an event of this connection; head and header are what is kept of it.
    void add(const TraceEvent& event, ByteView head, ByteView header = {});
    /// Who a peer is, of those that have sent to this connection.
    void setPeerName(PeerId peer, const QString& name);
    void addNote(TimePoint time, std::uint32_t sequence, ConversationRow::Kind kind, QString text,
                 std::optional<Duration> latency = {});
    void commit();
    void clear();
    /// Opens or closes the burst at row.
    void toggle(int row);

Q_SIGNALS:
    void droppedRowsChanged();
    void framingChanged();
    /// Calls or messages have been added to a track; at most once for each commit.
    void streamChanged();

private:
    struct Pending {
        std::uint32_t sequence = 0;
        ConversationRow row;
    };

    /// A message by which its text is kept: its direction and number, and how much of it there is.
    struct TextKey {
        std::uint32_t stream;
        ConversationRow::Kind kind;
        std::uint64_t number;
        std::size_t kept;
        bool operator==(const TextKey&) const = default;
        friend std::size_t qHash(const TextKey& key, std::size_t seed = 0) {
            return qHashMulti(seed, key.stream, static_cast<int>(key.kind), key.number, key.kept);
        }
    };
    [[nodiscard]] QString contentText(const ConversationRow& row) const;
    /// Who sent this, where there are many who may.
    [[nodiscard]] QString senderOf(const ConversationRow& row) const;
    [[nodiscard]] QString timeText(const ConversationRow& row) const;
    [[nodiscard]] QString cellText(const ConversationRow& row, int column) const;
    [[nodiscard]] bool makesRow(TraceKind kind) const;
    void learnFraming(const TraceEvent& event);
    void noteGap(const TraceEvent& event, bool sent);
    void apply(Pending pending, std::vector<ConversationRow>& fresh);
    bool mergeIntoBurst(ConversationRow& last, ConversationRow& received);
    void measure(ConversationRow& row);
    void measureMessage(ConversationRow& row);
    void markAnswer(ConversationRow& row) const;
    [[nodiscard]] int unfinishedRow() const;
    void finishPart(std::vector<ConversationRow>& fresh);
    void showPart(std::vector<ConversationRow>& fresh);
    void insert(std::vector<ConversationRow>& fresh);
    void rowsChanged(int first, int last);
    void dropOldest();
    void dropOldParts();
    void shrinkOldHeads();

    const Side m_side;
    bool m_isDatagram;
    mutable QCache<TextKey, DisplayText> m_texts;
    Framing m_framing;
    StreamTrack m_received;
    StreamTrack m_sent;
    bool m_streamChanged = false;
    std::uint32_t m_stream = 0;
    ConversationChoices::Time m_times = ConversationChoices::Time::Clock;
    std::optional<TimePoint> m_origin; // of the first row that there ever was
    std::deque<ConversationRow> m_rows;
    std::vector<Pending> m_pending;
    std::size_t m_rowLimit = 20'000;
    std::size_t m_parts = 0; // of all bursts; at most as many as rows are kept
    std::size_t m_headLimit = 16 << 20;
    std::size_t m_headBytes = 0;
    std::size_t m_shrunkRows = 0; // from the front, that have no more to give
    quint64 m_droppedRows = 0;
    bool m_hasUnfinished = false;
    std::map<std::pair<std::uint32_t, PeerId>, QString> m_peerNames; // by stream
    std::uint64_t m_receivedCount = 0; // of datagrams, which have no track
    std::uint64_t m_sentCount = 0;
    // The exchange under way: messages sent since the last receive, and when the first was.
    std::uint32_t m_sends = 0;
    std::optional<TimePoint> m_waitingSince;
    std::uint32_t m_answerSends = 0; // of the answer that is being received
    std::deque<TimePoint> m_asked;   // messages of a framing that wait for theirs
};

} // namespace sscope
