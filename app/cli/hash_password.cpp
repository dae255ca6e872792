#include "app/cli/hash_password.h"

#include <array>
#include <optional>
#include <string>

#include <openssl/crypto.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/output.h"
#include "app/cli/process_setup.h"
#include "core/base/unique_fd.h"
#include "core/server/chat_password.h"

namespace sscope::cli {

namespace {

constexpr std::size_t longestPassword = 1024; // as of a password file

/// Standard input's terminal, where it is one, does not show what is typed.
class HiddenInput {
public:
    HiddenInput() {
        m_isHidden = ::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (!m_isHidden)
            return;
        termios hidden = m_before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    HiddenInput(const HiddenInput&) = delete;
    HiddenInput& operator=(const HiddenInput&) = delete;
    ~HiddenInput() {
        if (m_isHidden)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    [[nodiscard]] bool isTerminal() const { return m_isHidden; }

private:
    termios m_before{};
    bool m_isHidden = false;
};

/// A line without its end; byte by byte, so that nothing of it stays in a buffer. Nothing where a
/// signal ends it.
std::optional<std::string> readSecretLine(int stopSignals) {
    std::string line;
    line.reserve(longestPassword + 2); // so that it lies in one place
    while (line.size() <= longestPassword) {
        std::array<pollfd, 2> waits{{{STDIN_FILENO, POLLIN, 0}, {stopSignals, POLLIN, 0}}};
        if (::poll(waits.data(), waits.size(), -1) < 0 || waits[1].revents != 0)
            return std::nullopt;
        char byte = 0;
        if (::read(STDIN_FILENO, &byte, 1) != 1 || byte == '\n')
            break;
        line += byte;
    }
    if (line.ends_with('\r'))
        line.pop_back();
    return line;
}

void wipe(std::string& secret) {
    OPENSSL_cleanse(secret.data(), secret.size());
}

std::string faultOf(const std::string& password) {
    if (password.empty())
        return "a password has at least one character; type it, or pipe one line in";
    return password.size() > longestPassword ? "a password has at most 1024 bytes" : "";
}

/// An exit code where there is none.
std::optional<std::string> askForPassword(int& code) {
    const UniqueFd signals(openStopSignals());
    const HiddenInput hidden;
    code = interrupted;
    if (hidden.isTerminal())
        printToStandardError("Password:");
    auto password = readSecretLine(signals.get());
    if (!password || !hidden.isTerminal() || !faultOf(*password).empty())
        return password;
    printToStandardError("Again:");
    auto again = readSecretLine(signals.get());
    if (!again)
        return std::nullopt;
    const bool isSame = *again == *password;
    wipe(*again);
    if (isSame)
        return password;
    wipe(*password);
    code = usage;
    printUsageError("chat --hash-password", "the two differ");
    return std::nullopt;
}

} // namespace

std::optional<std::string> askForServerPassword() {
    const UniqueFd signals(openStopSignals());
    const HiddenInput hidden;
    if (!hidden.isTerminal())
        return std::nullopt;
    printToStandardError("Password:");
    auto password = readSecretLine(signals.get());
    if (!password || faultOf(*password).empty())
        return password;
    wipe(*password);
    return std::nullopt;
}

int hashPasswordCommand() {
    int code = done;
    auto password = askForPassword(code);
    if (!password)
        return code;
    if (const std::string fault = faultOf(*password); !fault.empty()) {
        wipe(*password);
        printUsageError("chat --hash-password", fault);
        return usage;
    }
    const auto hash = hashPassword(*password);
    wipe(*password);
    if (!hash) {
        printToStandardError("socketscope: hash password: there is no memory for it (32 MiB)");
        return networkSaidNo;
    }
    Output output;
    output.write(*hash + '\n');
    return output.hasFailed() ? networkSaidNo : done;
}

} // namespace sscope::cli
