#include "app/cli/output.h"

#include <cerrno>

#include <poll.h>
#include <unistd.h>

#include "app/cli/error_line.h"

namespace sscope::cli {

void Output::write(std::string_view text) {
    while (!text.empty() && !m_closed) {
        const ssize_t count = ::write(STDOUT_FILENO, text.data(), text.size());
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN) { // somebody else made it non-blocking
            pollfd wait{STDOUT_FILENO, POLLOUT, 0};
            ::poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            m_closed = true;
            m_failed = errno != EPIPE;
            if (m_failed)
                printError(systemError(errno, "write", "standard output"));
        }
    }
}

} // namespace sscope::cli
