// How events come into the model, and rows out of it.

#include <algorithm>
#include <chrono>
#include <climits>

#include <QTimer>

#include "ui/clients/conversation_model.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

// Receives that follow each other faster than this are one burst.
constexpr Duration burstGap = 50ms;
// What is left of the payload of an old row.
constexpr std::size_t shrunkHead = 256;
// Rows that are made in one turn of the event loop; the rest come in the next ones, unless so many
// wait that they must be through with.
constexpr std::size_t mostAtOnce = 2048;
constexpr std::size_t mostWaiting = 65'536;
// Messages that may wait for an answer; where more do, none is expected.
constexpr std::size_t mostAsked = 4096;
// Rows at the end whose receives may have become shared.
constexpr int recentRows = 64;

std::size_t keptBytes(const ConversationRow& row) {
    return row.isMessage ? row.head.size() + row.header.size() : 0;
}

} // namespace

void ConversationModel::beginStream(const Framing& framing, bool isDatagram) {
    do {
        commit();
    } while (!m_pending.empty());
    for (ConversationRow& row : m_rows) {
        if (row.isMessage && isCurrent(row))
            row.span = spanOf(row);
    }
    ++m_stream;
    m_received.clear();
    m_sent.clear();
    m_receivedCount = m_sentCount = 0;
    m_asked.clear();
    m_hasUnfinished = false;
    m_isDatagram = isDatagram;
    m_framing = framing;
    for (StreamTrack* track : {&m_received, &m_sent}) // ready has words between its messages
        track->setAdjoining(framing.kind().name != "ready");
    m_streamChanged = true;
    Q_EMIT framingChanged();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

bool ConversationModel::makesRow(TraceKind kind) const {
    return kind == TraceKind::MessageOut ||
           kind == (isFramed() ? TraceKind::MessageIn : TraceKind::Received);
}

/// Of a server that tells by the first byte how its peer frames what it says.
void ConversationModel::learnFraming(const TraceEvent& event) {
    if (event.kind != TraceKind::MessageIn || m_framing.kind().name != "by-first-byte")
        return;
    m_framing = *Framing::parse(event.headerBytes > 0 ? "message" : "line");
    Q_EMIT framingChanged();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

void ConversationModel::add(const TraceEvent& event, ByteView head, ByteView header) {
    learnFraming(event);
    const bool sent = event.kind == TraceKind::MessageOut || event.kind == TraceKind::Sent;
    StreamTrack& track = sent ? m_sent : m_received;
    if (!m_isDatagram) {
        noteGap(event, sent);
        track.add(event);
        m_streamChanged = true;
    }
    if (!makesRow(event.kind))
        return;
    std::uint64_t& counted = sent ? m_sentCount : m_receivedCount;
    counted = !m_isDatagram && event.number > 0 ? event.number : counted + 1;
    m_pending.push_back(
        {event.sequence,
         {.kind = sent ? ConversationRow::Kind::Sent : ConversationRow::Kind::Received,
          .time = event.time,
          .bytes = event.bytes,
          .head = std::string(textOf(head)),
          .isMessage = isFramed(),
          .stream = m_stream,
          .number = counted,
          .begin = event.plainOffset,
          .peer = event.peer,
          .prefixBytes = event.prefixBytes,
          .headerBytes = event.headerBytes,
          .suffixBytes = event.suffixBytes,
          .header = std::string(textOf(header))}});
    if (hasTypes())
        readHeader(m_pending.back().row);
}

/// A row says where others are missing, because the log was full before the window fetched it. Of
/// an accepted connection, which may be opened late, what came before is not missing.
void ConversationModel::noteGap(const TraceEvent& event, bool sent) {
    if (!makesRow(event.kind))
        return;
    QString text;
    if (event.number > 0) {
        const std::uint64_t known = sent ? m_sentCount : m_receivedCount;
        const std::uint64_t missing = event.number - std::min(event.number, known + 1);
        if (missing > 0 && (known > 0 || m_side == Side::Client))
            text = tr("%n message(s) are not listed here: the window could not keep up", nullptr,
                      static_cast<int>(std::min<std::uint64_t>(missing, INT_MAX)));
    } else if (const std::uint64_t known = m_received.end();
               event.kind == TraceKind::Received && event.plainOffset > known) {
        if (known > 0 || m_side == Side::Client)
            text = tr("%1 are not listed here: the window could not keep up")
                       .arg(bytesText(event.plainOffset - known));
    }
    if (!text.isEmpty())
        addNote(event.time, event.sequence, ConversationRow::Kind::Note, text);
}

void ConversationModel::addNote(TimePoint time, std::uint32_t sequence, ConversationRow::Kind kind,
                                QString text, std::optional<Duration> latency) {
    m_pending.push_back({sequence,
                         {.kind = kind,
                          .time = time,
                          .text = std::move(text),
                          .latency = latency,
                          .stream = m_stream}});
}

void ConversationModel::commit() {
    const bool hasMoved = std::exchange(m_streamChanged, false);
    if (!m_pending.empty() || (hasMoved && isFramed())) {
        const auto order = [](const Pending& pending) {
            return std::tuple(pending.row.time, pending.sequence);
        };
        if (!std::ranges::is_sorted(m_pending, {}, order)) // mostly they are, and rows are heavy
            std::ranges::stable_sort(m_pending, {}, order);
        const int lastBefore = rowCount() - 1;
        std::vector<ConversationRow> fresh;
        fresh.reserve(m_pending.size());
        const std::size_t count = m_pending.size() > mostWaiting
                                      ? m_pending.size()
                                      : std::min(m_pending.size(), mostAtOnce);
        const auto end = m_pending.begin() + static_cast<std::ptrdiff_t>(count);
        for (auto pending = m_pending.begin(); pending != end; ++pending)
            apply(std::move(*pending), fresh);
        m_pending.erase(m_pending.begin(), end);
        finishPart(fresh);
        if (m_pending.empty()) // it comes after all that is whole
            showPart(fresh);
        // A burst may have grown, and a receive may hold another message.
        if (lastBefore >= 0)
            rowsChanged(isFramed() ? lastBefore - recentRows : lastBefore, lastBefore);
        insert(fresh);
        dropOldest();
        shrinkOldHeads();
    }
    if (hasMoved)
        Q_EMIT streamChanged();
    if (!m_pending.empty())
        QTimer::singleShot(0, this, &ConversationModel::commit);
}

void ConversationModel::setTimes(ConversationChoices::Time times) {
    m_times = times;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, TimeColumn), index(rowCount() - 1, TimeColumn));
}

