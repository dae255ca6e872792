#include "ui/chat/chat_read_marks.h"

#include <algorithm>
#include <chrono>

#include <QJsonArray>
#include <QJsonObject>

#include "ui/common/settings.h"

namespace sscope {

namespace {

const QString marksKey = QStringLiteral("chatRead");
const QString serverKey = QStringLiteral("server");
const QString nameKey = QStringLiteral("name");
const QString roomKey = QStringLiteral("room");
const QString idKey = QStringLiteral("id");
const QString timeKey = QStringLiteral("time"); // nanoseconds, as text: JSON's numbers are doubles

} // namespace

ChatReadMarks::ChatReadMarks(Settings& settings, QObject* parent)
    : QObject(parent), m_settings(settings) {
    m_writing.setSingleShot(true);
    m_writing.setInterval(std::chrono::seconds(1));
    connect(&m_writing, &QTimer::timeout, this, &ChatReadMarks::write);
    read();
}

ChatReadMarks::~ChatReadMarks() {
    if (m_writing.isActive())
        write();
}

void ChatReadMarks::read() {
    for (const QJsonValue& value : m_settings.value(marksKey).toArray()) {
        const QJsonObject object = value.toObject();
        const auto text = [&](const QString& key) { return object.value(key).toString(); };
        const qint64 id = object.value(idKey).toInteger(-1);
        bool isTime = false;
        const WallTime time = text(timeKey).toLongLong(&isTime);
        if (id < 0 || !isTime || m_entries.size() >= most)
            continue;
        m_entries.push_back(
            {{text(serverKey), text(nameKey), text(roomKey)}, {static_cast<quint64>(id), time}});
    }
    std::ranges::reverse(m_entries);
}

std::optional<ChatReadMarks::Mark> ChatReadMarks::find(const Room& room) const {
    const auto entry = std::ranges::find(m_entries, room, &Entry::room);
    return entry == m_entries.end() ? std::nullopt : std::optional(entry->mark);
}

void ChatReadMarks::set(const Room& room, const Mark& mark) {
    const auto known = std::ranges::find(m_entries, room, &Entry::room);
    if (known == m_entries.end()) {
        if (m_entries.size() >= most)
            m_entries.erase(m_entries.begin());
        m_entries.push_back({room, mark});
    } else {
        known->mark = mark;
        std::rotate(known, known + 1, m_entries.end());
    }
    if (!m_writing.isActive())
        m_writing.start();
}

void ChatReadMarks::write() {
    m_writing.stop();
    QJsonArray array;
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry)
        array.append(QJsonObject{{serverKey, entry->room.server},
                                 {nameKey, entry->room.name},
                                 {roomKey, entry->room.room},
                                 {idKey, static_cast<qint64>(entry->mark.id)},
                                 {timeKey, QString::number(entry->mark.time)}});
    m_settings.setValue(marksKey, array);
}

} // namespace sscope
