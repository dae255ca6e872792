#include "core/net/socket_address.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include <arpa/inet.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/un.h>

namespace sscope {

namespace {

const sockaddr_in& asIpv4(const sockaddr* address) {
    return *reinterpret_cast<const sockaddr_in*>(address);
}

const sockaddr_in6& asIpv6(const sockaddr* address) {
    return *reinterpret_cast<const sockaddr_in6*>(address);
}

std::string ipv6Text(const sockaddr_in6& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (IN6_IS_ADDR_V4MAPPED(&address.sin6_addr))
        return ::inet_ntop(AF_INET, &address.sin6_addr.s6_addr[12], text.data(), text.size());
    std::string shown = ::inet_ntop(AF_INET6, &address.sin6_addr, text.data(), text.size());
    if (address.sin6_scope_id != 0) {
        std::array<char, IF_NAMESIZE> name{};
        shown += '%';
        shown += ::if_indextoname(address.sin6_scope_id, name.data())
                     ? std::string(name.data())
                     : std::to_string(address.sin6_scope_id);
    }
    return shown;
}

} // namespace

SocketAddress::SocketAddress(const sockaddr* address, socklen_t length)
    : m_length(std::min(length, capacity())) {
    std::memcpy(&m_storage, address, m_length);
}

Result<SocketAddress> SocketAddress::fromNumeric(const std::string& host, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    if (const int code = ::getaddrinfo(host.c_str(), nullptr, &hints, &list); code != 0)
        return Failure(resolverError(code, host));
    SocketAddress address(list->ai_addr, list->ai_addrlen);
    ::freeaddrinfo(list);
    address.setPort(port);
    return address;
}

Result<SocketAddress> SocketAddress::fromUnixPath(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const bool isAbstract = path.starts_with('@');
    // A path needs its terminating NUL within sun_path; an abstract name has none.
    const std::size_t longest = sizeof address.sun_path - (isAbstract ? 0 : 1);
    if (path.size() > longest)
        return Failure(faultError(Fault::PathTooLong, "endpoint", path, std::to_string(longest)));
    std::memcpy(address.sun_path, path.data(), path.size());
    if (isAbstract)
        address.sun_path[0] = '\0';
    const std::size_t length = offsetof(sockaddr_un, sun_path) + path.size() + (isAbstract ? 0 : 1);
    return SocketAddress(reinterpret_cast<const sockaddr*>(&address),
                         static_cast<socklen_t>(length));
}

SocketAddress SocketAddress::localOf(int fd) {
    SocketAddress address;
    socklen_t length = capacity();
    if (::getsockname(fd, address.data(), &length) == 0)
        address.setLength(length);
    return address;
}

SocketAddress SocketAddress::peerOf(int fd) {
    SocketAddress address;
    socklen_t length = capacity();
    if (::getpeername(fd, address.data(), &length) == 0)
        address.setLength(length);
    return address;
}

std::uint16_t SocketAddress::port() const {
    if (family() == AF_INET)
        return ntohs(asIpv4(data()).sin_port);
    if (family() == AF_INET6)
        return ntohs(asIpv6(data()).sin6_port);
    return 0;
}

void SocketAddress::setPort(std::uint16_t port) {
    if (family() == AF_INET)
        reinterpret_cast<sockaddr_in*>(data())->sin_port = htons(port);
    else if (family() == AF_INET6)
        reinterpret_cast<sockaddr_in6*>(data())->sin6_port = htons(port);
}

bool SocketAddress::isLoopback() const {
    if (family() == AF_INET)
        return (ntohl(asIpv4(data()).sin_addr.s_addr) >> 24) == IN_LOOPBACKNET;
    if (family() == AF_INET6) {
        const in6_addr& address = asIpv6(data()).sin6_addr;
        return IN6_IS_ADDR_LOOPBACK(&address) ||
               (IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == IN_LOOPBACKNET);
    }
    return family() == AF_UNIX;
}

bool SocketAddress::isAny() const {
    if (family() == AF_INET)
        return asIpv4(data()).sin_addr.s_addr == htonl(INADDR_ANY);
    return family() == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED(&asIpv6(data()).sin6_addr);
}

std::string SocketAddress::host() const {
    if (family() == AF_INET) {
        std::array<char, INET_ADDRSTRLEN> text{};
        return ::inet_ntop(AF_INET, &asIpv4(data()).sin_addr, text.data(), text.size());
    }
    return family() == AF_INET6 ? ipv6Text(asIpv6(data())) : std::string();
}

std::string SocketAddress::unixPath() const {
    constexpr std::size_t offset = offsetof(sockaddr_un, sun_path);
    if (family() != AF_UNIX || m_length <= offset)
        return {};
    const char* path = reinterpret_cast<const sockaddr_un*>(data())->sun_path;
    const std::size_t length = m_length - offset;
    if (path[0] == '\0')
        return '@' + std::string(path + 1, length - 1);
    return std::string(path, ::strnlen(path, length));
}

std::string SocketAddress::text() const {
    if (family() == AF_UNIX)
        return unixPath();
    if (family() == AF_UNSPEC)
        return {};
    const std::string name = host();
    const bool needsBrackets = name.find(':') != std::string::npos;
    return (needsBrackets ? '[' + name + ']' : name) + ':' + std::to_string(port());
}

bool SocketAddress::operator==(const SocketAddress& other) const {
    return m_length == other.m_length && std::memcmp(&m_storage, &other.m_storage, m_length) == 0;
}

std::size_t SocketAddress::hash() const {
    return std::hash<std::string_view>()(
        {reinterpret_cast<const char*>(&m_storage), static_cast<std::size_t>(m_length)});
}

} // namespace sscope
