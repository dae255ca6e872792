#pragma once

#include <deque>
#include <optional>
#include <span>
#include <vector>

#include <QAbstractListModel>
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
    // Lines that stay as new ones come; those loaded from further back come on top, up to the
    // second.
    static constexpr int usualLines = 5'000;
    static constexpr int mostLines = 50'000;

    explicit ChatLinesModel(QObject* parent = nullptr, int usual = usualLines);

    /// DisplayRole is the line as one plain, safe text ("09:14:05 lin: …"), AccessibleTextRole as
    /// it is read out ("lin, 09:14:05, …", and what has become of it); the views take the rest from
    /// at().
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    [[nodiscard]] const ChatLine& at(int row) const {
        return m_lines[static_cast<std::size_t>(row)];
    }
    // What a row has because of the one before it. Where that changes dataChanged tells.
    /// The first of its (local) day.
    [[nodiscard]] bool startsDay(int row) const;
    /// The author is to be named: the row before is of another, a remark, or five minutes older, or
    /// a day or the new lines begin; and again in a long run, with every 20th message and every
    /// five minutes, where it does not stand close above.
    [[nodiscard]] bool startsGroup(int row) const;
    /// The first that came while nobody looked; at most one row.
    [[nodiscard]] bool startsNew(int row) const { return row == m_newRow; }
    /// How many lines of others came while nobody looked, from that row on.
    [[nodiscard]] int newCount() const { return m_newCount; }
    [[nodiscard]] bool isNew(int row) const { return m_newRow >= 0 && row >= m_newRow; }

    /// There may be older messages on the server.
    [[nodiscard]] bool hasOlder() const { return m_hasOlder; }
    /// No more can be loaded, even if there is more.
    [[nodiscard]] bool isFull() const { return rowCount() >= mostLines; }
    [[nodiscard]] bool isLoadingOlder() const { return m_isLoadingOlder; }

    // The session's:
    /// Messages with ids, in their order, each to its place; one that is there already stays as it
    /// is. Unseen: those of others are new.
    void addMessages(std::vector<ChatLine> lines, bool isUnseen);
    /// Older ones, for which nothing makes room.
    void addOlder(std::vector<ChatLine> lines, bool isUnseen = false);
    /// What has no id, before what waits.
    void append(std::vector<ChatLine> lines, bool isUnseen);
    /// Of the last line that does not wait.
    [[nodiscard]] bool endsWithRemark(const QString& text) const;
    /// The same remark says more now.
    void setLastRemark(ChatLine::Remark kind, const QString& text);
    /// What has no id, before the first message with a higher one, and before what has none and
    /// came later.
    void insertAfter(quint64 id, ChatLine line);
    /// The messages stay, but other ones have their ids now.
    void forgetIds();
    /// At the end, with its tag.
    void addWaiting(ChatLine line);
    /// What waited goes to the place of its id; without one, after what has none.
    void setStored(quint64 tag, quint64 id, WallTime time);
    void setRefused(quint64 tag, const QString& reason);
    /// Removes what was refused; nothing where it is not there.
    std::optional<ChatLine> takeRefused(quint64 tag);
    /// No line is new.
    void setSeen();
    void setOlder(bool hasOlder, bool isLoading);
    /// What was loaded from further back goes, as far as it is more than usual.
    void forgetOlder();
    void removeAll();
    /// 0 where no line has one.
    [[nodiscard]] quint64 firstId() const;
    [[nodiscard]] quint64 lastId() const;
    [[nodiscard]] int rowOf(quint64 id) const; // -1 where it is not loaded
    [[nodiscard]] int waitingCount() const { return m_waiting; }

Q_SIGNALS:
    /// hasOlder() or isLoadingOlder().
    void olderChanged();

private:
    static constexpr int closeRows = 6; // the name stands in sight still

    [[nodiscard]] int placed() const { return rowCount() - m_waiting; }
    [[nodiscard]] int placeOf(quint64 id, WallTime time) const;
    [[nodiscard]] int rowOfWaiting(quint64 tag) const;
    // chat_lines_model_changes.cpp
    void insertByPlace(std::vector<ChatLine> lines, bool isUnseen);
    void insertRun(int row, std::span<ChatLine> lines, bool isUnseen);
    void moveTo(int from, int to);
    void removeRun(int row, int count);
    void makeRoom(int most);
    void tellBelow(int row);

    [[nodiscard]] bool startsRun(int row) const;
    [[nodiscard]] bool repeatsAuthor(int row) const;

    std::deque<ChatLine> m_lines;
    const int m_usual;
    int m_most;        // usual, or more where older ones were loaded
    int m_waiting = 0; // the last of the lines
    int m_newRow = -1;
    int m_newCount = 0;
    bool m_hasOlder = false;
    bool m_isLoadingOlder = false;
};

} // namespace sscope
