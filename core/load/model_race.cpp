#include "core/load/model_race.h"

#include <cerrno>
#include <utility>

#include <sys/utsname.h>

#include "core/load/race_heat.h"
#include "core/reactor/reactor_thread.h"

namespace sscope {

namespace {

using State = RaceEntry::State;

} // namespace

Duration RaceEntry::cpuEach() const {
    return load.requests == 0 ? Duration{}
                              : underLoad.cpu / static_cast<Duration::rep>(load.requests);
}

double RaceEntry::cores() const {
    const double elapsed = std::chrono::duration<double>(load.elapsed).count();
    return elapsed > 0 ? std::chrono::duration<double>(underLoad.cpu).count() / elapsed : 0;
}

ModelRace::ModelRace(RaceConfig config, std::function<void()> progressed)
    : m_config(std::move(config)), m_progressed(progressed ? std::move(progressed) : [] {}) {
    m_result.config = m_config;
    for (const std::string& model : m_config.models)
        m_result.entries.push_back({.model = model});
    utsname name{};
    if (::uname(&name) == 0) {
        m_result.host = name.nodename;
        m_result.kernel = std::string(name.sysname) + ' ' + name.release;
    }
    m_result.cores = std::thread::hardware_concurrency();
}

ModelRace::~ModelRace() {
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

Result<void> ModelRace::start() {
    if (auto valid = validate(m_config.load); !valid)
        return valid;
    {
        const std::lock_guard lock(m_mutex);
        m_result.started = wallNow();
        m_began = SteadyClock::now();
    }
    auto thread = startThread("race", [this] { run(); });
    if (!thread)
        return Failure(std::move(thread.error()));
    m_thread = std::move(*thread);
    return {};
}

void ModelRace::cancel() {
    m_cancel.cancel();
}

bool ModelRace::isOver() const {
    const std::lock_guard lock(m_mutex);
    return m_result.isOver;
}

RaceResult ModelRace::snapshot() const {
    const std::lock_guard lock(m_mutex);
    RaceResult result = m_result;
    if (m_heat)
        m_heat->writeTo(result.entries[m_heatEntry]);
    if (!result.isOver && result.started != 0)
        result.elapsed = SteadyClock::now() - m_began;
    return result;
}

void ModelRace::change(std::size_t index, const std::function<void(RaceEntry&)>& change) {
    {
        const std::lock_guard lock(m_mutex);
        change(m_result.entries[index]);
    }
    m_progressed();
}

void ModelRace::run() {
    for (std::size_t i = 0; i < m_config.models.size(); ++i) {
        auto raced =
            m_cancel.signal().isSet() ? Failure(systemError(ECANCELED, "race")) : raceModel(i);
        change(i, [&](RaceEntry& entry) {
            if (raced) {
                entry.state = State::Done;
            } else if (raced.error().isErrno(ECANCELED)) {
                entry.state = State::Cancelled;
            } else {
                entry.state = State::Failed;
                entry.failure = std::move(raced.error());
            }
        });
    }
    {
        const std::lock_guard lock(m_mutex);
        m_result.elapsed = SteadyClock::now() - m_began;
        m_result.wasCancelled = m_cancel.signal().isSet();
        m_result.isOver = true;
    }
    m_progressed();
}

Result<void> ModelRace::raceModel(std::size_t index) {
    change(index, [](RaceEntry& entry) { entry.state = State::Starting; });
    auto server = RaceServer::start(m_config, m_config.models[index]);
    if (!server)
        return Failure(std::move(server.error()));
    auto endpoint = server->waitUntilListening(m_cancel.signal());
    if (!endpoint)
        return Failure(std::move(endpoint.error()));
    LoadConfig load = m_config.load;
    load.endpoint = std::move(*endpoint);
    const ServerUsage idle = processUsage(server->pid());
    change(index, [&](RaceEntry& entry) {
        entry.state = State::Running;
        entry.idle = idle;
    });
    RaceHeat heat(*server, std::move(load), m_cancel.signal(), m_progressed);
    const auto show = [&](const RaceHeat* shown) {
        const std::lock_guard lock(m_mutex);
        m_heat = shown;
        m_heatEntry = index;
    };
    show(&heat);
    auto raced = heat.run();
    show(nullptr);
    change(index, [&](RaceEntry& entry) { heat.writeTo(entry); });
    return raced;
}

} // namespace sscope
