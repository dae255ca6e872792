#include "core/client/crowd_run.h"

#include <utility>

namespace sscope {

CrowdRun::CrowdRun(CrowdConfig config)
    : m_config(std::move(config)),
      m_progress(std::make_shared<CrowdProgress>(m_config.connections)),
      m_thread("crowd", PollerKind::Epoll, {}) {}

CrowdRun::~CrowdRun() {
    m_thread.stopAndJoin();
}

Result<void> CrowdRun::start() {
    if (auto started = m_thread.start([this] { m_crowd.reset(); }); !started)
        return started;
    m_thread.reactor().post([this] {
        m_crowd =
            std::make_unique<ConnectionCrowd>(m_thread.reactor(), std::move(m_config), m_progress);
        m_crowd->start();
    });
    return {};
}

void CrowdRun::cancel() {
    m_thread.reactor().post([this] {
        if (m_crowd)
            m_crowd->cancel();
    });
}

} // namespace sscope
