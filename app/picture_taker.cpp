#include "app/picture_taker.h"

#include <cerrno>
#include <chrono>

#include <QCoreApplication>
#include <QPixmap>

#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "ui/clients/client_tabs.h"
#include "ui/connections/connections_dock.h"
#include "ui/main_window/main_window.h"
#include "ui/servers/server_list_model.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr auto lookInterval = 100ms;
constexpr int restfulLooks = 12;
constexpr int mostLooks = 200; // what has not settled by then is taken as it is

} // namespace

PictureTaker::PictureTaker(MainWindow& window, std::string file, QObject* parent)
    : QObject(parent), m_window(window), m_file(std::move(file)) {
    connect(&window.connections(), &ConnectionsDock::tableRead, this, [this] { ++m_tablesRead; });
    connect(&m_timer, &QTimer::timeout, this, &PictureTaker::look);
    m_timer.start(lookInterval);
}

bool PictureTaker::isMoving() const {
    const ServerListModel& servers = m_window.servers();
    if (servers.count(ServerStatus::Starting) > 0)
        return true;
    for (ConversationPage* page : m_window.tabs().pages()) {
        if (page->conversation().state() == LinkState::Connecting)
            return true;
    }
    return false;
}

void PictureTaker::look() {
    ++m_looks;
    if (isMoving()) {
        m_restful = 0;
        m_tablesRead = 0;
        m_window.connections().refreshNow();
    } else {
        ++m_restful;
    }
    const bool isSettled = m_restful >= restfulLooks && m_tablesRead >= 2;
    if (isSettled || m_looks >= mostLooks)
        take();
}

void PictureTaker::take() {
    m_timer.stop();
    if (m_window.grab().save(QString::fromStdString(m_file), "PNG")) {
        QCoreApplication::exit(cli::done);
        return;
    }
    cli::printError(systemError(errno != 0 ? errno : EIO, "write", m_file));
    QCoreApplication::exit(cli::networkSaidNo);
}

} // namespace sscope
