#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>

namespace sscope::test {

/// The executable under test, or one of the system's, as a person starts it.
struct ProgramResult {
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

/// The path of one of our executables.
QString ownProgram(const QString& name);
bool isInstalled(const QString& program);
/// Whether the window was built, and with it the model `qt`.
bool hasQtProgram();

/// Runs a program to its end, with input on its standard input; exit code -1 where it does not
/// start, is ended by a signal, or takes more than 30 seconds.
ProgramResult runProgram(const QString& program, const QStringList& arguments,
                         const QByteArray& input = {}, const QStringList& environment = {});

/// A program that goes on, in a process group of its own; what is in it when this goes is ended
/// with SIGKILL: a server may have forked.
class RunningProgram {
public:
    RunningProgram(const QString& program, const QStringList& arguments,
                   const QStringList& environment = {});
    ~RunningProgram();

    QProcess& process() { return m_process; }
    /// The next line of its standard output; empty after ten seconds without one.
    QByteArray readLine();
    /// Lines until one holds text; that line, or empty.
    QByteArray readLineWith(const QByteArray& text);
    /// Sends a signal and waits for the end; the exit code, or -1.
    int endWith(int signal);
    int waitForEnd();

private:
    QProcess m_process;
};

/// `socketscope serve` with --json, on a free port where none is given; knows its port. wrapper is
/// a program with its arguments that starts it, such as prlimit or strace.
class RunningServer : public RunningProgram {
public:
    explicit RunningServer(const QStringList& arguments,
                           const QString& service = QStringLiteral("echo"),
                           const QStringList& wrapper = {});
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QString endpoint() const { return m_endpoints.value(0); }
    /// Of each --listen, or each address of a name.
    [[nodiscard]] const QStringList& endpoints() const { return m_endpoints; }

private:
    QStringList m_endpoints;
    int m_port = 0;
};

} // namespace sscope::test
