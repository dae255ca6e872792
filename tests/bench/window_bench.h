#pragma once

#include <chrono>
#include <functional>
#include <vector>

namespace sscope::bench {

// What the benchmarks of the window have in common.

/// What this process has in memory (proc(5)).
double residentMebibytes();
/// Of the milliseconds that Heart gives.
void printGaps(const char* what, const std::vector<double>& gaps);
/// Turns the event loop until it holds; whether it came to hold.
bool spinUntil(const std::function<bool()>& holds,
               std::chrono::milliseconds most = std::chrono::seconds(20));
void spinFor(std::chrono::milliseconds time);

} // namespace sscope::bench
