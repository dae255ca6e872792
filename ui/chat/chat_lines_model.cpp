#include "ui/chat/chat_lines_model.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <iterator>
#include <utility>

#include "ui/chat/chat_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr Duration groupTime = 5min;
// In a long run the author is named again with each message whose id is a multiple of this, or in
// whose slice of time none is before it: that does not depend on what is loaded.
constexpr quint64 groupLines = 20;
constexpr int closeRows = 6; // the name stands in sight still
// Room is made for so many at a time: a view need not shift with each line.
constexpr int roomStep = 100;

std::tm localTime(WallTime time) {
    const std::time_t seconds = time / 1'000'000'000;
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    return parts;
}

bool isSameDay(WallTime left, WallTime right) {
    const std::tm a = localTime(left);
    const std::tm b = localTime(right);
    return a.tm_yday == b.tm_yday && a.tm_year == b.tm_year;
}

QString lineText(const ChatLine& line) {
    const QString time = secondText(line.time);
    return line.kind == ChatLine::Kind::Remark
               ? QStringLiteral("%1 %2").arg(time, safeText(line.text))
               : QStringLiteral("%1 %2: %3").arg(time, safeText(line.author), safeText(line.text));
}

/// As it is read out: who it is comes first.
QString spokenText(const ChatLine& line) {
    const QString time = secondText(line.time);
    return line.kind == ChatLine::Kind::Remark
               ? QStringLiteral("%1, %2").arg(time, safeText(line.text))
               : QStringLiteral("%1, %2, %3").arg(safeText(line.author), time, safeText(line.text));
}

} // namespace

ChatLinesModel::ChatLinesModel(QObject* parent, int usual)
    : QAbstractListModel(parent), m_usual(usual), m_most(usual) {}

int ChatLinesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant ChatLinesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ChatLine& line = at(index.row());
    if (role == Qt::DisplayRole)
        return lineText(line);
    if (role != Qt::AccessibleTextRole)
        return {};
    switch (line.state) {
    case ChatLine::State::Waiting:
        return tr("%1; not stored yet").arg(spokenText(line));
    case ChatLine::State::Refused:
        return tr("%1; refused: %2").arg(spokenText(line), safeText(line.reason));
    default:
        return spokenText(line);
    }
}

bool ChatLinesModel::startsDay(int row) const {
    return row == 0 || !isSameDay(at(row - 1).time, at(row).time);
}

bool ChatLinesModel::startsGroup(int row) const {
    return startsRun(row) || repeatsAuthor(row);
}

bool ChatLinesModel::startsRun(int row) const {
    if (row == 0 || startsNew(row))
        return true;
    const ChatLine& before = at(row - 1);
    const ChatLine& line = at(row);
    return before.kind != line.kind || before.author != line.author ||
           line.time - before.time > groupTime.count() || startsDay(row);
}

bool ChatLinesModel::repeatsAuthor(int row) const {
    const ChatLine& line = at(row);
    const auto slice = [](WallTime time) { return time / groupTime.count(); };
    const bool isDue =
        (line.id > 0 && line.id % groupLines == 0) || slice(line.time) != slice(at(row - 1).time);
    if (!isDue || line.kind != ChatLine::Kind::Message)
        return false;
    for (int above = row - 1; above > row - closeRows; --above) {
        if (startsRun(above)) // the first row does
            return false;
    }
    return true;
}

quint64 ChatLinesModel::firstId() const {
    const auto it =
        std::ranges::find_if(m_lines, [](const ChatLine& line) { return line.id != 0; });
    return it == m_lines.end() ? 0 : it->id;
}

quint64 ChatLinesModel::lastId() const {
    const auto it = std::find_if(m_lines.rbegin(), m_lines.rend(),
                                 [](const ChatLine& line) { return line.id != 0; });
    return it == m_lines.rend() ? 0 : it->id;
}

/// Before the first with a higher id. What has no id stays where it was put, also before what comes
/// last; between two ids its time says on which side of it another belongs.
int ChatLinesModel::placeOf(quint64 id, WallTime time) const {
    int row = placed();
    if (id < firstId()) {
        row = 0;
        while (at(row).id == 0)
            ++row;
    } else {
        int last = row;
        while (row > 0 && (at(row - 1).id == 0 || at(row - 1).id > id)) {
            if (at(row - 1).id > id)
                last = row - 1;
            --row;
        }
        row = last;
    }
    if (row == placed())
        return row;
    while (row > 0 && at(row - 1).id == 0 && at(row - 1).time > time)
        --row;
    return row;
}

