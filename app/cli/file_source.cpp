#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>

#include "app/cli/send_options.h"
#include "core/base/unique_fd.h"

namespace sscope::cli {

namespace {

class FileSource final : public ByteSource {
public:
    FileSource(UniqueFd fd, std::string path, std::uint64_t size, std::string suffix)
        : m_fd(std::move(fd)),
          m_path(std::move(path)),
          m_size(size + suffix.size()),
          m_suffix(std::move(suffix)) {}

    Result<std::size_t> read(std::span<std::byte> room) override {
        while (m_fd.isOpen()) {
            const ssize_t count = ::read(m_fd.get(), room.data(), room.size());
            if (count > 0)
                return static_cast<std::size_t>(count);
            if (count < 0 && errno != EINTR)
                return Failure(systemError(errno, "read", m_path));
            if (count == 0)
                m_fd.reset();
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
    std::string m_suffix;
};

} // namespace

Result<std::unique_ptr<ByteSource>> openFileSource(const std::string& path, std::string suffix) {
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd.isOpen())
        return Failure(systemError(errno, "open", path));
    struct stat status {};
    if (::fstat(fd.get(), &status) == 0 && S_ISDIR(status.st_mode))
        return Failure(systemError(EISDIR, "open", path));
    return std::make_unique<FileSource>(
        std::move(fd), path, static_cast<std::uint64_t>(status.st_size), std::move(suffix));
}

} // namespace sscope::cli
