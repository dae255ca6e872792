#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <QObject>
#include <QStringList>

#include "core/engine/chat_manager.h"
#include "core/trace/trace_event.h"
#include "ui/chat/chat_comings.h"
#include "ui/chat/chat_lines_model.h"
#include "ui/chat/chat_people_model.h"
#include "ui/chat/chat_places_model.h"
#include "ui/chat/chat_read_marks.h"
#include "ui/chat/chat_words.h"

namespace sscope {

class EngineBridge;

/// One person in one chat: what the engine's chat client tells, as models, and what the person
/// wants, handed to it. On the GUI thread; a ChatPage owns it.
class ChatSession : public QObject {
    Q_OBJECT

public:
    enum class State {
        Idle,       // nothing was tried yet
        Connecting, // for the first time, or anew at once
        In,
        Waiting, // the connection was lost; the next attempt comes by itself
        Ended    // by the person, or for a reason that problem() has
    };

    /// marks, where there are any, know how far the rooms were read in other tabs and before.
    explicit ChatSession(EngineBridge& bridge, QObject* parent = nullptr,
                         ChatReadMarks* marks = nullptr);
    ~ChatSession() override;

    /// Ends what there is, and joins anew: at the same endpoint the rooms that one was in, from
    /// where they were left; what was said and is not stored is kept. Another endpoint is another
    /// chat, of which nothing is known.
    void connectTo(const ChatClientConfig& config);
    void leave();
    /// The next attempt now, where it waits.
    void retryNow();

    [[nodiscard]] State state() const;
    /// Why it ended, or what the last attempt met; a sentence with what to try. Empty for none.
    [[nodiscard]] QString problem() const;
    /// When it is tried again, where it waits for that.
    [[nodiscard]] TimePoint nextAttempt() const { return m_nextAttempt; }
    /// The server has refused the name or the password: the form is to ask for it anew.
    enum class Wants { Nothing, Name, Password };
    [[nodiscard]] Wants wants() const;
    /// The server's owner has shut one out: joining again is of no use.
    [[nodiscard]] bool isShutOut() const;
    [[nodiscard]] const ChatClientConfig& config() const;
    /// As the server writes it.
    [[nodiscard]] QString name() const;
    /// Others may be on the way. True only once it is connected to another machine.
    [[nodiscard]] bool isReadable() const;
    /// The server cannot store what is said now.
    [[nodiscard]] ChatStorageState storage() const;
    /// Printed endpoints; empty before there is a connection.
    [[nodiscard]] QString local() const;
    [[nodiscard]] QString remote() const;
    [[nodiscard]] OwnerId owner() const;

    [[nodiscard]] ChatPlacesModel& rooms();
    [[nodiscard]] ChatPlacesModel& persons();
    [[nodiscard]] ChatPeopleModel& people(); // of the place that is looked at
    [[nodiscard]] ChatLinesModel& lines(const ChatPlace& place);

    /// The place that is looked at: its lines are read, those of others are counted.
    [[nodiscard]] const ChatPlace& place() const;
    void setPlace(const ChatPlace& place);
    /// Whether a person sees that place now; what comes meanwhile is new.
    void setLooking(bool isLooking);
    /// Whether the latest lines are among what is shown of it; what comes elsewhere is new too.
    void setAtEnd(bool isAtEnd);
    /// The last message that is shown of it; of all before it a person need not be told again.
    void setShownUpTo(quint64 id, WallTime time);
    /// As if a person had looked.
    void markRead(const ChatPlace& place);

