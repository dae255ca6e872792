#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/output.h"
#include "core/base/result.h"
#include "core/base/unique_fd.h"

namespace sscope::cli {

/// Writes what many connections are told in the order of their numbers: the first that is not over
/// as it comes, that of the others once their turn has come. Beyond some memory it waits in a file
/// without a name.
class OrderedReplies {
public:
    explicit OrderedReplies(Output& output) : m_output(output) {}

    void write(std::uint32_t connection, std::string_view text);
    void end(std::uint32_t connection);
    /// What waits could not be kept, and is lost; the failure has been printed.
    [[nodiscard]] bool hasFailed() const { return m_failed; }

private:
    /// Of the file.
    struct Stretch {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
    };
    struct Waiting {
        std::vector<Stretch> stretches{};
        std::string text{}; // after them
        bool isOver = false;
    };

    void spillLargest();
    Result<void> spill(Waiting& waiting);
    void writeOut(Waiting& waiting);
    Result<void> copyOut(Stretch stretch);
    void check(const Result<void>& result);

    Output& m_output;
    std::map<std::uint32_t, Waiting> m_waiting;
    std::uint32_t m_turn = 1;
    std::size_t m_inMemory = 0;
    UniqueFd m_file; // where something has been too much
    std::uint64_t m_fileEnd = 0;
    std::uint64_t m_inFile = 0; // bytes that wait there
    bool m_failed = false;
};

} // namespace sscope::cli
