#include "app/cli/line_history.h"

#include <cstdlib>

#include "core/storage/safe_file.h"

namespace sscope::cli {

namespace {

constexpr std::size_t mostLines = 1000;

/// XDG Base Directory Specification: a relative path is as none.
std::string historyPath() {
    const char* const state = std::getenv("XDG_STATE_HOME");
    if (state && *state == '/')
        return std::string(state) + "/socketscope/send_history";
    const char* const home = std::getenv("HOME");
    return home && *home == '/' ? std::string(home) + "/.local/state/socketscope/send_history"
                                : std::string();
}

std::vector<std::string> linesOf(const std::string& path) {
    std::vector<std::string> lines;
    const auto content = readFile(path);
    if (!content)
        return lines;
    std::string_view left = *content;
    while (!left.empty()) {
        const auto end = std::min(left.find('\n'), left.size());
        if (end > 0)
            lines.emplace_back(left.substr(0, end));
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    return lines;
}

} // namespace

LineHistory::LineHistory() : m_path(historyPath()) {
    if (!m_path.empty())
        m_earlier = linesOf(m_path);
}

void LineHistory::add(const std::string& line) {
    const auto& last = m_typed.empty() ? m_earlier : m_typed;
    if (!line.empty() && (last.empty() || last.back() != line))
        m_typed.push_back(line);
}

void LineHistory::save() const {
    if (m_path.empty() || m_typed.empty())
        return;
    std::vector<std::string> all = linesOf(m_path);
    all.insert(all.end(), m_typed.begin(), m_typed.end());
    std::string content;
    for (std::size_t i = all.size() - std::min(all.size(), mostLines); i < all.size(); ++i)
        content += all[i] + '\n';
    (void)replaceFile(m_path, content);
}

} // namespace sscope::cli
