#pragma once

#include "core/server/server_config.h"
#include "core/trace/trace_batch.h"

namespace sscope {

/// The descriptors that ProcessServer passes: after these come the bound sockets.
constexpr int helperCommandFd = 3;
constexpr int helperReportFd = 4;
constexpr int helperFirstSocketFd = 5;

/// The program that accepts for a server under the processes model, and forks for each connection.
/// It has one thread, as fork(2) wants it. Returns its exit code when the server has stopped, or
/// the server's process is gone.
int runProcessHelper(ServerConfig config, TraceBatch::Detail detail, int sockets);

} // namespace sscope
