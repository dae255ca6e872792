#pragma once

#include <memory>
#include <string>

#include "core/server/server_config.h"
#include "core/server/source_delays.h"

namespace sscope {

/// Who may run programs through a server that does: its token, and what its sources have tried.
/// Owned by the server, or by the process that forks for it, and outlives its sessions. Any thread.
class CommandGate {
public:
    /// config: outlives this, and has the token (service_files.h) before the first judge().
    explicit CommandGate(const ServerConfig& config);

    [[nodiscard]] bool needsToken() const { return m_delays != nullptr; }
    TokenVerdict judge(const std::string& source, std::string_view token, TimePoint now);

private:
    const ServerConfig& m_config;
    std::unique_ptr<SourceDelays> m_delays;
};

/// The gate as one connection meets it.
class GateAccess final : public CommandAccess {
public:
    GateAccess(CommandGate& gate, std::string source) : m_gate(gate), m_source(std::move(source)) {}

    [[nodiscard]] bool needsToken() const override { return m_gate.needsToken(); }
    TokenVerdict judge(std::string_view token, TimePoint now) override {
        return m_gate.judge(m_source, token, now);
    }
    [[nodiscard]] CommandRunner runner() const override;

private:
    CommandGate& m_gate;
    const std::string m_source;
};

} // namespace sscope
