#include "core/reactor/reactor_thread.h"

#include <cerrno>
#include <csignal>
#include <new>
#include <system_error>

#include <pthread.h>

namespace sscope {

namespace {

Error notStarted(int code, const std::string& name) {
    Error error = systemError(code, "start thread", name);
    error.hint.kind = Hint::Kind::Resources;
    return error;
}

} // namespace

Result<std::thread> startThread(const std::string& name, std::function<void()> body) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    Result<std::thread> started;
    try {
        started = std::thread([name = name.substr(0, 15), body = std::move(body)] {
            ::pthread_setname_np(::pthread_self(), name.c_str());
            body();
        });
    } catch (const std::system_error& problem) {
        started = Failure(notStarted(problem.code().value(), name));
    } catch (const std::bad_alloc&) { // what the thread is given has no room
        started = Failure(notStarted(ENOMEM, name));
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return started;
}

ReactorThread::ReactorThread(std::string name, PollerKind kind, TraceBatch trace)
    : m_name(std::move(name)), m_reactor(kind, std::move(trace)) {}

ReactorThread::~ReactorThread() {
    stopAndJoin();
}

Result<void> ReactorThread::start(std::function<void()> atEnd) {
    if (auto opened = m_reactor.open(); !opened)
        return opened;
    auto started = startThread(m_name, [this, atEnd = std::move(atEnd)] {
        (void)m_reactor.run(); // fails for bugs only (EBADF, EFAULT, EINVAL)
        if (atEnd)
            atEnd();
    });
    if (!started)
        return Failure(std::move(started.error()));
    m_thread = std::move(*started);
    return {};
}

void ReactorThread::stopAndJoin() {
    if (!m_thread.joinable())
        return;
    m_reactor.stop();
    m_thread.join();
}

} // namespace sscope
