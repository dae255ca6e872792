#pragma once

#include <cstdint>
#include <optional>

#include <QString>

#include "core/base/clock.h"

namespace sscope::option_values {

/// How options are shown in their fields, and read from them. A read function
/// is false where the text is no such value; the target is then without meaning.

QString offWord();
QString kernelWord();

/// "64 KiB"; exact, in the largest unit that divides it.
QString sizeText(std::uint64_t bytes);
QString bufferText(const std::optional<int>& bytes);
QString secondsText(const std::optional<int>& seconds);
QString durationText(const std::optional<Duration>& duration);
QString limitText(const std::optional<std::uint32_t>& count);

bool readCount(const QString& text, std::uint32_t least, std::uint32_t most, std::uint32_t& target);
bool readSize(const QString& text, std::uint64_t most, std::size_t& target);
/// Empty or "kernel" is none.
bool readBuffer(const QString& text, std::optional<int>& target);
/// Empty or "off" is none, here and below.
bool readSeconds(const QString& text, int least, std::optional<int>& target);
bool readDuration(const QString& text, std::optional<Duration>& target);
bool readLimit(const QString& text, std::optional<std::uint32_t>& target);

} // namespace sscope::option_values