    void say(const ChatPlace& place, const QString& text);
    /// Of what was refused.
    void sayAgain(const ChatPlace& place, quint64 tag);
    void join(const QString& room);
    void part(const QString& room);
    /// Who is in any of the rooms that one is in, but oneself; by name.
    [[nodiscard]] QStringList peopleThere() const;
    /// A person to talk to; opens the place.
    void talkTo(const QString& person);
    void closePerson(const QString& person);
    void setTopic(const QString& room, const QString& topic);
    void rename(const QString& name);
    void loadOlder(const ChatPlace& place);
    /// All rooms of the server; roomsListed() comes.
    void listRooms();
    /// Who is in a room, also where one is not in it; peopleListed() comes.
    void listPeople(const QString& room);
    /// A page of what was said in a room before the id, without it the last; pastRead() or
    /// pastRefused() comes, for the last that was asked.
    void readPast(const QString& room, quint64 before);
    /// Of one room, or (empty) of all; found() comes. Newest first.
    void search(const QString& room, const QString& text);

Q_SIGNALS:
    /// State, problem, name, ends, storage.
    void stateChanged();
    void placeChanged();
    /// What was said in the place since it was read last is there, or more of it.
    void missedCame();
    void topicChanged(const QString& room);
    void roomsListed(const std::vector<ChatRoomInfo>& rooms);
    void peopleListed(const QString& room, const QStringList& names);
    void pastRead(const QString& room, const std::vector<ChatMessage>& messages, bool hasMore);
    void pastRefused(const QString& reason);
    void found(const QString& text, const std::vector<ChatMessage>& messages, bool hasMore);
    /// What was asked for was refused: a sentence.
    void refused(const QString& reason);
    /// Somebody has named one, or said something directly, while nobody looked.
    void called(const ChatPlace& place, const QString& author);

private:
    using PlaceKey = std::pair<ChatPlace::Kind, QString>;
    /// What is known of a room beside its lines.
    struct Room {
        std::map<QString, ChatPeopleModel::Entry> people{}; // by name
        ChatComings comings{};
        quint64 pastUpTo = 0;       // is not new: it was read, or there before one came first
        quint64 joinedAt = 0;       // the last that was there when it was joined first
        quint64 countedFrom = 0;    // of what was missed, all from here on is counted
        quint64 readUpTo = 0;       // by who looks
        ChatReadMarks::Mark mark{}; // where one stopped reading
        bool isMissing = false;     // what was missed is still being loaded

        /// With other messages, of which all are new.
        void begunAnew() {
            pastUpTo = joinedAt = readUpTo = 0;
            isMissing = false;
        }
    };
    /// The lines of one person that are on their way directly.
    struct Direct {
        QString person;
        quint64 tag = 0;
    };

    // What is told, by kind; chat_session_news.cpp.
    void take(std::span<const ChatNews> news);
    void take(const ChatNews& news, const chat_news::Opened& opened);
    void take(const ChatNews& news, const chat_news::AttemptFailed& failed);
    void take(const ChatNews& news, const chat_news::Connected& connected);
    void take(const ChatNews& news, const chat_news::Messages& messages);
    void take(const ChatNews& news, const chat_news::Stored& stored);
    void take(const ChatNews& news, const chat_news::Refused& refused);
    void take(const ChatNews& news, const chat_news::Resumed& resumed);
    void take(const ChatNews& news, const chat_news::Told& told);
    void take(const ChatNews& news, const chat_news::Interrupted& interrupted);
    void take(const ChatNews& news, const chat_news::Ended& ended);
    void stopLoading();
    [[nodiscard]] ChatLine lineOf(const ChatMessage& message) const;
    // Of these, what the server says; chat_session_events.cpp.
    bool takeAnswer(const ChatEvent& event);
    void takeHappened(const ChatEvent& event);
    void welcomed(const ChatEvent& event);
    void joined(const ChatEvent& event);
    void topicIs(const ChatEvent& event, bool isTold);
    void past(const ChatEvent& event);
    void storageChanged(ChatStorageState state, bool isNews);
    void requestRefused(const ChatEvent& event);

