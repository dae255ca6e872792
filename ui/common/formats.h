#pragma once

#include <QString>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/display_text.h"

namespace sscope {

QString toQString(const std::string& text);

/// "14:31:02.117", local time.
QString clockText(WallTime time);
/// "0.9 s", "41 s", "2 m 50 s", "3 h 5 m".
QString ageText(Duration age);
/// Its largest unit only: "2 m".
QString shortAgeText(Duration age);
/// For a narrow column: the second unit only while the first has one digit: "2 m 50 s", "28 m".
QString columnAgeText(Duration age);
/// "+12.117384": seconds, to the microsecond.
QString secondsText(Duration time);
/// "0.21 ms", "13 ms", "2.1 s".
QString latencyText(Duration latency);
/// "0/s", "13/s", "1 208/s", "52k/s": a rate, short enough for a narrow column.
QString rateText(double perSecond);
/// "1 208"
QString countText(quint64 count);
/// At most five characters: "9 999", "10 k", "12 M".
QString shortCountText(quint64 count);
/// An endpoint without its scheme, where that is shown already.
QString withoutScheme(const QString& endpoint);
/// Text for a tooltip: Qt would take tags in it for rich text.
QString plainTip(const QString& text);
/// Text of any kind as a menu or a tab shows it: an & would be taken for the mark of a key.
QString menuText(const QString& text);
/// "13 B", "4.2 KiB"
QString bytesText(quint64 bytes);
/// At most eight characters: "30.8 KiB", "293 KiB".
QString shortBytesText(quint64 bytes);

/// What a payload shows in one line: its text with control characters as escapes, or, where it is
/// not text, its bytes in hex. isWhole tells whether the payload ends here; a character cut at the
/// end of a longer one is left out.
DisplayText payloadRuns(ByteView head, bool isWhole);
QString plainText(const DisplayText& text);
/// Mostly control characters, or not UTF-8 but for a character cut at the end of what is kept.
bool isBinaryPayload(ByteView head, bool isWhole);
/// UTF-8 without a character that is cut at its end.
std::string_view wholeCharacters(std::string_view head, bool isWhole);

} // namespace sscope
