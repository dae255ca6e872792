#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>

#include "core/client/chat_client.h"
#include "core/trace/trace_event.h"
#include "ui/chat/chat_lines_model.h"
#include "ui/chat/chat_people_model.h"
#include "ui/chat/chat_places_model.h"

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

    explicit ChatSession(EngineBridge& bridge, QObject* parent = nullptr);
    ~ChatSession() override;

    /// Ends what there is, and joins anew; what was said and is not stored is kept.
    void connectTo(const ChatClientConfig& config);
    void leave();
    /// The next attempt now, where it waits.
    void retryNow();

    [[nodiscard]] State state() const;
    /// Why it ended, or what the last attempt met; a sentence with what to try. Empty for none.
    [[nodiscard]] QString problem() const;
    /// The server has refused the name or the password: the form is to ask for it anew.
    enum class Wants { Nothing, Name, Password };
    [[nodiscard]] Wants wants() const;
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

    void say(const ChatPlace& place, const QString& text);
    /// Of what was refused.
    void sayAgain(const ChatPlace& place, quint64 tag);
    void join(const QString& room);
    void part(const QString& room);
    /// A person to talk to; opens the place.
    void talkTo(const QString& person);
    void closePerson(const QString& person);
    void setTopic(const QString& room, const QString& topic);
    void rename(const QString& name);
    void loadOlder(const ChatPlace& place);
    /// All rooms of the server; roomsListed() comes.
    void listRooms();
    /// Of one room, or (empty) of all; found() comes. Newest first.
    void search(const QString& room, const QString& text);

Q_SIGNALS:
    /// State, problem, name, ends, storage.
    void stateChanged();
    void placeChanged();
    void topicChanged(const QString& room);
    void roomsListed(const std::vector<ChatRoomInfo>& rooms);
    void found(const QString& text, const std::vector<ChatMessage>& messages, bool hasMore);
    /// What was asked for was refused: a sentence.
    void refused(const QString& reason);
    /// Somebody has named one, or said something directly, while nobody looked.
    void called(const ChatPlace& place, const QString& author);
};

} // namespace sscope
