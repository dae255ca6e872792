#pragma once

#include <string_view>

#include "core/base/bytes.h"

namespace sscope::cli {

/// Standard output without a buffer of its own: what is written is there. A closed reader (EPIPE)
/// ends it quietly; any other failure is printed, once.
class Output {
public:
    /// A write that waits for a slow reader is given up once interrupt, a descriptor of somebody
    /// else's, is readable; -1 for none.
    explicit Output(int interrupt = -1) : m_interrupt(interrupt) {}

    void write(std::string_view text);
    void write(ByteView bytes) { write(textOf(bytes)); }
    /// Nobody reads any more, or nothing can be written: the command should end.
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] bool hasFailed() const { return m_failed; }

private:
    [[nodiscard]] bool waitForRoom() const;

    const int m_interrupt;
    bool m_closed = false;
    bool m_failed = false;
};

} // namespace sscope::cli
