#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// Names of what the kernel gives as numbers, as far as they are known. All are from outside.
class Names {
public:
    virtual ~Names() = default;
    /// Empty where no name is known, or none yet.
    [[nodiscard]] virtual std::string host(const IpAddress& address) const = 0;
    [[nodiscard]] virtual std::string port(SocketProtocol protocol, std::uint16_t port) const = 0;
    [[nodiscard]] virtual std::string user(std::uint32_t uid) const = 0;
};

/// Asks services(5), the users' database and getnameinfo(3) on a thread of its own, and answers at
/// once with what it knows. Makes no look-up before it is asked for a name: what is off by default
/// stays off. Keeps the last 4096 hosts for ten minutes. For one thread; wake is called on the
/// other when more is known than the last question was told, once until the next question; it must
/// not block, nor ask. Its end waits for no resolver: the thread is abandoned, its answer finds
/// nobody.
class NameLookup : public Names {
public:
    explicit NameLookup(std::function<void()> wake = {});
    ~NameLookup() override;

    [[nodiscard]] std::string host(const IpAddress& address) const override;
    [[nodiscard]] std::string port(SocketProtocol protocol, std::uint16_t port) const override;
    [[nodiscard]] std::string user(std::uint32_t uid) const override;

    /// For a command line, which may wait: true once nothing is left to look up, false after most.
    bool waitUntilKnown(std::chrono::nanoseconds most);

private:
    struct State;
    std::shared_ptr<State> m_state; // shared with the thread
};

} // namespace sscope
