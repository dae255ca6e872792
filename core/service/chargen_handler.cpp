#include "core/service/chargen_handler.h"

#include <string>
#include <string_view>

namespace sscope {

namespace {

constexpr char firstCharacter = ' ';
constexpr std::size_t characters = 95; // the printable ones of ASCII
constexpr std::size_t lineLength = 72;
constexpr std::size_t largestDatagram = 512;
// After so many lines the pattern begins anew.
constexpr std::size_t cycle = characters * (lineLength + 2);
// What is sent in one turn of the loop: whole cycles, at most 64 KiB.
constexpr std::size_t cyclesPerTurn = 65536 / cycle;

std::string makePattern() {
    std::string text;
    text.reserve(cycle * cyclesPerTurn);
    for (std::size_t line = 0; line < characters * cyclesPerTurn; ++line) {
        for (std::size_t column = 0; column < lineLength; ++column)
            text += static_cast<char>(firstCharacter + (line + column) % characters);
        text += "\r\n";
    }
    return text;
}

std::string_view pattern() {
    static const std::string text = makePattern();
    return text;
}

} // namespace

void ChargenHandler::handle(RequestContext& context, const Message&) {
    if (context.isDatagram())
        context.send(bytesOf(pattern().substr(0, m_random() % (largestDatagram + 1))));
}

void ChargenHandler::generate(RequestContext& context) {
    if (context.isDatagram() || !context.hasRoom())
        return; // writable() goes on
    context.send(bytesOf(pattern()));
    // The next turn goes on, so that a peer that reads fast leaves time for the others.
    if (context.hasRoom())
        context.setTimer(Duration(0));
}

} // namespace sscope
