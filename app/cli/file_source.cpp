#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/cli/send_options.h"
#include "core/base/unique_fd.h"

namespace sscope::cli {

namespace {

/// As many bytes as were told when it was opened: a framing has told its reader so.
class FileSource final : public ByteSource {
public:
    FileSource(UniqueFd fd, std::string path, std::uint64_t size, std::string suffix)
        : m_fd(std::move(fd)),
          m_path(std::move(path)),
          m_size(size + suffix.size()),
          m_left(size),
          m_suffix(std::move(suffix)) {}

    Result<std::size_t> read(std::span<std::byte> room) override {
        while (m_left > 0) {
            const std::size_t most = std::min<std::uint64_t>(room.size(), m_left);
            const ssize_t count = ::read(m_fd.get(), room.data(), most);
            if (count > 0) {
                m_left -= static_cast<std::uint64_t>(count);
                return static_cast<std::size_t>(count);
            }
            if (count == 0)
                return Failure(faultError(Fault::FileShrank, "read", m_path));
            if (errno != EINTR)
                return Failure(systemError(errno, "read", m_path));
        }
        const std::size_t count = std::min(room.size(), m_suffix.size());
        std::memcpy(room.data(), m_suffix.data(), count);
        m_suffix.erase(0, count);
        return count;
    }

    [[nodiscard]] std::uint64_t size() const override { return m_size; }

private:
    UniqueFd m_fd;
    std::string m_path;
    std::uint64_t m_size;
    std::uint64_t m_left; // of the file
    std::string m_suffix;
};

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
            return Failure(systemError(errno, "read", name));
    }
}

Result<OutgoingMessage> messageOfFile(const std::string& path, const std::string& suffix) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (!fd.isOpen() || ::fstat(fd.get(), &status) != 0)
        return Failure(systemError(errno, "open", path));
    // The size of a pipe, or of a file in /proc, is known when it has been read.
    if (S_ISREG(status.st_mode) && status.st_size > 0)
        return OutgoingMessage{.bytes = suffix, .file = path};
    auto all = readToEnd(fd.get(), path);
    if (!all)
        return Failure(std::move(all.error()));
    return OutgoingMessage{.bytes = *all + suffix, .file = {}};
}

Result<std::unique_ptr<ByteSource>> openFileSource(const std::string& path, std::string suffix) {
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (!fd.isOpen() || ::fstat(fd.get(), &status) != 0)
        return Failure(systemError(errno, "open", path));
    return std::make_unique<FileSource>(
        std::move(fd), path, static_cast<std::uint64_t>(status.st_size), std::move(suffix));
}

} // namespace sscope::cli
