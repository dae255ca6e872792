#pragma once

namespace sscope::cli {

/// What every command needs: the soft limit of descriptors raised to the hard one, and SIGPIPE and
/// SIGXFSZ ignored, so that they come as errors where they belong.
void setUpProcess();

/// SIGINT and SIGTERM end the process at once with exit code 130.
void exitWhenInterrupted();

/// A descriptor that is readable once SIGINT or SIGTERM has come; blocks both for this thread and
/// those that it starts. -1 where the system has none.
int openStopSignals();

} // namespace sscope::cli
