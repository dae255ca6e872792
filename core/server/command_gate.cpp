#include "core/server/command_gate.h"

#include <chrono>

#include "core/process/command_run.h"
#include "core/server/token_file.h"

namespace sscope {

CommandGate::CommandGate(const ServerConfig& config) : m_config(config) {
    const CommandSettings& settings = config.settings.command;
    if (!settings.isAllowed || settings.tokenFile.empty())
        return;
    m_delays = std::make_unique<SourceDelays>();
}

TokenVerdict CommandGate::judge(const std::string& source, std::string_view token, TimePoint now) {
    if (!m_delays->isThere())
        return {TokenVerdict::Kind::Wrong, std::chrono::seconds(1)};
    const auto& own = m_config.settings.command.token;
    return m_delays->judge(source, own && isSameToken(token, *own), now);
}

CommandRunner GateAccess::runner() const {
    return &runCommand;
}

} // namespace sscope
