#include "core/diagnostics/filter_words.h"

#include <algorithm>
#include <array>

namespace sscope {

namespace {

constexpr std::array keyWords{
    FilterKeyWord{"port", FilterKey::Port, ":", "local or remote port"},
    FilterKeyWord{"sport", FilterKey::SourcePort, ":", "local port"},
    FilterKeyWord{"dport", FilterKey::DestinationPort, ":", "remote port"},
    FilterKeyWord{"host", FilterKey::Host, ":", "local or remote address or network"},
    FilterKeyWord{"src", FilterKey::Source, ":", "local address or network"},
    FilterKeyWord{"dst", FilterKey::Destination, ":", "remote address or network"},
    FilterKeyWord{"state", FilterKey::State, ":", "state"},
    FilterKeyWord{"proto", FilterKey::Protocol, ":", "protocol"},
    FilterKeyWord{"process", FilterKey::Process, ":", "name of a process that holds it"},
    FilterKeyWord{"pid", FilterKey::Pid, ":", "a process that holds it"},
    FilterKeyWord{"user", FilterKey::User, ":", "its user's name"},
    FilterKeyWord{"uid", FilterKey::Uid, ":", "its user's number"},
    FilterKeyWord{"inode", FilterKey::Inode, ":", "its inode"},
    FilterKeyWord{"fd", FilterKey::Fd, ":", "a descriptor that holds it"},
    FilterKeyWord{"queue", FilterKey::Queue, ">", "bytes in the longer queue"},
    FilterKeyWord{"rtt", FilterKey::Rtt, ">", "round-trip time"},
    FilterKeyWord{"age", FilterKey::Age, ">", "time since first seen"},
    FilterKeyWord{"is", FilterKey::Is, ":", "what it is"},
};

constexpr std::array propertyWords{
    FilterPropertyWord{"listening", FilterProperty::Listening, "waits for connections"},
    FilterPropertyWord{"established", FilterProperty::Established, "has a peer"},
    FilterPropertyWord{"loopback", FilterProperty::Loopback, "stays on this machine"},
    FilterPropertyWord{"ours", FilterProperty::Ours, "of our own servers and clients"},
    FilterPropertyWord{"orphan", FilterProperty::Orphan, "no process holds it"},
};

constexpr std::array everyState{
    SocketState::Listen,      SocketState::Established, SocketState::SynSent,  SocketState::SynRecv,
    SocketState::FinWait1,    SocketState::FinWait2,    SocketState::TimeWait, SocketState::Close,
    SocketState::CloseWait,   SocketState::LastAck,     SocketState::Closing,  SocketState::Bound,
    SocketState::Unconnected,
};

/// "FIN-WAIT-1" and "fin_wait1" are the same.
std::string bareLetters(std::string_view word) {
    std::string bare;
    for (const char c : word) {
        if (c != '-' && c != '_')
            bare += lowerLetter(c);
    }
    return bare;
}

template <typename Words>
auto findWord(const Words& words, std::string_view word) {
    return std::ranges::find_if(words,
                                [&](const auto& known) { return isSameWord(known.word, word); });
}

} // namespace

bool isSameWord(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lowerLetter, lowerLetter);
}

std::string lowerWord(std::string_view word) {
    std::string lower(word);
    std::ranges::transform(lower, lower.begin(), lowerLetter);
    return lower;
}

std::span<const FilterKeyWord> filterKeyWords() {
    return keyWords;
}

std::optional<FilterKey> filterKeyFrom(std::string_view word) {
    const auto* known = findWord(keyWords, word);
    return known == keyWords.end() ? std::nullopt : std::optional(known->key);
}

std::span<const FilterPropertyWord> filterPropertyWords() {
    return propertyWords;
}

std::optional<FilterProperty> filterPropertyFrom(std::string_view word) {
    const auto* known = findWord(propertyWords, word);
    return known == propertyWords.end() ? std::nullopt : std::optional(known->property);
}

std::optional<SocketState> filterStateFrom(std::string_view word) {
    const std::string bare = bareLetters(word);
    if (bare == "estab" || bare == "connected")
        return SocketState::Established;
    if (bare == "listening")
        return SocketState::Listen;
    if (bare == "unconn")
        return SocketState::Unconnected;
    if (bare == "closed")
        return SocketState::Close;
    for (const SocketState state : everyState) {
        if (bare == bareLetters(stateText(state)))
            return state;
    }
    return std::nullopt;
}

std::optional<FilterProtocol> filterProtocolFrom(std::string_view word) {
    for (const SocketProtocol protocol : everyProtocol) {
        const std::string name = protocolText(protocol);
        if (isSameWord(name, word))
            return FilterProtocol{protocol, std::nullopt};
        for (const std::uint8_t family : {std::uint8_t(4), std::uint8_t(6)}) {
            if (isInet(protocol) && isSameWord(name + std::to_string(family), word))
                return FilterProtocol{protocol, family};
        }
    }
    return std::nullopt;
}

} // namespace sscope
