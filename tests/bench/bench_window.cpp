// How the window feels under load. With two echo servers, a conversation, a chat and the table open
// it measures the gaps between two turns of the GUI's event loop, less the time that its thread
// waited for a core; whether every datagram is echoed and counted; and the memory that is held
// after it. The load is a process of its own, and so is each who talks in the chat. Usage:
// bench_window [socket events a second] [seconds] [further TCP connections of the machine]

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include "tests/bench/heart.h"
#include "tests/bench/paced_load.h"
#include "tests/bench/socket_crowd.h"
#include "tests/bench/window_bench.h"
#include "ui/chat/chat_page.h"
#include "ui/clients/client_tabs.h"
#include "ui/common/app_style.h"
#include "ui/common/command_line_reader.h"
#include "ui/common/settings.h"
#include "ui/connections/connections_dock.h"
#include "ui/connections/connections_model.h"
#include "ui/engine_bridge.h"
#include "ui/main_window/main_window.h"
#include "ui/servers/server_clients_model.h"
#include "ui/servers/server_list_model.h"
#include "ui/servers/servers_dock.h"

namespace {

using namespace sscope;
using namespace sscope::bench;
using namespace std::chrono_literals;

constexpr std::size_t tcpConnections = 50;
constexpr std::size_t messageSize = 64;
constexpr std::uint64_t datagrams = 20'000;
constexpr int talkers = 5;
constexpr int saidEachSecond = 20;
constexpr std::size_t mostInOneProcess = 9'000; // connections; both ends are its descriptors

/// The other process: prints what it has sent and received.
int runLoad(const char* transport, const char* port, const char* messages, const char* perSecond) {
    const bool isTcp = std::string_view(transport) == "tcp";
    PacedLoad load(isTcp ? PacedLoad::Transport::Tcp : PacedLoad::Transport::Udp,
                   static_cast<std::uint16_t>(std::atoi(port)), isTcp ? tcpConnections : 1,
                   messageSize);
    const auto result = load.run(std::strtoull(messages, nullptr, 10), std::atof(perSecond));
    std::printf("%llu %llu\n", static_cast<unsigned long long>(result.sent),
                static_cast<unsigned long long>(result.received));
    return 0;
}

/// People who talk in a room without end, each a process of its own.
class Company {
public:
    explicit Company(std::uint16_t port) {
        for (int i = 0; i < talkers; ++i) {
            m_people.push_back(std::make_unique<QProcess>());
            m_people.back()->setStandardOutputFile(QProcess::nullDevice());
            m_people.back()->start(QStringLiteral(SSCOPE_PROGRAM),
                                   {QStringLiteral("chat"),
                                    QStringLiteral("127.0.0.1:%1").arg(port),
                                    QStringLiteral("--name"), QStringLiteral("talker%1").arg(i)});
        }
        QObject::connect(&m_timer, &QTimer::timeout, [this] { say(); });
        m_timer.start(1'000 / saidEachSecond);
    }
    ~Company() {
        m_timer.stop();
        for (const auto& person : m_people) {
            person->kill();
            person->waitForFinished();
        }
    }

private:
    void say() {
        m_people[static_cast<std::size_t>(m_said) % m_people.size()]->write(
            QStringLiteral(
                "Line %1: the queue of port 7000 is at %2 bytes, somebody does not read.\n")
                .arg(m_said)
                .arg(m_said * 37 % 9'000)
                .toUtf8());
        ++m_said;
    }

    std::vector<std::unique_ptr<QProcess>> m_people;
    QTimer m_timer;
    int m_said = 0;
};

/// The window with all that a person would have open.
class Scene {
public:
    Scene() : settings(folder.filePath(QStringLiteral("settings.json"))), window(bridge, settings) {
        window.resize(1440, 900);
        window.show();
        if (!bridge.engine().start(1s))
            std::abort();
        tcp = serve(Transport::Tcp);
        udp = serve(Transport::Udp);
        ClientConfig client;
        client.endpoint = {.host = "127.0.0.1", .port = portOf(tcp)};
        window.connectClient(client, {{.content = {std::byte{'h'}, std::byte{'i'}}}});
        if (!spinUntil([this] { return window.servers().at(tcp).clients->rowCount() == 1; }))
            std::abort();
        openChat(serve(Transport::Tcp, "chat"));
    }
    ~Scene() { bridge.stop(); }

    [[nodiscard]] std::uint16_t portOf(int row) {
        return window.servers().at(row).endpoints.value(0).section(u':', -1).toUShort();
    }

    /// Runs the load and hands back "sent received".
    std::pair<std::uint64_t, std::uint64_t> load(int row, std::uint64_t messages,
                                                 double perSecond) {
        QProcess process;
        process.start(
            QCoreApplication::applicationFilePath(),
            {QStringLiteral("--load"), row == tcp ? QStringLiteral("tcp") : QStringLiteral("udp"),
             QString::number(portOf(row)), QString::number(messages), QString::number(perSecond)});
        if (row == tcp)
            openOneOfTheLoad();
        spinUntil([&] { return process.state() == QProcess::NotRunning; }, 120s);
        const QList<QByteArray> words = process.readAllStandardOutput().simplified().split(' ');
        return {words.value(0).toULongLong(), words.value(1).toULongLong()};
    }

    QTemporaryDir folder;
    Settings settings;
    EngineBridge bridge;
    MainWindow window;
    std::unique_ptr<Company> company;
    ChatPage* chat = nullptr;
    int tcp = 0;
    int udp = 0;

private:
    int serve(Transport transport, const char* service = "echo") {
        ServerConfig config;
        config.service = service;
        config.listen = {{.transport = transport, .host = "127.0.0.1", .port = 0}};
        window.serve(config);
        const int row = window.servers().rowCount() - 1;
        if (!spinUntil([&] { return window.servers().at(row).status == ServerStatus::Running; }))
            std::abort();
        return row;
    }
    /// Beside the other tabs, so that it is seen all the time.
    void openChat(int row) {
        ChatTabRequest request;
        request.config.client.endpoint = {.host = "127.0.0.1", .port = portOf(row)};
        request.config.name = "mira";
        ChatPage* page = window.tabs().openChat(request);
        if (!spinUntil([page] { return !page->session().place().name.isEmpty(); }))
            std::abort();
        chat = page;
        window.tabs().splitRight(page);
        window.tabs().show(window.tabs().pages().front());
        company = std::make_unique<Company>(portOf(row));
    }
    /// A conversation of the load is what the tabs show, so that rows come in as they would.
    void openOneOfTheLoad() {
        const ServerClientsModel& clients = *window.servers().at(tcp).clients;
        if (spinUntil([&] { return clients.rowCount() > 1; }))
            window.tabs().openAccepted(clients.at(clients.rowCount() - 1).connection, 0);
    }
};

void measureTcp(Scene& scene, Heart& heart, double eventsPerSecond, double seconds) {
    const double echoes = eventsPerSecond / 2; // a receive and a send
    const ServerTotals before = scene.window.servers().at(scene.tcp).totals;
    const quint64 droppedBefore = scene.bridge.droppedEvents();
    heart.start();
    const auto [sent, received] =
        scene.load(scene.tcp, static_cast<std::uint64_t>(echoes * seconds), echoes);
    const std::vector<double> gaps = heart.stop();
    spinFor(200ms);
    const ServerTotals after = scene.window.servers().at(scene.tcp).totals;
    printGaps("TCP, table and conversation open", gaps);
    std::printf(
        "  %llu echoes asked for, %llu came back; counted %llu bytes in, %llu out (%s); "
        "%llu log rows not shown\n",
        static_cast<unsigned long long>(sent), static_cast<unsigned long long>(received),
        static_cast<unsigned long long>(after.counters.receivedBytes -
                                        before.counters.receivedBytes),
        static_cast<unsigned long long>(after.counters.sentBytes - before.counters.sentBytes),
        after.counters.receivedBytes - before.counters.receivedBytes == sent * messageSize
            ? "exact"
            : "NOT EXACT",
        static_cast<unsigned long long>(scene.bridge.droppedEvents() - droppedBefore));
}

void measureUdp(Scene& scene, Heart& heart, double perSecond) {
    const ServerTotals before = scene.window.servers().at(scene.udp).totals;
    heart.start();
    const auto [sent, received] = scene.load(scene.udp, datagrams, perSecond);
    const std::vector<double> gaps = heart.stop();
    spinFor(200ms);
    const ServerTotals after = scene.window.servers().at(scene.udp).totals;
    const auto countedIn = after.counters.receivedMessages - before.counters.receivedMessages;
    const auto countedOut = after.counters.sentMessages - before.counters.sentMessages;
    char what[64];
    std::snprintf(what, sizeof what, "UDP, %.0f datagrams a second", perSecond);
    printGaps(what, gaps);
    std::printf("  %llu sent, %llu echoed; counted %llu in, %llu out (%s)\n",
                static_cast<unsigned long long>(sent), static_cast<unsigned long long>(received),
                static_cast<unsigned long long>(countedIn),
                static_cast<unsigned long long>(countedOut),
                countedIn == sent && countedOut == sent && received == sent ? "none lost" : "LOST");
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 6 && std::string_view(argv[1]) == "--load")
        return runLoad(argv[2], argv[3], argv[4], argv[5]);
    const double eventsPerSecond = argc > 1 ? std::atof(argv[1]) : 50'000;
    const double seconds = argc > 2 ? std::atof(argv[2]) : 15;
    std::vector<std::unique_ptr<SocketCrowd>> crowds; // before there are threads: it forks
    for (std::size_t left = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 0; left > 0;
         left -= std::min(left, mostInOneProcess))
        crowds.push_back(std::make_unique<SocketCrowd>(std::min(left, mostInOneProcess)));
    int count = 1;
    const QApplication app(count, argv);
    QApplication::setStyle(new AppStyle);
    QApplication::setQuitOnLastWindowClosed(false);
    Scene scene;
    Heart heart;
    spinFor(2s);
    std::printf("%s, %.0f MiB resident at rest, %d rows in the table\n",
                qPrintable(QGuiApplication::platformName()), residentMebibytes(),
                static_cast<int>(scene.window.connections().model().total()));
    heart.start();
    spinFor(10s);
    printGaps("at rest but for the chat", heart.stop());
    measureUdp(scene, heart, 5'000);
    measureUdp(scene, heart, 50'000);
    std::printf("  %.0f MiB resident after the datagrams\n", residentMebibytes());
    measureTcp(scene, heart, eventsPerSecond, seconds);
    std::printf("  %.0f MiB resident at the end, %d lines in the chat\n", residentMebibytes(),
                scene.chat->session().lines(scene.chat->session().place()).rowCount());
    return 0;
}
