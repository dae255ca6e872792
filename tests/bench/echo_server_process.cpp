#include "tests/bench/echo_server_process.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/engine/server_manager.h"
#include "tests/bench/plain_echo.h"

namespace sscope::bench {

namespace {

void printPort(std::uint16_t port) {
    std::printf("%u\n", port);
    std::fflush(stdout);
}

/// Ours. One thread drains, as the window's would; it stands for the main thread here.
int serveCore(bool withLog) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const int stop = ::signalfd(-1, &signals, SFD_CLOEXEC);
    const int wake = ::eventfd(0, EFD_CLOEXEC);
    TraceOutbox outbox({}, [wake] { ::eventfd_write(wake, 1); });
    ServerManager servers(outbox);
    ServerConfig config;
    config.listen = {{.host = "127.0.0.1", .port = 0}};
    config.backlog = 4096;
    const auto detail = withLog ? TraceBatch::Detail::Log : TraceBatch::Detail::Lifecycle;
    if (!servers.start(1, config, detail))
        return 1;
    TraceDrain drain;
    for (;;) {
        pollfd waiting[] = {{wake, POLLIN, 0}, {stop, POLLIN, 0}};
        ::poll(waiting, 2, -1);
        if (waiting[1].revents != 0)
            return 0;
        eventfd_t count = 0;
        ::eventfd_read(wake, &count);
        std::this_thread::sleep_for(std::chrono::milliseconds(33));
        outbox.swap(drain);
        for (const LifecycleEvent& event : drain.lifecycle) {
            if (const auto* listening = std::get_if<lifecycle::Listening>(&event.what))
                printPort(parseEndpoint(listening->endpoint)->port);
        }
        drain.clear();
    }
}

} // namespace

const char* variantName(EchoVariant variant) {
    switch (variant) {
    case EchoVariant::Plain:
        return "plain";
    case EchoVariant::Core:
        return "core";
    case EchoVariant::CoreLog:
        return "core-log";
    }
    return "";
}

int runEchoServer(EchoVariant variant) {
    std::signal(SIGPIPE, SIG_IGN);
    if (variant == EchoVariant::Plain) {
        // Ended in order, so that strace and callgrind write what they have counted.
        std::signal(SIGTERM, [](int) { std::_Exit(0); });
        runPlainEcho(printPort);
    }
    return serveCore(variant == EchoVariant::CoreLog);
}

EchoServerProcess::EchoServerProcess(EchoVariant variant, std::vector<std::string> wrapper) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
        std::abort();
    std::vector<std::string> words = std::move(wrapper);
    words.insert(words.end(), {"/proc/self/exe", "--server", variantName(variant)});
    std::array<char, 4096> self{};
    if (::readlink("/proc/self/exe", self.data(), self.size() - 1) <= 0)
        std::abort();
    words[words.size() - 3] = self.data();
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    if (::posix_spawnp(&m_pid, arguments[0], &actions, nullptr, arguments.data(), environ) != 0)
        std::abort();
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    std::array<char, 32> text{};
    if (::read(pipe[0], text.data(), text.size() - 1) <= 0)
        std::abort();
    ::close(pipe[0]);
    m_port = static_cast<std::uint16_t>(std::atoi(text.data()));
}

EchoServerProcess::~EchoServerProcess() {
    end();
}

double EchoServerProcess::cpuNanoseconds() const {
    clockid_t clock{};
    timespec time{};
    ::clock_getcpuclockid(m_pid, &clock);
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

void EchoServerProcess::end() {
    if (m_pid < 0)
        return;
    ::kill(m_pid, SIGTERM);
    wait();
}

void EchoServerProcess::wait() {
    ::waitpid(m_pid, nullptr, 0);
    m_pid = -1;
}

} // namespace sscope::bench
