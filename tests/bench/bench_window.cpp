// How the window feels under load. With two echo servers, a conversation and the table open it
// measures the gaps between two turns of the GUI's event loop, less the time that its thread waited
// for a core; whether every datagram is echoed and counted; and the memory that is held after it.
// The load is a process of its own. Usage: bench_window [socket events a second] [seconds], or
// bench_window --conversation [messages a second] [seconds] for a client tab that receives them,
// a million rows of it, and a line of 20 MB.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include <sys/syscall.h>
#include <unistd.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QScrollBar>
#include <QTemporaryDir>

#include "tests/bench/heart.h"
#include "tests/bench/paced_load.h"
#include "tests/bench/paced_source.h"
#include "tests/bench/statistics.h"
#include "ui/clients/client_tabs.h"
#include "ui/clients/conversation_filter.h"
#include "ui/clients/conversation_list.h"
#include "ui/clients/conversation_view.h"
#include "ui/clients/lines_view.h"
#include "ui/clients/message_detail.h"
#include "ui/common/app_style.h"
#include "ui/common/settings.h"
#include "ui/connections/connections_dock.h"
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

double residentMebibytes() {
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * static_cast<double>(::getpagesize()) /
           (1 << 20);
}

void printGaps(const char* what, const std::vector<double>& gaps) {
    std::printf("  %-34s median %.1f  p99 %.1f  p99.9 %.1f  longest %.1f ms (%zu turns)\n", what,
                median(gaps), percentile(gaps, 0.99), percentile(gaps, 0.999), percentile(gaps, 1),
                gaps.size());
    std::fflush(stdout);
}

bool spinUntil(const std::function<bool()>& holds, std::chrono::milliseconds most = 20s) {
    QElapsedTimer timer;
    timer.start();
    while (!holds() && timer.elapsed() < most.count())
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 10);
    return holds();
}

void spinFor(std::chrono::milliseconds time) {
    spinUntil([] { return false; }, time);
}

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

/// The other process for a client tab: prints its port, then how many lines it has sent.
int runSource(const char* lines, const char* perSecond) {
    PacedSource source;
    std::printf("%u\n", static_cast<unsigned>(source.port()));
    std::fflush(stdout);
    if (std::string_view(perSecond) == "line") {
        source.runLine(std::strtoull(lines, nullptr, 10));
        return 0;
    }
    const std::uint64_t sent =
        source.run(std::strtoull(lines, nullptr, 10), std::atof(perSecond), messageSize);
    std::printf("%llu\n", static_cast<unsigned long long>(sent));
    return 0;
}

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
    int tcp = 0;
    int udp = 0;

private:
    int serve(Transport transport) {
        ServerConfig config;
        config.listen = {{.transport = transport, .host = "127.0.0.1", .port = 0}};
        window.serve(config);
        const int row = window.servers().rowCount() - 1;
        if (!spinUntil([&] { return window.servers().at(row).status == ServerStatus::Running; }))
            std::abort();
        return row;
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

/// A client tab that is connected to a source in another process.
class ClientScene {
public:
    explicit ClientScene(Settings& settings) : window(bridge, settings) {
        window.resize(1440, 900);
        window.show();
        if (!bridge.engine().start(1s))
            std::abort();
    }
    ~ClientScene() { bridge.stop(); }

    void begin(std::uint64_t lines, const QString& perSecond, std::string_view framing) {
        process.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("--source"), QString::number(lines), perSecond});
        process.waitForReadyRead();
        ClientConfig config;
        config.endpoint = {.host = "127.0.0.1", .port = process.readLine().trimmed().toUShort()};
        config.framing = Framing::parse(framing).value();
        page = window.tabs().openClient(config, {}, false);
    }
    /// What the source has sent, once it is through and all that was told of it is shown.
    std::uint64_t end() {
        spinUntil([this] { return process.state() == QProcess::NotRunning; }, 300s);
        spinUntil([this] { return page->conversation().state() == LinkState::Closed; });
        spinFor(300ms);
        return process.readAll().trimmed().toULongLong();
    }
    [[nodiscard]] ConversationModel& rows() { return page->conversation().model(); }
    [[nodiscard]] ConversationView& view() {
        return *page->findChild<ConversationView*>(QStringLiteral("conversationView"));
    }

    EngineBridge bridge;
    MainWindow window;
    QProcess process;
    ConversationPage* page = nullptr;
};

void measureFlood(Settings& settings, double perSecond, double seconds) {
    ClientScene scene(settings);
    Heart heart;
    scene.begin(static_cast<std::uint64_t>(perSecond * seconds), QString::number(perSecond),
                "line");
    spinUntil([&] { return scene.rows().droppedRows() > 0; });
    spinFor(2s);
    const double before = residentMebibytes();
    heart.start();
    const std::uint64_t sent = scene.end();
    const std::vector<double> gaps = heart.stop();
    printGaps("client tab, flooded", gaps);
    const Counters& counters = scene.page->conversation().counters();
    const auto record = scene.page->conversation().record(scene.rows().stream());
    std::printf("  %llu messages sent; counted %llu, %llu bytes, kept %llu (%s); %llu rows, %llu "
                "made room, %llu log rows not shown\n  %.0f MiB resident once the rows were at "
                "their limit, %.0f MiB at the end\n",
                static_cast<unsigned long long>(sent),
                static_cast<unsigned long long>(counters.receivedMessages),
                static_cast<unsigned long long>(counters.receivedBytes),
                static_cast<unsigned long long>(record->kept(RecordSide::Received)),
                counters.receivedMessages == sent && counters.receivedBytes == sent * messageSize &&
                        record->kept(RecordSide::Received) == sent * messageSize
                    ? "exact"
                    : "NOT EXACT",
                static_cast<unsigned long long>(scene.rows().rowCount()),
                static_cast<unsigned long long>(scene.rows().droppedRows()),
                static_cast<unsigned long long>(scene.bridge.droppedEvents()), before,
                residentMebibytes());
}

