#pragma once

#include <optional>
#include <vector>

#include "core/framing/message.h"

namespace sscope {

/// A message that is kept, or handed to another thread or process.
struct OwnedMessage {
    std::vector<std::byte> content{};
    std::vector<HeaderField> header{};

    static OwnedMessage of(const Message& message) {
        return {{message.content.begin(), message.content.end()},
                {message.header.begin(), message.header.end()}};
    }
    /// Refers to this.
    [[nodiscard]] Message view() const { return {.content = content, .header = header}; }
};

// For another process of the same program on the same machine.
void appendTo(std::vector<std::byte>& target, const Message& message);
/// Takes one from the front of bytes; nothing where it is not whole.
std::optional<OwnedMessage> takeMessage(ByteView& bytes);

} // namespace sscope
