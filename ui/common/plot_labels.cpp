#include "ui/common/plot_labels.h"

#include <algorithm>
#include <numeric>

#include <QApplication>

namespace sscope {

namespace {

/// Labels that touch, and so move as one: as far up as down from where each belongs.
struct Group {
    std::size_t first = 0;
    int count = 0;
    double middle = 0; // of the first one
};

double topOf(const std::vector<int>& sorted, const Group& group, int pitch) {
    double sum = 0;
    for (int i = 0; i < group.count; ++i)
        sum += sorted[group.first + static_cast<std::size_t>(i)] - i * pitch;
    return sum / group.count;
}

} // namespace

std::vector<int> spreadLabels(const std::vector<int>& wanted, int pitch, int top, int bottom) {
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return wanted[i]; });
    std::vector<int> sorted;
    for (const std::size_t i : order)
        sorted.push_back(wanted[i]);
    std::vector<Group> groups;
    const auto place = [&](Group& group) {
        const double least = top;
        const double most =
            std::max(least, static_cast<double>(bottom - (group.count - 1) * pitch));
        group.middle = std::clamp(topOf(sorted, group, pitch), least, most);
    };
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        groups.push_back({i, 1, 0});
        place(groups.back());
        while (groups.size() > 1) {
            Group& above = groups[groups.size() - 2];
            if (above.middle + above.count * pitch <= groups.back().middle)
                break;
            above.count += groups.back().count;
            groups.pop_back();
            place(above);
        }
    }
    std::vector<int> placed(wanted.size());
    for (const Group& group : groups) {
        for (int i = 0; i < group.count; ++i)
            placed[order[group.first + static_cast<std::size_t>(i)]] =
                static_cast<int>(group.middle) + i * pitch;
    }
    return placed;
}

QFont axisFont() {
    QFont font = QApplication::font();
    font.setPixelSize(11);
    return font;
}

} // namespace sscope
