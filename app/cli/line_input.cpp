#include "app/cli/line_input.h"

#include <array>
#include <cerrno>
#include <utility>

#include <unistd.h>

namespace sscope::cli {

std::vector<std::string> LineInput::read() {
    std::array<char, 65536> room;
    const ssize_t count = ::read(STDIN_FILENO, room.data(), room.size());
    std::vector<std::string> lines;
    if (count <= 0) {
        m_ended = count == 0 || (errno != EAGAIN && errno != EINTR);
        if (m_ended && !m_rest.empty())
            lines.push_back(std::exchange(m_rest, {}));
        return lines;
    }
    m_rest.append(room.data(), static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (auto end = m_rest.find('\n'); end != std::string::npos; end = m_rest.find('\n', begin)) {
        lines.push_back(m_rest.substr(begin, end + 1 - begin));
        begin = end + 1;
    }
    m_rest.erase(0, begin);
    return lines;
}

} // namespace sscope::cli
