#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// What a term of a filter asks for.
enum class FilterKey : std::uint8_t {
    Port,
    SourcePort,
    DestinationPort,
    Host,
    Source,
    Destination,
    State,
    Protocol,
    Process,
    Pid,
    User,
    Uid,
    Inode,
    Fd,
    Queue,
    Rtt,
    Age,
    Is,
};

struct FilterKeyWord {
    std::string_view word; // as it is typed, without what follows
    FilterKey key;
    std::string_view usual; // what follows it most often: ":" or ">"
    std::string_view note;  // in English
};
std::span<const FilterKeyWord> filterKeyWords();
/// In upper or lower case.
std::optional<FilterKey> filterKeyFrom(std::string_view word);

/// What may stand after "is:".
enum class FilterProperty : std::uint8_t { Listening, Established, Loopback, Ours, Orphan };
struct FilterPropertyWord {
    std::string_view word;
    FilterProperty property;
    std::string_view note; // in English
};
std::span<const FilterPropertyWord> filterPropertyWords();
std::optional<FilterProperty> filterPropertyFrom(std::string_view word);

/// Our word for a state, or that of ss(8) or netstat(8): "time_wait", "TIME-WAIT", "estab".
std::optional<SocketState> filterStateFrom(std::string_view word);

struct FilterProtocol {
    SocketProtocol protocol = SocketProtocol::Tcp;
    std::optional<std::uint8_t> family; // "tcp6"
};
std::optional<FilterProtocol> filterProtocolFrom(std::string_view word);

/// ASCII letters only, as all comparisons of a filter.
constexpr char lowerLetter(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
bool isSameWord(std::string_view a, std::string_view b);
std::string lowerWord(std::string_view word);

} // namespace sscope
