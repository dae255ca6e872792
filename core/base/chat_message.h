#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace sscope {

/// One message of a room, as it is stored and delivered. Ids grow by one in each room, from 1.
struct ChatMessage {
    std::string room{};
    std::uint64_t id = 0;
    WallTime time = 0; // of the server
    std::string author{};
    std::string text{};

    bool operator==(const ChatMessage&) const = default;
};

/// Something that is to be made durable; a token names it until it is.
struct ChatEntry {
    enum class Kind { Say, Topic };
    std::uint64_t token = 0;
    Kind kind = Kind::Say;
    std::string room{};
    std::string author{};
    std::string clientId{}; // a second entry of the author's with it is the first; empty for none
    std::string text{};
    WallTime time = 0;
};

/// What has become of it.
struct ChatStored {
    enum class Outcome {
        New,   // durable now
        Again, // it was there before: id and time are those of the first
        Full,  // no room on the disk; not stored
        Failed // any other trouble; not stored
    };
    std::uint64_t token = 0;
    Outcome outcome = Outcome::Failed;
    std::uint64_t id = 0;
    WallTime time = 0;
};

/// A look at what is stored. Without a search the messages of one room, oldest first; with one
/// those that hold the text whatever its case, of one room or (empty) of all, newest first.
struct ChatQuery {
    std::uint64_t token = 0;
    std::string room{};
    std::uint64_t after = 0;  // only ids above it
    std::uint64_t before = 0; // only ids below it; 0 for no bound
    bool fromEnd = false;     // where there are more than the limit, the last of them
    std::size_t limit = 100;
    std::optional<std::string> search{};
};

/// What is known of a room that is stored.
struct ChatRoomRecord {
    std::string name{};
    std::string topic{};
    std::uint64_t last = 0; // the highest id that was given
};

/// How long messages stay; each bound may be absent.
struct ChatRetention {
    std::optional<Duration> age{};
    std::optional<std::uint64_t> count{}; // in each room

    bool operator==(const ChatRetention&) const = default;
};

enum class ChatStorageState { Good, Full, Failed };

} // namespace sscope
