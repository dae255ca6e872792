#include "core/diagnostics/row_names.h"

#include <array>

#include <net/if.h>
#include <pwd.h>

namespace sscope {

const std::string& RowNames::user(std::uint32_t uid) {
    const auto [it, isNew] = m_users.try_emplace(uid);
    if (isNew) {
        std::array<char, 4096> buffer;
        passwd entry{};
        passwd* found = nullptr;
        ::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
        it->second = found ? found->pw_name : std::to_string(uid);
    }
    return it->second;
}

const std::string& RowNames::interface(std::uint32_t index) {
    const auto [it, isNew] = m_interfaces.try_emplace(index);
    if (isNew && index != 0) {
        std::array<char, IF_NAMESIZE> name{};
        if (::if_indextoname(index, name.data()))
            it->second = name.data();
    }
    return it->second;
}

} // namespace sscope
