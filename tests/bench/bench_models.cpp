// What an echo costs under each execution model: server CPU time at 1, 50 and 1 000 connections
// against a plain epoll loop, all interleaved in one run. Usage: bench_models [rounds] [echoes]

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "tests/bench/echo_load.h"
#include "tests/bench/echo_server_process.h"
#include "tests/bench/serve_process.h"
#include "tests/bench/statistics.h"

namespace {

using namespace sscope::bench;

constexpr std::array models{"iterative", "select", "poll", "epoll", "threads", "processes", "qt"};
constexpr std::size_t messageSize = 64;

/// A server, ours or the plain one, with its connections.
class Contender {
public:
    Contender(const std::string& name, std::size_t connections) {
        if (name == "plain")
            m_plain = std::make_unique<EchoServerProcess>(EchoVariant::Plain);
        else
            m_ours = std::make_unique<ServeProcess>(name);
        const std::uint16_t port = m_plain ? m_plain->port() : m_ours->port();
        if (port != 0)
            m_load = std::make_unique<EchoLoad>(port, connections, messageSize);
    }
    [[nodiscard]] bool isThere() const { return m_load != nullptr; }
    /// CPU of the server for each of so many echoes, in nanoseconds.
    double measure(std::uint64_t echoes) {
        const double before = cpu();
        m_load->run(echoes);
        return (cpu() - before) / static_cast<double>(echoes);
    }

private:
    [[nodiscard]] double cpu() const {
        return m_plain ? m_plain->cpuNanoseconds() : m_ours->cpuNanoseconds();
    }

    std::unique_ptr<EchoServerProcess> m_plain;
    std::unique_ptr<ServeProcess> m_ours;
    std::unique_ptr<EchoLoad> m_load;
};

void measureAll(std::size_t connections, int rounds, std::uint64_t echoes) {
    std::map<std::string, std::unique_ptr<Contender>> contenders;
    const auto add = [&](const char* name) {
        auto contender = std::make_unique<Contender>(name, connections);
        if (contender->isThere()) {
            contender->measure(echoes / 10); // warm
            contenders[name] = std::move(contender);
        }
    };
    add("plain");
    for (const char* model : models) {
        if (connections == 1 || std::string_view(model) != "iterative") // it serves one at a time
            add(model);
    }
    std::map<std::string, std::vector<double>> cpu;
    std::map<std::string, std::vector<double>> ratios; // to the plain loop just before
    for (int round = 0; round < rounds; ++round) {
        for (const auto& [name, contender] : contenders) {
            const double plain = contenders["plain"]->measure(echoes);
            const double own = name == "plain" ? plain : contender->measure(echoes);
            cpu[name].push_back(own);
            ratios[name].push_back(own / plain);
        }
    }
    std::printf("\n%zu connection%s, %zu bytes: CPU for each echo, the plain epoll loop as 1.00\n",
                connections, connections == 1 ? "" : "s", messageSize);
    const auto print = [&](const char* name) {
        const auto it = cpu.find(name);
        if (it == cpu.end())
            return;
        std::printf("  %-10s %7.0f ns %8.2f\n", name, median(it->second), median(ratios[name]));
    };
    print("plain");
    for (const char* model : models)
        print(model);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--server")
        return runEchoServer(EchoVariant::Plain);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
    const std::uint64_t echoes = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 50'000;
    for (const std::size_t connections : {std::size_t{1}, std::size_t{50}, std::size_t{1000}})
        measureAll(connections, rounds, echoes);
    return 0;
}
