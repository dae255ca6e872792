#pragma once

#include <cstdint>
#include <vector>

#include "core/base/clock.h"

namespace sscope {

/// Counts durations in buckets whose width grows with the value: 128 to each power of two, so that
/// what is told of a value is at most 0.8 % too much, never too little. From 1 ns to 73 minutes in
/// 36 KiB, whatever is counted; longer ones are in the last bucket, and max() is exact. A value,
/// used by one thread.
class LatencyHistogram {
public:
    struct Bucket {
        Duration from; // including
        Duration to;   // excluding
        std::uint64_t count;
    };

    LatencyHistogram() : m_counts(bucketCount) {}

    void record(Duration latency);
    /// Adds what another has counted.
    void merge(const LatencyHistogram& other);
    void clear();

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] Duration max() const { return m_max; }
    [[nodiscard]] Duration min() const { return m_count == 0 ? Duration{} : m_min; }
    [[nodiscard]] Duration mean() const;
    /// The least duration that at least this share (0 to 1) of what was counted does not exceed;
    /// zero where nothing was counted.
    [[nodiscard]] Duration percentile(double share) const;
    /// How many lasted at least so long, to a bucket's width.
    [[nodiscard]] std::uint64_t countFrom(Duration least) const;
    /// The buckets that hold something, shortest first; for plots and export.
    [[nodiscard]] std::vector<Bucket> buckets() const;
    /// The same in fewer: perOctave (a power of two, at most 128) to each doubling.
    [[nodiscard]] std::vector<Bucket> buckets(int perOctave) const;

private:
    static constexpr int subBits = 7;
    static constexpr int topBit = 42; // of 2^42 ns, 73 minutes
    static constexpr std::size_t bucketCount = std::size_t{topBit - subBits + 1} << subBits;

    static std::size_t indexOf(std::uint64_t nanoseconds);
    static std::uint64_t lowerBound(std::size_t index);

    std::vector<std::uint64_t> m_counts;
    std::uint64_t m_count = 0;
    double m_sum = 0; // ns
    Duration m_max{};
    Duration m_min = Duration::max();
};

} // namespace sscope
