#include "core/server/token_file.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/unique_fd.h"
#include "core/service/command_access.h"

namespace sscope {

namespace {

Failure noToken(const std::string& path) {
    Error error = faultError(Fault::BadTokenFile, "serve", "--token-file", path);
    error.hint = {.kind = Hint::Kind::Example, .text = "a file made by openssl rand -hex 16"};
    return Failure(std::move(error));
}

Failure unreadable(int number, const std::string& path) {
    Error error = systemError(number, "read token file", path);
    error.hint.kind = Hint::Kind::AnotherPath;
    return Failure(std::move(error));
}

} // namespace

Result<std::string> readTokenFile(const std::string& path) {
    // A pipe would hold up who opens it, and gives its content only once.
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd.isOpen())
        return unreadable(errno, path);
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0)
        return unreadable(errno, path);
    if (!S_ISREG(info.st_mode))
        return noToken(path);
    std::array<char, longestToken + 3> room; // CR LF, and a byte too many
    const ssize_t count = ::read(fd.get(), room.data(), room.size());
    if (count < 0)
        return unreadable(errno, path);
    std::string token(room.data(), static_cast<std::size_t>(count));
    token.resize(tokenIn(token).size());
    if (token.empty() || token.size() > longestToken ||
        token.find_first_of(std::string_view("\0\n\r", 3)) != std::string::npos)
        return noToken(path);
    return token;
}

bool isReadableByOthers(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
           (info.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

bool isSameToken(std::string_view one, std::string_view other) {
    unsigned difference = one.size() == other.size() ? 0 : 1;
    for (std::size_t i = 0; i < one.size(); ++i) {
        const char beside = i < other.size() ? other[i] : '\0';
        difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(beside);
    }
    return difference == 0;
}

} // namespace sscope
