// Invariant: how a stream is cut changes neither its messages nor why it is refused; what was read
// is written and read again. The first byte is the size.

#include "tests/fuzz/codec_fuzz.h"

using namespace sscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0 || data[0] == 0)
        return 0;
    const auto framing = Framing::parse("fixed:" + std::to_string(data[0]));
    fuzz::checkStream(*framing, std::as_bytes(std::span(data + 1, size - 1)));
    return 0;
}
