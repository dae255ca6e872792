#pragma once

#include <deque>

#include <QAbstractListModel>
#include <QDate>
#include <QString>

#include "core/base/clock.h"

namespace sscope {

/// One line of a place: what somebody has said, or what has happened between. A value.
struct ChatLine {
    enum class Kind { Message, Remark };
    enum class State {
        Plain,   // of others; direct messages, once they are handed over
        Waiting, // of one's own: not stored yet
        Stored,  // of one's own: durable
        Refused  // of one's own: it will not be stored; reason says why
    };
    enum class Remark { Joined, Left, Renamed, Topic, Notice, Lost, Resumed, Storage, Refused };

    Kind kind = Kind::Message;
    State state = State::Plain;
    Remark remark = Remark::Notice;
    quint64 id = 0;    // of the server's; 0 for none
    quint64 tag = 0;   // of ours, while it waits or is refused
    WallTime time = 0; // the server's; of what waits, and of remarks, ours
    QString author{};
    QString text{};   // as it came: whoever shows it makes it safe. Of a remark a whole sentence
    QString reason{}; // why it was refused
    bool isOwn = false;
    bool mentionsMe = false;
    bool usesLines = false; // Remark::Joined: with ncat or telnet
};

/// What was said in one place: by id, what waits at the end. Bounded: the oldest lines make room,
/// and can be loaded again. Owned by a ChatSession, on the GUI thread; never reset.
class ChatLinesModel : public QAbstractListModel {
    Q_OBJECT

public:
    explicit ChatLinesModel(QObject* parent = nullptr);

    /// DisplayRole is the line as one plain, safe text ("09:14:05 lin: …"), for search, copies and
    /// screen readers; the views take the rest from at().
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    [[nodiscard]] const ChatLine& at(int row) const {
        return m_lines[static_cast<std::size_t>(row)];
    }
    // What a row has because of the one before it. Where that changes dataChanged tells.
    /// The first of its (local) day.
    [[nodiscard]] bool startsDay(int row) const;
    /// The author is to be named: the row before is of another, a remark, or five minutes older.
    [[nodiscard]] bool startsGroup(int row) const;
    /// The first that came while nobody looked; at most one row.
    [[nodiscard]] bool startsNew(int row) const;
    /// How many lines of others came while nobody looked, from that row on.
    [[nodiscard]] int newCount() const { return m_newCount; }

    /// There may be older messages on the server.
    [[nodiscard]] bool hasOlder() const { return m_hasOlder; }
    [[nodiscard]] bool isLoadingOlder() const { return m_isLoadingOlder; }

Q_SIGNALS:
    /// hasOlder() or isLoadingOlder().
    void olderChanged();

private:
    std::deque<ChatLine> m_lines;
    int m_newCount = 0;
    bool m_hasOlder = false;
    bool m_isLoadingOlder = false;
};

} // namespace sscope
