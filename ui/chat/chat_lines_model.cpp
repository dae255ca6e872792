#include "ui/chat/chat_lines_model.h"

#include <algorithm>
#include <chrono>
#include <ctime>
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
