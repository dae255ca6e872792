#pragma once

#include <optional>
#include <string>

namespace sscope::cli {

/// socketscope chat --hash-password: reads a password from standard input, from a terminal twice
/// and without showing it, and prints its hash, which a server's --password-file may hold instead.
int hashPasswordCommand();

/// A password from the terminal, which does not show it, for a server that needs one. Nothing where
/// standard input is no terminal, where a signal ends it, or where nothing is typed.
std::optional<std::string> askForServerPassword();

} // namespace sscope::cli
