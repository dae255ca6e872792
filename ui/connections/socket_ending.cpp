#include "ui/connections/socket_ending.h"

#include <optional>
#include <utility>

#include "core/diagnostics/socket_actions.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

QString endsOf(const SocketRow& row) {
    const QString local = toQString(displaySafe(row.localText()));
    return row.hasPeer()
               ? QStringLiteral("%1 - %2").arg(local, toQString(displaySafe(row.remoteText())))
               : local;
}

QString nameOf(const ProcessInfo& process) {
    return toQString(displaySafe(process.command));
}

QString holderOf(const SocketRow& row) {
    if (row.owners.empty())
        return {};
    const ProcessInfo& process = *row.owners.front().process;
    return SocketEnding::tr("%1, pid %2").arg(nameOf(process)).arg(process.pid);
}

/// How closing several sockets went.
struct ClosingResult {
    int closed = 0;
    int failed = 0;
    QString failure; // the first one, in words
};

} // namespace

SocketEnding::SocketEnding(InlineMessage& message, QObject* parent)
    : QObject(parent), m_message(message), m_destroy(destroySocket), m_end(endProcess) {}

void SocketEnding::setWays(Destroy destroy, End end) {
    m_destroy = std::move(destroy);
    m_end = std::move(end);
}

void SocketEnding::askToClose(std::vector<SocketRow> rows) {
    if (rows.empty())
        return;
    m_message.show(InlineMessage::Kind::Caution, questionOf(rows));
    const QString word = rows.size() > 1 ? tr("Close sockets") : tr("Close socket");
    m_message.addAction(word, true, [this, rows = std::move(rows)] { close(rows); });
    m_message.addAction(tr("Cancel"), false, [this] { m_message.hide(); });
    m_message.takeKeyboard();
}

QString SocketEnding::questionOf(const std::vector<SocketRow>& rows) {
    const QString ends = endsOf(rows.front());
    const QString holder = holderOf(rows.front());
    if (rows.size() > 1)
        return tr("Close %n socket(s), %1 and so on? Their programs see an error, their peers a "
                  "reset.",
                  nullptr, static_cast<int>(rows.size()))
            .arg(ends);
    const bool hasPeer = rows.front().protocol == SocketProtocol::Tcp && rows.front().hasPeer();
    if (!hasPeer)
        return holder.isEmpty()
                   ? tr("Close %1?").arg(ends)
                   : tr("Close %1 of %2? The program sees an error.").arg(ends, holder);
    return holder.isEmpty() ? tr("Close %1? Its peer sees a reset.").arg(ends)
                            : tr("Close %1 of %2? The program sees an error, its peer a reset.")
                                  .arg(ends, holder);
}

void SocketEnding::close(std::vector<SocketRow> rows) {
    m_message.hide();
    const auto work = [rows = std::move(rows), destroy = m_destroy] {
        ClosingResult result;
        for (const SocketRow& row : rows) {
            const auto closed = destroy(row);
            result.closed += closed ? 1 : 0;
            if (!closed && ++result.failed == 1)
                result.failure = errorWords(closed.error());
        }
        return result;
    };
    runOnWorker(this, work, [this](const ClosingResult& result) {
        if (result.failed == 0)
            m_message.show(InlineMessage::Kind::Remark,
                           tr("%n socket(s) closed.", nullptr, result.closed));
        else if (result.closed == 0 && result.failed == 1)
            m_message.show(InlineMessage::Kind::Problem, result.failure);
        else
            m_message.show(InlineMessage::Kind::Problem,
                           tr("%1 closed, %2 not: %3")
                               .arg(QString::number(result.closed), QString::number(result.failed),
                                    result.failure));
        offerToClose();
        Q_EMIT done();
    });
}

void SocketEnding::askToEnd(const ProcessInfo& process) {
    m_message.show(InlineMessage::Kind::Caution,
                   tr("End %1 (pid %2)? SIGTERM asks it to; all of its sockets close.")
                       .arg(nameOf(process))
                       .arg(process.pid));
    m_message.addAction(tr("End process"), true, [this, process] { end(process, false); });
    m_message.addAction(tr("Cancel"), false, [this] { m_message.hide(); });
    m_message.takeKeyboard();
}

void SocketEnding::end(const ProcessInfo& process, bool isForced) {
    m_message.hide();
    const auto work = [way = m_end, pid = process.pid, start = process.startTime,
                       isForced]() -> std::optional<Error> {
        auto ended = way(pid, start, isForced);
        return ended ? std::nullopt : std::optional(std::move(ended.error()));
    };
    runOnWorker(this, work, [this, process, isForced](const std::optional<Error>& error) {
        const bool hasEnded = error && error->code.value() == ESRCH;
        if (error && !hasEnded) {
            m_message.show(InlineMessage::Kind::Problem, errorWords(*error));
            offerToClose();
        } else if (isForced || hasEnded) {
            m_message.show(InlineMessage::Kind::Remark,
                           tr("%1 (pid %2) has ended.").arg(nameOf(process)).arg(process.pid));
            offerToClose();
        } else {
            sayEnded(process);
        }
        Q_EMIT done();
    });
}

void SocketEnding::sayEnded(const ProcessInfo& process) {
    m_message.show(InlineMessage::Kind::Remark,
                   tr("%1 (pid %2) was asked to end (SIGTERM). If it does not, SIGKILL ends it at "
                      "once; it can then save nothing.")
                       .arg(nameOf(process))
                       .arg(process.pid));
    m_message.addAction(tr("Kill"), false, [this, process] { end(process, true); });
    offerToClose();
}

void SocketEnding::offerToClose() {
    m_message.addAction(tr("Dismiss"), false, [this] { m_message.hide(); });
}

} // namespace sscope
