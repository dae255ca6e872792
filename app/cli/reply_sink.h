#pragma once

#include <string>

#include "app/cli/output.h"

namespace sscope::cli {

/// Where the replies of one connection are written.
class ReplySink {
public:
    virtual void write(std::string_view text) = 0;

protected:
    ~ReplySink() = default;
};

/// Standard output, at once.
class DirectReplies final : public ReplySink {
public:
    explicit DirectReplies(Output& output) : m_output(output) {}
    void write(std::string_view text) override { m_output.write(text); }

private:
    Output& m_output;
};

} // namespace sscope::cli
