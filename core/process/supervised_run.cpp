#include "core/process/supervised_run.h"

#include <array>
#include <cerrno>
#include <chrono>

#include <poll.h>
#include <sys/socket.h>

#include "core/base/clock.h"

namespace sscope {

namespace {

// A helper needs less than two seconds; one that needs more is stopped, or stuck.
constexpr Duration patience = std::chrono::seconds(3);

} // namespace

SupervisedRun& SupervisedRun::operator=(SupervisedRun&& other) noexcept {
    end();
    m_control = std::move(other.m_control);
    m_helper = std::move(other.m_helper);
    return *this;
}

Result<SupervisedRun> SupervisedRun::start(const std::vector<std::string>& words,
                                           std::span<const int> fds) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return Failure(systemError(errno, "socketpair"));
    SupervisedRun run;
    run.m_control.reset(ends[0]);
    const UniqueFd theirs(ends[1]);
    std::vector<int> passed{theirs.get()};
    passed.insert(passed.end(), fds.begin(), fds.end());
    auto helper = HelperProcess::start(words, passed);
    if (!helper)
        return Failure(std::move(helper.error()));
    run.m_helper = std::move(*helper);
    return run;
}

void SupervisedRun::cancel() const {
    if (m_control.isOpen())
        ::shutdown(m_control.get(), SHUT_WR);
}

void SupervisedRun::end() {
    if (!m_helper.isThere())
        return;
    cancel();
    // The end of its socket is the helper's own end: nobody else has it.
    const TimePoint deadline = SteadyClock::now() + patience;
    std::array<char, 65536> unwanted;
    for (;;) {
        pollfd waiting{m_control.get(), POLLIN, 0};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            std::max<Duration>(deadline - SteadyClock::now(), Duration(0)));
        const int ready = ::poll(&waiting, 1, static_cast<int>(left.count()));
        if (ready == 0) {
            m_helper.kill();
            break;
        }
        if (ready > 0 && ::read(m_control.get(), unwanted.data(), unwanted.size()) <= 0)
            break;
    }
    m_helper.wait();
    m_control.reset();
}

} // namespace sscope
