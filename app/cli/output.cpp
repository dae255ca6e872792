#include "app/cli/output.h"

#include <algorithm>
#include <cerrno>
#include <climits>

#include <poll.h>
#include <unistd.h>

#include "app/cli/error_line.h"

namespace sscope::cli {

namespace {

// A pipe that is writable takes so much without waiting (pipe(7)).
constexpr std::size_t pieceSize = PIPE_BUF;

} // namespace

bool Output::waitForRoom() const {
    pollfd waiting[] = {{STDOUT_FILENO, POLLOUT, 0}, {m_interrupt, POLLIN, 0}};
    while (::poll(waiting, 2, -1) < 0 && errno == EINTR) {
    }
    return waiting[0].revents != 0;
}

void Output::write(std::string_view text) {
    while (!text.empty() && !m_closed) {
        if (m_interrupt >= 0 && !waitForRoom())
            return;
        const std::size_t size = m_interrupt >= 0 ? std::min(text.size(), pieceSize) : text.size();
        const ssize_t count = ::write(STDOUT_FILENO, text.data(), size);
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN) { // somebody else made it non-blocking
            if (!waitForRoom())
                return;
        } else if (errno != EINTR) {
            m_closed = true;
            m_failed = errno != EPIPE;
            if (m_failed)
                printError(systemError(errno, "write", "standard output"));
        }
    }
}

} // namespace sscope::cli
