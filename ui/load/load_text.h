#pragma once

#include <optional>

#include <QString>

#include "core/base/clock.h"

namespace sscope {

/// The figures of a load as a person reads them: no more digits than they are good for.

/// "7.9 µs", "228 µs", "1.1 ms", "250 ms", "1.2 s"; a dash for none.
QString shortLatencyText(Duration latency);
/// With a tenth up to 100 µs: "13.6 µs".
QString processorTimeText(Duration time);
/// "118 600": hundreds from 10 000 on; below 10 with a tenth.
QString perSecondText(double perSecond);
/// The label of an axis: "10 µs", "1 ms", "10 s".
QString decadeText(Duration decade);
/// "50 %", "99.9 %".
QString shareText(double share);
/// "10 s", "2 m", "1 m 19 s".
QString spanText(Duration span);
/// "64 B", "16 KiB": in the largest unit that divides it.
QString sizeText(quint64 bytes);

/// Whole times from "10 s", "500 ms", "2 m", "10"; nothing below a millisecond.
std::optional<Duration> parseSpan(const QString& text);
/// Requests a second from "10 000", "10k/s", "2.5k"; nothing where it is no such number.
std::optional<double> parsePerSecond(const QString& text);

} // namespace sscope
