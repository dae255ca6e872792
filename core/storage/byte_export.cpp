#include "core/storage/byte_export.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "core/base/unique_fd.h"

namespace sscope {

namespace {

constexpr std::size_t pieceSize = 1 << 20;
constexpr mode_t usualMode = 0666; // less what umask(2) takes from it
constexpr int mostNames = 100;

Failure failed(const char* operation, const std::string& path) {
    return Failure(systemError(errno, operation, path));
}

Result<void> writeAll(int fd, ByteView bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            return failed("write", path);
        bytes = bytes.subspan(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return {};
}

/// A new file, not of mkostemp(3): what a person saves is for others too, as umask(2) says.
UniqueFd openBeside(const std::string& path, std::string& name) {
    for (int i = 0; i < mostNames; ++i) {
        name = path + ".part-" + std::to_string(::getpid()) + "-" + std::to_string(i);
        UniqueFd fd(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, usualMode));
        if (fd.isOpen() || errno != EEXIST)
            return fd;
    }
    return {};
}

Result<std::uint64_t> copyAll(int fd, const std::string& path, ByteSource& source,
                              ExportProgress& progress) {
    std::vector<std::byte> piece(pieceSize);
    std::uint64_t all = 0;
    for (;;) {
        if (progress.isCancelled)
            return Failure(systemError(ECANCELED, "write", path));
        const auto count = source.read(piece);
        if (!count)
            return Failure(count.error());
        if (*count == 0)
            return all;
        if (auto written = writeAll(fd, ByteView(piece).first(*count), path); !written)
            return Failure(std::move(written.error()));
        all += *count;
        progress.done = all;
    }
}

Result<std::uint64_t> fillAndRename(UniqueFd fd, const std::string& temporary,
                                    const std::string& path, ByteSource& source,
                                    ExportProgress& progress) {
    auto written = copyAll(fd.get(), path, source, progress);
    if (!written)
        return written;
    if (::fsync(fd.get()) != 0)
        return failed("fsync", path);
    fd.reset();
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return failed("rename", path);
    return written;
}

} // namespace

Result<std::uint64_t> exportBytes(const std::string& path, ByteSource& source,
                                  ExportProgress& progress) {
    // Where the path is a link, what it leads to is replaced, and not the link.
    std::error_code problem;
    const auto real = std::filesystem::canonical(path, problem);
    const std::string target = problem ? path : real.string();
    if (!problem && !std::filesystem::is_regular_file(target, problem))
        return Failure(
            systemError(std::filesystem::is_directory(target) ? EISDIR : EINVAL, "open", path));
    std::string temporary;
    UniqueFd fd = openBeside(target, temporary);
    if (!fd.isOpen())
        return failed("open", path);
    auto written = fillAndRename(std::move(fd), temporary, target, source, progress);
    if (!written)
        ::unlink(temporary.c_str());
    return written;
}

} // namespace sscope