int ChatLinesModel::rowOf(quint64 id) const {
    if (id == 0 || id < firstId())
        return -1;
    for (int row = placed() - 1; row >= 0; --row) {
        if (at(row).id == id)
            return row;
        if (at(row).id != 0 && at(row).id < id)
            return -1;
    }
    return -1;
}

int ChatLinesModel::rowOfWaiting(quint64 tag) const {
    for (int row = placed(); row < rowCount(); ++row) {
        if (at(row).tag == tag)
            return row;
    }
    return -1;
}

/// The row, and those whose author is named or not because of it.
void ChatLinesModel::tellBelow(int row) {
    if (row >= 0 && row < rowCount())
        Q_EMIT dataChanged(index(row), index(std::min(row + closeRows, rowCount()) - 1));
}

void ChatLinesModel::insertRun(int row, std::span<ChatLine> lines, bool isUnseen) {
    const int count = static_cast<int>(lines.size());
    const auto isNew = [](const ChatLine& line) {
        return line.kind == ChatLine::Kind::Message && !line.isOwn;
    };
    const auto firstNew = isUnseen ? std::ranges::find_if(lines, isNew) : lines.end();
    beginInsertRows({}, row, row + count - 1);
    m_lines.insert(m_lines.begin() + row, std::move_iterator(lines.begin()),
                   std::move_iterator(lines.end()));
    const int oldNew = m_newRow;
    if (m_newRow >= row)
        m_newRow += count;
    if (firstNew != lines.end()) {
        const int begin = row + static_cast<int>(firstNew - lines.begin());
        const auto first = m_lines.begin() + begin;
        m_newCount += static_cast<int>(std::count_if(first, m_lines.begin() + row + count, isNew));
        m_newRow = m_newRow < 0 ? begin : std::min(m_newRow, begin);
    }
    endInsertRows();
    tellBelow(row + count);
    // The row says how many are new, or another does now.
    if (firstNew != lines.end() && oldNew >= 0) {
        const int before = oldNew >= row ? oldNew + count : oldNew;
        tellBelow(m_newRow);
        if (before != m_newRow && before != row + count)
            tellBelow(before);
    }
}

/// Neighbours of one place together.
void ChatLinesModel::insertByPlace(std::vector<ChatLine> lines, bool isUnseen) {
    std::erase_if(lines, [this](const ChatLine& line) { return rowOf(line.id) >= 0; });
    for (std::size_t i = 0; i < lines.size();) {
        const int row = placeOf(lines[i].id, lines[i].time);
        std::size_t end = i + 1;
        while (end < lines.size() && placeOf(lines[end].id, lines[end].time) == row)
            ++end;
        insertRun(row, std::span(lines).subspan(i, end - i), isUnseen);
        i = end;
    }
}

void ChatLinesModel::addMessages(std::vector<ChatLine> lines, bool isUnseen) {
    insertByPlace(std::move(lines), isUnseen);
    makeRoom(m_most);
}

void ChatLinesModel::addOlder(std::vector<ChatLine> lines, bool isUnseen) {
    m_most = std::min(m_most + static_cast<int>(lines.size()), mostLines);
    insertByPlace(std::move(lines), isUnseen);
}

void ChatLinesModel::append(std::vector<ChatLine> lines, bool isUnseen) {
    if (lines.empty())
        return;
    insertRun(placed(), lines, isUnseen);
    makeRoom(m_most);
}

bool ChatLinesModel::endsWithRemark(const QString& text) const {
    const int row = placed() - 1;
    return row >= 0 && at(row).kind == ChatLine::Kind::Remark && at(row).text == text;
}

void ChatLinesModel::setLastRemark(ChatLine::Remark kind, const QString& text) {
    const int row = placed() - 1;
    ChatLine& line = m_lines[static_cast<std::size_t>(row)];
    line.remark = kind;
    line.text = text;
    line.usesLines = false;
    Q_EMIT dataChanged(index(row), index(row));
}

