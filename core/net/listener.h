#pragma once

#include "core/net/listener_link.h"
#include "core/reactor/event_loop.h"

namespace sscope {

/// Accepts connections by accept4(2). Owned by a server, on its loop's thread.
class Listener final : public ListenerLink, private EventHandler {
public:
    Listener(EventLoop& loop, UniqueFd fd, Transport transport, Owner& owner);

    Result<void> start() override;
    void stop() override;
    void setPaused(bool paused) override;
    [[nodiscard]] int fd() const { return m_fd.get(); }

private:
    void handleEvents(Readiness ready) override;
    bool acceptOne();
    void restAWhile();
    void updateInterest();
    void tellOnce(int number);

    EventLoop& m_loop;
    UniqueFd m_fd;
    Owner& m_owner;
    Watch m_watch;
    Timer m_resume;
    bool m_paused = false;
    bool m_episodeTold = false;
};

} // namespace sscope
