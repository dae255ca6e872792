#pragma once

#include <string>
#include <vector>

namespace sscope {

/// `socketscope program-helper [NAME=VALUE...] -- PROGRAM ARG...`: runs a program with a connection
/// as its standard input and output and with these variables beside its own environment. Ends it,
/// and all that descends from it, when the server wants it, or when the connection has ended in
/// both directions and the program has not noticed. Returns the exit code.
int runProgramHelper(const std::vector<std::string>& words);

} // namespace sscope
