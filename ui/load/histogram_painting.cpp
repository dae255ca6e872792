#include "ui/load/histogram_painting.h"

#include <algorithm>
#include <cmath>

#include "ui/common/painting.h"
#include "ui/load/load_text.h"

namespace sscope {

namespace {

constexpr int columnPitch = 4;
constexpr int barWidth = 3;
constexpr int leastBar = 2; // so that the tail is seen

} // namespace

std::size_t columnsIn(int width) {
    return static_cast<std::size_t>(std::max(1, width / columnPitch));
}

std::vector<double> countsIn(const LatencyHistogram& histogram, const LatencyAxis& axis,
                             std::size_t columns) {
    std::vector<double> counts(columns, 0.0);
    const auto columnOf = [&](Duration latency) {
        return axis.position(latency) * static_cast<double>(columns);
    };
    for (const LatencyHistogram::Bucket& bucket : histogram.buckets()) {
        // A bucket may lie over several columns, where these are narrow.
        const double first = columnOf(bucket.from);
        const double last = std::max(columnOf(bucket.to), first + 1e-9);
        const auto most = static_cast<double>(columns) - 1;
        for (double c = std::floor(first); c < last; c += 1) {
            const double share = (std::min(last, c + 1) - std::max(first, c)) / (last - first);
            counts[static_cast<std::size_t>(std::clamp(c, 0.0, most))] +=
                share * static_cast<double>(bucket.count);
        }
    }
    return counts;
}

QColor quietBarColor() {
    return blended(themeColor(ColorToken::Surface), themeColor(ColorToken::Muted), 0.5);
}

void paintPercentileMark(QPainter* painter, int x, int top, int height, bool isDotted) {
    const QColor color = themeColor(ColorToken::Text);
    const int step = isDotted ? 4 : height;
    for (int y = 0; y < height; y += step)
        painter->fillRect(x - 1, top + y, 2, std::min(isDotted ? 2 : step, height - y), color);
}

void paintLatencyColumns(QPainter* painter, const QRect& rect, const LatencyAxis& axis,
                         const LatencyColumns& columns, const QColor& bars) {
    const QColor hairline = themeColor(ColorToken::Hairline);
    for (const Duration decade : axis.decades())
        painter->fillRect(rect.left() + qRound(axis.position(decade) * rect.width()), rect.top(), 1,
                          rect.height(), hairline);
    painter->fillRect(rect.left(), rect.bottom(), rect.width(), 1, hairline);
    const double most = columns.counts.empty() ? 0 : *std::ranges::max_element(columns.counts);
    if (most <= 0)
        return;
    const int room = rect.height() - 3;
    for (std::size_t i = 0; i < columns.counts.size(); ++i) {
        if (columns.counts[i] <= 0)
            continue;
        const int high = std::max(leastBar, qRound(columns.counts[i] / most * room));
        const int x = rect.left() + static_cast<int>(i) * columnPitch;
        painter->fillRect(x, rect.bottom() - high, barWidth, high, bars);
    }
    const auto mark = [&](Duration latency, bool isDotted) {
        if (latency > Duration::zero())
            paintPercentileMark(painter,
                                rect.left() + qRound(axis.position(latency) * rect.width()),
                                rect.top(), rect.height(), isDotted);
    };
    mark(columns.p50, false);
    mark(columns.p99, true);
}

void paintLatencyLabels(QPainter* painter, const QRect& rect, const LatencyAxis& axis) {
    int lastRight = rect.left() - 1;
    for (const Duration decade : axis.decades()) {
        const QString text = decadeText(decade);
        const int wide = painter->fontMetrics().horizontalAdvance(text);
        const int middle = rect.left() + qRound(axis.position(decade) * rect.width());
        const int x = std::clamp(middle - wide / 2, rect.left(), rect.right() + 8 - wide);
        if (x <= lastRight + 4 && lastRight >= rect.left())
            continue;
        lastRight = x + wide;
        paintText(painter, QRect(x, rect.top(), wide + 2, rect.height()), text, ColorToken::Muted);
    }
}

} // namespace sscope
