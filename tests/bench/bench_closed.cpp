// How many of the connections that live for an instant are in the history of closed sockets, by the
// rate at which they come. Run it as root and as another user (setpriv --reuid=65534).
// Usage: bench_closed [seconds] [connections a second...]

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <unordered_set>
#include <vector>

#include <time.h>
#include <unistd.h>

#include "core/engine/closed_reader.h"
#include "tests/support/connection_churn.h"

namespace {

using namespace sscope;
using namespace std::chrono_literals;

/// CPU time of the whole process; less that of the churn's thread, it is the reader's.
double cpuSeconds(clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

struct Heard {
    std::unordered_set<std::uint64_t> cookies;
    std::uint64_t lost = 0;
};

void take(ClosedReader& reader, Heard& heard) {
    for (const HistoryEntry& entry : reader.take()) {
        if (const auto* closed = std::get_if<ClosedSocket>(&entry))
            heard.cookies.insert(closed->row.cookie);
        else
            heard.lost += std::get<HistoryGap>(entry).lost;
    }
}

void measure(int perSecond, std::chrono::seconds length, std::size_t mostBuffer) {
    std::atomic<bool> isOver = false;
    ClosedReader reader({}, mostBuffer);
    if (const auto started = reader.start(); !started) {
        std::printf("%s\n", errorText(started.error()).c_str());
        std::exit(1);
    }
    Heard heard;
    // As the window does: what is there is fetched 30 times a second.
    std::thread consumer([&] {
        while (!isOver) {
            take(reader, heard);
            std::this_thread::sleep_for(33ms);
        }
    });
    const double before = cpuSeconds(CLOCK_PROCESS_CPUTIME_ID);
    const double churnBefore = cpuSeconds(CLOCK_THREAD_CPUTIME_ID);
    const test::ChurnResult churn = test::churnConnections(perSecond, length);
    const double churnCpu = cpuSeconds(CLOCK_THREAD_CPUTIME_ID) - churnBefore;
    const double readerCpu = cpuSeconds(CLOCK_PROCESS_CPUTIME_ID) - before - churnCpu;
    std::this_thread::sleep_for(1s); // the kernel's own thread tells of the last ones
    isOver = true;
    consumer.join();
    take(reader, heard);
    std::size_t found = 0;
    for (const std::uint64_t cookie : churn.cookies)
        found += heard.cookies.contains(cookie) ? 1 : 0;
    const auto offered = static_cast<double>(churn.cookies.size());
    std::printf("  %7d %9.0f %10zu %10zu %9.3f %% %9llu %8.1f %%\n", perSecond,
                offered / 2 / churn.took.count(), churn.cookies.size(), found,
                100 * static_cast<double>(found) / offered,
                static_cast<unsigned long long>(heard.lost), 100 * readerCpu / churn.took.count());
}

} // namespace

int main(int argc, char** argv) {
    const std::chrono::seconds length(argc > 1 ? std::atoi(argv[1]) : 20);
    std::vector<int> rates;
    for (int i = 2; i < argc; ++i)
        rates.push_back(std::atoi(argv[i]));
    if (rates.empty())
        rates = {1000, 5000, 10'000, 20'000};
    test::enterOwnNetwork(); // where that is allowed: it leaves thousands in TIME_WAIT
    // The second is what a user has where net.core.rmem_max is at its default.
    for (const std::size_t mostBuffer : {DestroySource::noLimit, std::size_t{416} << 10}) {
        // Not open beside the reader: a listener whose buffer fills slows down the kernel's own
        // thread.
        if (DestroySource source(mostBuffer); source.open())
            std::printf("user %u, %zu sockets with %.1f MiB of buffer\n", ::getuid(),
                        source.socketCount(), static_cast<double>(source.bufferSize()) / (1 << 20));
        std::printf("  %7s %9s %10s %10s %11s %9s %10s\n", "a second", "reached", "sockets",
                    "heard of", "share", "in gaps", "CPU");
        for (const int rate : rates)
            measure(rate, length, mostBuffer);
    }
    return 0;
}
