#include "ui/chat/chat_transcript.h"

#include <nlohmann/json.hpp>

#include <QDateTime>

#include "core/base/clock.h"
#include "ui/chat/chat_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

std::string textLine(const ChatMessage& message) {
    QString text = copyText(toQString(message.text));
    text.replace(u'\n', QStringLiteral("\n    "));
    const QString time = QDateTime::fromMSecsSinceEpoch(message.time / 1'000'000)
                             .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    return QStringLiteral("%1 %2: %3\n").arg(time, safeText(message.author), text).toStdString();
}

std::string jsonLine(const ChatMessage& message) {
    using Json = nlohmann::ordered_json;
    const Json object{{"room", message.room},
                      {"id", message.id},
                      {"time", rfc3339(message.time)},
                      {"from", message.author},
                      {"text", message.text}};
    return object.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace

std::string transcript(TranscriptForm form, std::span<const ChatMessage> messages) {
    std::string text;
    for (const ChatMessage& message : messages)
        text += form == TranscriptForm::Text ? textLine(message) : jsonLine(message);
    return text;
}

} // namespace sscope
