#pragma once

#include <vector>

#include <QObject>

#include "ui/common/command_line_reader.h"
#include "ui/common/examples.h"

namespace sscope {

class ClientTabs;
class ExampleRun;
class InlineMessage;
class ServerListModel;

/// Starts examples, and says of the latest what to look at. The main window owns it; on the GUI
/// thread.
class ExampleRunner : public QObject {
    Q_OBJECT

public:
    ExampleRunner(ServerListModel& servers, ClientTabs& tabs, InlineMessage& message,
                  QObject* parent);

    void setCommandLineReader(const CommandLineReader& reader) { m_reader = reader; }
    [[nodiscard]] const std::vector<Example>& examples() const { return m_examples; }
    void startListed(int index);
    void start(const Example& example);

Q_SIGNALS:
    /// All of an example's; what there is to see begins with the first.
    void serversStarted(int firstKey);
    /// Of an example that is a page of its own.
    void pageAsked(const QString& name);

private:
    void showLook(const Example& example);
    void showFailure(const QString& reason);
    void addEndLinks();
    void addBrowserLinks();
    void addTerminalLink();
    void showMissingProgram(const QString& reason);
    void stop();

    ServerListModel& m_servers;
    ClientTabs& m_tabs;
    InlineMessage& m_message;
    const std::vector<Example> m_examples;
    CommandLineReader m_reader;
    ExampleRun* m_run = nullptr; // the latest
};

} // namespace sscope
