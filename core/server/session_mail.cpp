#include "core/server/session_mail.h"

#include "core/server/session_loop.h"

namespace sscope {

void SessionMail::post(Letters letters) {
    const std::lock_guard lock(m_mutex);
    if (!m_loop)
        return;
    // What a loop that goes has not run by then it drops.
    m_loop->loop().post([loop = m_loop, letters = std::move(letters)] {
        for (const auto& [number, mail] : letters) {
            if (Session* const session = loop->find(number))
                session->mail(mail);
        }
    });
}

void SessionMail::close() {
    const std::lock_guard lock(m_mutex);
    m_loop = nullptr;
}

} // namespace sscope
