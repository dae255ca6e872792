#include "core/server/command_gate.h"

#include <chrono>

#include "core/process/command_run.h"
#include "core/server/token_file.h"

namespace sscope {

CommandGate::CommandGate(const ServerConfig& config) {
    const CommandSettings& settings = config.settings.command;
    if (!settings.isAllowed || settings.tokenFile.empty())
        return;
    m_delays = std::make_unique<SourceDelays>();
    if (auto token = readTokenFile(settings.tokenFile)) // validate() has found it good
        m_token = std::move(*token);
}

TokenVerdict CommandGate::judge(const std::string& source, std::string_view token) {
    if (!m_delays->isThere())
        return {TokenVerdict::Kind::Wrong, std::chrono::seconds(1)};
    const bool isRight = !m_token.empty() && isSameToken(token, m_token);
    return m_delays->judge(source, isRight, SteadyClock::now());
}

CommandRunner GateAccess::runner() const {
    return &runCommand;
}

} // namespace sscope
