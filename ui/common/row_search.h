#pragma once

namespace sscope {

/// The first row after current, or before it, that suits: all are asked once, current last, and
/// from the first, or the last, on where current is -1. -1 where none does.
template <typename Suits>
int nextRow(int count, int current, bool backwards, Suits suits) {
    const int start = current >= 0 ? current : backwards ? 0 : count - 1;
    for (int step = 1; step <= count; ++step) {
        const int row = (start + (backwards ? count - step : step)) % count;
        if (suits(row))
            return row;
    }
    return -1;
}

} // namespace sscope
