#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <sys/prctl.h>
#include <unistd.h>

#include <QApplication>
#include <QSocketNotifier>

#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/gui_options.h"
#include "app/cli/process_setup.h"
#include "app/cli/serve_options.h"
#include "app/picture_taker.h"
#include "core/base/unique_fd.h"
#include "core/storage/safe_file.h"
#include "ui/common/app_style.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/language.h"
#include "ui/common/settings.h"
#include "ui/common/system_appearance.h"
#include "ui/connections/connections_dock.h"
#include "ui/engine_bridge.h"
#include "ui/main_window/main_window.h"

namespace {

using namespace sscope;

bool isSet(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value != '\0';
}

void printNoDisplay(const char* why) {
    std::fprintf(stderr,
                 "socketscope: open the window: %s. Try socketscope serve, send or table, which "
                 "need no display; each explains itself with --help.\n",
                 why);
}

/// Qt ends the process where it cannot reach the display; a person gets one sentence instead.
void handleQtMessage(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtFatalMsg) {
        printNoDisplay("the display cannot be reached");
        ::_exit(cli::usage);
    }
    if (type == QtWarningMsg || type == QtCriticalMsg)
        std::fprintf(stderr, "%s\n", qPrintable(message));
}

/// A client tab to open, with its messages in memory.
struct Client {
    ClientConfig config;
    std::vector<std::vector<std::byte>> messages;
    bool halfClose = false;
};

/// Reads the files among the messages; before the window is there, so that it never waits for them.
Result<std::vector<Client>> readyClients(const cli::GuiOptions& options) {
    std::vector<Client> clients;
    for (const cli::SendOptions& asked : options.clients) {
        Client client{.config = asked.client, .halfClose = asked.halfClose};
        for (const cli::OutgoingMessage& message : asked.messages) {
            std::string content;
            if (!message.file.empty()) {
                auto read = readFile(message.file);
                if (!read)
                    return tl::unexpected(read.error());
                content = std::move(*read);
            }
            content += message.bytes;
            const ByteView view = bytesOf(content);
            client.messages.emplace_back(view.begin(), view.end());
        }
        const auto once = client.messages;
        for (std::uint64_t i = 1; i < asked.repeat; ++i)
            client.messages.insert(client.messages.end(), once.begin(), once.end());
        clients.push_back(std::move(client));
    }
    return clients;
}

std::optional<ServerConfig> readServer(const std::vector<std::string>& words) {
    const auto parsed = cli::parseServe(words);
    const auto* options = std::get_if<cli::ServeOptions>(&parsed);
    return options ? std::optional(options->config) : std::nullopt;
}

} // namespace

int main(int argc, char** argv) {
    cli::setUpProcess();
    const auto parsed = cli::parseGui({argv + 1, argv + argc});
    if (const int* code = std::get_if<int>(&parsed))
        return *code;
    const auto& options = std::get<cli::GuiOptions>(parsed);
    const bool hasDisplay =
        isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM");
    if (!hasDisplay && options.picture.empty()) {
        printNoDisplay("there is no display (DISPLAY and WAYLAND_DISPLAY are not set)");
        return cli::usage;
    }
    if (!hasDisplay)
        ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    qInstallMessageHandler(&handleQtMessage);

    auto clients = readyClients(options);
    if (!clients) {
        cli::printError(clients.error());
        return cli::networkSaidNo;
    }
    // Before any thread is there, so that none of them is interrupted.
    const UniqueFd stopSignals(cli::openStopSignals());
    Settings settings(Settings::defaultPath());
    // Only the program's own name: the words after it are not Qt's.
    int count = 1;
    QApplication app(count, argv);
    ::prctl(PR_SET_NAME, "socketscope"); // as the connection table calls it
    QApplication::setApplicationName(QStringLiteral("socketscope"));
    QApplication::setApplicationVersion(QStringLiteral(SSCOPE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("socketscope"));
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/socketscope.svg")));
    installLanguage(settings.value(QStringLiteral("language")).toString());
    followSystemAppearance();
    QApplication::setStyle(new AppStyle);
    Theme::instance().setChoice(
        static_cast<ThemeChoice>(settings.value(QStringLiteral("theme")).toInt()));

    EngineBridge bridge;
    MainWindow window(bridge, settings, {.server = &readServer});
    QObject::connect(&window, &MainWindow::finished, &app, &QCoreApplication::quit);
    QSocketNotifier stopNotifier(stopSignals.get(), QSocketNotifier::Read);
    QObject::connect(&stopNotifier, &QSocketNotifier::activated, &window, [&] {
        stopNotifier.setEnabled(false);
        window.closeWithoutAsking();
    });
    if (!options.picture.empty())
        window.resize(1440, 900);
    window.show();
    if (auto started = bridge.engine().start(window.connections().interval()); !started)
        window.showNotice(errorWords(started.error()));
    // After the first frame: a person sees the window before anything else is done.
    QTimer::singleShot(0, &window, [&] {
        for (const ServerConfig& server : options.servers)
            window.serve(server);
        for (Client& client : *clients)
            window.connectClient(client.config, std::move(client.messages), client.halfClose);
    });
    if (!options.picture.empty())
        new PictureTaker(window, options.picture, &window);
    const int code = QApplication::exec();
    bridge.stop();
    settings.flush();
    return code;
}
