// Invariant: how a stream is cut changes neither its messages nor why it is refused; all of it is
// read as what its first byte says, and what was read as that is written and read again.

#include "tests/fuzz/codec_fuzz.h"

using namespace sscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Framing byFirstByte = *Framing::parse("by-first-byte");
    static const Framing message = *Framing::parse("message");
    static const Framing line = *Framing::parse("line");
    const ByteView input = std::as_bytes(std::span(data, size));
    if (size < 2)
        return 0;
    const std::size_t count = std::min<std::size_t>(data[0] & 15, size - 1);
    const ByteView cuts = input.subspan(1, count);
    const ByteView stream = input.subspan(1 + count);
    if (stream.empty())
        return 0;
    const Framing& plain = std::to_integer<int>(stream.front()) < 0x20 ? message : line;
    const test::CodecSinkRecord read = fuzz::decode(byFirstByte, stream, cuts);
    const test::CodecSinkRecord whole = fuzz::decode(plain, stream, {});
    fuzz::require(read.messages == whole.messages && read.offsets == whole.offsets);
    fuzz::require(read.headers == whole.headers && read.failures == whole.failures);
    fuzz::require(read.limits == whole.limits);
    fuzz::checkMessages(read, stream.size());
    fuzz::checkRoundTrip(plain, read);
    return 0;
}
