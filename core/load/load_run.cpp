#include "core/load/load_run.h"

#include <cerrno>
#include <utility>

#include "core/load/load_generator.h"
#include "core/reactor/reactor_thread.h"

namespace sscope {

namespace {

constexpr std::int64_t largestDatagram = 65507; // of UDP over IPv4

Failure tooLargeForDatagram(const LoadConfig& config) {
    Error error = systemError(EMSGSIZE, "send", config.endpoint.text());
    error.hint = {.kind = Hint::Kind::DatagramSize, .number = largestDatagram};
    return Failure(std::move(error));
}

} // namespace

LoadRun::LoadRun(LoadConfig config, std::function<void()> progressed)
    : m_config(std::move(config)), m_progressed(std::move(progressed)) {
    m_result.config = m_config;
}

LoadRun::~LoadRun() {
    cancel();
    wait();
}

Result<void> LoadRun::start() {
    if (auto valid = validate(m_config); !valid)
        return valid;
    auto thread = startThread("load", [this] { run(); });
    if (!thread)
        return Failure(std::move(thread.error()));
    m_thread = std::move(*thread);
    return {};
}

void LoadRun::cancel() {
    m_cancel.cancel();
}

void LoadRun::wait() {
    if (m_thread.joinable())
        m_thread.join();
}

LoadPhase LoadRun::phase() const {
    const std::lock_guard lock(m_mutex);
    return m_result.phase;
}

LoadResult LoadRun::snapshot() const {
    const std::lock_guard lock(m_mutex);
    return m_result;
}

void LoadRun::publish(const std::function<void(LoadResult&)>& change) {
    {
        const std::lock_guard lock(m_mutex);
        change(m_result);
    }
    if (m_progressed)
        m_progressed();
}

void LoadRun::run() {
    if (auto measured = measure(); !measured) {
        publish([&](LoadResult& result) {
            result.phase = LoadPhase::Failed;
            result.failure = std::move(measured.error());
        });
    }
}

Result<void> LoadRun::measure() {
    publish([](LoadResult& result) { result.phase = LoadPhase::Connecting; });
    auto request = LoadRequest::make(m_config);
    if (!request)
        return Failure(std::move(request.error()));
    if (m_config.endpoint.transport == Transport::Udp &&
        request->bytes().size() > static_cast<std::size_t>(largestDatagram))
        return tooLargeForDatagram(m_config);
    auto target = findLoadTarget(m_config, m_cancel.signal());
    if (!target)
        return Failure(std::move(target.error()));
    if (!*target) {
        publish([](LoadResult& result) { result.phase = LoadPhase::Cancelled; });
        return {};
    }
    publish([&](LoadResult& result) {
        result.address = endpointText(m_config.endpoint.transport, (*target)->address);
    });
    LoadTally tally;
    LoadGenerator generator(m_config, std::move(*request), std::move(**target), m_cancel.signal(),
                            tally,
                            [&](const LoadGenerator& source, LoadPhase phase, TimePoint now) {
                                publish([&](LoadResult& result) {
                                    result.phase = phase;
                                    source.writeTo(result, now);
                                    if (phase != LoadPhase::Connecting)
                                        tally.writeTo(result, now);
                                });
                            });
    if (auto ran = generator.run(); !ran)
        return ran;
    publish([&](LoadResult& result) {
        const bool began = result.phase != LoadPhase::Connecting;
        const TimePoint now = SteadyClock::now();
        if (began)
            tally.finish(result, now, m_config.duration);
        generator.writeTo(result, now);
        result.phase = generator.wasCancelled() ? LoadPhase::Cancelled : LoadPhase::Done;
    });
    return {};
}

} // namespace sscope
