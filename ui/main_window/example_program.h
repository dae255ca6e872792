#pragma once

#include <string>
#include <vector>

#include <QObject>
#include <QPointer>
#include <QProcess>

namespace sscope {

/// Somebody else's program that takes part in an example, as a person at a terminal would: what is
/// typed into it is given. An example's run owns it; on the GUI thread, which does not wait for it.
class ExampleProgram : public QObject {
    Q_OBJECT

public:
    ExampleProgram(const std::vector<std::string>& words, const std::vector<std::string>& lines,
                   QObject* parent);
    ~ExampleProgram() override;

    void start();
    /// As it is typed in a shell.
    [[nodiscard]] QString command() const;

Q_SIGNALS:
    /// It is not there.
    void failed(const QString& reason);

private:
    const std::vector<std::string> m_lines;
    QPointer<QProcess> m_process; // outlives this until it has ended
};

} // namespace sscope
