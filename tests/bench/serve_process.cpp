#include "tests/bench/serve_process.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sscope::bench {

namespace {

double cpuOf(pid_t pid) {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        return 0;
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// Of a process and all below it; children are listed with the thread that started them (proc(5)).
double cpuOfAll(pid_t pid) {
    double sum = cpuOf(pid);
    std::error_code problem;
    const std::string folder = "/proc/" + std::to_string(pid) + "/task";
    for (const auto& task : std::filesystem::directory_iterator(folder, problem)) {
        std::ifstream file(task.path() / "children");
        for (pid_t child = 0; file >> child;)
            sum += cpuOfAll(child);
    }
    return sum;
}

} // namespace

ServeProcess::ServeProcess(const std::string& model, std::vector<std::string> options) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
        std::abort();
    std::vector<std::string> words{SSCOPE_PROGRAM,      "serve",     "echo",
                                   "--model",           model,       "--listen",
                                   "tcp://127.0.0.1:0", "--backlog", "4096"};
    words.insert(words.end(), options.begin(), options.end());
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    if (::posix_spawn(&m_pid, SSCOPE_PROGRAM, &actions, nullptr, arguments.data(), environ) != 0)
        std::abort();
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    m_output = pipe[0];
    std::array<char, 256> text{};
    if (::read(m_output, text.data(), text.size() - 1) > 0) {
        // "listening on tcp://127.0.0.1:40001 (echo, epoll)"
        const std::string_view line(text.data());
        const auto colon = line.find(':', line.find("127.0.0.1"));
        m_port = static_cast<std::uint16_t>(std::atoi(line.data() + colon + 1));
    }
    // A line for each connection is all that follows, and fits the pipe.
    ::fcntl(m_output, F_SETPIPE_SZ, 1 << 20);
}

ServeProcess::~ServeProcess() {
    ::kill(m_pid, SIGTERM);
    ::close(m_output);
    ::waitpid(m_pid, nullptr, 0);
}

double ServeProcess::cpuNanoseconds() const {
    return cpuOfAll(m_pid);
}

} // namespace sscope::bench