    void tellState();
    void open(std::map<std::string, std::uint64_t> rooms);
    void forgetAll();
    void ask(ChatRequest request);
    // chat_session_saying.cpp
    void sayDirectly(const ChatLine& line, const QString& person);
    void handed(const ChatEvent& event);
    void directMessage(const ChatEvent& event);
    [[nodiscard]] std::optional<Direct> takeDirect(const std::string& ref);
    void refuseDirects();
    // chat_session_people.cpp
    [[nodiscard]] Room* knownRoom(const QString& name);
    void personJoined(const ChatEvent& event);
    void personLeft(const ChatEvent& event);
    void remarkComing(const QString& room, Room& known, const ChatEvent& event);
    void renamed(const ChatEvent& event);
    void tellPeople(const ChatEvent& event);
    void heard(const QString& room, std::span<const ChatLine> lines);
    void forgetWhoLeft(Room& room);
    void notePeople(const QString& room);
    void updatePeople();
    void setPersonThere(const QString& name, bool isThere);
    // chat_session_reading.cpp
    void count(const ChatPlace& place, std::span<const ChatLine> lines);
    void clearCounts(const ChatPlace& place);
    [[nodiscard]] bool isSeen(const ChatPlace& place) const;
    [[nodiscard]] bool comesUnseen(const ChatPlace& place);
    void beginReading(const QString& name, Room& room, quint64 last);
    void checkMark(const ChatPlace& place, Room& room, std::span<const ChatMessage> messages);
    void addMissed(const ChatPlace& place, Room& room, std::vector<ChatLine> missed);
    void loadMissed(const ChatPlace& place, Room& room);
    [[nodiscard]] QString server() const;
    void noteRead(const QString& name, quint64 id, WallTime time);
    // chat_session_places.cpp
    void remark(const ChatPlace& place, ChatLine::Remark kind, const QString& text,
                bool usesLines = false);
    void remarkEverywhere(ChatLine::Remark kind, const QString& text);
    void addRoom(const QString& name);
    void addPerson(const QString& name);
    [[nodiscard]] QString makeRoomForPerson();
    void dropLines(const ChatPlace& place);
    void renamePlace(const ChatPlace& from, const QString& to);
    void removePlace(const ChatPlace& place);
    void enter(const ChatPlace& place);
    ChatPlacesModel& placesOf(ChatPlace::Kind kind);

    EngineBridge& m_bridge;
    ChatReadMarks* const m_marks;
    const OwnerId m_owner;
    std::uint32_t m_run = 0; // of the client; what another told is passed over
    ChatClientConfig m_config;
    State m_state = State::Idle;
    QString m_problem;
    TimePoint m_nextAttempt;
    Wants m_wants = Wants::Nothing;
    std::optional<ChatFarewell> m_farewell; // that has ended it
    QString m_name;
    bool m_isReadable = false;
    ChatStorageState m_storage = ChatStorageState::Good;
    QString m_local;
    QString m_remote;
    std::optional<TimePoint> m_awaySince; // since it was in last
    WallTime m_cutAt = 0;                 // the same
    bool m_wasLost = false;               // else the person has left
    TimePoint m_backAt;

    ChatPlacesModel m_rooms;
    ChatPlacesModel m_persons;
    ChatPeopleModel m_people;
    std::map<PlaceKey, std::unique_ptr<ChatLinesModel>> m_lines;
    std::map<QString, Room> m_known; // rooms by name
    ChatPlace m_place;
    bool m_isLooking = false;
    bool m_isAtEnd = true;
    bool m_hasReadAll = true;      // of the place, since a line was new there
    ChatReadMarks::Mark m_shown{}; // of the place, the last that is shown
    std::vector<Direct> m_directs; // on their way
    quint64 m_lastTag = 0;
    quint64 m_lastSearch = 0;
    quint64 m_lastPast = 0;
    QString m_searchText;
    bool m_isPeopleChanged = false; // of the place that is looked at
    bool m_isStateChanged = false;
    std::map<PlaceKey, QString> m_callers; // of one batch
};

} // namespace sscope
