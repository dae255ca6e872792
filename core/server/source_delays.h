#pragma once

#include <cstddef>
#include <string_view>

#include "core/service/command_access.h"

namespace sscope {

/// How long each source of connections (connection_limits.h) is held back after wrong tokens: 1 s,
/// then twice as long each time, up to 60 s. In memory that the processes which are forked later
/// share; any thread of any of them. A source that has failed twice in a row waits for the end of
/// its delay before it is judged again, so that many connections at once gain it nothing; one that
/// has not is judged at once, so that a slip does not hold up who sits beside the person.
class SourceDelays {
public:
    SourceDelays();
    SourceDelays(const SourceDelays&) = delete;
    SourceDelays& operator=(const SourceDelays&) = delete;
    ~SourceDelays();

    /// False where the system gave no memory: nobody is then to be let in.
    [[nodiscard]] bool isThere() const { return m_table != nullptr; }
    /// isRight: what the comparison of an attempt has given, or would give.
    /// How long the source would be NotYet; zero where it would be judged. For judges whose
    /// comparison is dear.
    Duration heldFor(std::string_view source, TimePoint now);
    TokenVerdict judge(std::string_view source, bool isRight, TimePoint now);

private:
    struct Table;
    Table* m_table = nullptr;
};

} // namespace sscope
