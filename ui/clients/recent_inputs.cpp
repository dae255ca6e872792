#include "ui/clients/recent_inputs.h"

#include <QJsonArray>

#include "core/service/chat_name.h"
#include "ui/common/settings.h"

namespace sscope {

namespace {

const QString endpointsKey = QStringLiteral("recentEndpoints");
const QString messagesKey = QStringLiteral("composerHistory");
const QString endingKey = QStringLiteral("composerEnding");
const QString rawStreamKey = QStringLiteral("streamShownRaw");
const QString framedStreamKey = QStringLiteral("streamShownFramed");
const QString chatNameKey = QStringLiteral("chatName");
constexpr qsizetype mostEndpoints = 20;
constexpr std::size_t mostMessages = 100;
// A longer message is not worth keeping in a settings file.
constexpr qsizetype longestMessage = 4096;

QStringList readList(const Settings& settings, const QString& key) {
    QStringList list;
    const QJsonArray array = settings.value(key).toArray();
    for (const QJsonValue& value : array)
        list.append(value.toString());
    return list;
}

/// An earlier version kept the texts alone.
std::vector<WrittenMessage> readMessages(const Settings& settings) {
    std::vector<WrittenMessage> messages;
    for (const QJsonValue& value : settings.value(messagesKey).toArray()) {
        const auto message = value.isString()
                                 ? std::optional(WrittenMessage{.text = value.toString()})
                                 : messageFromJson(value.toObject());
        if (message)
            messages.push_back(*message);
    }
    return messages;
}

} // namespace

RecentInputs::RecentInputs(Settings& settings, QObject* parent)
    : QObject(parent),
      m_settings(settings),
      m_choices(settings),
      m_endpoints(readList(settings, endpointsKey)),
      m_messages(readMessages(settings)),
      m_snippets(settings),
      m_chatReadMarks(settings) {}

QString RecentInputs::ending() const {
    return m_settings.value(endingKey).toString(QStringLiteral("LF"));
}

void RecentInputs::setEnding(const QString& ending) {
    m_settings.setValue(endingKey, ending);
}

bool RecentInputs::isStreamShown(bool isFramed) const {
    return m_settings.value(isFramed ? framedStreamKey : rawStreamKey).toBool(isFramed);
}

void RecentInputs::setStreamShown(bool isFramed, bool isShown) {
    m_settings.setValue(isFramed ? framedStreamKey : rawStreamKey, isShown);
}

QString RecentInputs::chatName() const {
    const QString usual = qEnvironmentVariable("USER", qEnvironmentVariable("LOGNAME"));
    const QString name = m_settings.value(chatNameKey).toString(usual);
    return sscope::chatName(name.toStdString()) ? name : QStringLiteral("me");
}

void RecentInputs::setChatName(const QString& name) {
    m_settings.setValue(chatNameKey, name);
}

void RecentInputs::addEndpoint(const QString& endpoint) {
    m_endpoints.removeAll(endpoint);
    m_endpoints.prepend(endpoint);
    while (m_endpoints.size() > mostEndpoints)
        m_endpoints.removeLast();
    m_settings.setValue(endpointsKey, QJsonArray::fromStringList(m_endpoints));
    Q_EMIT endpointsChanged();
}

void RecentInputs::addMessage(const WrittenMessage& message) {
    if (message.text.isEmpty() || message.text.size() > longestMessage)
        return;
    std::erase(m_messages, message);
    m_messages.push_back(message);
    if (m_messages.size() > mostMessages)
        m_messages.erase(m_messages.begin());
    QJsonArray array;
    for (const WrittenMessage& each : m_messages)
        array.append(toJson(each));
    m_settings.setValue(messagesKey, array);
    Q_EMIT messagesChanged();
}

} // namespace sscope
