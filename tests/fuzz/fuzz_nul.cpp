// Invariant: how a stream is cut changes neither its messages nor why it is refused; what was read
// is written and read again.

#include "tests/fuzz/codec_fuzz.h"

using namespace sscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Framing framing = *Framing::parse("nul");
    fuzz::checkStream(framing, std::as_bytes(std::span(data, size)));
    return 0;
}
