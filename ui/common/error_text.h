#pragma once

#include <QString>

#include "core/base/error.h"
#include "core/trace/lifecycle.h"

namespace sscope {

/// Errors in the person's language. Plain text; what comes from outside is safe to show.

/// "port 70000 is not between 0 and 65535", "connection refused (ECONNREFUSED)".
QString reasonWords(const Error& error);
/// What was done; the names of system calls stay.
QString operationWords(const std::string& operation);
/// What to try, as one sentence or two; empty where there is nothing to say.
QString hintWords(const Error& error);
/// "bind 127.0.0.1:80: permission denied (EACCES). Ports below 1024 need ..."
QString errorWords(const Error& error);
/// What a person is told whose chat others on the way can read; a sentence.
QString chatInPublicWords();
/// Why a connection ended, as a sentence.
QString closeWords(const lifecycle::Closed& closed);

} // namespace sscope
