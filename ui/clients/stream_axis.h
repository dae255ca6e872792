#pragma once

#include <vector>

#include "ui/clients/stream_track.h"

namespace sscope {

/// Where the bytes of a stream lie on a line of pixels.
struct StreamAxis {
    std::uint64_t first = 0; // the offset at the beginning
    double scale = 1;        // pixels for a byte
    double origin = 0;       // the pixel of the first offset; less than 0 once scrolled

    [[nodiscard]] double x(std::uint64_t offset) const;
    /// The byte under a pixel; the first for what lies before it.
    [[nodiscard]] std::uint64_t offsetAt(double x) const;
};

/// One range to be painted, or several that are too narrow to stand alone: those from `from` up to,
/// and without, `to`.
struct StreamBlock {
    double left = 0;
    double right = 0;
    std::size_t from = 0;
    std::size_t to = 0;

    [[nodiscard]] bool isMerged() const { return to - from > 1; }
    [[nodiscard]] double width() const { return right - left; }
};

/// What is to be seen of the ranges between two pixels. The cost is of the pixels, not the ranges.
std::vector<StreamBlock> visibleBlocks(const StreamTrack::Ranges& ranges, const StreamAxis& axis,
                                       double left, double right);

/// Bytes between two ticks that stand at least so many pixels apart: 1, 2 or 5 times a power of 10.
std::uint64_t tickStep(double scale, double leastPixels);

} // namespace sscope
