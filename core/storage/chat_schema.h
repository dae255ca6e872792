#pragma once

#include <string_view>

#include "core/storage/sqlite_file.h"

namespace sscope {

/// application_id, as the file's header has it.
constexpr std::string_view chatFileMark = "SUNt";

/// Gives a chat's history the tables of this version: all of them to an empty file, what is missing
/// to one of an earlier version, in one transaction. Fails with ChatFault::HistoryForeign where the
/// file is another program's or of a newer version.
Result<void> bringUpChatSchema(SqliteFile& file);

} // namespace sscope
