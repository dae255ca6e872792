// What the model shows; conversation_update.cpp has how it comes into it.

#include "ui/clients/conversation_model.h"

#include <algorithm>

#include "ui/common/formats.h"

namespace sscope {

namespace {

QVariant alignment(int column) {
    const bool isRight = column == ConversationModel::NumberColumn ||
                         column == ConversationModel::SizeColumn ||
                         column == ConversationModel::LatencyColumn;
    return QVariant::fromValue((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

// What is kept of the texts of rows, in bytes: far more than fits on a screen.
constexpr int mostTextBytes = 4 << 20;

// Rows of a peer that has not been heard of for longer do not name it.
constexpr std::size_t mostPeerNames = 20'000;

int bytesOfRuns(const DisplayText& text) {
    std::size_t bytes = sizeof(DisplayText);
    for (const DisplayText::Run& run : text.runs)
        bytes += sizeof(DisplayText::Run) + run.text.size();
    return static_cast<int>(std::min<std::size_t>(bytes, mostTextBytes));
}

} // namespace

ConversationModel::ConversationModel(Side side, bool isDatagram, QObject* parent)
    : QAbstractTableModel(parent), m_side(side), m_isDatagram(isDatagram), m_texts(mostTextBytes) {}

DisplayText ConversationModel::runsOf(const ConversationRow& row) const {
    if (!row.isMessage || row.isUnfinished) // quick, and what grows is not kept
        return contentRuns(row);
    const TextKey key{row.stream, row.kind, row.number, row.head.size()};
    if (const DisplayText* kept = m_texts.object(key))
        return *kept;
    DisplayText text = contentRuns(row);
    m_texts.insert(key, new DisplayText(text), bytesOfRuns(text));
    return text;
}

void ConversationModel::setPeerName(PeerId peer, const QString& name) {
    const bool isFirst = !hasSenders();
    m_peerNames.insert_or_assign({m_stream, peer}, name);
    if (m_peerNames.size() > mostPeerNames) // ids grow
        m_peerNames.erase(m_peerNames.begin());
    if (isFirst)
        Q_EMIT headerDataChanged(Qt::Horizontal, MarkColumn, MarkColumn);
}

QString ConversationModel::senderOf(const ConversationRow& row) const {
    const auto it = m_peerNames.find({row.stream, row.peer});
    return it == m_peerNames.end() ? QString() : it->second;
}

QString ConversationModel::contentText(const ConversationRow& row) const {
    if (row.isUnfinished)
        return partText(row.have, row.bytes);
    return row.text.isEmpty() ? plainText(runsOf(row)) : row.text;
}

void ConversationModel::setFileName(int row, const QString& name) {
    m_rows[static_cast<std::size_t>(row)].text = name;
    Q_EMIT dataChanged(index(row, DataColumn), index(row, DataColumn));
}

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
    if (role == Qt::ToolTipRole) {
        if (index.column() == TypeColumn)
            return plainTip(cellText(row, TypeColumn));
        if (index.column() == TimeColumn)
            return tr("%1, %2 after the row before, %3 after the first row")
                .arg(clockText(wallTime(row.time, wallOffset())), secondsText(row.afterRowBefore),
                     secondsText(row.time - m_origin.value_or(row.time)));
        if (index.column() == MarkColumn && row.peer != 0)
            return plainTip(senderOf(row));
        return index.column() == DataColumn && !row.isPayload() ? plainTip(row.text) : QVariant();
    }
    return role == Qt::DisplayRole ? cellText(row, index.column()) : QVariant();
}

QString ConversationModel::timeText(const ConversationRow& row) const {
    switch (m_times) {
    case ConversationChoices::Time::Start:
        return secondsText(row.time - m_origin.value_or(row.time));
    case ConversationChoices::Time::RowBefore:
        return secondsText(row.afterRowBefore);
    case ConversationChoices::Time::Clock:
        break;
    }
    return clockText(wallTime(row.time, wallOffset()));
}

QString ConversationModel::searchedText(int number) const {
    const ConversationRow& row = at(number);
    if (!row.isPayload())
        return row.text;
    QStringList words{contentText(row)};
    if (!row.contentType.empty())
        words.prepend(cellText(row, TypeColumn));
    if (row.peer != 0)
        words.append(senderOf(row));
    return words.join(QLatin1Char(' '));
}

QString ConversationModel::cellText(const ConversationRow& row, int column) const {
    switch (column) {
    case TimeColumn:
        return timeText(row);
    case NumberColumn:
        return row.isMessage ? countText(row.number) : QString();
    case SizeColumn:
        return !row.isPayload() || (row.isUnfinished && row.bytes == 0) ? QString()
                                                                        : bytesText(row.size());
    case TypeColumn:
        return toQString(displaySafe(row.contentType));
    case DataColumn:
        return row.isPayload() ? contentText(row) : row.text;
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
    case NumberColumn:
        return isFramed() ? tr("No.") : QString();
    case SizeColumn:
        return tr("Size");
    case TypeColumn:
        return hasTypes() ? tr("Type") : QString();
    case DataColumn:
        return isFramed() ? tr("Content") : tr("Data");
    case MarkColumn:
        return hasSenders() ? tr("From") : isFramed() && !m_isDatagram ? tr("Receives") : QString();
    case LatencyColumn:
        return tr("Reply in");
    default:
        return {};
    }
}

CallSpan ConversationModel::spanOf(const ConversationRow& row) const {
    if (!row.isMessage || row.kind != ConversationRow::Kind::Received)
        return {};
    if (!isCurrent(row))
        return row.span;
    return m_received.spanOf(row.begin, row.begin + (row.isUnfinished ? row.have : row.size()));
}

QString ConversationModel::markText(const ConversationRow& row) const {
    if (row.kind != ConversationRow::Kind::Received || row.isPart)
        return {};
    if (row.peer != 0)
        return senderOf(row);
    if (row.isMessage)
        return receivesText(spanOf(row), row.number, row.isUnfinished);
    const QString receives = tr("%n receive(s)", nullptr, static_cast<int>(row.receives));
    if (row.sends > 0)
        return tr("%1, %2", "3 sends, 1 receive")
            .arg(tr("%n send(s)", nullptr, static_cast<int>(row.sends)), receives);
    return row.receives > 1 ? receives : QString();
}

QString ConversationModel::lineText(int number) const {
    const ConversationRow& row = at(number);
    const QString time = timeText(row);
    if (!row.isPayload())
        return QStringLiteral("%1  %2").arg(time, row.text);
    const QString line = QStringLiteral("%1  %2  %3  %4")
                             .arg(time,
                                  row.kind == ConversationRow::Kind::Sent ? QStringLiteral("->")
                                                                          : QStringLiteral("<-"),
                                  cellText(row, SizeColumn), contentText(row));
    const QString sender = row.peer == 0 ? QString() : senderOf(row);
    return sender.isEmpty() ? line : tr("%1  from %2").arg(line, sender);
}

/// By offset: times differ between what a call moved and the message that it made.
int ConversationModel::rowOf(bool isSent, const StreamRange& range) const {
    const auto isOfSide = [isSent](const ConversationRow& row) {
        return row.isPayload() && !row.isPart &&
               (row.kind == ConversationRow::Kind::Sent) == isSent;
    };
    auto from = m_rows.begin();
    auto to = m_rows.end();
    while (from != to) {
        const auto middle = from + (to - from) / 2;
        const auto it = std::find_if(middle, to, isOfSide);
        const bool isCurrentRow = it != to && it->stream == m_stream;
        const std::uint64_t size = it != to ? std::max<std::uint64_t>(1, it->size()) : 0;
        if (it == to || (isCurrentRow && it->begin > range.begin))
            to = middle;
        else if (!isCurrentRow || it->begin + size <= range.begin)
            from = it + 1;
        else
            return static_cast<int>(it - m_rows.begin());
    }
    return -1;
}

} // namespace sscope
