#pragma once

// A chat's tab against a real server, with real people beside it.

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

#include "tests/support/program.h"
#include "tests/support/test_socket.h"
#include "ui/chat/chat_edit.h"
#include "ui/chat/chat_lines_view.h"
#include "ui/chat/chat_page.h"
#include "ui/clients/conversation_hub.h"
#include "ui/clients/recent_inputs.h"
#include "ui/common/app_style.h"
#include "ui/common/inline_message.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/engine_bridge.h"

namespace sscope::test {

inline const QStringList freePort{"--listen", "127.0.0.1:0"};

inline ChatPlace room(const QString& name) {
    return {ChatPlace::Kind::Room, name};
}

/// Somebody with ncat.
class LinePerson {
public:
    LinePerson(int port, const std::string& name)
        : m_socket(TestSocket::connectTcp(static_cast<std::uint16_t>(port))) {
        say(name);
        hear("welcome");
    }
    void say(const std::string& line) { m_socket.send(line + "\n"); }
    /// Until the text has come; all that came before it.
    std::string hear(const std::string& text) {
        while (m_heard.find(text) == std::string::npos) {
            const std::string some = m_socket.receiveSome();
            if (some.empty())
                qFatal("the server has ended");
            m_heard += some;
        }
        return m_heard;
    }

private:
    TestSocket m_socket;
    std::string m_heard;
};

struct PageFixture {
    PageFixture() {
        Theme::instance().setChoice(ThemeChoice::Light);
        if (!bridge.engine().start(std::chrono::seconds(1)))
            qFatal("engine");
        page.resize(991, 704);
        page.show();
        page.activateWindow();
        (void)QTest::qWaitForWindowActive(&page);
    }
    ~PageFixture() { bridge.stop(); }

    static ChatClientConfig configOf(int port, const std::string& name) {
        ChatClientConfig config;
        config.client.endpoint = {.host = "127.0.0.1", .port = static_cast<std::uint16_t>(port)};
        config.name = name;
        return config;
    }
    void join(int port, const std::string& name = "mira") {
        page.setConfig(configOf(port, name));
        page.joinNow();
        [&] { QTRY_COMPARE(session().state(), ChatSession::State::In); }();
        [&] { QTRY_COMPARE(session().place().name, QString("lobby")); }();
    }
    ChatSession& session() { return page.session(); }
    ChatLinesModel& lines() { return session().lines(session().place()); }
    template <typename T>
    T* find(const char* name) {
        return page.findChild<T*>(name);
    }
    ChatEdit* edit() { return find<ChatEdit>("chatEdit"); }
    void say(const QString& text) {
        edit()->setFocus();
        QTest::keyClicks(edit(), text);
        QTest::keyClick(edit(), Qt::Key_Return);
    }
    QString fault() {
        auto* label = find<QLabel>("composerFault");
        return label->isVisible() ? label->text() : QString();
    }
    int rowWith(const QString& text) {
        for (int row = 0; row < lines().rowCount(); ++row) {
            if (lines().at(row).text == text)
                return row;
        }
        return -1;
    }
    /// What the page hears, without a server that says it.
    void tell(chat_news::Event what) {
        const ChatNews news{SteadyClock::now(), session().owner(), 1, std::move(what)};
        Q_EMIT bridge.chatArrived(std::span(&news, 1));
    }
    QString strip(const char* name) {
        auto* message = find<InlineMessage>(name);
        return message->isVisible() ? message->text() : QString();
    }
    /// For whoever wants to look: saved where SSCOPE_PICTURES says.
    void picture(const QString& name) {
        const QString folder = qEnvironmentVariable("SSCOPE_PICTURES");
        if (folder.isEmpty())
            return;
        QTest::qWait(50);
        page.grab().save(folder + "/page-" + name + ".png");
    }

    Settings settings{QString::fromStdString(temporaryPath("settings.json"))};
    EngineBridge bridge;
    ConversationHub hub{bridge};
    RecentInputs inputs{settings};
    ChatPage page{bridge, hub, inputs, nullptr};
};

} // namespace sscope::test
