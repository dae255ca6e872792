#pragma once

#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <thread>

#include "core/service/request_handler.h"

namespace sscope {

/// Runs jobs on threads of its own, so many at a time; those that come then wait in their order.
/// Any thread may submit; the destructor drops what has not begun and waits for what has.
class JobRunner {
public:
    static constexpr std::size_t mostAtOnce = 64;

    ~JobRunner();
    /// done is called on one of the runner's threads; it should post the output to where it
    /// belongs. False where no thread could be started and none is there: the job is dropped.
    [[nodiscard]] bool submit(Job job, std::function<void(std::string output)> done);

private:
    struct Entry {
        Job job;
        std::function<void(std::string)> done;
    };
    using Threads = std::list<std::thread>;
    void run(Threads::iterator self);
    static void join(Threads& ended);

    std::mutex m_mutex;
    std::condition_variable m_ended;
    std::deque<Entry> m_waiting; // under m_mutex, as all below
    Threads m_threads;           // each runs jobs until none waits
    Threads m_over;              // these have left run(), and are to be joined
    bool m_ending = false;
};

} // namespace sscope
