#include "ui/main_window/example_runner.h"

#include <utility>

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QUrl>

#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/language.h"
#include "ui/main_window/example_run.h"

namespace sscope {

ExampleRunner::ExampleRunner(ServerListModel& servers, ClientTabs& tabs, InlineMessage& message,
                             QObject* parent)
    : QObject(parent),
      m_servers(servers),
      m_tabs(tabs),
      m_message(message),
      m_examples(loadExamples(currentLanguage())) {}

void ExampleRunner::startListed(int index) {
    start(m_examples.at(static_cast<std::size_t>(index)));
}

void ExampleRunner::start(const Example& example) {
    m_message.hide(); // its links are the earlier one's
    if (m_run) {
        m_run->disconnect(this);
        m_run->deleteWhenDone();
        m_run = nullptr;
    }
    if (!example.open.isEmpty()) {
        Q_EMIT pageAsked(example.open);
        showLook(example);
        return;
    }
    m_run = new ExampleRun(example, m_reader, m_servers, m_tabs, this);
    connect(m_run, &ExampleRun::serversStarted, this, &ExampleRunner::serversStarted);
    connect(m_run, &ExampleRun::serversStarted, this, [this] { showLook(m_run->example()); });
    connect(m_run, &ExampleRun::programsStarted, this, [this] { showLook(m_run->example()); });
    connect(m_run, &ExampleRun::programFailed, this, &ExampleRunner::showMissingProgram);
    connect(m_run, &ExampleRun::failed, this, &ExampleRunner::showFailure);
    m_run->start();
}

void ExampleRunner::showLook(const Example& example) {
    m_message.show(InlineMessage::Kind::Remark, example.look, example.title);
    if (example.browse > 0)
        addBrowserLinks();
    addTerminalLink();
    addEndLinks();
}

void ExampleRunner::showFailure(const QString& reason) {
    m_message.show(InlineMessage::Kind::Problem, reason, m_run->example().title);
    addEndLinks();
}

void ExampleRunner::addBrowserLinks() {
    const auto server = static_cast<std::size_t>(m_run->example().browse - 1);
    const QString address = withoutScheme(toQString(m_run->endpoints().at(server)));
    const QString url = QStringLiteral("http://%1/").arg(address);
    m_message.addLink(tr("Open in the browser"), QStringLiteral("openInBrowser"),
                      [url] { QDesktopServices::openUrl(QUrl(url)); });
    m_message.addLink(tr("Copy for curl"), QStringLiteral("copyForCurl"), [url] {
        QGuiApplication::clipboard()->setText(QStringLiteral("curl -i %1").arg(url));
    });
}

/// A person can do what the program of the example does.
void ExampleRunner::addTerminalLink() {
    const QStringList commands = m_run ? m_run->programCommands() : QStringList();
    if (commands.isEmpty())
        return;
    m_message.addLink(
        tr("Copy for a terminal"), QStringLiteral("copyForTerminal"),
        [command = commands.front()] { QGuiApplication::clipboard()->setText(command); });
}

void ExampleRunner::showMissingProgram(const QString& reason) {
    m_message.show(InlineMessage::Kind::Caution, reason, m_run->example().title);
    addTerminalLink();
    addEndLinks();
}

void ExampleRunner::addEndLinks() {
    if (m_run && m_run->hasServers())
        m_message.addLink(tr("Stop and close"), QStringLiteral("stopExample"), [this] { stop(); });
    m_message.addLink(tr("Close"), QStringLiteral("closeExample"), [this] { m_message.hide(); });
}

void ExampleRunner::stop() {
    m_message.hide();
    if (ExampleRun* run = std::exchange(m_run, nullptr)) {
        run->stop();
        run->deleteLater();
    }
}

} // namespace sscope
