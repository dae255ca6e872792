#pragma once

#include <optional>
#include <vector>

#include <QJsonObject>
#include <QString>

namespace sscope {

enum class MessageForm { Text, Hex, Json, File };

/// What a person has written, with how it was to go out: what the history and snippets keep.
struct WrittenMessage {
    MessageForm form = MessageForm::Text;
    QString text{};
    QString encoding = QStringLiteral("UTF-8");
    QString ending = QStringLiteral("LF"); // its name
    bool escapes = false;
    bool macros = false;
    bool compact = false; // JSON without its white space

    bool operator==(const WrittenMessage&) const = default;
};

/// One of a list of messages, and how long nothing follows it.
struct ListedMessage {
    WrittenMessage message{};
    int delay = 0; // ms

    bool operator==(const ListedMessage&) const = default;
};

/// "text", "hex", "json"; what is kept in files.
QString formName(MessageForm form);

/// Only what differs from the defaults is written.
QJsonObject toJson(const WrittenMessage& message);
/// Nothing where a member has another kind or an unknown value.
std::optional<WrittenMessage> messageFromJson(const QJsonObject& object);

} // namespace sscope
