#include "tests/bench/window_bench.h"

#include <cstdio>

#include <unistd.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include "tests/bench/statistics.h"

namespace sscope::bench {

using namespace std::chrono_literals;

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

bool spinUntil(const std::function<bool()>& holds, std::chrono::milliseconds most) {
    QElapsedTimer timer;
    timer.start();
    while (!holds() && timer.elapsed() < most.count())
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 10);
    return holds();
}

void spinFor(std::chrono::milliseconds time) {
    spinUntil([] { return false; }, time);
}

} // namespace sscope::bench
