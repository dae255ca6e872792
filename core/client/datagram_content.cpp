#include "core/client/datagram_content.h"

namespace sscope {

namespace {

constexpr std::size_t room = 1 << 17;

} // namespace

Result<std::vector<std::byte>> datagramContent(ByteSource& source) {
    std::vector<std::byte> content(room);
    std::size_t size = 0;
    while (size < content.size()) {
        const auto count = source.read(std::span(content).subspan(size));
        if (!count)
            return Failure(count.error());
        if (*count == 0)
            break;
        size += *count;
    }
    content.resize(size);
    return content;
}

} // namespace sscope
