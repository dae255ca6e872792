#include "ui/common/option_values.h"

#include <limits>

#include <QCoreApplication>

#include "core/base/units.h"
#include "ui/common/formats.h"

namespace sscope::option_values {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::OptionValues)
};

constexpr int mostSeconds = 32767; // as the kernel's fields take them
constexpr double longestSeconds = 1e6;

bool isWord(const QString& text, const QString& word) {
    return text.isEmpty() || text.compare(word, Qt::CaseInsensitive) == 0;
}

bool readNumber(QString text, double least, double most, double& value) {
    text.remove(QLatin1Char(' '));
    if (text.endsWith(QLatin1Char('s')))
        text.chop(1);
    bool isNumber = false;
    value = text.toDouble(&isNumber);
    return isNumber && value >= least && value <= most;
}

} // namespace

QString offWord() {
    return Words::tr("off");
}

QString kernelWord() {
    return Words::tr("kernel");
}

QString sizeText(std::uint64_t bytes) {
    constexpr std::uint64_t kibi = 1 << 10;
    constexpr std::uint64_t mebi = 1 << 20;
    if (bytes >= mebi && bytes % mebi == 0)
        return QStringLiteral("%1 MiB").arg(bytes / mebi);
    if (bytes >= kibi && bytes % kibi == 0)
        return QStringLiteral("%1 KiB").arg(bytes / kibi);
    return QStringLiteral("%1 B").arg(bytes);
}

QString bufferText(const std::optional<int>& bytes) {
    return bytes ? sizeText(static_cast<std::uint64_t>(*bytes)) : kernelWord();
}

QString secondsText(const std::optional<int>& seconds) {
    return seconds ? QStringLiteral("%1 s").arg(*seconds) : offWord();
}

QString durationText(const std::optional<Duration>& duration) {
    if (!duration)
        return offWord();
    constexpr int digits = 12; // more than a person gives, and none that a double makes up
    return QStringLiteral("%1 s").arg(std::chrono::duration<double>(*duration).count(), 0, 'g',
                                      digits);
}

QString limitText(const std::optional<std::uint32_t>& count) {
    return count ? countText(*count) : offWord();
}

bool readCount(const QString& text, std::uint32_t least, std::uint32_t most,
               std::uint32_t& target) {
    double value = 0;
    if (!readNumber(text, least, most, value) || text.endsWith(QLatin1Char('s')))
        return false;
    target = static_cast<std::uint32_t>(value);
    return value == static_cast<double>(target);
}

bool readSize(const QString& text, std::uint64_t most, std::size_t& target) {
    const auto bytes = parseBytes(text.toStdString());
    if (!bytes || *bytes < 1 || *bytes > most)
        return false;
    target = *bytes;
    return true;
}

bool readBuffer(const QString& text, std::optional<int>& target) {
    std::size_t bytes = 0;
    target.reset();
    if (isWord(text, kernelWord()))
        return true;
    if (!readSize(text, std::numeric_limits<int>::max(), bytes))
        return false;
    target = static_cast<int>(bytes);
    return true;
}

bool readSeconds(const QString& text, int least, std::optional<int>& target) {
    double seconds = 0;
    target.reset();
    if (isWord(text, offWord()))
        return true;
    if (!readNumber(text, least, mostSeconds, seconds) || seconds != static_cast<int>(seconds))
        return false;
    target = static_cast<int>(seconds);
    return true;
}

bool readDuration(const QString& text, std::optional<Duration>& target) {
    double seconds = 0;
    target.reset();
    if (isWord(text, offWord()))
        return true;
    if (!readNumber(text, 0.001, longestSeconds, seconds))
        return false;
    target = fromSeconds(seconds);
    return true;
}

bool readLimit(const QString& text, std::optional<std::uint32_t>& target) {
    std::uint32_t count = 0;
    target.reset();
    if (isWord(text, offWord()))
        return true;
    if (!readCount(text, 1, std::numeric_limits<int>::max(), count))
        return false;
    target = count;
    return true;
}

} // namespace sscope::option_values
