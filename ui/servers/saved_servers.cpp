#include "ui/servers/saved_servers.h"

#include <QJsonArray>

#include "ui/common/command_line_reader.h"
#include "ui/common/formats.h"
#include "ui/common/settings.h"
#include "ui/servers/server_list_model.h"

namespace sscope {

namespace {

const QString serversKey = QStringLiteral("servers");

QJsonArray wordsOf(const ServerConfig& config) {
    QJsonArray words;
    for (const std::string& word : serveArguments(config))
        words.append(toQString(word));
    return words;
}

} // namespace

SavedServers::SavedServers(ServerListModel& servers, Settings& settings, QObject* parent)
    : QObject(parent), m_servers(servers), m_settings(settings) {
    connect(&servers, &ServerListModel::configsChanged, this, &SavedServers::save);
}

void SavedServers::restore(const CommandLineReader& reader) {
    const QJsonArray saved = m_settings.value(serversKey).toArray();
    for (const auto& value : saved) {
        std::vector<std::string> words;
        const QJsonArray array = value.toArray();
        for (const auto& word : array)
            words.push_back(word.toString().toStdString());
        if (const auto config = reader.server(words))
            m_servers.addStopped(*config);
        else
            m_unread.append(array);
    }
}

void SavedServers::save() {
    QJsonArray saved;
    for (int row = 0; row < m_servers.rowCount(); ++row) {
        // What the command line starts comes with the next command line, or does not.
        if (const ServerEntry& server = m_servers.at(row); server.isRemembered)
            saved.append(wordsOf(server.config));
    }
    for (const auto& words : m_unread)
        saved.append(words);
    m_settings.setValue(serversKey, saved);
}

} // namespace sscope
