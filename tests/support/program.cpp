#include "tests/support/program.h"

#include <csignal>

#include <unistd.h>

#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

namespace sscope::test {

namespace {

void setEnvironment(QProcess& process, const QStringList& environment) {
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const QString& entry : environment) {
        const qsizetype at = entry.indexOf(QLatin1Char('='));
        if (at < 0)
            all.remove(entry);
        else
            all.insert(entry.left(at), entry.mid(at + 1));
    }
    process.setProcessEnvironment(all);
}

int exitCodeOf(const QProcess& process) {
    const bool normal =
        process.state() == QProcess::NotRunning && process.exitStatus() == QProcess::NormalExit;
    return normal ? process.exitCode() : -1;
}

} // namespace

QString ownProgram(const QString& name) {
    return qEnvironmentVariable("SSCOPE_BINARY_DIR") + QLatin1Char('/') + name;
}

bool hasQtProgram() {
    return QFileInfo::exists(ownProgram(QStringLiteral("socketscope-qt")));
}

bool isInstalled(const QString& program) {
    return !QStandardPaths::findExecutable(program).isEmpty();
}

ProgramResult runProgram(const QString& program, const QStringList& arguments,
                         const QByteArray& input, const QStringList& environment) {
    QProcess process;
    setEnvironment(process, environment);
    process.start(program, arguments);
    if (!process.waitForStarted())
        return {};
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(30'000)) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
    }
    return {exitCodeOf(process), process.readAllStandardOutput(), process.readAllStandardError()};
}

RunningProgram::RunningProgram(const QString& program, const QStringList& arguments,
                               const QStringList& environment) {
    setEnvironment(m_process, environment);
    m_process.setChildProcessModifier([] { ::setpgid(0, 0); });
    m_process.start(program, arguments);
    m_process.waitForStarted();
}

RunningProgram::~RunningProgram() {
    if (m_process.state() == QProcess::NotRunning)
        return;
    ::kill(-static_cast<pid_t>(m_process.processId()), SIGKILL);
    m_process.waitForFinished();
}

QByteArray RunningProgram::readLine() {
    QElapsedTimer timer;
    timer.start();
    while (!m_process.canReadLine() && timer.elapsed() < 10'000) {
        if (!m_process.waitForReadyRead(100) && m_process.state() == QProcess::NotRunning)
            break;
    }
    return m_process.readLine().trimmed();
}

QByteArray RunningProgram::readLineWith(const QByteArray& text) {
    for (;;) {
        const QByteArray line = readLine();
        if (line.isEmpty() || line.contains(text))
            return line;
    }
}

int RunningProgram::endWith(int signal) {
    ::kill(static_cast<pid_t>(m_process.processId()), signal);
    return waitForEnd();
}

int RunningProgram::waitForEnd() {
    m_process.waitForFinished(10'000);
    return exitCodeOf(m_process);
}

namespace {

QStringList serveCommand(const QStringList& arguments, const QString& service,
                         const QStringList& wrapper) {
    QStringList command = wrapper;
    command << ownProgram(QStringLiteral("socketscope")) << QStringLiteral("serve") << service
            << QStringLiteral("--json");
    if (!arguments.contains(QStringLiteral("--listen")))
        command << QStringLiteral("--listen") << QStringLiteral("127.0.0.1:0");
    return command + arguments;
}

} // namespace

RunningServer::RunningServer(const QStringList& arguments, const QString& service,
                             const QStringList& wrapper)
    : RunningProgram(serveCommand(arguments, service, wrapper).first(),
                     serveCommand(arguments, service, wrapper).mid(1)) {
    const auto expected = qMax<qsizetype>(1, arguments.count(QStringLiteral("--listen")));
    while (m_endpoints.size() < expected) {
        const QByteArray line = readLineWith("\"listening\"");
        if (line.isEmpty()) {
            qWarning("it does not listen: %s", process().readAllStandardError().constData());
            break;
        }
        m_endpoints.append(
            QJsonDocument::fromJson(line).object().value(QStringLiteral("endpoint")).toString());
    }
    m_port = endpoint().mid(endpoint().lastIndexOf(QLatin1Char(':')) + 1).toInt();
}

} // namespace sscope::test