void ConversationModel::setRowLimit(std::size_t limit) {
    m_rowLimit = limit;
    dropOldest();
}

void ConversationModel::rowsChanged(int first, int last) {
    const int bottom = qMin(last, rowCount() - 1);
    if (bottom >= 0)
        Q_EMIT dataChanged(index(qBound(0, first, bottom), 0), index(bottom, ColumnCount - 1));
}

void ConversationModel::insert(std::vector<ConversationRow>& fresh) {
    if (fresh.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
    for (ConversationRow& row : fresh) {
        m_headBytes += keptBytes(row);
        m_rows.push_back(std::move(row));
    }
    endInsertRows();
}

int ConversationModel::unfinishedRow() const {
    for (int row = rowCount() - 1; m_hasUnfinished && row >= 0; --row) {
        if (at(row).isUnfinished && isCurrent(at(row)))
            return row;
    }
    return -1;
}

/// The row of a message that has become whole gives way to the whole one.
void ConversationModel::finishPart(std::vector<ConversationRow>& fresh) {
    const int row = unfinishedRow();
    if (row < 0) { // it may have been dropped
        m_hasUnfinished = false;
        return;
    }
    if (m_received.part() && m_received.part()->begin == at(row).begin)
        return;
    m_hasUnfinished = false;
    m_shrunkRows = std::min(m_shrunkRows, static_cast<std::size_t>(row));
    const bool isNext = !fresh.empty() && fresh.front().isMessage &&
                        fresh.front().kind == ConversationRow::Kind::Received &&
                        fresh.front().begin == at(row).begin;
    if (row == rowCount() - 1 && isNext) { // in its place, where it may be selected
        m_headBytes += keptBytes(fresh.front());
        m_rows.back() = std::move(fresh.front());
        fresh.erase(fresh.begin());
        rowsChanged(row, row);
        return;
    }
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

/// A message of which more is to come is a row too, with how much of it is there.
void ConversationModel::showPart(std::vector<ConversationRow>& fresh) {
    const auto& part = m_received.part();
    if (!part || !isFramed())
        return;
    const auto fill = [&](ConversationRow& row) {
        row.have = m_received.partHave();
        row.bytes = m_received.knowsPartEnd() ? part->bytes() : 0;
        row.prefixBytes = part->prefixBytes;
        row.headerBytes = part->headerBytes;
    };
    if (const int row = unfinishedRow(); row >= 0) {
        fill(m_rows[static_cast<std::size_t>(row)]);
        rowsChanged(row, row);
        return;
    }
    m_hasUnfinished = true;
    ConversationRow row{.kind = ConversationRow::Kind::Received,
                        .time = part->time,
                        .isMessage = true,
                        .isUnfinished = true,
                        .stream = m_stream,
                        .number = part->number,
                        .begin = part->begin};
    fill(row);
    fresh.push_back(std::move(row));
}

void ConversationModel::apply(Pending pending, std::vector<ConversationRow>& fresh) {
    ConversationRow* last = !fresh.empty()    ? &fresh.back()
                            : !m_rows.empty() ? &m_rows.back()
                                              : nullptr;
    ConversationRow& row = pending.row;
    if (last && mergeIntoBurst(*last, row))
        return;
    if (row.isMessage)
        measureMessage(row);
    else if (row.isPayload())
        measure(row);
    if (!m_origin)
        m_origin = row.time;
    row.afterRowBefore = last ? row.time - last->time : Duration::zero();
    fresh.push_back(std::move(row));
}

bool ConversationModel::mergeIntoBurst(ConversationRow& last, ConversationRow& received) {
    const bool isBurst = !m_isDatagram && received.kind == ConversationRow::Kind::Received &&
                         last.kind == ConversationRow::Kind::Received && !last.isPart &&
                         !last.isOpen && !received.isMessage && isCurrent(last) && !last.isMessage;
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

/// Under a framing the nth message of one side answers the nth of the other.
void ConversationModel::measureMessage(ConversationRow& row) {
    const bool isAnswer = (row.kind == ConversationRow::Kind::Sent) == (m_side == Side::Server);
    if (!isAnswer) {
        if (m_asked.size() >= mostAsked)
            m_asked.clear();
        m_asked.push_back(row.time);
    } else if (!m_asked.empty()) {
        row.latency = row.time - m_asked.front();
        m_asked.pop_front();
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
    for (std::size_t i = 0; i < count; ++i) {
        m_parts -= m_rows[i].parts.size();
        m_headBytes -= keptBytes(m_rows[i]);
    }
    beginRemoveRows({}, 0, static_cast<int>(count) - 1);
    m_rows.erase(m_rows.begin(), m_rows.begin() + static_cast<std::ptrdiff_t>(count));
    endRemoveRows();
    m_shrunkRows -= std::min(m_shrunkRows, count);
    m_droppedRows += count;
    Q_EMIT droppedRowsChanged();
}

/// Far back a payload's beginning is enough. Some more than needed, so that it is done seldom.
void ConversationModel::shrinkOldHeads() {
    if (m_headBytes <= m_headLimit)
        return;
    for (; m_shrunkRows < m_rows.size() && m_headBytes > m_headLimit / 8 * 7; ++m_shrunkRows) {
        ConversationRow& row = m_rows[m_shrunkRows];
        if (keptBytes(row) <= shrunkHead)
            continue;
        m_headBytes -= keptBytes(row);
        row.head.resize(std::min(row.head.size(), shrunkHead));
        row.head.shrink_to_fit();
        if (row.header.size() > shrunkHead) // a part of it says nothing
            row.header = {};
        m_headBytes += keptBytes(row);
    }
}

void ConversationModel::clear() {
    m_texts.clear();
    m_received.forget();
    m_sent.forget();
    Q_EMIT streamChanged();
    if (m_rows.empty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_rows.clear();
    m_origin.reset();
    m_parts = 0;
    m_headBytes = 0;
    m_shrunkRows = 0;
    m_hasUnfinished = false;
    endRemoveRows();
    m_droppedRows = 0;
    Q_EMIT droppedRowsChanged();
}

void ConversationModel::toggle(int number) {
    ConversationRow& row = m_rows[static_cast<std::size_t>(number)];
    if (!row.canOpen())
        return;
    const auto parts = static_cast<int>(row.parts.size());
    m_shrunkRows = std::min(m_shrunkRows, static_cast<std::size_t>(number)); // places move
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
