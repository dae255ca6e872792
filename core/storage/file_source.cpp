#include "core/storage/file_source.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/unique_fd.h"

namespace sscope {

namespace {

// Of a file that does not tell its size.
constexpr std::size_t mostUntold = 16 << 20;

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
        const std::size_t count = std::min(room.size(), m_suffix.size() - m_suffixTaken);
        std::memcpy(room.data(), m_suffix.data() + m_suffixTaken, count);
        m_suffixTaken += count;
        return count;
    }

    [[nodiscard]] std::uint64_t size() const override { return m_size; }

private:
    UniqueFd m_fd;
    std::string m_path;
    std::uint64_t m_size;
    std::uint64_t m_left; // of the file
    std::string m_suffix;
    std::size_t m_suffixTaken = 0;
};

/// A file in /proc has the size 0, and something in it.
Result<std::string> readUntold(int fd, const std::string& path) {
    std::string all;
    std::array<char, 16384> piece;
    for (;;) {
        const ssize_t count = ::read(fd, piece.data(), piece.size());
        if (count == 0)
            return all;
        if (count < 0 && errno != EINTR)
            return Failure(systemError(errno, "read", path));
        all.append(piece.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
        if (all.size() > mostUntold)
            return Failure(
                faultError(Fault::MessageTooLong, "read", path, std::to_string(mostUntold)));
    }
}

} // namespace

Result<std::unique_ptr<ByteSource>> openFileSource(const std::string& path, std::string suffix) {
    // Without O_NONBLOCK a pipe would hold up who opens it.
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (!fd.isOpen() || ::fstat(fd.get(), &status) != 0)
        return Failure(systemError(errno, "open", path));
    if (!S_ISREG(status.st_mode))
        return Failure(faultError(Fault::NotAFile, "open", path));
    if (status.st_size == 0) {
        auto all = readUntold(fd.get(), path);
        if (!all)
            return Failure(std::move(all.error()));
        suffix.insert(0, *all);
    }
    return std::make_unique<FileSource>(
        std::move(fd), path, static_cast<std::uint64_t>(status.st_size), std::move(suffix));
}

} // namespace sscope
