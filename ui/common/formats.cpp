#include "ui/common/formats.h"

#include <cmath>

#include <QCoreApplication>
#include <QDateTime>

#include "core/base/hex.h"
#include "core/base/units.h"
#include "core/base/utf8.h"

using namespace std::chrono_literals;

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::Formats)
};

/// Mostly control characters, or not UTF-8 but for a character cut at the end.
bool isBinary(std::string_view text, bool isWhole) {
    std::size_t hidden = 0;
    std::size_t characters = 0;
    while (!text.empty()) {
        const Utf8Step step = decodeUtf8(text);
        const bool isCutHere = !isWhole && step.length == text.size();
        if (!step.valid && !isCutHere)
            return true;
        const char32_t c = step.codePoint;
        const bool isLayout = c == '\n' || c == '\r' || c == '\t';
        hidden += isHiddenCharacter(c) && !isLayout ? 1 : 0;
        ++characters;
        text.remove_prefix(step.length);
    }
    return hidden * 4 > characters;
}

std::string_view withoutCutEnd(std::string_view text) {
    std::string_view rest = text;
    while (!rest.empty()) {
        const Utf8Step step = decodeUtf8(rest);
        if (!step.valid && step.length == rest.size())
            return text.substr(0, text.size() - rest.size());
        rest.remove_prefix(step.length);
    }
    return text;
}

} // namespace

QString toQString(const std::string& text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString clockText(WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(time / 1'000'000)
        .toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString ageText(Duration age) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(age).count();
    if (seconds < 10)
        return Words::tr("%1 s").arg(std::chrono::duration<double>(age).count(), 0, 'f', 1);
    if (seconds < 60)
        return Words::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return Words::tr("%1 m %2 s").arg(seconds / 60).arg(seconds % 60);
    if (seconds < 86400)
        return Words::tr("%1 h %2 m").arg(seconds / 3600).arg(seconds / 60 % 60);
    return Words::tr("%1 d %2 h").arg(seconds / 86400).arg(seconds / 3600 % 24);
}

QString shortAgeText(Duration age) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(age).count();
    if (seconds < 60)
        return ageText(age);
    if (seconds < 3600)
        return Words::tr("%1 m").arg(seconds / 60);
    if (seconds < 86400)
        return Words::tr("%1 h").arg(seconds / 3600);
    return Words::tr("%1 d").arg(seconds / 86400);
}

QString columnAgeText(Duration age) {
    const bool hasOneDigit = age < 10min || (age >= 1h && age < 10h) || (age >= 24h && age < 240h);
    return hasOneDigit ? ageText(age) : shortAgeText(age);
}

QString secondsText(Duration time) {
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
    return QStringLiteral("%1%2").arg(QLatin1String(micros < 0 ? "" : "+"),
                                      QString::number(static_cast<double>(micros) / 1e6, 'f', 6));
}

QString latencyText(Duration latency) {
    const double milliseconds = std::chrono::duration<double, std::milli>(latency).count();
    if (milliseconds < 10)
        return Words::tr("%1 ms").arg(milliseconds, 0, 'f', 2);
    if (milliseconds < 1000)
        return Words::tr("%1 ms").arg(milliseconds, 0, 'f', 0);
    return Words::tr("%1 s").arg(milliseconds / 1000, 0, 'f', 1);
}

QString rateText(double perSecond) {
    if (perSecond >= 9'999.5)
        return Words::tr("%1k/s").arg(perSecond / 1000, 0, 'f', 0);
    return Words::tr("%1/s").arg(countText(static_cast<quint64>(std::llround(perSecond))));
}

QString countText(quint64 count) {
    return toQString(formatCount(count));
}

QString shortCountText(quint64 count) {
    if (count < 10'000)
        return countText(count);
    return count < 10'000'000 ? Words::tr("%1 k").arg(count / 1000)
                              : Words::tr("%1 M").arg(count / 1'000'000);
}

QString withoutScheme(const QString& endpoint) {
    for (const QString& scheme : {QStringLiteral("unix:"), QStringLiteral("unixgram:")}) {
        if (endpoint.startsWith(scheme))
            return endpoint.mid(scheme.size());
    }
    const qsizetype at = endpoint.indexOf(QStringLiteral("://"));
    return at < 0 ? endpoint : endpoint.mid(at + 3);
}

QString menuText(const QString& text) {
    return QString(text).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

QString plainTip(const QString& text) {
    return text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

QString bytesText(quint64 bytes) {
    return toQString(formatBytes(bytes));
}

QString shortBytesText(quint64 bytes) {
    QString text = bytesText(bytes);
    const qsizetype point = text.indexOf(QLatin1Char('.'));
    return point >= 3 ? text.remove(point, 2) : text;
}

DisplayText payloadRuns(ByteView head, bool isWhole) {
    const std::string_view text = textOf(head);
    if (isBinary(text, isWhole))
        return {{{toHex(head), false}}};
    return displayRuns(wholeCharacters(text, isWhole));
}

bool isBinaryPayload(ByteView head, bool isWhole) {
    return isBinary(textOf(head), isWhole);
}

std::string_view wholeCharacters(std::string_view head, bool isWhole) {
    return isWhole ? head : withoutCutEnd(head);
}

QString plainText(const DisplayText& text) {
    QString all;
    for (const DisplayText::Run& run : text.runs)
        all += toQString(run.text);
    return all;
}

} // namespace sscope
