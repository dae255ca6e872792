#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "core/service/request_handler.h"

namespace sscope {

/// Runs jobs one after another on a thread that starts with the first. Any thread may submit; the
/// destructor drops what has not begun and waits for what has.
class JobRunner {
public:
    ~JobRunner();
    /// done is called on the runner's thread; it should post the output to where it belongs.
    void submit(Job job, std::function<void(std::string output)> done);

private:
    struct Entry {
        Job job;
        std::function<void(std::string)> done;
    };
    void run();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Entry> m_waiting; // under m_mutex
    bool m_ending = false;       // under m_mutex
    std::thread m_thread;        // under m_mutex until m_ending
};

} // namespace sscope
