#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace sscope::bench {

inline double median(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

inline double minimum(const std::vector<double>& values) {
    return *std::ranges::min_element(values);
}

inline double percentile(std::vector<double> values, double fraction) {
    std::ranges::sort(values);
    const auto index = static_cast<std::size_t>(fraction * static_cast<double>(values.size() - 1));
    return values[index];
}

} // namespace sscope::bench
