#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sscope::bench {

/// Open-loop load: messages go out at a given rate, whatever comes back and when. One thread.
class PacedLoad {
public:
    enum class Transport { Tcp, Udp };
    struct Result {
        std::uint64_t sent = 0;
        std::uint64_t received = 0; // datagrams; of TCP, messages' worth of bytes
    };

    /// Connects so many sockets to 127.0.0.1; aborts where that fails.
    PacedLoad(Transport transport, std::uint16_t port, std::size_t sockets,
              std::size_t messageSize);
    PacedLoad(const PacedLoad&) = delete;
    PacedLoad& operator=(const PacedLoad&) = delete;
    ~PacedLoad();

    /// Sends so many messages, perSecond in a second, then waits up to 2 s for what is missing.
    Result run(std::uint64_t messages, double perSecond);

private:
    void receiveAll(Result& result);

    const Transport m_transport;
    std::vector<int> m_sockets;
    std::vector<char> m_message;
    std::vector<char> m_buffer;
    std::uint64_t m_receivedBytes = 0;
};

} // namespace sscope::bench
