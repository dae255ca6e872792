#pragma once

#include "core/server/process_report.h"
#include "core/server/session_loop.h"

namespace sscope {

/// What the process that serves one connection is given by the one that forked it.
struct ChildSetup {
    const ServerConfig& config;
    TraceBatch::Detail detail;
    int report;
    UniqueFd commands;
    SharedCounters& counters;
    CommandGate& gate; // in memory that the processes share
};

/// Serves the connection to its end, and ends this process, which has just been forked.
[[noreturn]] void serveInChild(ChildSetup setup, Arrival arrival);

/// Closes all descriptors but the standard streams and keep (close_range(2)).
void closeAllBut(std::vector<int> keep);
/// Takes back what the parent has done with signals.
void resetSignals();
/// What a process calls itself to who asks: "pid 4711".
std::string processName();

} // namespace sscope
