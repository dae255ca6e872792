#include "ui/clients/conversation_model.h"

#include <algorithm>
#include <chrono>

#include "ui/common/formats.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

// Receives that follow each other faster than this are one burst.
constexpr Duration burstGap = 50ms;

QVariant alignment(int column) {
    const bool isRight =
        column == ConversationModel::SizeColumn || column == ConversationModel::LatencyColumn;
    return QVariant::fromValue((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

ConversationModel::ConversationModel(Side side, bool isDatagram, QObject* parent)
    : QAbstractTableModel(parent), m_side(side), m_isDatagram(isDatagram) {}

int ConversationModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ConversationModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ConversationModel::data(const QModelIndex& index, int role) const {
    const ConversationRow& row = at(index.row());
    if (role == Qt::TextAlignmentRole)
        return alignment(index.column());
    if (role == Qt::AccessibleTextRole)
        return lineText(index.row());
    if (role == Qt::ToolTipRole)
        return index.column() == DataColumn && !row.isPayload() ? plainTip(row.text) : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TimeColumn:
        return clockText(wallTime(row.time, wallOffset()));
    case SizeColumn:
        return row.isPayload() ? bytesText(row.bytes) : QString();
    case DataColumn:
        return row.isPayload() ? plainText(payloadRuns(bytesOf(row.head), row.isWhole()))
                               : row.text;
    case MarkColumn:
        return markText(row);
    case LatencyColumn:
        return row.latency ? latencyText(*row.latency) : QString();
    default:
        return {};
    }
}

QVariant ConversationModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case SizeColumn:
        return tr("Size");
    case DataColumn:
        return tr("Data");
    case LatencyColumn:
        return tr("Reply in");
    default:
        return {};
    }
}

QString ConversationModel::markText(const ConversationRow& row) const {
    if (row.kind != ConversationRow::Kind::Received || row.isPart)
        return {};
    const QString receives = tr("%n receive(s)", nullptr, static_cast<int>(row.receives));
    if (row.sends > 0)
        return tr("%1, %2", "3 sends, 1 receive")
            .arg(tr("%n send(s)", nullptr, static_cast<int>(row.sends)), receives);
    return row.receives > 1 ? receives : QString();
}

QString ConversationModel::lineText(int number) const {
    const ConversationRow& row = at(number);
    const QString time = clockText(wallTime(row.time, wallOffset()));
    if (!row.isPayload())
        return QStringLiteral("%1  %2").arg(time, row.text);
    return QStringLiteral("%1  %2  %3  %4")
        .arg(time,
             row.kind == ConversationRow::Kind::Sent ? QStringLiteral("->") : QStringLiteral("<-"),
             bytesText(row.bytes), plainText(payloadRuns(bytesOf(row.head), row.isWhole())));
}

void ConversationModel::add(const TraceEvent& event, ByteView head) {
    if (event.kind != TraceKind::MessageOut && event.kind != TraceKind::Received)
        return;
    const bool sent = event.kind == TraceKind::MessageOut;
    m_pending.push_back(
        {event.sequence,
         {.kind = sent ? ConversationRow::Kind::Sent : ConversationRow::Kind::Received,
          .time = event.time,
          .bytes = event.bytes,
          .head = std::string(textOf(head))}});
}

void ConversationModel::addNote(TimePoint time, std::uint32_t sequence, ConversationRow::Kind kind,
                                QString text, std::optional<Duration> latency) {
    m_pending.push_back(
        {sequence, {.kind = kind, .time = time, .text = std::move(text), .latency = latency}});
}

void ConversationModel::commit() {
    if (m_pending.empty())
        return;
    std::ranges::stable_sort(m_pending, {}, [](const Pending& pending) {
        return std::tuple(pending.row.time, pending.sequence);
    });
    const int lastBefore = rowCount() - 1;
    std::vector<ConversationRow> fresh;
    for (Pending& pending : m_pending)
        apply(std::move(pending), fresh);
    m_pending.clear();
    if (lastBefore >= 0) // a burst may have grown
        Q_EMIT dataChanged(index(lastBefore, 0), index(lastBefore, ColumnCount - 1));
    if (!fresh.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
        std::ranges::move(fresh, std::back_inserter(m_rows));
        endInsertRows();
    }
    dropOldest();
}

