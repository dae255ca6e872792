#pragma once

namespace sscope::cli {

/// socketscope chat --hash-password: reads a password from standard input, from a terminal twice
/// and without showing it, and prints its hash, which a server's --password-file may hold instead.
int hashPasswordCommand();

} // namespace sscope::cli
