#include "core/storage/nameless_file.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace sscope {

namespace {

/// Where the file system has no files without a name, one whose name is taken away at once.
int openIn(const std::string& folder) {
    const int fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
        return fd;
    std::string path = folder + "/socketscope.XXXXXX";
    const int named = ::mkostemp(path.data(), O_CLOEXEC);
    if (named >= 0)
        ::unlink(path.c_str());
    return named;
}

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value ? value : "";
}

} // namespace

Result<UniqueFd> openNamelessFile(const std::vector<std::string>& folders) {
    Error problem = systemError(ENOENT, "open");
    std::error_code ignored; // what is wrong with it the open says
    if (!folders.empty())
        std::filesystem::create_directories(folders.front(), ignored);
    for (const std::string& folder : folders) {
        UniqueFd fd(openIn(folder));
        if (fd.isOpen())
            return fd;
        problem = systemError(errno, "open", folder);
    }
    return Failure(std::move(problem));
}

std::vector<std::string> spaciousFolders() {
    std::string cache = variable("XDG_CACHE_HOME");
    if (cache.empty() && !variable("HOME").empty())
        cache = variable("HOME") + "/.cache";
    if (cache.empty())
        return {"/var/tmp", "/tmp"};
    return {cache + "/socketscope", "/var/tmp", "/tmp"};
}

} // namespace sscope