void ChatLinesModel::insertAfter(quint64 id, ChatLine line) {
    int row = placed();
    while (row > 0 && at(row - 1).id > id)
        --row;
    while (row > 0 && at(row - 1).id == 0 && at(row - 1).time > line.time)
        --row;
    insertRun(row, std::span(&line, 1), false);
}

void ChatLinesModel::forgetIds() {
    for (ChatLine& line : m_lines)
        line.id = 0;
    setOlder(false, false);
}

void ChatLinesModel::addWaiting(ChatLine line) {
    line.state = ChatLine::State::Waiting;
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_lines.push_back(std::move(line));
    ++m_waiting;
    endInsertRows();
}

/// From among what waits to the end of what has its place, or further up.
void ChatLinesModel::moveTo(int from, int to) {
    if (from != to) {
        beginMoveRows({}, from, from, {}, to);
        const auto line = m_lines.begin() + from;
        std::rotate(m_lines.begin() + to, line, line + 1);
        if (m_newRow >= to)
            ++m_newRow;
        --m_waiting;
        endMoveRows();
        tellBelow(from + 1);
    } else {
        --m_waiting;
    }
    tellBelow(to);
}

void ChatLinesModel::setStored(quint64 tag, quint64 id, WallTime time) {
    const int row = rowOfWaiting(tag);
    if (row < 0)
        return;
    if (rowOf(id) >= 0) { // the past had it already
        --m_waiting;
        removeRun(row, 1);
        return;
    }
    ChatLine& line = m_lines[static_cast<std::size_t>(row)];
    line.state = id == 0 ? ChatLine::State::Plain : ChatLine::State::Stored;
    line.id = id;
    line.time = time;
    line.tag = 0;
    moveTo(row, id == 0 ? placed() : placeOf(id, time));
    makeRoom(m_most);
}

void ChatLinesModel::setRefused(quint64 tag, const QString& reason) {
    const int row = rowOfWaiting(tag);
    if (row < 0)
        return;
    ChatLine& line = m_lines[static_cast<std::size_t>(row)];
    line.state = ChatLine::State::Refused;
    line.reason = reason;
    moveTo(row, placed());
}

std::optional<ChatLine> ChatLinesModel::takeRefused(quint64 tag) {
    for (int row = placed() - 1; row >= 0; --row) {
        if (at(row).state != ChatLine::State::Refused || at(row).tag != tag)
            continue;
        ChatLine line = at(row);
        removeRun(row, 1);
        return line;
    }
    return {};
}

void ChatLinesModel::removeRun(int row, int count) {
    if (count <= 0)
        return;
    beginRemoveRows({}, row, row + count - 1);
    m_lines.erase(m_lines.begin() + row, m_lines.begin() + row + count);
    // Where the mark goes all that is left of what is new begins there.
    if (m_newRow >= row)
        m_newRow = m_newRow >= row + count ? m_newRow - count : std::min(row, rowCount() - 1);
    if (m_newRow < 0)
        m_newCount = 0;
    endRemoveRows();
    tellBelow(row);
}

void ChatLinesModel::makeRoom(int most) {
    if (rowCount() <= most + roomStep)
        return;
    const int count = std::min(rowCount() - most, placed());
    const bool loses = std::any_of(m_lines.begin(), m_lines.begin() + count,
                                   [](const ChatLine& line) { return line.id != 0; });
    removeRun(0, count);
    if (loses)
        setOlder(true, m_isLoadingOlder);
}

void ChatLinesModel::forgetOlder() {
    m_most = m_usual;
    makeRoom(m_most);
}

void ChatLinesModel::removeAll() {
    if (m_lines.empty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_lines.clear();
    m_waiting = 0;
    m_newRow = -1;
    m_newCount = 0;
    endRemoveRows();
    setOlder(false, false);
}

void ChatLinesModel::setSeen() {
    m_newCount = 0;
    tellBelow(std::exchange(m_newRow, -1));
}

void ChatLinesModel::setOlder(bool hasOlder, bool isLoading) {
    const bool isChanged = m_hasOlder != hasOlder || m_isLoadingOlder != isLoading;
    m_hasOlder = hasOlder;
    m_isLoadingOlder = isLoading;
    if (isChanged)
        Q_EMIT olderChanged();
}

} // namespace sscope
