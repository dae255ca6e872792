#pragma once

// People in a chat that a server of the same window serves.

#include <QAbstractItemModelTester>
#include <QtTest>

#include "core/server/chat_owner.h"
#include "ui/chat/chat_session.h"
#include "ui/engine_bridge.h"

namespace sscope::test {

inline ChatPlace room(const QString& name) {
    return {ChatPlace::Kind::Room, name};
}

inline ChatPlace person(const QString& name) {
    return {ChatPlace::Kind::Person, name};
}

inline QStringList texts(const ChatLinesModel& model,
                         ChatLine::Kind kind = ChatLine::Kind::Message) {
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.at(row).kind == kind)
            list.append(model.at(row).text);
    }
    return list;
}

inline QString lastRemark(const ChatLinesModel& model, ChatLine::Remark kind) {
    for (int row = model.rowCount() - 1; row >= 0; --row) {
        if (model.at(row).kind == ChatLine::Kind::Remark && model.at(row).remark == kind)
            return model.at(row).text;
    }
    return {};
}

inline QStringList namesOf(ChatPeopleModel& people, bool isHere = true) {
    QStringList list;
    for (int row = 0; row < people.rowCount(); ++row) {
        if (people.at(row).isHere == isHere)
            list.append(people.at(row).name);
    }
    return list;
}

/// Servers and the engine of one window.
class Window {
public:
    Window() {
        QObject::connect(&bridge, &EngineBridge::lifecycleArrived, &bridge,
                         [this](std::span<const LifecycleEvent> events) {
                             for (const LifecycleEvent& event : events)
                                 take(event);
                         });
        if (!bridge.engine().start(std::chrono::hours(1)))
            qFatal("start");
    }

    /// All of it, in traced.
    void keepTrace() {
        QObject::connect(&bridge, &EngineBridge::logArrived, &bridge,
                         [this](const LogChunk& chunk, std::span<const TraceEvent> events) {
                             for (const TraceEvent& event : events) {
                                 const ByteView kept = chunk.kept(event);
                                 traced += std::string(textOf(kept)) + '\n';
                             }
                         });
    }
    void serve(ServerConfig config, quint16 at = 0) {
        config.listen = {{.host = "127.0.0.1", .port = at}};
        isListening = hasStopped = false;
        server = bridge.engine().newOwner();
        if (!bridge.engine().servers().start(server, config))
            qFatal("start");
        QTRY_VERIFY(isListening);
    }
    void serveChat() {
        ServerConfig config;
        config.service = "chat";
        serve(config);
    }
    void stopServer() {
        bridge.engine().servers().stop(server);
        QTRY_VERIFY(hasStopped);
        bridge.engine().servers().forget(server);
    }
    [[nodiscard]] ChatClientConfig configOf(const QString& name) const {
        ChatClientConfig config{.name = name.toStdString(), .room = "den"};
        config.client.endpoint = {.host = "127.0.0.1", .port = port};
        return config;
    }
    [[nodiscard]] QString endpoint() const {
        return QString::fromStdString(configOf({}).client.endpoint.text());
    }
    ChatOwner& owner() { return *bridge.engine().servers().chat(server); }

    std::string traced; // all that the trace keeps of payloads
    EngineBridge bridge;
    OwnerId server = 0;
    quint16 port = 0;
    bool isListening = false;
    bool hasStopped = false;

private:
    void take(const LifecycleEvent& event) {
        if (event.connection.owner != server)
            return;
        if (const auto* listening = std::get_if<lifecycle::Listening>(&event.what)) {
            port = static_cast<quint16>(
                std::stoi(listening->endpoint.substr(listening->endpoint.rfind(':') + 1)));
            isListening = true;
        }
        hasStopped = hasStopped || std::holds_alternative<lifecycle::Stopped>(event.what);
    }
};

/// A person's session, whose models are watched.
class Person {
public:
    Person(Window& window, const QString& name, ChatReadMarks* marks = nullptr)
        : session(window.bridge, nullptr, marks),
          m_bridge(window.bridge),
          m_rooms(&session.rooms()),
          m_persons(&session.persons()),
          m_people(&session.people()),
          m_lines(&session.lines(room("den"))) {
        session.connectTo(window.configOf(name));
    }
    bool joins() {
        return QTest::qWaitFor([this] { return session.people().hereCount() > 0; }, 10'000);
    }
    ChatLinesModel& lines() { return session.lines(room("den")); }
    [[nodiscard]] ChatPlacesModel::Entry den() {
        return session.rooms().at(session.rooms().rowOf(room("den")));
    }

    /// As if the server had said so.
    void tell(ChatEvent event) {
        const ChatNews news{SteadyClock::now(), session.owner(), 1,
                            chat_news::Told{std::move(event)}};
        Q_EMIT m_bridge.chatArrived(std::span(&news, 1));
    }

    ChatSession session;

private:
    EngineBridge& m_bridge;
    QAbstractItemModelTester m_rooms;
    QAbstractItemModelTester m_persons;
    QAbstractItemModelTester m_people;
    QAbstractItemModelTester m_lines;
};

} // namespace sscope::test
