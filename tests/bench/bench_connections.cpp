// How the connection table of the window bears many sockets: it is fed updates of made rows, with
// churn, and measures the gaps between two turns of the GUI's event loop, less the time that its
// thread waited for a core; how long a filter takes while somebody types it; and the memory a row
// costs. Usage: bench_connections [rows] [seconds].

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <QApplication>
#include <QTimer>

#include "tests/bench/heart.h"
#include "tests/bench/window_bench.h"
#include "ui/common/app_style.h"
#include "ui/connections/column_layout.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_view.h"

namespace {

using namespace sscope;
using namespace sscope::bench;
using namespace std::chrono_literals;

/// Sockets that come, change and go, as a busy proxy has them.
class Crowd {
public:
    explicit Crowd(std::size_t rows) {
        for (int pid = 1; pid <= 40; ++pid)
            m_processes.push_back(std::make_shared<ProcessInfo>(
                ProcessInfo{pid, "server-" + std::to_string(pid),
                            "/usr/sbin/server --config /etc/server.conf"}));
        for (std::size_t i = 0; i < rows; ++i)
            m_rows.push_back(make());
    }

    TableUpdate first() { return update({.added = m_rows}); }

    /// A share of the rows is gone, as many come, and others change.
    TableUpdate next(std::size_t replaced, std::size_t changed) {
        TableChange change;
        for (std::size_t i = 0; i < replaced; ++i) {
            SocketRow& row = m_rows[random() % m_rows.size()];
            change.gone.push_back(row);
            row = make();
            change.added.push_back(row);
        }
        for (std::size_t i = 0; i < changed; ++i) {
            SocketRow& row = m_rows[random() % m_rows.size()];
            row.receiveQueue = static_cast<std::uint32_t>(random() % 100'000);
            row.state = random() % 4 == 0 ? SocketState::CloseWait : SocketState::Established;
            change.changed.push_back(row);
        }
        return update(std::move(change));
    }

private:
    TableUpdate update(TableChange change) { return {SteadyClock::now(), std::move(change), {}}; }

    SocketRow make() {
        SocketRow row;
        row.cookie = ++m_cookies;
        row.inode = static_cast<std::uint32_t>(row.cookie);
        row.state = SocketState::Established;
        row.localAddress.bytes = {10, 0, static_cast<std::uint8_t>(random() % 4), 1};
        row.localPort = static_cast<std::uint16_t>(random() % 60'000 + 1);
        row.remoteAddress.bytes = {192, 0, 2, static_cast<std::uint8_t>(random() % 200)};
        row.remotePort = static_cast<std::uint16_t>(random() % 60'000 + 1);
        row.user = "www-data";
        row.hasUid = true;
        row.uid = 33;
        row.owners = {
            {m_processes[random() % m_processes.size()], static_cast<int>(random() % 1000)}};
        return row;
    }

    // xorshift64: the same rows in every run.
    std::uint64_t random() {
        m_seed ^= m_seed << 13;
        m_seed ^= m_seed >> 7;
        m_seed ^= m_seed << 17;
        return m_seed;
    }

    std::uint64_t m_seed = 88172645463325252u;
    std::uint64_t m_cookies = 0;
    std::vector<std::shared_ptr<const ProcessInfo>> m_processes;
    std::vector<SocketRow> m_rows;
};

struct Scene {
    Scene() : view(model) {
        view.resize(1100, 500);
        view.show();
    }
    ConnectionsModel model;
    ConnectionsView view;
};

void fill(Scene& scene, Crowd& crowd) {
    const double before = residentMebibytes();
    Heart heart;
    {
        const TableUpdate first = crowd.first();
        const double held = residentMebibytes();
        heart.start();
        scene.model.apply(first);
        spinUntil([&] { return !scene.model.isBusy(); }, 20s);
        spinFor(100ms);
        printGaps("the first update", heart.stop());
        std::printf("  the window holds %.0f bytes a row (the update itself %.0f)\n",
                    (residentMebibytes() - held) * (1 << 20) /
                        static_cast<double>(scene.model.total()),
                    (held - before) * (1 << 20) / static_cast<double>(scene.model.total()));
    }
}

void churn(const char* what, Scene& scene, Crowd& crowd, std::chrono::milliseconds time,
           std::size_t replaced, std::size_t changed) {
    QTimer timer;
    std::vector<TableUpdate> made; // elsewhere, in the window
    for (std::int64_t i = 0; i * 500 < time.count(); ++i)
        made.push_back(crowd.next(replaced, changed));
    std::size_t next = 0;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        if (next < made.size())
            scene.model.apply(made[next++]);
    });
    Heart heart;
    heart.start();
    timer.start(500);
    spinFor(time);
    printGaps(what, heart.stop());
}

void type(Scene& scene, const char* text) {
    Heart heart;
    heart.start();
    QElapsedTimer whole;
    double longest = 0;
    for (std::size_t length = 1; length <= std::string_view(text).size(); ++length) {
        const auto filter = SocketFilter::parse(std::string_view(text).substr(0, length));
        if (!filter)
            continue;
        whole.start();
        scene.model.setFilter({.text = *filter});
        spinUntil([&] { return !scene.model.isBusy(); }, 20s);
        longest = std::max(longest, static_cast<double>(whole.nsecsElapsed()) / 1e6);
        spinFor(30ms);
    }
    scene.model.setFilter({});
    spinUntil([&] { return !scene.model.isBusy(); }, 20s);
    spinFor(30ms);
    char what[96];
    std::snprintf(what, sizeof what, "typing %s", text);
    printGaps(what, heart.stop());
    std::printf("    %d rows, a letter takes at most %.1f ms until its rows stand\n",
                static_cast<int>(scene.model.total()), longest);
}

void act(const char* what, const std::function<void()>& action) {
    Heart heart;
    heart.start();
    spinFor(20ms);
    action();
    spinFor(100ms);
    printGaps(what, heart.stop());
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setStyle(new AppStyle);
    const std::size_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 36'000;
    const auto time = std::chrono::seconds(argc > 2 ? std::atoi(argv[2]) : 10);
    std::printf("%zu rows, an update each 0.5 s\n", rows);
    Crowd crowd(rows);
    Scene scene;
    fill(scene, crowd);
    churn("2 % replaced, 2 % changed", scene, crowd, time, rows / 50, rows / 50);
    churn("5000 connections a second", scene, crowd, time, 2'500, 2'500);
    scene.view.selectAll();
    churn("the same, all rows selected", scene, crowd, time / 2, 2'500, 2'500);
    scene.view.clearSelection();
    scene.model.setGrouping(Grouping::Remote);
    churn("the same, grouped by remote", scene, crowd, time / 2, 2'500, 2'500);
    scene.model.setGrouping(Grouping::None);
    type(scene, "server-12");
    type(scene, "process:/^server-1/ port:1000-2000");
    act("sorting by the local end",
        [&] { scene.view.sortByColumn(ConnectionsModel::LocalColumn, Qt::AscendingOrder); });
    act("grouping by process", [&] { scene.model.setGrouping(Grouping::Process); });
    act("folding all", [&] { scene.model.setAllCollapsed(true); });
    act("unfolding all", [&] { scene.model.setAllCollapsed(false); });
    act("lsof's columns", [&] {
        scene.model.setStyle(TableStyle::Lsof);
        scene.view.columns().restore({});
    });
    act("finding what is not there",
        [&] { scene.view.find(QStringLiteral("no such row"), false); });
    return 0;
}
