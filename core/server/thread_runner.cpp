#include "core/server/thread_runner.h"

#include <utility>

#include <fmt/format.h>

#include "core/reactor/reactor_thread.h"

namespace sscope {

ThreadRunner::~ThreadRunner() {
    for (auto& [number, thread] : m_threads)
        thread.join();
}

Result<void> ThreadRunner::run(const Message& message, Done done) {
    const std::uint32_t number = ++m_lastNumber;
    const std::string name = fmt::format("Thread-{}", number);
    auto work = [this, self = std::weak_ptr(m_self), number, name, done = std::move(done),
                 copy = OwnedMessage::of(message)] {
        DatagramOutcome outcome =
            handleDatagram(m_loop.service(), m_loop.config().settings, copy.view(), name);
        m_loop.loop().post([self, number, done, outcome = std::move(outcome)] {
            if (const auto runner = self.lock())
                (*runner)->finish(number, done, outcome);
        });
    };
    auto started = startThread(name, std::move(work));
    if (!started)
        return Failure(std::move(started.error()));
    m_threads.emplace(number, std::move(*started));
    return {};
}

void ThreadRunner::finish(std::uint32_t number, const Done& done, DatagramOutcome outcome) {
    const auto it = m_threads.find(number);
    it->second.join(); // it has posted this as its last act
    m_threads.erase(it);
    done(std::move(outcome));
}

} // namespace sscope
