#pragma once

#include "core/client/connection_crowd.h"
#include "core/reactor/reactor_thread.h"

namespace sscope {

/// A crowd on a thread of its own, for who looks at it now and then. Used by one thread, but for
/// progress(); ends the crowd and its thread when it goes.
class CrowdRun {
public:
    explicit CrowdRun(CrowdConfig config);
    ~CrowdRun();

    /// Fails where the system gives no thread or descriptor for the loop.
    Result<void> start();
    void cancel();
    [[nodiscard]] const CrowdProgress& progress() const { return *m_progress; }
    /// For who reads it on a thread of his own.
    [[nodiscard]] std::shared_ptr<const CrowdProgress> sharedProgress() const { return m_progress; }

private:
    CrowdConfig m_config;
    const std::shared_ptr<CrowdProgress> m_progress;
    ReactorThread m_thread;
    std::unique_ptr<ConnectionCrowd> m_crowd; // the loop's thread only
};

} // namespace sscope