void ConversationModel::apply(Pending pending, std::vector<ConversationRow>& fresh) {
    ConversationRow* last = !fresh.empty()    ? &fresh.back()
                            : !m_rows.empty() ? &m_rows.back()
                                              : nullptr;
    ConversationRow& row = pending.row;
    if (last && mergeIntoBurst(*last, row))
        return;
    if (row.isPayload())
        measure(row);
    fresh.push_back(std::move(row));
}

bool ConversationModel::mergeIntoBurst(ConversationRow& last, ConversationRow& received) {
    const bool isBurst = !m_isDatagram && received.kind == ConversationRow::Kind::Received &&
                         last.kind == ConversationRow::Kind::Received && !last.isPart &&
                         !last.isOpen;
    const TimePoint previous =
        last.parts.empty() ? last.time : std::max(last.time, last.parts.back().time);
    if (!isBurst || received.time - previous > burstGap)
        return false;
    if (last.parts.empty()) {
        ConversationRow first = last;
        first.isPart = true;
        first.latency.reset();
        ++m_parts;
        last.parts.push_back(std::move(first));
    }
    last.bytes += received.bytes;
    ++last.receives;
    if (last.head.size() < traceHeadLimit && last.isWhole() == false &&
        last.head.size() + received.bytes == last.bytes)
        last.head += received.head.substr(0, traceHeadLimit - last.head.size());
    if (last.parts.size() < ConversationRow::partLimit) {
        ++m_parts;
        received.isPart = true;
        last.parts.push_back(std::move(received));
    }
    markAnswer(last);
    return true;
}

void ConversationModel::measure(ConversationRow& row) {
    const bool sent = row.kind == ConversationRow::Kind::Sent;
    const bool isAnswer = sent == (m_side == Side::Server);
    if (isAnswer && m_waitingSince) {
        row.latency = row.time - *m_waitingSince;
        m_waitingSince.reset();
    } else if (!isAnswer && !m_waitingSince) {
        m_waitingSince = row.time;
    }
    if (sent) {
        ++m_sends;
    } else {
        m_answerSends = std::exchange(m_sends, 0);
        markAnswer(row);
    }
}

void ConversationModel::markAnswer(ConversationRow& row) const {
    // Only a client's sends are what a receive answers; datagrams keep their borders.
    const bool differs = m_answerSends > 0 && m_answerSends != row.receives;
    row.sends = m_side == Side::Client && !m_isDatagram && differs ? m_answerSends : 0;
}

/// Bursts that lie far back open no more.
void ConversationModel::dropOldParts() {
    if (m_parts <= m_rowLimit)
        return;
    for (ConversationRow& row : m_rows) {
        if (m_parts <= m_rowLimit / 2)
            return;
        if (row.isOpen || &row == &m_rows.back())
            continue;
        m_parts -= row.parts.size();
        row.parts = {};
    }
}

void ConversationModel::dropOldest() {
    dropOldParts();
    if (m_rows.size() <= m_rowLimit)
        return;
    // Some more than needed, so that it is done seldom; and the parts of a burst with it.
    std::size_t count = m_rows.size() - m_rowLimit + m_rowLimit / 20;
    while (count < m_rows.size() && m_rows[count].isPart)
        ++count;
    for (std::size_t i = 0; i < count; ++i)
        m_parts -= m_rows[i].parts.size();
    beginRemoveRows({}, 0, static_cast<int>(count) - 1);
    m_rows.erase(m_rows.begin(), m_rows.begin() + static_cast<std::ptrdiff_t>(count));
    endRemoveRows();
    m_droppedRows += count;
    Q_EMIT droppedRowsChanged();
}

void ConversationModel::clear() {
    if (m_rows.empty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_rows.clear();
    m_parts = 0;
    endRemoveRows();
    m_droppedRows = 0;
    Q_EMIT droppedRowsChanged();
}

void ConversationModel::toggle(int number) {
    ConversationRow& row = m_rows[static_cast<std::size_t>(number)];
    if (!row.canOpen())
        return;
    const auto parts = static_cast<int>(row.parts.size());
    if (row.isOpen) {
        row.isOpen = false;
        beginRemoveRows({}, number + 1, number + parts);
        m_rows.erase(m_rows.begin() + number + 1, m_rows.begin() + number + 1 + parts);
        endRemoveRows();
    } else {
        row.isOpen = true;
        const std::vector<ConversationRow> children = row.parts;
        beginInsertRows({}, number + 1, number + parts);
        m_rows.insert(m_rows.begin() + number + 1, children.begin(), children.end());
        endInsertRows();
    }
    Q_EMIT dataChanged(index(number, 0), index(number, ColumnCount - 1));
}

} // namespace sscope
