#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sscope::bench {

/// Closed-loop load: each connection sends one message and waits for it to come back, then the
/// next. One thread, epoll.
class EchoLoad {
public:
    /// Connects; aborts where that fails.
    EchoLoad(std::uint16_t port, std::size_t connections, std::size_t messageSize);
    EchoLoad(const EchoLoad&) = delete;
    EchoLoad& operator=(const EchoLoad&) = delete;
    ~EchoLoad();

    /// Makes so many echoes in all.
    void run(std::uint64_t echoes);

private:
    struct Peer {
        int fd = -1;
        std::size_t missing = 0; // bytes of the echo under way
    };
    void sendOne(Peer& peer);

    int m_epoll;
    std::vector<Peer> m_peers;
    std::vector<char> m_message;
};

} // namespace sscope::bench
