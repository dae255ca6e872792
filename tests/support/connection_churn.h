#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace sscope::test {

/// What one churn has done. A cookie (SO_COOKIE, socket(7)) names a socket for good.
struct ChurnResult {
    std::vector<std::uint64_t> cookies; // of both ends of each connection
    std::chrono::duration<double> took{};
};

/// Opens and closes so many TCP connections a second on loopback, for so long: each is connected,
/// accepted, used for one byte and closed at once, every second time from the accepting end first.
/// Late ones are made up for. Throws std::runtime_error where the system refuses.
/// Thousands stay in TIME_WAIT for a minute, on ports that others may look for: see below.
ChurnResult churnConnections(int perSecond, std::chrono::milliseconds length);

/// Moves this thread, and those that it starts from now on, into a network of its own
/// (network_namespaces(7)), whose loopback is up and whose sockets go with the process. False where
/// that is not allowed; all stays as it is then.
bool enterOwnNetwork();

} // namespace sscope::test
