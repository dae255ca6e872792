#include "ui/clients/written_message.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/encoding.h"
#include "ui/clients/line_endings.h"

namespace sscope {

namespace {

const std::array<std::pair<MessageForm, const char*>, 3> names{
    {{MessageForm::Text, "text"}, {MessageForm::Hex, "hex"}, {MessageForm::Json, "json"}}};
// The ending "no ending" has another name in each language.
const QString noEnding = QStringLiteral("none");

QString endingName(const QString& shown) {
    return lineEnding(shown).bytes.isEmpty() ? noEnding : shown;
}

std::optional<QString> shownEnding(const QString& name) {
    for (const LineEnding& ending : lineEndings()) {
        if (name == (ending.bytes.isEmpty() ? noEnding : ending.name))
            return ending.name;
    }
    return std::nullopt;
}

/// False where the member is there and is no string.
bool takeString(const QJsonObject& object, const QString& key, QString& value) {
    const QJsonValue member = object.value(key);
    if (member.isString())
        value = member.toString();
    return member.isString() || member.isUndefined();
}

bool takeFlag(const QJsonObject& object, const QString& key, bool& value) {
    const QJsonValue member = object.value(key);
    value = member.toBool();
    return member.isBool() || member.isUndefined();
}

} // namespace

QString formName(MessageForm form) {
    const auto* const it =
        std::ranges::find(names, form, &std::pair<MessageForm, const char*>::first);
    return it == names.end() ? QStringLiteral("file") : QString::fromLatin1(it->second);
}

QJsonObject toJson(const WrittenMessage& message) {
    const WrittenMessage usual;
    QJsonObject object{{QStringLiteral("form"), formName(message.form)},
                       {QStringLiteral("text"), message.text}};
    if (message.encoding != usual.encoding)
        object.insert(QStringLiteral("encoding"), message.encoding);
    if (message.ending != usual.ending)
        object.insert(QStringLiteral("ending"), endingName(message.ending));
    for (const auto& [key, isSet] :
         {std::pair{"escapes", message.escapes}, std::pair{"macros", message.macros},
          std::pair{"compact", message.compact}}) {
        if (isSet)
            object.insert(QLatin1String(key), true);
    }
    return object;
}

std::optional<WrittenMessage> messageFromJson(const QJsonObject& object) {
    WrittenMessage message;
    QString form = QStringLiteral("text");
    QString ending = QStringLiteral("LF");
    const bool isGood = object.value(QStringLiteral("text")).isString() &&
                        takeString(object, QStringLiteral("text"), message.text) &&
                        takeString(object, QStringLiteral("form"), form) &&
                        takeString(object, QStringLiteral("encoding"), message.encoding) &&
                        takeString(object, QStringLiteral("ending"), ending) &&
                        takeFlag(object, QStringLiteral("escapes"), message.escapes) &&
                        takeFlag(object, QStringLiteral("macros"), message.macros) &&
                        takeFlag(object, QStringLiteral("compact"), message.compact);
    const auto known = std::ranges::find_if(
        names, [&](const auto& each) { return form == QLatin1String(each.second); });
    const auto shown = shownEnding(ending);
    const auto encodings = offeredEncodings();
    const bool isOffered =
        std::ranges::find(encodings, message.encoding.toStdString()) != encodings.end();
    if (!isGood || known == names.end() || !shown || !isOffered)
        return std::nullopt;
    message.form = known->first;
    message.ending = *shown;
    return message;
}

} // namespace sscope
