#include "core/base/cancel_signal.h"

#include <sys/eventfd.h>

namespace sscope {

bool CancelSignal::isSet() const {
    return m_state && m_state->isSet;
}

int CancelSignal::fd() const {
    return m_state ? m_state->fd.get() : -1;
}

CancelSource::CancelSource() {
    m_signal.m_state = std::make_shared<CancelSignal::State>();
    m_signal.m_state->fd.reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
}

void CancelSource::cancel() {
    if (m_signal.m_state->isSet.exchange(true) || !m_signal.m_state->fd.isOpen())
        return;
    ::eventfd_write(m_signal.m_state->fd.get(), 1);
}

} // namespace sscope
