#include <chrono>
#include <clocale>
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
#include "app/cli/serve_command.h"
#include "app/command_line_reader.h"
#include "app/picture_taker.h"
#include "app/tab_opener.h"
#include "core/base/unique_fd.h"
#include "core/qt/qt_model.h"
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

/// Before the window is there, so that it never waits for the files among the messages.
Result<std::vector<ClientRequest>> readyClients(const cli::GuiOptions& options) {
    std::vector<ClientRequest> clients;
    for (const cli::SendOptions& asked : options.clients) {
        auto client = cli::readyClient(asked);
        if (!client)
            return tl::unexpected(client.error());
        clients.push_back(std::move(*client));
    }
    return clients;
}

/// `socketscope serve --model qt`, for which that executable has replaced itself by this one.
int serveWithQt(char** argv, const std::vector<std::string>& words) {
    // Qt warns of a locale that is not UTF-8; nothing here is shown by Qt.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    int count = 1;
    const QCoreApplication app(count, argv); // threads of Qt's are not without
    qInstallMessageHandler(nullptr);
    // Numbers and errors read the same under every model, whatever Qt has made of the locale.
    std::setlocale(LC_ALL, "C");
    std::setlocale(LC_CTYPE, "");
    ::prctl(PR_SET_NAME, "socketscope");
    return cli::serveCommand(words);
}

/// A picture needs no display.
bool findDisplay(const cli::GuiOptions& options) {
    if (isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM"))
        return true;
    if (options.picture.empty())
        return false;
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    return true;
}

void nameProgram() {
    ::prctl(PR_SET_NAME, "socketscope"); // as the connection table calls it
    QApplication::setApplicationName(QStringLiteral("socketscope"));
    QApplication::setApplicationVersion(QStringLiteral(SSCOPE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("socketscope"));
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/socketscope.svg")));
}

void setAppearance(const Settings& settings) {
    installLanguage(settings.value(QStringLiteral("language")).toString());
    followSystemAppearance();
    QApplication::setStyle(new AppStyle);
    Theme::instance().setChoice(
        static_cast<ThemeChoice>(settings.value(QStringLiteral("theme")).toInt()));
}

/// After the first frame: a person sees the window before anything else is done.
void openWhenShown(MainWindow& window, const cli::GuiOptions& options,
                   std::vector<ClientRequest> clients) {
    std::vector<ChatTabRequest> chats;
    for (const cli::ChatClientOptions& chat : options.chats)
        chats.push_back({chat.chat, chat.lines});
    auto* opener = new TabOpener(window, std::move(clients), std::move(chats));
    QTimer::singleShot(0, &window, [&window, opener, servers = options.servers] {
        for (const ServerConfig& server : servers)
            window.serve(server);
        opener->begin();
    });
}

/// From the first frame to the last.
int runWindow(QApplication& app, const cli::GuiOptions& options, std::vector<ClientRequest> clients,
              Settings& settings, int stopSignals) {
    EngineBridge bridge;
    MainWindow window(bridge, settings);
    window.setCommandLineReader(cli::commandLineReader());
    QObject::connect(&window, &MainWindow::finished, &app, &QCoreApplication::quit);
    QSocketNotifier stopNotifier(stopSignals, QSocketNotifier::Read);
    QObject::connect(&stopNotifier, &QSocketNotifier::activated, &window, [&] {
        stopNotifier.setEnabled(false);
        window.closeWithoutAsking();
    });
    if (!options.picture.empty())
        window.resize(1440, 900);
    window.show();
    if (auto started = bridge.engine().start(window.connections().interval()); !started)
        window.showNotice(errorWords(started.error()));
    openWhenShown(window, options, std::move(clients));
    if (!options.picture.empty())
        new PictureTaker(window, options.picture, &window);
    const int code = QApplication::exec();
    bridge.stop();
    settings.flush();
    return code;
}

int showWindow(char** argv, const std::vector<std::string>& words) {
    const auto parsed = cli::parseGui(words);
    if (const int* code = std::get_if<int>(&parsed))
        return *code;
    const auto& options = std::get<cli::GuiOptions>(parsed);
    if (!findDisplay(options)) {
        printNoDisplay("there is no display (DISPLAY and WAYLAND_DISPLAY are not set)");
        return cli::usage;
    }
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
    nameProgram();
    setAppearance(settings);
    return runWindow(app, options, std::move(*clients), settings, stopSignals.get());
}

} // namespace

int main(int argc, char** argv) {
    cli::setUpProcess();
    registerQtModel();
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (!words.empty() && words[0] == "serve")
        return serveWithQt(argv, {words.begin() + 1, words.end()});
    return showWindow(argv, words);
}
