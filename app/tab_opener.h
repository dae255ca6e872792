#pragma once

#include <vector>

#include <QObject>

#include "ui/common/command_line_reader.h"

namespace sscope {

class MainWindow;

/// Opens the tabs that the command line has asked for, once its servers have started, or failed: a
/// tab for each turn of the loop, however many there are, so that the window answers meanwhile.
class TabOpener : public QObject {
    Q_OBJECT

public:
    TabOpener(MainWindow& window, std::vector<ClientRequest> clients,
              std::vector<ChatTabRequest> chats);

    void begin();

private:
    void openWhenServed();
    void openNext();

    MainWindow& m_window;
    std::vector<ClientRequest> m_clients;
    std::vector<ChatTabRequest> m_chats;
    std::size_t m_next = 0; // of the clients, and of the chats after them
    bool m_hasBegun = false;
};

} // namespace sscope
