// Invariant: how a stream is cut changes neither its messages nor why it is refused; what was read
// is written and read again. The first byte chooses the prefix.

#include <array>

#include "tests/fuzz/codec_fuzz.h"

using namespace sscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array prefixes{"length:u8", "length:u16be", "length:u16le", "length:u32be",
                                  "length:u32le"};
    if (size == 0)
        return 0;
    const auto framing = Framing::parse(prefixes[data[0] % prefixes.size()]);
    fuzz::checkStream(*framing, std::as_bytes(std::span(data + 1, size - 1)));
    return 0;
}
