#include "core/diagnostics/filter_fault.h"

#include <fmt/format.h>

namespace sscope {

const char* expectationText(FilterExpectation expected) {
    switch (expected) {
    case FilterExpectation::Term:
        return "a word, a number or a key such as port:";
    case FilterExpectation::Key:
        return "port: sport: dport: host: src: dst: state: proto: process: pid: user: uid: inode: "
               "fd: queue> rtt> age> or is: (a word with a colon stands in quotes)";
    case FilterExpectation::Comparison:
        return "one of : = < > <= >=";
    case FilterExpectation::Order:
        return "one of < > <= >=, or a range such as 1m-5m";
    case FilterExpectation::Colon:
        return "a colon";
    case FilterExpectation::Port:
        return "a port such as 80, or a range such as 80-443";
    case FilterExpectation::Number:
        return "a number such as 812, or a range such as 800-900";
    case FilterExpectation::Address:
        return "an address such as 192.0.2.7, 10.0.0.0/8, fe80::/10 or localhost";
    case FilterExpectation::State:
        return "a state such as listen, established or time_wait";
    case FilterExpectation::Protocol:
        return "tcp, udp, udplite, raw, unix, packet or netlink";
    case FilterExpectation::Property:
        return "listening, established, loopback, ours or orphan";
    case FilterExpectation::Text:
        return "a word, or a regular expression such as /^ngin/";
    case FilterExpectation::Age:
        return "a time such as 30s, 3m or 2h";
    case FilterExpectation::Time:
        return "a time such as 800us, 5ms or 1s";
    case FilterExpectation::Size:
        return "a size such as 0, 1500 or 64k";
    case FilterExpectation::RegexPart:
        return "a regular expression that is whole";
    case FilterExpectation::ClosingQuote:
        return "the quote that ends the word";
    case FilterExpectation::ClosingParenthesis:
        return "a closing parenthesis";
    case FilterExpectation::RisingRange:
        return "the smaller number of the range first";
    case FilterExpectation::Shorter:
        return "a shorter filter";
    }
    return "";
}

std::string FilterFault::text() const {
    const std::string there = found.empty() ? "the filter ends" : "found \"" + found + '"';
    return fmt::format("column {}: {}, expected {}", column, there, expectationText(expected));
}

} // namespace sscope
