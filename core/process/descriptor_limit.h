#pragma once

#include <cstddef>

namespace sscope {

/// Raises the soft limit of descriptors to the hard one, and remembers in the environment what it
/// was, for the processes below this one. To be called before there are threads.
void raiseDescriptorLimit();

/// What the topmost process of ours was started with; 0 where nobody has raised it.
std::size_t descriptorLimitBefore();

/// The same, for a program that is not ours; in the process that is to become it. Takes the note
/// of it from the environment.
void giveBackDescriptorLimit();

/// How many more this process may open. Reads /proc/self/fd.
std::size_t freeDescriptors();

} // namespace sscope
