#include "core/storage/chat_file.h"

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/chat_error.h"
#include "core/storage/chat_schema.h"
#include "core/storage/safe_file.h"

namespace sscope {

namespace {

bool exists(const std::string& path) {
    return ::access(path.c_str(), F_OK) == 0;
}

/// Why errno says that there is no history at the path.
Failure pathFailure(const std::string& path) {
    Error error = systemError(errno, "open history", path);
    error.hint.kind = Hint::Kind::AnotherPath;
    return Failure(std::move(error));
}

std::string folderOf(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

/// Empty, for the owner's eyes, and there after a power cut too.
Result<void> makeFile(const std::string& path) {
    const std::string folder = folderOf(path);
    const UniqueFd made(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (made.isOpen() && ::fsync(made.get()) == 0) {
        const UniqueFd in(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (in.isOpen() && ::fsync(in.get()) == 0)
            return {};
    }
    return pathFailure(path);
}

} // namespace

Result<SqliteFile> openChatFile(const std::string& path) {
    if (path != ":memory:" && !exists(path)) {
        if (auto made = makeFile(path); !made)
            return Failure(std::move(made.error()));
    }
    auto file = SqliteFile::open(path, false);
    if (!file)
        return file;
    auto checked = file->textOf("PRAGMA integrity_check(1)");
    if (!checked)
        return Failure(std::move(checked.error()));
    if (*checked != "ok")
        return Failure(Error{.code = {SQLITE_CORRUPT, sqliteCategory()},
                             .operation = "open history",
                             .subject = path});
    if (auto done = bringUpChatSchema(*file); !done)
        return Failure(std::move(done.error()));
    return file;
}

Result<UniqueFd> lockChatFile(const std::string& path) {
    const std::string name = path + "-lock";
    UniqueFd fd(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!fd.isOpen())
        return pathFailure(path);
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0)
        return Failure(chatError(ChatFault::HistoryInUse, "open history", path,
                                 {.kind = Hint::Kind::AnotherPath}));
    return fd;
}

bool isChatFileDamage(const Error& error) {
    const int primary = error.code.value() & 0xFF;
    return error.code.category() == sqliteCategory() &&
           (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB);
}

bool hasRoomBeside(const std::string& path, std::size_t bytes) {
    // Without a name, so that it is nobody's file and goes in any case.
    const UniqueFd fd(::open(folderOf(path).c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600));
    const int trouble =
        fd.isOpen() ? ::posix_fallocate(fd.get(), 0, static_cast<off_t>(bytes)) : errno;
    return trouble != ENOSPC && trouble != EDQUOT && trouble != EFBIG;
}

bool isOwnChatFile(const std::string& path, bool hadLock) {
    constexpr std::string_view magic("SQLite format 3\0", 16); // sqlite.org/fileformat2.html, 1.3
    constexpr std::size_t markOffset = 68;                     // application_id, big-endian
    constexpr std::string_view none("\0\0\0\0", 4);            // it may be in the log still
    std::array<char, 72> head{};
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    const ssize_t count = fd.isOpen() ? ::read(fd.get(), head.data(), head.size()) : -1;
    if (count < static_cast<ssize_t>(head.size()) ||
        std::string_view(head.data(), magic.size()) != magic)
        return hadLock;
    const std::string_view mark(head.data() + markOffset, none.size());
    return mark == chatFileMark || (mark == none && hadLock);
}

Result<std::string> moveChatFileAside(const std::string& path) {
    auto moved = moveAside(path);
    if (!moved)
        return Failure(std::move(moved.error()));
    for (const char* const suffix : {"-wal", "-shm"}) { // of the damaged one
        if (exists(path + suffix))
            (void)::rename((path + suffix).c_str(), (*moved + suffix).c_str());
    }
    return std::string(*moved);
}

} // namespace sscope
