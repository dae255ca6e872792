#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

namespace sscope {

/// Names of users and interfaces, each looked up once. Used by the thread that reads the table: a
/// look-up may ask a directory service.
class RowNames {
public:
    /// The number where it has no name (getpwuid(3)).
    const std::string& user(std::uint32_t uid);
    /// Empty where there is none with this index (if_indextoname(3)).
    const std::string& interface(std::uint32_t index);
    /// An interface can be renamed, or another one take its index.
    void forgetInterfaces() { m_interfaces.clear(); }

private:
    std::unordered_map<std::uint32_t, std::string> m_users;
    std::unordered_map<std::uint32_t, std::string> m_interfaces;
};

} // namespace sscope