void measureMillion(Settings& settings, double perSecond) {
    constexpr int million = 1'000'000;
    settings.setValue(QStringLiteral("conversationRows"), million);
    ClientScene scene(settings);
    Heart heart;
    heart.start();
    scene.begin(million + 50'000, QString::number(perSecond), "line");
    scene.end();
    printGaps("until there are a million rows", heart.stop());
    std::printf("  %d rows, %.0f MiB resident\n", scene.rows().rowCount(), residentMebibytes());
    QScrollBar* bar = scene.view().verticalScrollBar();
    heart.start();
    for (int i = 0; i < 200; ++i) {
        bar->setValue(static_cast<int>(static_cast<qint64>(bar->maximum()) * (i * 37 % 200) / 200));
        spinFor(10ms);
    }
    printGaps("scrolled all over", heart.stop());
    heart.start();
    QElapsedTimer timer;
    timer.start();
    scene.view().setFilter(QStringLiteral("0000123"), 0);
    spinUntil([&] { return !scene.view().filter()->isScanning(); }, 60s);
    const double took = static_cast<double>(timer.elapsed());
    printGaps("filtered", heart.stop());
    std::printf("  %d rows found in %.0f ms\n", scene.view().filter()->rowCount(), took);
    settings.setValue(QStringLiteral("conversationRows"), 20'000);
}

void measureLine(Settings& settings) {
    constexpr std::uint64_t bytes = 20'000'000;
    settings.setValue(QStringLiteral("conversationDetail"), true);
    ClientScene scene(settings);
    Heart heart;
    heart.start();
    scene.begin(bytes, QStringLiteral("line"), "raw");
    scene.end();
    printGaps("20 MB without a line feed", heart.stop());
    auto* detail = scene.page->findChild<MessageDetail*>();
    for (const char* form : {"contentText", "contentHex", "contentText"}) {
        heart.start();
        QElapsedTimer timer;
        timer.start();
        detail->findChild<QAbstractButton*>(QLatin1String(form))->click();
        for (int row = 0; row < scene.rows().rowCount(); ++row) {
            if (scene.rows().at(row).bytes > bytes / 2)
                scene.view().showRow(row);
        }
        spinUntil([&] { return !detail->isBusy(); });
        const double took = static_cast<double>(timer.elapsed());
        auto* lines = detail->findChild<LinesView*>();
        for (int i = 0; i < 100; ++i) {
            lines->verticalScrollBar()->setValue(lines->verticalScrollBar()->maximum() / 100 * i);
            spinFor(5ms);
        }
        printGaps(form, heart.stop());
        std::printf("  shown after %.0f ms, %d lines to scroll\n", took,
                    lines->verticalScrollBar()->maximum());
    }
}

int measureConversation(double perSecond, double seconds) {
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.json")));
    std::printf("%s\n", qPrintable(QGuiApplication::platformName()));
    measureFlood(settings, perSecond, seconds);
    measureMillion(settings, perSecond);
    measureLine(settings);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 6 && std::string_view(argv[1]) == "--load")
        return runLoad(argv[2], argv[3], argv[4], argv[5]);
    if (argc == 4 && std::string_view(argv[1]) == "--source")
        return runSource(argv[2], argv[3]);
    const bool isConversation = argc > 1 && std::string_view(argv[1]) == "--conversation";
    const int skipped = isConversation ? 1 : 0;
    const double eventsPerSecond = argc > 1 + skipped ? std::atof(argv[1 + skipped]) : 50'000;
    const double seconds = argc > 2 + skipped ? std::atof(argv[2 + skipped])
                           : isConversation   ? 60
                                              : 15;
    int count = 1;
    QApplication app(count, argv);
    QApplication::setStyle(new AppStyle);
    QApplication::setQuitOnLastWindowClosed(false);
    if (isConversation)
        return measureConversation(eventsPerSecond, seconds);
    Scene scene;
    Heart heart;
    spinFor(2s);
    std::printf("%s, %.0f MiB resident at rest\n", qPrintable(QGuiApplication::platformName()),
                residentMebibytes());
    heart.start();
    spinFor(5s);
    printGaps("at rest, table every second", heart.stop());
    measureUdp(scene, heart, 5'000);
    measureUdp(scene, heart, 50'000);
    std::printf("  %.0f MiB resident after the datagrams\n", residentMebibytes());
    measureTcp(scene, heart, eventsPerSecond, seconds);
    std::printf("  %.0f MiB resident at the end\n", residentMebibytes());
    return 0;
}
