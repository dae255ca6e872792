#include "core/load/race_server.h"

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>

#include <nlohmann/json.hpp>

#include "core/base/display_text.h"

namespace sscope {

namespace {

using std::chrono::seconds;

// A machine under load starts a program of ours in less.
constexpr Duration startTime = seconds(10);
// A server sends what it has queued for up to 2 s, then ends.
constexpr Duration endTime = seconds(4);
constexpr std::uint32_t usualBacklog = 128;
constexpr std::uint32_t usualConnections = 10'000;

std::vector<std::string> wordsFor(const RaceConfig& config, const std::string& model) {
    const std::uint32_t connections = config.load.connections;
    std::vector<std::string> words{"serve",
                                   config.service,
                                   "--model",
                                   model,
                                   "--listen",
                                   "tcp://127.0.0.1:0",
                                   "--backlog",
                                   std::to_string(std::max(usualBacklog, connections)),
                                   "--max-connections",
                                   std::to_string(std::max(usualConnections, connections)),
                                   "--json"};
    if (!config.load.framing.isRaw())
        words.insert(words.end(), {"--framing", config.load.framing.text()});
    return words;
}

/// What a line of output says of the endpoint; nothing where it says something else.
std::optional<Endpoint> listeningOn(const std::string& line) {
    const auto event = nlohmann::json::parse(line, nullptr, false);
    if (!event.is_object() || event.value("event", "") != "listening")
        return std::nullopt;
    const auto endpoint = parseEndpoint(event.value("endpoint", ""));
    return endpoint ? std::optional(*endpoint) : std::nullopt;
}

} // namespace

RaceServer::~RaceServer() {
    if (!m_process.isThere())
        return;
    m_process.terminate();
    m_output.reset(); // it must not wait for us to read its last words
    if (!m_process.waitFor(endTime))
        m_process.kill(); // and reaped as that goes
}

Result<RaceServer> RaceServer::start(const RaceConfig& config, const std::string& model) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
        return Failure(systemError(errno, "start", model));
    RaceServer server;
    server.m_model = model;
    server.m_output.reset(pipe[0]);
    const UniqueFd theirs(pipe[1]);
    ::fcntl(pipe[0], F_SETFL, O_NONBLOCK);
    auto process = HelperProcess::start(wordsFor(config, model), {}, theirs.get());
    if (!process)
        return Failure(std::move(process.error()));
    server.m_process = std::move(*process);
    return server;
}

Result<Endpoint> RaceServer::waitUntilListening(const CancelSignal& cancel) {
    const TimePoint limit = SteadyClock::now() + startTime;
    for (;;) {
        auto more = readSome();
        if (!more)
            return Failure(std::move(more.error()));
        if (auto endpoint = findListening())
            return *endpoint;
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(limit - SteadyClock::now()).count();
        if (cancel.isSet())
            return Failure(systemError(ECANCELED, "start", m_model));
        if (left <= 0)
            return Failure(systemError(ETIMEDOUT, "start", m_model));
        pollfd waiting[] = {{m_output.get(), POLLIN, 0}, {cancel.fd(), POLLIN, 0}};
        ::poll(waiting, std::size(waiting), static_cast<int>(left));
    }
}

Result<void> RaceServer::drain() {
    for (;;) {
        auto more = readSome();
        m_text.clear();
        if (!more)
            return Failure(std::move(more.error()));
        if (!*more)
            return {};
    }
}

/// False where nothing is there yet.
Result<bool> RaceServer::readSome() {
    std::array<char, 16384> buffer;
    const ssize_t count = ::read(m_output.get(), buffer.data(), buffer.size());
    if (count < 0)
        return false;
    if (count == 0)
        return ended();
    m_text.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
}

std::optional<Endpoint> RaceServer::findListening() {
    std::size_t begin = 0;
    for (auto end = m_text.find('\n'); end != std::string::npos; end = m_text.find('\n', begin)) {
        if (auto endpoint = listeningOn(m_text.substr(begin, end - begin)))
            return endpoint;
        begin = end + 1;
    }
    return std::nullopt;
}

/// With what it has said, such as that it does not find its other executable.
Failure RaceServer::ended() {
    std::string how = endText(m_process.wait());
    while (m_text.ends_with('\n'))
        m_text.pop_back();
    if (const std::string last = m_text.substr(m_text.rfind('\n') + 1); !last.empty())
        how += ": " + displaySafe(last);
    return Failure(faultError(Fault::ProcessEnded, "serve", m_model, std::move(how)));
}

} // namespace sscope
