// The price of the socket table with owners and TCP_INFO: a first full read and a later refresh as
// the window makes it, against `ss -tanpi` in the same run, interleaved, and the memory of a row.
// Usage: bench_table [rounds] [connections]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <vector>

#include <malloc.h>
#include <unistd.h>

#include "core/diagnostics/socket_table.h"
#include "tests/bench/socket_crowd.h"
#include "tests/bench/statistics.h"

namespace {

using namespace sscope;
using namespace sscope::bench;

constexpr TableKinds tcpOnly{.tcp = true, .udp = false};
constexpr std::size_t mostInOneProcess = 9'000; // connections; both ends are its descriptors
constexpr std::size_t linesShown = 60;

double millisecondsOf(const std::function<void()>& work) {
    const TimePoint before = SteadyClock::now();
    work();
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - before).count();
}

void refresh(SocketTable& table) {
    if (!table.refresh(SteadyClock::now()))
        std::abort();
}

void print(const char* name, const std::vector<double>& own, const std::vector<double>& reference) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < own.size(); ++i)
        ratios.push_back(own[i] / reference[i]);
    std::printf("  %-28s %8.1f ms %8.1f ms %8.3f %8.3f\n", name, median(own), minimum(own),
                median(ratios), minimum(own) / minimum(reference));
}

/// What this process has in memory, in bytes (proc(5)).
double residentBytes() {
    ::malloc_trim(0);
    long pages = 0;
    if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%*d %ld", &pages) != 1)
            std::abort();
        std::fclose(file);
    }
    return static_cast<double>(pages) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

void printMemory() {
    const double before = residentBytes();
    SocketTable table(tcpOnly, DetailsFor::All);
    refresh(table);
    const double own = residentBytes();
    const std::vector<SocketRow> shown = table.rows();
    const double both = residentBytes();
    const auto rows = static_cast<double>(shown.size());
    std::printf("memory of a row with details: %.0f bytes, with the window's copy %.0f\n",
                (own - before) / rows, (both - before) / rows);
}

/// The cookies that a window of so many lines watches.
std::vector<std::uint64_t> firstCookies(const SocketTable& table, std::size_t count) {
    std::vector<std::uint64_t> cookies;
    for (const SocketRow& row : table.rows()) {
        if (cookies.size() < count)
            cookies.push_back(row.cookie);
    }
    return cookies;
}

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 11;
    const std::size_t connections =
        argc > 2 ? static_cast<std::size_t>(std::atoi(argv[2])) : 18'000;
    std::vector<std::unique_ptr<SocketCrowd>> crowds;
    for (std::size_t left = connections; left > 0; left -= std::min(left, mostInOneProcess))
        crowds.push_back(std::make_unique<SocketCrowd>(std::min(left, mostInOneProcess)));
    printMemory();
    std::vector<double> ss;
    std::vector<double> first;
    std::vector<double> later;
    std::vector<double> withNew;
    std::size_t sockets = 0;
    for (int round = -1; round < rounds; ++round) {
        const double reference = millisecondsOf(
            [] { [[maybe_unused]] const int code = std::system("ss -tanpi >/dev/null"); });
        SocketTable everything(tcpOnly, DetailsFor::All);
        const double full = millisecondsOf([&] { refresh(everything); });
        SocketTable window(tcpOnly, DetailsFor::Watched);
        refresh(window);
        window.watch(firstCookies(window, linesShown));
        const double again = millisecondsOf([&] { refresh(window); });
        const SocketCrowd newcomer(1);
        const double grown = millisecondsOf([&] { refresh(window); });
        sockets = window.stats().sockets;
        if (round < 0)
            continue; // warm
        ss.push_back(reference);
        first.push_back(full);
        later.push_back(again);
        withNew.push_back(grown);
    }
    std::printf("%zu TCP sockets with owners, %d rounds\n", sockets, rounds);
    std::printf("  %-28s %11s %11s %8s %8s\n", "", "median", "minimum", "ratio", "of min");
    print("ss -tanpi", ss, ss);
    print("first full read, all details", first, ss);
    print("later refresh of a window", later, ss);
    print("the same, a connection new", withNew, ss);
    return 0;
}
