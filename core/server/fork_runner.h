#pragma once

#include <memory>
#include <unordered_map>

#include "core/server/session_loop.h"

namespace sscope {

/// A process for the handler of each datagram, as Python's ForkingMixIn has them. Only in a process
/// with one thread; whoever owns it reaps.
class ForkRunner final : public DatagramRunner {
public:
    explicit ForkRunner(SessionLoop& loop);
    ForkRunner(const ForkRunner&) = delete;
    ForkRunner& operator=(const ForkRunner&) = delete;
    ~ForkRunner() override;

    Result<void> run(const Message& message, Done done) override;

private:
    class Child;
    void finish(Child& child);

    SessionLoop& m_loop;
    std::unordered_map<Child*, std::unique_ptr<Child>> m_children;
};

} // namespace sscope
