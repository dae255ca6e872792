// Invariant: a client says Start once for each message that it takes, and takes none over the
// limit; a server offers each answer and gives it for one Start. Zero bytes part the receives; a
// receive that is empty is the timer.

#include "tests/fuzz/codec_fuzz.h"

using namespace sscope;

namespace {

template <typename Each>
void forEachReceive(std::string_view input, Each each) {
    while (!input.empty()) {
        const auto end = std::min(input.find('\0'), input.size());
        each(input.substr(0, end));
        input.remove_prefix(std::min(end + 1, input.size()));
    }
}

void checkClient(std::string_view input) {
    const auto codec = Framing::parse("ready")->make(CodecRole::Client, fuzz::limits);
    test::CodecSinkRecord sink;
    forEachReceive(input, [&](std::string_view receive) {
        if (!receive.empty())
            codec->receive(bytesOf(receive), sink);
        else if (std::exchange(sink.timer, std::nullopt))
            codec->timeout(sink);
    });
    const std::size_t starts = sink.transmitted.size() / 5;
    fuzz::require(sink.transmitted.size() % 5 == 0);
    fuzz::require(starts == sink.messages.size() || starts == sink.messages.size() + 1);
    fuzz::checkMessages(sink, input.size());
}

void checkServer(std::string_view input) {
    const auto codec = Framing::parse("ready")->make(CodecRole::Server, fuzz::limits);
    test::CodecSinkRecord sink;
    std::size_t answers = 0;
    forEachReceive(input, [&](std::string_view receive) {
        codec->receive(bytesOf(receive), sink);
        if (answers < sink.messages.size() && codec->send({.content = bytesOf("answer")}, sink))
            ++answers;
    });
    const auto count = [&](std::string_view word) {
        std::size_t found = 0;
        for (auto at = sink.transmitted.find(word); at != std::string::npos;
             at = sink.transmitted.find(word, at + 1))
            ++found;
        return found;
    };
    fuzz::require(count("answer") <= count("Ready|0000000006") &&
                  count("Ready|0000000006") <= answers);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] % 2 == 0)
        checkClient(input);
    else
        checkServer(input);
    return 0;
}
