#include "ui/clients/stream_words.h"

#include <QCoreApplication>

#include "ui/common/formats.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::StreamWords)
};

constexpr std::uint64_t mostExactBytes = 10'000'000;

/// Large numbers read as elsewhere: "2 388 535 messages".
QString grouped(QString text, std::uint64_t count) {
    return text.replace(QString::number(count), countText(count));
}

/// "part of a sixth"
QString partOf(std::uint64_t number) {
    static const char* const ordinals[] = {
        QT_TRANSLATE_NOOP("sscope::StreamWords", "part of one"),
        QT_TRANSLATE_NOOP("sscope::StreamWords", "part of a second"),
        QT_TRANSLATE_NOOP("sscope::StreamWords", "part of a third"),
        QT_TRANSLATE_NOOP("sscope::StreamWords", "part of a fourth"),
        QT_TRANSLATE_NOOP("sscope::StreamWords", "part of a fifth"),
        QT_TRANSLATE_NOOP("sscope::StreamWords", "part of a sixth"),
        QT_TRANSLATE_NOOP("sscope::StreamWords", "part of a seventh"),
        QT_TRANSLATE_NOOP("sscope::StreamWords", "part of an eighth"),
        QT_TRANSLATE_NOOP("sscope::StreamWords", "part of a ninth"),
        QT_TRANSLATE_NOOP("sscope::StreamWords", "part of a tenth"),
    };
    constexpr std::uint64_t count = sizeof(ordinals) / sizeof(ordinals[0]);
    if (number > count)
        return QCoreApplication::translate("sscope::StreamWords", "part of one more");
    return Words::tr(ordinals[static_cast<std::size_t>(number - 1)]);
}

} // namespace

QString StreamWords::summary(const StreamTrack& track, bool isFramed) const {
    const QString text = counts(track, isFramed);
    return track.hasGaps() ? Words::tr("%1; some of it is not known").arg(text) : text;
}

QString StreamWords::counts(const StreamTrack& track, bool isFramed) const {
    const int calls = static_cast<int>(track.callCount());
    const QString bytes = exactBytesText(track.bytes());
    const QString moved = grouped(m_isSent ? Words::tr("%n send(s)", nullptr, calls)
                                           : Words::tr("%n receive(s)", nullptr, calls),
                                  track.callCount());
    if (!isFramed && !m_isSent)
        return Words::tr("%1, %2; without a framing each receive is a message").arg(bytes, moved);
    const QString messages =
        grouped(Words::tr("%n message(s)", nullptr, static_cast<int>(track.messageCount())),
                track.messageCount());
    if (track.part())
        return Words::tr("%1, %2, %3 and %4", "1 328 B, 4 receives, 5 messages and part of a sixth")
            .arg(bytes, moved, messages, partOf(track.part()->number));
    return Words::tr("%1, %2, %3", "1 328 B, 4 receives, 5 messages").arg(bytes, moved, messages);
}

QString StreamWords::shared(std::uint64_t messages) const {
    const int count = static_cast<int>(messages);
    return m_isSent ? Words::tr("%n message(s) in one send", nullptr, count)
                    : Words::tr("%n message(s) in one receive", nullptr, count);
}

QString StreamWords::cut(std::uint64_t message, std::uint64_t calls) const {
    const int count = static_cast<int>(calls);
    const QString number = countText(message);
    return m_isSent ? Words::tr("message %1 cut by %n send(s)", nullptr, count).arg(number)
                    : Words::tr("message %1 cut by %n receive(s)", nullptr, count).arg(number);
}

QString StreamWords::callsLabel() const {
    return m_isSent ? Words::tr("Sends") : Words::tr("Receives");
}

QString StreamWords::call(std::uint64_t number) const {
    return (m_isSent ? Words::tr("send %1") : Words::tr("receive %1")).arg(countText(number));
}

QString StreamWords::callTitle(std::uint64_t number) const {
    return (m_isSent ? Words::tr("Send %1") : Words::tr("Receive %1")).arg(countText(number));
}

QString StreamWords::cutTitle(std::uint64_t call, std::uint64_t message) const {
    return (m_isSent ? Words::tr("Send %1 ends inside message %2")
                     : Words::tr("Receive %1 ends inside message %2"))
        .arg(countText(call), countText(message));
}

QString StreamWords::byteLabel() {
    return Words::tr("byte");
}

QString StreamWords::messagesLabel() {
    return Words::tr("Messages");
}

QString StreamWords::message(std::uint64_t number) {
    return Words::tr("message %1").arg(countText(number));
}

QString StreamWords::messageTitle(std::uint64_t number) {
    return Words::tr("Message %1").arg(countText(number));
}

QString rangeText(std::uint64_t begin, std::uint64_t end) {
    return QStringLiteral("%1–%2").arg(begin).arg(end > begin ? end - 1 : end);
}

QString exactBytesText(std::uint64_t bytes) {
    return bytes < mostExactBytes ? QStringLiteral("%1 B").arg(countText(bytes)) : bytesText(bytes);
}

} // namespace sscope
