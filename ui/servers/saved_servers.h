#pragma once

#include <QObject>

#include "ui/common/command_line_reader.h"

namespace sscope {

class ServerListModel;
class Settings;

/// Keeps the servers that a person has made for the next start, each as the words of its command
/// line, and brings them back, stopped. One that cannot be read back is left out.
class SavedServers : public QObject {
    Q_OBJECT

public:
    SavedServers(ServerListModel& servers, Settings& settings, const CommandLineReader& reader,
                 QObject* parent = nullptr);

private:
    void restore(const CommandLineReader& reader);
    void save();

    ServerListModel& m_servers;
    Settings& m_settings;
};

} // namespace sscope
