#pragma once

#include <atomic>
#include <memory>

#include "core/base/unique_fd.h"

namespace sscope {

/// Tells work on another thread that nobody waits for it any more. A value that may be copied; any
/// thread. One that was made by default is never set.
class CancelSignal {
public:
    [[nodiscard]] bool isSet() const;
    /// Readable once it is set (eventfd(2)); -1 where the system had no descriptor: then isSet() is
    /// to be asked now and then.
    [[nodiscard]] int fd() const;

private:
    friend class CancelSource;
    struct State {
        std::atomic<bool> isSet = false;
        UniqueFd fd{};
    };
    std::shared_ptr<State> m_state;
};

/// Sets its signal once, at the latest when it goes.
class CancelSource {
public:
    CancelSource();
    CancelSource(const CancelSource&) = delete;
    CancelSource& operator=(const CancelSource&) = delete;
    ~CancelSource() { cancel(); }

    void cancel();
    [[nodiscard]] const CancelSignal& signal() const { return m_signal; }

private:
    CancelSignal m_signal;
};

} // namespace sscope
