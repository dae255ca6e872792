#pragma once

#include <QJsonArray>
#include <QObject>

namespace sscope {

class ServerListModel;
class Settings;
struct CommandLineReader;

/// Keeps the servers that a person has made for the next start, each as the words of its command
/// line, and brings them back, stopped. One that cannot be read back is left out.
class SavedServers : public QObject {
    Q_OBJECT

public:
    SavedServers(ServerListModel& servers, Settings& settings, QObject* parent = nullptr);

    void restore(const CommandLineReader& reader);

private:
    void save();

    ServerListModel& m_servers;
    Settings& m_settings;
    QJsonArray m_unread; // of another version; kept as they are
};

} // namespace sscope
