// How a client tab bears what it receives: a flood of lines, a million rows and a line of 20 MB. It
// measures the gaps between two turns of the GUI's event loop, less the time that its thread waited
// for a core, whether what came is counted and kept to the byte, and the memory. The source is a
// process of its own. Usage: bench_client_tab [messages a second] [seconds].

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QScrollBar>
#include <QTemporaryDir>

#include "tests/bench/heart.h"
#include "tests/bench/paced_source.h"
#include "tests/bench/window_bench.h"
#include "ui/clients/client_tabs.h"
#include "ui/clients/conversation_filter.h"
#include "ui/clients/conversation_list.h"
#include "ui/clients/conversation_page.h"
#include "ui/clients/conversation_view.h"
#include "ui/clients/lines_view.h"
#include "ui/clients/message_detail.h"
#include "ui/common/app_style.h"
#include "ui/common/settings.h"
#include "ui/engine_bridge.h"
#include "ui/main_window/main_window.h"

namespace {

using namespace sscope;
using namespace sscope::bench;
using namespace std::chrono_literals;

constexpr std::size_t messageSize = 64;

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

} // namespace

int main(int argc, char** argv) {
    if (argc == 4 && std::string_view(argv[1]) == "--source")
        return runSource(argv[2], argv[3]);
    const double perSecond = argc > 1 ? std::atof(argv[1]) : 50'000;
    const double seconds = argc > 2 ? std::atof(argv[2]) : 60;
    int count = 1;
    const QApplication app(count, argv);
    QApplication::setStyle(new AppStyle);
    QApplication::setQuitOnLastWindowClosed(false);
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.json")));
    std::printf("%s\n", qPrintable(QGuiApplication::platformName()));
    measureFlood(settings, perSecond, seconds);
    measureMillion(settings, perSecond);
    measureLine(settings);
    return 0;
}
