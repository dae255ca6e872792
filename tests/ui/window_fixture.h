#pragma once

#include <chrono>

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QtTest>

#include "core/process/helper_process.h"
#include "core/qt/qt_model.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"
#include "ui/clients/client_tabs.h"
#include "ui/clients/conversation_view.h"
#include "ui/common/app_style.h"
#include "ui/common/command_line_reader.h"
#include "ui/common/inline_message.h"
#include "ui/common/settings.h"
#include "ui/connections/connections_dock.h"
#include "ui/connections/connections_model.h"
#include "ui/engine_bridge.h"
#include "ui/main_window/main_window.h"
#include "ui/servers/server_clients_model.h"
#include "ui/servers/server_list_model.h"

namespace sscope::test {

/// A whole window with its engine, on the offscreen platform.
class WindowFixture {
public:
    explicit WindowFixture(const QString& settingsPath = freshSettings(),
                           const CommandLineReader& reader = {})
        : settings(settingsPath), window(bridge, settings) {
        registerQtModel(); // as the program does
        setHelperProgram(ownProgram(QStringLiteral("socketscope")).toStdString());
        if (reader.server)
            window.setCommandLineReader(reader);
        QApplication::setStyle(new AppStyle);
        window.resize(1280, 800);
        window.show();
        window.activateWindow(); // shortcuts are the active window's
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("the window is not active");
        if (!bridge.engine().start(std::chrono::milliseconds(100)))
            qFatal("engine");
    }
    ~WindowFixture() { bridge.stop(); }

    static QString freshSettings() {
        return QString::fromStdString(temporaryPath("settings.json"));
    }

    template <typename T>
    T* find(const QString& name) {
        T* found = nullptr;
        for (T* each : window.findChildren<T*>(name)) {
            if (each->isVisible())
                found = each;
        }
        return found;
    }
    /// Clicks a visible button; fails the test's next check where there is none.
    bool click(const QString& name) {
        auto* button = find<QAbstractButton>(name);
        if (!button || !button->isEnabled())
            return false;
        QTest::mouseClick(button, Qt::LeftButton);
        return true;
    }
    /// A button of the message over the tabs, or over a conversation, by its words.
    bool clickMessage(const QString& words) {
        for (auto* message : window.findChildren<InlineMessage*>()) {
            for (auto* button : message->findChildren<QPushButton*>()) {
                if (button->isVisible() && button->text() == words) {
                    QTest::mouseClick(button, Qt::LeftButton);
                    return true;
                }
            }
        }
        return false;
    }
    QString messageText() {
        for (auto* message : window.findChildren<InlineMessage*>()) {
            if (message->isVisible())
                return message->text();
        }
        return {};
    }

    ConversationModel& rows() { return window.tabs().currentPage()->conversation().model(); }
    LinkState state() { return window.tabs().currentPage()->conversation().state(); }
    /// The payloads and notes of the current tab, as text.
    QStringList lines() {
        QStringList all;
        for (int row = 0; row < rows().rowCount(); ++row)
            all.append(rows().lineText(row));
        return all;
    }
    bool hasLine(const QString& part) { return !lines().filter(part).isEmpty(); }

    /// Starts an echo server; its port once it listens.
    std::uint16_t serve(ServerConfig config = {}) {
        if (config.listen.front().port == 65432)
            config.listen.front().port = 0;
        window.serve(config);
        const int row = window.servers().rowCount() - 1;
        [&] { QTRY_VERIFY(window.servers().at(row).status == ServerStatus::Running); }();
        const QString endpoint = window.servers().at(row).endpoints.value(0);
        return static_cast<std::uint16_t>(endpoint.section(':', -1).toUInt());
    }
    void connectTo(std::uint16_t port) {
        ClientConfig config;
        config.endpoint = {.host = "127.0.0.1", .port = port};
        window.connectClient(config, {});
        [&] { QTRY_VERIFY(state() == LinkState::Open); }();
    }
    void type(const QString& text) {
        auto* edit = find<QPlainTextEdit>("messageEdit");
        edit->setFocus();
        edit->clear();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    }
    /// Types an endpoint into a new client tab and presses Return.
    void typeEndpoint(const QString& text) {
        window.tabs().addClient();
        auto* box = find<QComboBox>("endpoint");
        box->setEditText(text);
        QTest::keyClick(box->lineEdit(), Qt::Key_Return);
    }

    Settings settings;
    EngineBridge bridge;
    MainWindow window;
};

} // namespace sscope::test
