#include "core/net/unix_path.h"

#include <array>
#include <cerrno>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

#include "core/base/unique_fd.h"
#include "core/net/socket_address.h"

namespace sscope {

namespace {

Failure occupied(Fault fault, const std::string& path) {
    Error error = faultError(fault, "bind", path);
    error.hint.kind = Hint::Kind::AnotherPath;
    return Failure(std::move(error));
}

/// The errno of a connect by a socket of the given type; 0 where somebody listens.
int tryConnect(const SocketAddress& address, int type) {
    const UniqueFd fd(::socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd.isOpen())
        return errno;
    return ::connect(fd.get(), address.data(), address.length()) == 0 ? 0 : errno;
}

/// The first errno that is not ECONNREFUSED, which only a dead socket gives for every type.
int whyAlive(const SocketAddress& address) {
    // A live socket of another type answers EPROTOTYPE, a full backlog EAGAIN.
    constexpr std::array types{SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
    for (const int type : types) {
        if (const int number = tryConnect(address, type); number != ECONNREFUSED)
            return number;
    }
    return ECONNREFUSED;
}

} // namespace

Result<void> clearStaleUnixPath(const std::string& path) {
    struct stat status {};
    if (path.starts_with('@') || ::lstat(path.c_str(), &status) != 0)
        return {};
    if (!S_ISSOCK(status.st_mode))
        return occupied(Fault::PathNotASocket, path);
    const auto address = SocketAddress::fromUnixPath(path);
    if (!address)
        return Failure(address.error());
    const int alive = whyAlive(*address);
    if (alive == EACCES || alive == EPERM) // who may not connect cannot tell
        return Failure(systemError(alive, "connect", path));
    if (alive != ECONNREFUSED)
        return occupied(Fault::PathInUse, path);
    struct stat now {};
    if (::lstat(path.c_str(), &now) != 0 || now.st_ino != status.st_ino ||
        now.st_dev != status.st_dev)
        return occupied(Fault::PathInUse, path); // somebody has put another one there
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return Failure(systemError(errno, "unlink", path));
    return {};
}

UnixPathGuard::UnixPathGuard(const std::string& path) {
    struct stat status {};
    if (path.empty() || path.starts_with('@') || ::lstat(path.c_str(), &status) != 0)
        return;
    m_path = path;
    m_device = status.st_dev;
    m_inode = status.st_ino;
}

UnixPathGuard::UnixPathGuard(UnixPathGuard&& other) noexcept
    : m_path(std::exchange(other.m_path, {})), m_device(other.m_device), m_inode(other.m_inode) {}

UnixPathGuard& UnixPathGuard::operator=(UnixPathGuard&& other) noexcept {
    if (this != &other) {
        remove();
        m_path = std::exchange(other.m_path, {});
        m_device = other.m_device;
        m_inode = other.m_inode;
    }
    return *this;
}

UnixPathGuard::~UnixPathGuard() {
    remove();
}

void UnixPathGuard::remove() {
    struct stat status {};
    if (m_path.empty() || ::lstat(m_path.c_str(), &status) != 0)
        return;
    if (status.st_dev == m_device && status.st_ino == m_inode)
        ::unlink(m_path.c_str());
}

} // namespace sscope
