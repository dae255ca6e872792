#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/command_task.h"
#include "core/service/command_settings.h"

namespace sscope {

/// What may be run where a person gives no list: programs that tell something about the machine and
/// change nothing. Of these, arguments that read files or set something are refused.
std::span<const std::string_view> usualCommands();

/// The names in a list as a person writes it, A,B,C; an empty one stays, for who checks them.
std::vector<std::string> commandNames(std::string_view list);

/// Whether a message is HTTP: a web page can make a browser send such to any server of this
/// machine. The first message of a connection is by its first line, any by a field that each
/// request has.
bool isHttpRequest(std::string_view message, bool isFirst);

/// The lines of a message that say something, without the white space around them; for a shell all
/// is one.
std::vector<std::string> commandLines(std::string_view message, bool isShell);

/// A line as a command that may be run, or the answer that refuses it: "command error: ...".
/// Without a shell it is split by the quotes of POSIX, and nothing in it is expanded.
std::variant<CommandTask, std::string> readCommandLine(std::string_view line,
                                                       const CommandSettings& settings);

/// What is sent of a command that has ended: what it said, as UTF-8 where an encoding is named,
/// and a line on what went wrong.
std::string commandAnswer(const CommandTask& task, const CommandEnd& end,
                          const CommandSettings& settings);

} // namespace sscope
