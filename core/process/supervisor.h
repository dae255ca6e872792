#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "core/base/command_task.h"
#include "core/base/unique_fd.h"

namespace sscope {

/// What the programs that run others (command_helper.h, program_helper.h) have in common. Each is a
/// process of its own with one thread: whoever wants the command ended closes the control socket,
/// or is killed, and then nothing of the command is left.

/// The descriptors that HelperProcess passes.
constexpr int supervisorControlFd = 3;
constexpr int supervisorSocketFd = 4; // exec: the connection

/// What a helper says once, as its last act: this, and then the output.
struct SupervisorReport {
    CommandEnd::Kind kind = CommandEnd::Kind::Lost;
    int number = 0;
    std::uint64_t outputSize = 0;
};

/// How the program is to find itself.
struct ProgramSetup {
    int input = -1;
    int output = -1;
    int errors = -1;              // -1: the helper's own
    const char* folder = nullptr; // null: the helper's own
    bool isConfined = false;      // no new privileges (setuid programs), no core files
    /// Replaces the process; returns only where that fails, with errno set.
    void (*become)(const std::vector<std::string>& words) = nullptr;
};

struct StartedProgram {
    pid_t pid = -1;
    int number = 0; // an errno where it was not started
};

/// To be called first: keeps what descends, ignores signals that are not meant for a helper, closes
/// descriptors but the standard streams, the control socket and those that follow it.
void becomeSupervisor(int passedDescriptors);

/// Forks and waits until the program runs, in a process group of its own, with default signals and
/// without other descriptors. It is killed with the helper, should that be killed.
StartedProgram startProgram(const ProgramSetup& setup, const std::vector<std::string>& words);

/// A descriptor that is readable once a child has ended (signalfd(2)).
UniqueFd openChildSignal();
/// The status of a child that has ended; false while it runs. Reaps the others that have ended, and
/// takes from the signal's descriptor what it has told.
bool hasEnded(int childSignal, pid_t pid, int& status);

/// Waits while the other end takes it; gives up where that is gone.
void report(CommandEnd::Kind kind, int number, const std::string& output = {});

} // namespace sscope
