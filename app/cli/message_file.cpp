#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/cli/send_options.h"
#include "core/base/unique_fd.h"

namespace sscope::cli {

namespace {

Error fileError(int number, const char* operation, const std::string& path) {
    Error error = systemError(number, operation, path);
    if (number == EACCES || number == EPERM)
        error.hint = {.kind = Hint::Kind::Permission};
    else if (number == ENOENT || number == ENOTDIR || number == EISDIR)
        error.hint = {.kind = Hint::Kind::AnotherPath};
    return error;
}

} // namespace

Result<std::string> readToEnd(int fd, const std::string& name) {
    std::string all;
    std::array<char, 65536> piece;
    for (;;) {
        const ssize_t count = ::read(fd, piece.data(), piece.size());
        if (count == 0)
            return all;
        if (count > 0)
            all.append(piece.data(), static_cast<std::size_t>(count));
        else if (errno != EINTR)
            return Failure(fileError(errno, "read", name));
    }
}

Result<OutgoingMessage> messageOfFile(const std::string& path, const std::string& suffix) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (!fd.isOpen() || ::fstat(fd.get(), &status) != 0)
        return Failure(fileError(errno, "open", path));
    // The size of a pipe, or of a file in /proc, is known when it has been read.
    if (S_ISREG(status.st_mode) && status.st_size > 0)
        return OutgoingMessage{.bytes = suffix, .file = path};
    auto all = readToEnd(fd.get(), path);
    if (!all)
        return Failure(std::move(all.error()));
    return OutgoingMessage{.bytes = *all + suffix, .file = {}};
}

} // namespace sscope::cli
