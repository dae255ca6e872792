#pragma once

#include <cstddef>
#include <cstdint>

namespace sscope::bench {

/// A server for one connection on a free port of 127.0.0.1, which sends lines at a given rate,
/// whatever the other side does. One thread.
class PacedSource {
public:
    /// Aborts where there is no port.
    PacedSource();
    PacedSource(const PacedSource&) = delete;
    PacedSource& operator=(const PacedSource&) = delete;
    ~PacedSource();

    [[nodiscard]] std::uint16_t port() const;
    /// Waits for the connection, sends so many lines of lineSize bytes with their line feed, and
    /// closes; gives how many were sent.
    std::uint64_t run(std::uint64_t lines, double perSecond, std::size_t lineSize);
    /// Sends one line of so many bytes, and closes.
    void runLine(std::size_t bytes);

private:
    [[nodiscard]] int accept() const;

    int m_listener = -1;
};

} // namespace sscope::bench
