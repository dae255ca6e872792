// The price of the socket table with owners: a first full read and a later refresh, against
// `ss -tanp` in the same run, interleaved. Usage: bench_table [rounds] [connections]

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include "core/diagnostics/socket_table.h"
#include "tests/bench/socket_crowd.h"
#include "tests/bench/statistics.h"

namespace {

using namespace sscope;
using namespace sscope::bench;

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
    std::printf("  %-22s %8.1f ms %8.1f ms %8.3f %8.3f\n", name, median(own), minimum(own),
                median(ratios), minimum(own) / minimum(reference));
}

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 11;
    const std::size_t connections = argc > 2 ? static_cast<std::size_t>(std::atoi(argv[2])) : 9'000;
    const SocketCrowd crowd(connections);
    std::vector<double> ss;
    std::vector<double> first;
    std::vector<double> later;
    std::size_t sockets = 0;
    for (int round = -1; round < rounds; ++round) {
        const double reference = millisecondsOf(
            [] { [[maybe_unused]] const int code = std::system("ss -tanp >/dev/null"); });
        SocketTable table({.tcp = true, .udp = false});
        const double full = millisecondsOf([&] { refresh(table); });
        const double again = millisecondsOf([&] { refresh(table); });
        sockets = table.stats().sockets;
        if (round < 0)
            continue; // warm
        ss.push_back(reference);
        first.push_back(full);
        later.push_back(again);
    }
    std::printf("%zu TCP sockets with owners, %d rounds\n", sockets, rounds);
    std::printf("  %-22s %11s %11s %8s %8s\n", "", "median", "minimum", "ratio", "of min");
    print("ss -tanp", ss, ss);
    print("first full read", first, ss);
    print("later refresh", later, ss);
    return 0;
}
