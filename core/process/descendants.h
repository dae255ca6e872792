#pragma once

#include <vector>

#include <sys/types.h>

#include "core/base/clock.h"

namespace sscope {

/// The processes below one, near ones first (/proc/PID/task/TID/children, proc(5)). What forks
/// meanwhile may be missing: to be asked again until nothing is left.
std::vector<pid_t> descendantsOf(pid_t pid);

/// From now on whatever descends from this process stays below it, also what calls setsid(2) and
/// forks twice (PR_SET_CHILD_SUBREAPER, prctl(2)).
void keepDescendants();

/// Kills all that is below this process and reaps it; false where something is still there after
/// the limit, such as a process of another user. For a process with one thread that has called
/// keepDescendants() and has no children but those that are to end.
bool endDescendants(Duration limit);

} // namespace sscope
