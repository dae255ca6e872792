#pragma once

#include <string>

#include "core/base/unique_fd.h"
#include "core/storage/sqlite_file.h"

namespace sscope {

/// The file of a chat's history (":memory:" is none): made where it is missing, whole
/// (integrity_check), and with the tables of this version.
Result<SqliteFile> openChatFile(const std::string& path);
/// Held by the server that writes the file: a lock of a file beside it, because SQLite's own are
/// for moments. Fails with ChatFault::HistoryInUse where another has it.
Result<UniqueFd> lockChatFile(const std::string& path);
bool isChatFileDamage(const Error& error);
/// Whether so many bytes more have room on the file's disk; true where that cannot be known.
bool hasRoomBeside(const std::string& path, std::size_t bytes);
/// Whether a file that cannot be read is a history of ours that was damaged: it has our mark, or
/// its first page is gone and the lock that a server leaves beside its history was there (hadLock).
bool isOwnChatFile(const std::string& path, bool hadLock);
/// With what belongs to it; where it is then.
Result<std::string> moveChatFileAside(const std::string& path);

} // namespace sscope
