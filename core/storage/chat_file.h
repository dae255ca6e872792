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
/// With what belongs to it; where it is then.
Result<std::string> moveChatFileAside(const std::string& path);

} // namespace sscope
