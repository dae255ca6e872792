#pragma once

#include <cstdint>
#include <string>

#include <sys/types.h>

#include "core/base/unique_fd.h"
#include "core/trace/trace_wire.h"

namespace sscope {

/// What the processes of a server say to it, over one seqpacket socket that they share: a packet
/// is whole, whoever sends it.
enum class ReportKind : std::uint8_t { Ready, Trace, ChildEnded };

/// The process of a connection is gone, and with it all that it could still have told.
struct ChildEnded {
    std::uint32_t connection = 0;
    pid_t pid = 0;
    int waitStatus = 0;
    Counters counters; // its last, whatever ended it
    std::string peer;
};

/// Tells the server's process; waits while its socket is full. In each process of a server.
class ReportSink final : public TraceSink {
public:
    /// fd is the caller's, and stays open.
    explicit ReportSink(int fd);

    void append(TraceContent& content) override { m_encoder.encode(content); }
    void sendReady() { send(ReportKind::Ready, {}); }
    void send(const ChildEnded& ended);

private:
    void send(ReportKind kind, ByteView content);

    const int m_fd;
    TraceEncoder m_encoder;
};

/// The packet is one of ChildEnded; false where it is none.
bool decodeChildEnded(ByteView content, ChildEnded& ended);

} // namespace sscope
