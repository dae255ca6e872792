#pragma once

#include <string_view>

#include "core/base/bytes.h"

namespace sscope::cli {

/// Standard output without a buffer of its own: what is written is there. A closed reader (EPIPE)
/// ends it quietly; any other failure is printed, once.
class Output {
public:
    void write(std::string_view text);
    void write(ByteView bytes) { write(textOf(bytes)); }
    /// Nobody reads any more, or nothing can be written: the command should end.
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] bool hasFailed() const { return m_failed; }

private:
    bool m_closed = false;
    bool m_failed = false;
};

} // namespace sscope::cli
