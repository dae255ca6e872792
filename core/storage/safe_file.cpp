#include "core/storage/safe_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include <fcntl.h>

#include "core/base/unique_fd.h"

namespace sscope {

namespace {

Failure failed(const char* operation, const std::string& path) {
    return Failure(systemError(errno, operation, path));
}

Result<void> writeAll(int fd, std::string_view content, const std::string& path) {
    while (!content.empty()) {
        const ssize_t count = ::write(fd, content.data(), content.size());
        if (count < 0 && errno != EINTR)
            return failed("write", path);
        content.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return {};
}

Result<void> fillAndRename(UniqueFd fd, const std::string& temporary, const std::string& path,
                           std::string_view content) {
    if (auto written = writeAll(fd.get(), content, temporary); !written)
        return written;
    if (::fsync(fd.get()) != 0)
        return failed("fsync", temporary);
    fd.reset();
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return failed("rename", temporary);
    return {};
}

} // namespace

Result<std::string> readFile(const std::string& path) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd.isOpen())
        return failed("open", path);
    std::string content;
    std::array<char, 16384> piece;
    for (;;) {
        const ssize_t count = ::read(fd.get(), piece.data(), piece.size());
        if (count == 0)
            return content;
        if (count > 0)
            content.append(piece.data(), static_cast<std::size_t>(count));
        else if (errno != EINTR)
            return failed("read", path);
    }
}

Result<void> replaceFile(const std::string& path, std::string_view content) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    // A name of its own, so that two programs that write at once do not mix what they write.
    std::string temporary = path + ".XXXXXX";
    UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd.isOpen())
        return failed("open", temporary);
    if (auto written = fillAndRename(std::move(fd), temporary, path, content); !written) {
        ::unlink(temporary.c_str());
        return written;
    }
    const UniqueFd directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.isOpen())
        ::fsync(directory.get());
    return {};
}

Result<std::string> moveAside(const std::string& path) {
    std::string free;
    for (int i = 1;; ++i) {
        free = path + ".unusable-" + std::to_string(i);
        std::error_code problem;
        if (!std::filesystem::exists(free, problem))
            break; // or it cannot be told, and the rename says why
    }
    if (::rename(path.c_str(), free.c_str()) != 0)
        return failed("rename", path);
    return free;
}

} // namespace sscope
