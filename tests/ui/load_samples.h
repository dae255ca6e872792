#pragma once

#include <cmath>
#include <random>
#include <vector>

#include "core/load/model_race.h"

namespace sscope::test {

/// Latencies around a middle, log-normal, with a tail: drawn the same each time.
inline LatencyHistogram sampleLatencies(Duration middle, double spread, int count,
                                        unsigned seed = 1) {
    LatencyHistogram latencies;
    std::mt19937 random(seed);
    std::lognormal_distribution<double> factor(0, spread);
    for (int i = 0; i < count; ++i)
        latencies.record(Duration(
            std::llround(static_cast<double>(middle.count()) * std::min(factor(random), 60.0))));
    return latencies;
}

inline LoadResult sampleLoad(const LoadConfig& config, double perSecond, Duration middle,
                             double spread) {
    LoadResult load{.config = config, .phase = LoadPhase::Done};
    load.started = wallNow();
    load.elapsed = config.duration;
    load.connections = config.connections;
    load.requests = static_cast<std::uint64_t>(
        perSecond * std::chrono::duration<double>(config.duration).count());
    load.due = load.requests;
    load.latencies = sampleLatencies(middle, spread, 40'000);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(config.duration).count();
    for (int i = 0; i < seconds; ++i) {
        const double sway = 1 + 0.06 * std::sin(i * 1.3);
        const auto at = [&](double share) {
            return Duration(
                std::llround(static_cast<double>(load.latencies.percentile(share).count()) * sway));
        };
        load.intervals.push_back({.begin = std::chrono::seconds(i),
                                  .length = std::chrono::seconds(1),
                                  .requests = static_cast<std::uint64_t>(perSecond / sway),
                                  .p50 = at(0.5),
                                  .p90 = at(0.9),
                                  .p99 = at(0.99),
                                  .p999 = at(0.999),
                                  .max = at(1)});
    }
    return load;
}

/// A race that is over, with the figures of one that was run.
inline RaceResult sampleRace() {
    using std::chrono::microseconds;
    struct Sample {
        const char* model;
        double perSecond;
        int middle; // us
        double spread;
        double cpuEach; // us
        double memory;  // MiB
        std::uint32_t threads;
        std::uint32_t processes;
    };
    const Sample samples[]{{"iterative", 34'800, 28, 0.16, 9.6, 0.2, 1, 1},
                           {"select", 108'900, 441, 0.26, 8.5, 1.1, 1, 1},
                           {"poll", 110'300, 437, 0.25, 8.4, 1.1, 1, 1},
                           {"epoll", 118'600, 408, 0.23, 7.9, 1.2, 1, 1},
                           {"threads", 176'000, 228, 0.68, 13.6, 3.4, 51, 1},
                           {"processes", 171'000, 232, 0.7, 14.2, 44.0, 51, 51},
                           {"qt", 69'400, 688, 0.28, 13.1, 3.0, 1, 1}};
    RaceResult race;
    race.started = 1'795'000'000'000'000'000;
    race.elapsed = std::chrono::seconds(79);
    race.host = "atlas";
    race.kernel = "Linux 6.1";
    race.cores = 8;
    race.isOver = true;
    for (const Sample& sample : samples) {
        RaceEntry entry{.model = sample.model, .state = RaceEntry::State::Done};
        entry.load = sampleLoad(race.config.load, sample.perSecond, microseconds(sample.middle),
                                sample.spread);
        entry.underLoad.cpu = Duration(
            std::llround(sample.cpuEach * 1'000 * static_cast<double>(entry.load.requests)));
        entry.underLoad.memory = static_cast<std::uint64_t>(sample.memory * 1024 * 1024);
        entry.underLoad.threads = sample.threads;
        entry.underLoad.processes = sample.processes;
        race.entries.push_back(std::move(entry));
    }
    race.entries.front().load.neverServed = 49;
    return race;
}

} // namespace sscope::test
