// The price of one echo: server CPU time, system calls and user-space instructions, ours against a
// plain epoll loop, interleaved in one run. Usage: bench_echo [rounds] [echoes per run]

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>

#include <unistd.h>

#include "tests/bench/echo_load.h"
#include "tests/bench/echo_server_process.h"
#include "tests/bench/statistics.h"

namespace {

using namespace sscope::bench;

constexpr std::array variants{EchoVariant::Plain, EchoVariant::Core, EchoVariant::CoreLog};
constexpr std::size_t messageSize = 64;

struct Figures {
    std::map<EchoVariant, std::vector<double>> cpu; // ns for each echo
};

Figures measureCpu(std::size_t connections, int rounds, std::uint64_t echoes) {
    struct Running {
        std::unique_ptr<EchoServerProcess> server;
        std::unique_ptr<EchoLoad> load;
    };
    std::map<EchoVariant, Running> running;
    for (const EchoVariant variant : variants) {
        Running& entry = running[variant];
        entry.server = std::make_unique<EchoServerProcess>(variant);
        entry.load = std::make_unique<EchoLoad>(entry.server->port(), connections, messageSize);
        entry.load->run(echoes / 10); // warm
    }
    Figures figures;
    for (int round = 0; round < rounds; ++round) {
        for (const EchoVariant variant : variants) {
            Running& entry = running[variant];
            const double before = entry.server->cpuNanoseconds();
            entry.load->run(echoes);
            const double spent = entry.server->cpuNanoseconds() - before;
            figures.cpu[variant].push_back(spent / static_cast<double>(echoes));
        }
    }
    return figures;
}

void printCpu(std::size_t connections, const Figures& figures) {
    const std::vector<double>& plain = figures.cpu.at(EchoVariant::Plain);
    std::printf("\n%zu connections, %zu bytes: CPU for each echo\n", connections, messageSize);
    std::printf("  %-9s %10s %10s %14s %14s\n", "server", "median", "minimum", "ratio (median)",
                "ratio (min)");
    for (const EchoVariant variant : variants) {
        const std::vector<double>& own = figures.cpu.at(variant);
        std::vector<double> ratios; // of neighbours in time, so that a slow spell meets both
        for (std::size_t i = 0; i < own.size(); ++i)
            ratios.push_back(own[i] / plain[i]);
        std::printf("  %-9s %7.0f ns %7.0f ns %14.3f %14.3f\n", variantName(variant), median(own),
                    minimum(own), median(ratios), minimum(own) / minimum(plain));
    }
}

/// Calls of each kind over a run, from strace's summary.
std::map<std::string, double> countCalls(EchoVariant variant, std::size_t connections,
                                         std::uint64_t echoes) {
    const std::string file = "/tmp/bench_echo." + std::to_string(::getpid());
    {
        EchoServerProcess server(variant, {"strace", "-f", "-c", "-o", file});
        EchoLoad(server.port(), connections, messageSize).run(echoes);
        // strace passes the signal on to nobody: the server is its child.
        std::system(("pkill -TERM -P " + std::to_string(server.pid())).c_str());
        server.wait();
    }
    std::map<std::string, double> calls;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words(line);
        std::vector<std::string> all;
        for (std::string word; words >> word;)
            all.push_back(word);
        if (all.size() >= 5 && all[0].find('.') != std::string::npos)
            calls[all.back()] = std::atof(all[3].c_str()) / static_cast<double>(echoes);
    }
    ::unlink(file.c_str());
    return calls;
}

void printCalls(std::size_t connections, std::uint64_t echoes) {
    std::printf("\n%zu connections: system calls for each echo\n", connections);
    for (const EchoVariant variant : variants) {
        const auto calls = countCalls(variant, connections, echoes);
        std::printf("  %-9s", variantName(variant));
        for (const char* name :
             {"recvfrom", "sendto", "epoll_wait", "epoll_pwait2", "futex", "read", "write"}) {
            if (const auto it = calls.find(name); it != calls.end() && it->second >= 0.0005)
                std::printf("  %s %.3f", name, it->second);
        }
        std::printf("\n");
    }
}

/// Instructions in user space, from callgrind's total.
double countInstructions(EchoVariant variant, std::size_t connections, std::uint64_t echoes) {
    const std::string file = "/tmp/bench_echo." + std::to_string(::getpid());
    {
        EchoServerProcess server(
            variant, {"valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" + file});
        EchoLoad(server.port(), connections, messageSize).run(echoes);
        server.end();
    }
    double total = 0;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with("totals:"))
            total = std::atof(line.substr(7).c_str());
    }
    ::unlink(file.c_str());
    return total;
}

void printInstructions(std::size_t connections) {
    constexpr std::uint64_t few = 4'000;
    constexpr std::uint64_t many = 24'000;
    std::printf("\n%zu connections: user-space instructions for each echo\n", connections);
    for (const EchoVariant variant : variants) {
        const double difference = countInstructions(variant, connections, many) -
                                  countInstructions(variant, connections, few);
        std::printf("  %-9s %8.0f\n", variantName(variant),
                    difference / static_cast<double>(many - few));
    }
}

bool isInstalled(const char* program) {
    return std::system((std::string("command -v ") + program + " >/dev/null").c_str()) == 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--server") {
        for (const EchoVariant variant : variants) {
            if (argv[2] == std::string_view(variantName(variant)))
                return runEchoServer(variant);
        }
        return 2;
    }
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 15;
    const std::uint64_t echoes = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 100'000;
    for (const std::size_t connections : {std::size_t{50}, std::size_t{1000}}) {
        printCpu(connections, measureCpu(connections, rounds, echoes));
        std::fflush(stdout);
    }
    for (const std::size_t connections : {std::size_t{50}, std::size_t{1000}}) {
        if (isInstalled("strace"))
            printCalls(connections, 20'000);
        if (isInstalled("valgrind"))
            printInstructions(connections);
        std::fflush(stdout);
    }
    return 0;
}
