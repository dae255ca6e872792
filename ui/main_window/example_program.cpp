#include "ui/main_window/example_program.h"

#include <csignal>

#include <sys/resource.h>

#include "core/process/descriptor_limit.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

/// Signals that are blocked or ignored for us, and the limit of descriptors that was raised, are
/// not for others: a program that is asked to end must hear of it. Runs between fork and exec.
void beginAsFromAShell(std::size_t before) {
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int ignored : {SIGPIPE, SIGXFSZ})
        ::signal(ignored, SIG_DFL);
    rlimit limit{};
    if (before > 0 && ::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = before;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

ExampleProgram::ExampleProgram(const std::vector<std::string>& words,
                               const std::vector<std::string>& lines, QObject* parent)
    : QObject(parent), m_lines(lines), m_process(new QProcess) {
    QStringList arguments;
    for (const std::string& word : words)
        arguments.append(toQString(word));
    if (!arguments.isEmpty())
        m_process->setProgram(arguments.takeFirst());
    m_process->setArguments(arguments);
    // What it prints would be read on a terminal; here the tabs show it.
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_process->setStandardErrorFile(QProcess::nullDevice());
    m_process->setChildProcessModifier(
        [before = descriptorLimitBefore()] { beginAsFromAShell(before); });
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            Q_EMIT failed(tr("%1 could not be started: %2. Install it, or type the command where "
                             "it is installed.")
                              .arg(m_process->program(), m_process->errorString()));
    });
}

ExampleProgram::~ExampleProgram() {
    if (!m_process)
        return;
    m_process->disconnect(this);
    if (m_process->state() == QProcess::NotRunning) {
        delete m_process;
        return;
    }
    connect(m_process, &QProcess::finished, m_process, &QObject::deleteLater);
    m_process->terminate();
}

void ExampleProgram::start() {
    m_process->start();
    for (const std::string& line : m_lines)
        m_process->write(QByteArray::fromStdString(line + '\n'));
}

QString ExampleProgram::command() const {
    return (QStringList(m_process->program()) + m_process->arguments()).join(QLatin1Char(' '));
}

} // namespace sscope
