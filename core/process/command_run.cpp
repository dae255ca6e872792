#include "core/process/command_run.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <poll.h>
#include <unistd.h>

#include "core/process/supervised_run.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

// What the helper needs beyond the command's time; then it is stuck.
constexpr Duration patience = 3s;
constexpr Duration mostTimeout = std::chrono::hours(24 * 365);
// How often a signal without a descriptor is looked at.
constexpr auto lookInterval = 100ms;

std::vector<std::string> helperWords(const CommandTask& task) {
    const auto timeout =
        std::chrono::ceil<std::chrono::milliseconds>(std::min(task.timeout, mostTimeout));
    std::vector<std::string> words{"command-helper", std::to_string(timeout.count()),
                                   std::to_string(task.outputCap)};
    words.insert(words.end(), task.words.begin(), task.words.end());
    return words;
}

/// All that the helper says; false where it was cancelled, or the helper is stuck.
bool readAll(const SupervisedRun& run, TimePoint deadline, const CancelSignal& cancel,
             std::string& said) {
    std::array<char, 65536> piece;
    while (!cancel.isSet() && SteadyClock::now() < deadline) {
        pollfd waiting[] = {{run.control(), POLLIN, 0}, {cancel.fd(), POLLIN, 0}};
        const auto longest = cancel.fd() < 0 ? lookInterval : 60'000ms;
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - SteadyClock::now());
        ::poll(waiting, std::size(waiting),
               static_cast<int>(std::clamp<long>(left.count(), 0, longest.count())));
        if (waiting[0].revents == 0)
            continue;
        const ssize_t count = ::read(run.control(), piece.data(), piece.size());
        if (count == 0)
            return true;
        if (count > 0)
            said.append(piece.data(), static_cast<std::size_t>(count));
        else if (errno != EINTR)
            return true;
    }
    return false;
}

CommandEnd endOf(const std::string& said) {
    SupervisorReport head;
    if (said.size() < sizeof head)
        return {.kind = CommandEnd::Kind::Lost, .number = EPIPE}; // the helper was killed
    std::memcpy(&head, said.data(), sizeof head);
    return {head.kind, head.number, said.substr(sizeof head)};
}

} // namespace

CommandEnd runCommand(const CommandTask& task, const CancelSignal& cancel) {
    if (cancel.isSet())
        return {.kind = CommandEnd::Kind::Cancelled};
    auto run = SupervisedRun::start(helperWords(task));
    if (!run)
        return {.kind = CommandEnd::Kind::Lost, .number = run.error().code.value()};
    const TimePoint deadline = SteadyClock::now() + std::min(task.timeout, mostTimeout) + patience;
    std::string said;
    const bool isWhole = readAll(*run, deadline, cancel, said);
    run->end();
    if (cancel.isSet())
        return {.kind = CommandEnd::Kind::Cancelled};
    return isWhole ? endOf(said) : CommandEnd{.kind = CommandEnd::Kind::Lost, .number = ETIME};
}

} // namespace sscope
