#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace sscope::bench {

/// `socketscope serve echo` under one model, in a process of its own; ended when this goes.
class ServeProcess {
public:
    explicit ServeProcess(const std::string& model, std::vector<std::string> options = {});
    ServeProcess(const ServeProcess&) = delete;
    ServeProcess& operator=(const ServeProcess&) = delete;
    ~ServeProcess();

    /// 0 where the model cannot be had.
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// CPU time so far, user and system, in nanoseconds; of all processes that serve.
    [[nodiscard]] double cpuNanoseconds() const;

private:
    pid_t m_pid = -1;
    int m_output = -1;
    std::uint16_t m_port = 0;
};

} // namespace sscope::bench
