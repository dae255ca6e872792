// What a request costs whoever makes the load: CPU time of the client's thread for each, ours
// against a plain epoll client, closed loop, interleaved in one run. Usage: bench_load [rounds]
// [milliseconds]

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string_view>
#include <vector>

#include "core/load/load_run.h"
#include "tests/bench/echo_load.h"
#include "tests/bench/echo_server_process.h"
#include "tests/bench/statistics.h"

namespace {

using namespace sscope;
using namespace sscope::bench;

constexpr std::size_t messageSize = 64;

double ownCpuNanoseconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

LoadResult runOurs(std::uint16_t port, std::uint32_t connections, Duration duration,
                   std::optional<double> rate) {
    LoadConfig config;
    config.endpoint = {.host = "127.0.0.1", .port = port};
    config.connections = connections;
    config.size = messageSize;
    config.duration = duration;
    config.rate = rate;
    LoadRun run(config);
    if (!run.start())
        std::abort();
    run.wait();
    LoadResult result = run.snapshot();
    if (result.requests == 0 || result.errorCount() != 0)
        std::abort();
    return result;
}

double cpuEach(const LoadResult& result) {
    return static_cast<double>(result.cpuTime.count()) / static_cast<double>(result.requests);
}

void measure(std::uint32_t connections, int rounds, Duration duration) {
    const EchoServerProcess server(EchoVariant::Plain);
    EchoLoad plain(server.port(), connections, messageSize);
    plain.run(connections * std::uint64_t{10}); // warm
    std::vector<double> plainCpu;
    std::vector<double> ourCpu;
    std::vector<double> ratios; // to the plain client just after
    for (int round = 0; round < rounds; ++round) {
        const LoadResult ours = runOurs(server.port(), connections, duration, std::nullopt);
        const double before = ownCpuNanoseconds();
        plain.run(ours.requests);
        plainCpu.push_back((ownCpuNanoseconds() - before) / static_cast<double>(ours.requests));
        ourCpu.push_back(cpuEach(ours));
        ratios.push_back(ourCpu.back() / plainCpu.back());
    }
    std::printf(
        "%6u connections: plain %6.0f ns (min %6.0f), ours %6.0f ns (min %6.0f), ratio %.3f "
        "(%.3f to %.3f)\n",
        connections, median(plainCpu), minimum(plainCpu), median(ourCpu), minimum(ourCpu),
        median(ratios), percentile(ratios, 0), percentile(ratios, 1));
}

void measureOpenLoop(double rate, Duration duration) {
    const EchoServerProcess server(EchoVariant::Plain);
    const LoadResult ours = runOurs(server.port(), 50, duration, rate);
    std::printf(
        "%7.0f a second: %6.0f ns each, %.1f %% of a core, sent late p50 %lld us, p99 %lld us\n",
        rate, cpuEach(ours), 100 * ours.ownCore(),
        static_cast<long long>(microseconds(ours.lateness.percentile(0.5))),
        static_cast<long long>(microseconds(ours.lateness.percentile(0.99))));
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--server")
        return runEchoServer(EchoVariant::Plain);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 11;
    const Duration duration = std::chrono::milliseconds(argc > 2 ? std::atoi(argv[2]) : 500);
    std::printf("CPU of the client's thread for each request, %zu B, closed loop; medians of %d\n",
                messageSize, rounds);
    for (const std::uint32_t connections : {1u, 50u, 1000u})
        measure(connections, rounds, duration);
    std::printf("open loop, 50 connections\n");
    for (const double rate : {100.0, 1000.0, 10'000.0, 50'000.0})
        measureOpenLoop(rate, 2 * duration);
    return 0;
}
