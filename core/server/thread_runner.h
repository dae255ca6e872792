#pragma once

#include <memory>
#include <thread>
#include <unordered_map>

#include "core/server/session_loop.h"

namespace sscope {

/// A thread for the handler of each datagram, named as Python names its threads.
class ThreadRunner final : public DatagramRunner {
public:
    explicit ThreadRunner(SessionLoop& loop) : m_loop(loop) {}
    ThreadRunner(const ThreadRunner&) = delete;
    ThreadRunner& operator=(const ThreadRunner&) = delete;
    ~ThreadRunner() override;

    Result<void> run(const Message& message, Done done) override;

private:
    void finish(std::uint32_t number, const Done& done, DatagramOutcome outcome);

    SessionLoop& m_loop;
    std::unordered_map<std::uint32_t, std::thread> m_threads;
    std::uint32_t m_lastNumber = 0;
    /// What a thread posts may come when the runner is gone.
    std::shared_ptr<ThreadRunner*> m_self = std::make_shared<ThreadRunner*>(this);
};

} // namespace sscope
