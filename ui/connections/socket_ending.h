#pragma once

#include <functional>
#include <vector>

#include <QObject>

#include "core/base/result.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

class InlineMessage;

/// Closes sockets and ends processes for a person: asks in place, does it off the GUI thread, and
/// says in place how it went. On the GUI thread.
class SocketEnding : public QObject {
    Q_OBJECT

public:
    using Destroy = std::function<Result<void>(const SocketRow&)>;
    using End = std::function<Result<void>(int pid, std::uint64_t startTime, bool isForced)>;

    SocketEnding(InlineMessage& message, QObject* parent);

    /// Other ways than the kernel's, for tests.
    void setWays(Destroy destroy, End end);
    void askToClose(std::vector<SocketRow> rows);
    void askToEnd(const ProcessInfo& process);

Q_SIGNALS:
    /// The table should be read again.
    void done();

private:
    static QString questionOf(const std::vector<SocketRow>& rows);
    void close(std::vector<SocketRow> rows);
    void end(const ProcessInfo& process, bool isForced);
    void sayEnded(const ProcessInfo& process);
    void offerToClose();

    InlineMessage& m_message;
    Destroy m_destroy;
    End m_end;
};

} // namespace sscope
