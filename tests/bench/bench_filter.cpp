// What a filter of the table costs while a person types: reading it, and matching 20 000 rows, each
// beside the plainest of them, one word. Usage: bench_filter [rounds] [rows]

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/diagnostics/socket_filter.h"
#include "tests/bench/statistics.h"

namespace {

using namespace sscope;
using namespace sscope::bench;

/// Rows as a busy machine has them: one in ten listens, half are IPv6, a hundred processes.
std::vector<SocketRow> makeRows(std::size_t count) {
    std::vector<std::shared_ptr<const ProcessInfo>> processes;
    for (int i = 0; i < 100; ++i) {
        ProcessInfo process{1000 + i, "worker-" + std::to_string(i)};
        process.executable = "/usr/lib/service/worker-" + std::to_string(i);
        processes.push_back(std::make_shared<const ProcessInfo>(process));
    }
    std::vector<SocketRow> rows(count);
    for (std::size_t i = 0; i < count; ++i) {
        SocketRow& row = rows[i];
        row.cookie = i + 1;
        row.inode = static_cast<std::uint32_t>(100'000 + i);
        row.state = i % 10 == 0 ? SocketState::Listen : SocketState::Established;
        row.family = i % 2 ? 6 : 4;
        row.localAddress.isIpv6 = row.remoteAddress.isIpv6 = i % 2;
        for (std::size_t k = 0; k < (i % 2 ? 16U : 4U); ++k) {
            row.localAddress.bytes[k] = static_cast<std::uint8_t>(i * 7 + k);
            row.remoteAddress.bytes[k] = static_cast<std::uint8_t>(i * 13 + k);
        }
        row.localPort = static_cast<std::uint16_t>(i % 60'000 + 1);
        row.remotePort = static_cast<std::uint16_t>(i * 31 % 60'000 + 1);
        row.hasUid = true;
        row.user = "service";
        row.owners = {{processes[i % processes.size()], static_cast<int>(i % 1000)}};
    }
    return rows;
}

double millisecondsOf(const SocketFilter& filter, const std::vector<SocketRow>& rows,
                      std::size_t& matched) {
    const TimePoint before = SteadyClock::now();
    matched = 0;
    for (const SocketRow& row : rows)
        matched += filter.matches({row, std::chrono::seconds(5)}) ? 1 : 0;
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - before).count();
}

double microsecondsToRead(const char* text) {
    const TimePoint before = SteadyClock::now();
    if (!SocketFilter::parse(text))
        std::abort();
    return std::chrono::duration<double, std::micro>(SteadyClock::now() - before).count();
}

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 21;
    const std::size_t count = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 20'000;
    const std::vector<SocketRow> rows = makeRows(count);
    const char* const filters[] = {
        "worker-77",
        "443",
        "port:80-443",
        "not is:listening uid:1000 or process:worker-5",
        "dst:10.0.0.0/8 or dst:fe80::/10",
        "10.1.2",
        "process:/^work(er)?-[0-9]7$/",
        "/no such (text|word)+ anywhere/",
        "queue>64k or rtt>5ms age>3s",
    };
    std::printf("%zu rows, %d rounds; medians\n%-48s %9s %9s %9s %7s %8s\n", count, rounds,
                "filter", "read us", "match ms", "rows/ms", "ratio", "matched");
    std::vector<std::vector<double>> times(std::size(filters)), reads(std::size(filters));
    std::vector<std::size_t> matched(std::size(filters));
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < std::size(filters); ++i) {
            reads[i].push_back(microsecondsToRead(filters[i]));
            times[i].push_back(millisecondsOf(*SocketFilter::parse(filters[i]), rows, matched[i]));
        }
    }
    for (std::size_t i = 0; i < std::size(filters); ++i) {
        const double time = median(times[i]);
        std::printf("%-48s %9.1f %9.2f %9.0f %7.2f %8zu\n", filters[i], median(reads[i]), time,
                    static_cast<double>(count) / time, time / median(times[0]), matched[i]);
    }
    return 0;
}
