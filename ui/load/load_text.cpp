#include "ui/load/load_text.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QRegularExpression>

#include "ui/common/formats.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::LoadText)
};

/// In a unit, with a tenth where it is below a limit.
QString inUnit(double value, double tenthsBelow, const QString& unit) {
    return QStringLiteral("%1 %2").arg(value, 0, 'f', value < tenthsBelow ? 1 : 0).arg(unit);
}

QString latency(Duration time, double tenthsBelow) {
    const double microseconds = std::chrono::duration<double, std::micro>(time).count();
    if (microseconds <= 0)
        return QStringLiteral("–");
    if (microseconds < 999.5)
        return inUnit(microseconds, tenthsBelow, QStringLiteral("µs"));
    if (microseconds < 999'500)
        return inUnit(microseconds / 1'000, 99.95, QStringLiteral("ms"));
    return inUnit(microseconds / 1'000'000, 99.95, QStringLiteral("s"));
}

/// What a unit of time is in seconds, as spanText() writes it or in the SI's words.
std::optional<double> secondsIn(const QString& unit) {
    const auto isOneOf = [&](const QString& translated, std::initializer_list<const char*> names) {
        return unit == QString(translated).remove(QStringLiteral("%1")).trimmed() ||
               std::ranges::any_of(names,
                                   [&](const char* name) { return unit == QLatin1String(name); });
    };
    if (isOneOf(Words::tr("%1 ms"), {"ms"}))
        return 0.001;
    if (isOneOf(Words::tr("%1 s"), {"", "s"}))
        return 1;
    if (isOneOf(Words::tr("%1 m"), {"m", "min"}))
        return 60;
    return {};
}

} // namespace

QString shortLatencyText(Duration time) {
    return latency(time, 9.95);
}

QString processorTimeText(Duration time) {
    return latency(time, 99.95);
}

QString perSecondText(double perSecond) {
    if (perSecond > 0 && perSecond < 9.95)
        return QString::number(perSecond, 'f', 1);
    const double step = perSecond < 10'000 ? 1 : 100;
    return countText(static_cast<quint64>(std::llround(perSecond / step) * std::llround(step)));
}

QString decadeText(Duration decade) {
    const std::int64_t nanoseconds = decade.count();
    if (nanoseconds < 1'000)
        return QStringLiteral("%1 ns").arg(nanoseconds);
    if (nanoseconds < 1'000'000)
        return QStringLiteral("%1 µs").arg(nanoseconds / 1'000);
    if (nanoseconds < 1'000'000'000)
        return QStringLiteral("%1 ms").arg(nanoseconds / 1'000'000);
    return QStringLiteral("%1 s").arg(nanoseconds / 1'000'000'000);
}

QString shareText(double share) {
    return QStringLiteral("%1 %").arg(share * 100, 0, 'g', 6);
}

QString spanText(Duration span) {
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
    if (milliseconds < 1'000)
        return Words::tr("%1 ms").arg(milliseconds);
    const double seconds = static_cast<double>(milliseconds) / 1'000;
    if (seconds < 60)
        return Words::tr("%1 s").arg(QString::number(seconds, 'g', 3));
    const std::int64_t whole = std::llround(seconds);
    return whole % 60 == 0 ? Words::tr("%1 m").arg(whole / 60)
                           : Words::tr("%1 m %2 s").arg(whole / 60).arg(whole % 60);
}

QString sizeText(quint64 bytes) {
    return bytes % 1024 == 0 ? bytesText(bytes).replace(QStringLiteral(".0 "), QStringLiteral(" "))
                             : QStringLiteral("%1 B").arg(bytes);
}

std::optional<Duration> parseSpan(const QString& text) {
    static const QRegularExpression part(
        QStringLiteral(R"(\G\s*([0-9]+(?:[.,][0-9]+)?)\s*([^0-9.,\s]*)\s*)"));
    double seconds = 0;
    qsizetype read = 0;
    for (auto it = part.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const auto scale = secondsIn(match.captured(2));
        if (!scale)
            return {};
        seconds +=
            match.captured(1).replace(QLatin1Char(','), QLatin1Char('.')).toDouble() * *scale;
        read = match.capturedEnd();
    }
    const Duration span = fromSeconds(seconds);
    if (read < text.size() || span < std::chrono::milliseconds(1))
        return {};
    return span;
}

std::optional<double> parsePerSecond(const QString& text) {
    static const QRegularExpression form(
        QStringLiteral(R"(^([0-9]+(?:\.[0-9]+)?)([kM]?)(?:/s)?$)"));
    QString plain = text;
    plain.remove(QRegularExpression(QStringLiteral("\\s")));
    const QRegularExpressionMatch match = form.match(plain);
    if (!match.hasMatch())
        return {};
    const QString unit = match.captured(2);
    const double scale = unit == QLatin1String("k") ? 1e3 : unit == QLatin1String("M") ? 1e6 : 1;
    const double rate = match.captured(1).toDouble() * scale;
    if (rate <= 0)
        return {};
    return rate;
}

} // namespace sscope
