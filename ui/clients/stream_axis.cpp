#include "ui/clients/stream_axis.h"

#include <algorithm>
#include <cmath>

namespace sscope {

namespace {

// A range that is narrower does not stand alone.
constexpr double leastWidth = 3;

} // namespace

double StreamAxis::x(std::uint64_t offset) const {
    const double bytes = offset >= first ? static_cast<double>(offset - first)
                                         : -static_cast<double>(first - offset);
    return origin + bytes * scale;
}

std::uint64_t StreamAxis::offsetAt(double pixel) const {
    const double bytes = std::floor((pixel - origin) / scale);
    return bytes > 0 ? first + static_cast<std::uint64_t>(bytes) : first;
}

std::vector<StreamBlock> visibleBlocks(const StreamTrack::Ranges& ranges, const StreamAxis& axis,
                                       double left, double right) {
    std::vector<StreamBlock> blocks;
    std::size_t index = StreamTrack::indexAfter(ranges, axis.offsetAt(left));
    while (index < ranges.size() && axis.x(ranges[index].begin) <= right) {
        const double begin = axis.x(ranges[index].begin);
        double end = axis.x(ranges[index].end);
        std::size_t next = index + 1;
        if (end - begin < leastWidth) {
            // All that end within the least width; they begin after this one, and so are narrow.
            next =
                std::max(next, StreamTrack::indexAfter(ranges, axis.offsetAt(begin + leastWidth)));
            end = axis.x(ranges[next - 1].end);
            const bool goesOn = !blocks.empty() && blocks.back().to == index &&
                                (blocks.back().isMerged() || blocks.back().width() < leastWidth) &&
                                begin - blocks.back().right < leastWidth;
            if (goesOn) {
                blocks.back().right = end;
                blocks.back().to = next;
                index = next;
                continue;
            }
        }
        blocks.push_back({begin, end, index, next});
        index = next;
    }
    return blocks;
}

std::uint64_t tickStep(double scale, double leastPixels) {
    std::uint64_t power = 1;
    for (;;) {
        for (const std::uint64_t factor : {1, 2, 5}) {
            if (static_cast<double>(factor * power) * scale >= leastPixels ||
                power > 1'000'000'000'000'000)
                return factor * power;
        }
        power *= 10;
    }
}

} // namespace sscope
