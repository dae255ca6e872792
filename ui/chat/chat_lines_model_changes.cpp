// How lines come into a place, wait in it, and make room.

#include <algorithm>
#include <iterator>
#include <utility>

#include "ui/chat/chat_lines_model.h"

namespace sscope {

namespace {

// Room is made for so many at a time: a view need not shift with each line.
constexpr int roomStep = 100;

} // namespace

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

} // namespace sscope
