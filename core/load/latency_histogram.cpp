#include "core/load/latency_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sscope {

// Buckets by the powers of two, each parted into 2^subBits of equal width; below 2^subBits
// nanoseconds each value has its own. The idea is that of HdrHistogram (hdrhistogram.org), without
// its range to be chosen.

std::size_t LatencyHistogram::indexOf(std::uint64_t nanoseconds) {
    constexpr std::uint64_t subCount = 1u << subBits;
    if (nanoseconds < subCount)
        return nanoseconds;
    const int shift = static_cast<int>(std::bit_width(nanoseconds)) - 1 - subBits;
    const auto index = (static_cast<std::size_t>(shift) << subBits) + (nanoseconds >> shift);
    return std::min(index, bucketCount - 1);
}

std::uint64_t LatencyHistogram::lowerBound(std::size_t index) {
    constexpr std::size_t subCount = 1u << subBits;
    if (index < 2 * subCount)
        return index;
    const std::size_t shift = (index >> subBits) - 1;
    return std::uint64_t{(index & (subCount - 1)) | subCount} << shift;
}

void LatencyHistogram::record(Duration latency) {
    const Duration counted = std::max(latency, Duration::zero());
    ++m_counts[indexOf(static_cast<std::uint64_t>(counted.count()))];
    ++m_count;
    m_sum += static_cast<double>(counted.count());
    m_max = std::max(m_max, counted);
    m_min = std::min(m_min, counted);
}

void LatencyHistogram::merge(const LatencyHistogram& other) {
    if (other.m_count == 0)
        return;
    std::ranges::transform(m_counts, other.m_counts, m_counts.begin(), std::plus<>());
    m_count += other.m_count;
    m_sum += other.m_sum;
    m_max = std::max(m_max, other.m_max);
    m_min = std::min(m_min, other.m_min);
}

void LatencyHistogram::clear() {
    if (m_count == 0)
        return;
    std::ranges::fill(m_counts, 0);
    m_count = 0;
    m_sum = 0;
    m_max = {};
    m_min = Duration::max();
}

Duration LatencyHistogram::mean() const {
    return m_count == 0 ? Duration{} : Duration(std::llround(m_sum / static_cast<double>(m_count)));
}

Duration LatencyHistogram::percentile(double share) const {
    if (m_count == 0)
        return {};
    const double wanted = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(m_count));
    const auto rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(wanted), 1, m_count);
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i + 1 < bucketCount; ++i) {
        seen += m_counts[i];
        if (seen >= rank)
            return std::min(Duration(lowerBound(i + 1) - 1), m_max);
    }
    return m_max;
}

std::uint64_t LatencyHistogram::countFrom(Duration least) const {
    const auto first = indexOf(static_cast<std::uint64_t>(std::max(least, Duration{}).count()));
    std::uint64_t count = 0;
    for (std::size_t i = first; i < bucketCount; ++i)
        count += m_counts[i];
    return count;
}

std::vector<LatencyHistogram::Bucket> LatencyHistogram::buckets() const {
    return buckets(1 << subBits);
}

std::vector<LatencyHistogram::Bucket> LatencyHistogram::buckets(int perOctave) const {
    const auto kept = std::bit_floor(static_cast<unsigned>(std::clamp(perOctave, 1, 1 << subBits)));
    const std::size_t stride = (std::size_t{1} << subBits) / kept;
    std::vector<Bucket> found;
    for (std::size_t i = 0; i < bucketCount; i += stride) {
        std::uint64_t count = 0;
        for (std::size_t j = i; j < i + stride; ++j)
            count += m_counts[j];
        if (count > 0)
            found.push_back({Duration(lowerBound(i)), Duration(lowerBound(i + stride)), count});
    }
    return found;
}

} // namespace sscope
