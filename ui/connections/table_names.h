#pragma once

#include "core/diagnostics/name_lookup.h"

namespace sscope {

/// The names that a person has asked for, of those that can be looked up. Asks for no others. On
/// the GUI thread.
class TableNames : public Names {
public:
    struct Kinds {
        bool hosts = false;
        bool ports = false;
        bool users = false;
    };

    explicit TableNames(std::function<void()> wake) : m_lookup(std::move(wake)) {}

    void setKinds(Kinds kinds) { m_kinds = kinds; }
    [[nodiscard]] bool isOn() const { return m_kinds.hosts || m_kinds.ports || m_kinds.users; }

    [[nodiscard]] std::string host(const IpAddress& address) const override {
        return m_kinds.hosts ? m_lookup.host(address) : std::string();
    }
    [[nodiscard]] std::string port(SocketProtocol protocol, std::uint16_t port) const override {
        return m_kinds.ports ? m_lookup.port(protocol, port) : std::string();
    }
    [[nodiscard]] std::string user(std::uint32_t uid) const override {
        return m_kinds.users ? m_lookup.user(uid) : std::string();
    }

private:
    NameLookup m_lookup;
    Kinds m_kinds;
};

} // namespace sscope
