#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace sscope::bench {

/// Which server stands behind a measurement.
enum class EchoVariant {
    Plain,   // the reference
    Core,    // ours under epoll, life-cycle only
    CoreLog, // ours, with batches drained by another thread every 33 ms
};

const char* variantName(EchoVariant variant);

/// A server in a process of its own, ended when this goes. wrapper is a command to run it under,
/// such as strace with its arguments.
class EchoServerProcess {
public:
    explicit EchoServerProcess(EchoVariant variant, std::vector<std::string> wrapper = {});
    EchoServerProcess(const EchoServerProcess&) = delete;
    EchoServerProcess& operator=(const EchoServerProcess&) = delete;
    ~EchoServerProcess();

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// CPU time of the process so far, user and system, in nanoseconds.
    [[nodiscard]] double cpuNanoseconds() const;
    [[nodiscard]] pid_t pid() const { return m_pid; }
    /// Asks it to end and waits for it.
    void end();
    void wait();

private:
    pid_t m_pid = -1;
    std::uint16_t m_port = 0;
};

/// What the child runs: prints the port and serves until SIGTERM.
int runEchoServer(EchoVariant variant);

} // namespace sscope::bench
