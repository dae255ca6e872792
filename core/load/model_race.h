#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/load/load_run.h"
#include "core/process/process_usage.h"

namespace sscope {

class RaceHeat;

/// The same load against one server after the other, each under another execution model.
struct RaceConfig {
    std::string service = "echo"; // one whose replies suit the load's framing
    LoadConfig load{};            // its endpoint is not used
    std::vector<std::string> models{"iterative", "select",    "poll", "epoll",
                                    "threads",   "processes", "qt"};
};

/// Of a server's process and all below it.
using ServerUsage = ProcessUsage;

struct RaceEntry {
    enum class State { Waiting, Starting, Running, Done, Failed, Cancelled };

    std::string model{};
    State state = State::Waiting;
    LoadResult load{};              // also while it runs
    ServerUsage idle{};             // before the first connection
    ServerUsage underLoad{};        // the most that was seen; cpu is of the measured time alone
    std::optional<Error> failure{}; // why it could not be raced

    /// CPU time of the server for each request that it answered; zero before there is one.
    [[nodiscard]] Duration cpuEach() const;
    /// How many cores the server kept busy.
    [[nodiscard]] double cores() const;
};

struct RaceResult {
    RaceConfig config{};
    std::vector<RaceEntry> entries{}; // in the order of config.models
    WallTime started = 0;
    Duration elapsed{};
    std::string host{};   // this machine
    std::string kernel{}; // "Linux 6.1.0"
    unsigned cores = 0;
    bool isOver = false;
    bool wasCancelled = false;
};

/// Runs a race on a thread of its own; each server is `socketscope serve` in a process of its own
/// on a free port of 127.0.0.1. Owned by who wants it; all calls from any thread. When it goes, the
/// server under way is ended and reaped, and the thread joined.
class ModelRace {
public:
    /// progressed as with LoadRun.
    explicit ModelRace(RaceConfig config, std::function<void()> progressed = {});
    ModelRace(const ModelRace&) = delete;
    ModelRace& operator=(const ModelRace&) = delete;
    ~ModelRace();

    /// Once. Fails where the load is none (validate), or the system gives no thread. A model or a
    /// service that is not known is told by its entry.
    Result<void> start();
    void cancel();
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] RaceResult snapshot() const;

private:
    void run();
    Result<void> raceModel(std::size_t index);
    void change(std::size_t index, const std::function<void(RaceEntry&)>& change);

    const RaceConfig m_config;
    const std::function<void()> m_progressed;
    CancelSource m_cancel;
    mutable std::mutex m_mutex;
    RaceResult m_result;              // under m_mutex
    const RaceHeat* m_heat = nullptr; // under m_mutex; of the model that is raced
    std::size_t m_heatEntry = 0;      // under m_mutex
    TimePoint m_began;                // under m_mutex
    std::thread m_thread;
};

} // namespace sscope
