#pragma once

#include <string>

#include "core/base/error.h"

namespace sscope::cli {

/// What to try, in English, as a sentence or two; empty where there is nothing to say.
std::string hintText(const Error& error);

/// "bind 127.0.0.1:80: Permission denied (EACCES). Ports below 1024 need ..."
std::string errorSentence(const Error& error);
/// "socketscope: bind 127.0.0.1:80: Permission denied (EACCES). Ports below 1024 need ..."
std::string errorLine(const Error& error);
/// The reason and the hint: "Permission denied. Ports below 1024 need ..."
std::string errorMessage(const Error& error);

/// A line, and quietly nothing where standard error cannot be written.
void printToStandardError(const std::string& line);
void printError(const Error& error);
void printUsageError(const std::string& command, const std::string& what);

} // namespace sscope::cli
