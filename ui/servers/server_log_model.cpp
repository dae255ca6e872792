#include "ui/servers/server_log_model.h"

#include <algorithm>
#include <iterator>

#include <QDateTime>

#include "ui/common/error_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using namespace lifecycle;

QString safe(const std::string& text) {
    return toQString(displaySafe(text));
}

/// Without the scheme, which is the server's.
QString ends(const std::string& endpoint) {
    return withoutScheme(safe(endpoint));
}

/// The reason first: it is what a narrow row still shows.
QString troubleWords(const Error& error) {
    QString words = reasonWords(error);
    const QString what =
        (operationWords(error.operation) + QLatin1Char(' ') + safe(error.subject)).trimmed();
    if (!what.isEmpty())
        words += QStringLiteral("; ") + what;
    const QString hint = hintWords(error);
    return hint.isEmpty() ? words : QStringLiteral("%1. %2").arg(words, hint);
}

/// Words for each event that a server tells.
struct EventWords {
    std::uint32_t connection;

    QString operator()(const Resolved& e) const {
        return ServerLogModel::tr("resolved %1 (%2, %3, %4)")
            .arg(safe(e.address), safe(e.family), safe(e.type), safe(e.protocol));
    }
    QString operator()(const Listening& e) const {
        QString words = ServerLogModel::tr("listening on %1").arg(safe(e.endpoint));
        if (e.isPublic)
            words = ServerLogModel::tr("%1, which other machines can reach").arg(words);
        if (e.receiveBuffer < e.receiveBufferAsked)
            words = ServerLogModel::tr("%1; receive buffer %2 of %3 asked for "
                                       "(net.core.rmem_max sets the limit)")
                        .arg(words, bytesText(static_cast<quint64>(e.receiveBuffer)),
                             bytesText(static_cast<quint64>(e.receiveBufferAsked)));
        return words;
    }
    QString operator()(const Accepted& e) const {
        const QString words =
            ServerLogModel::tr("#%1 accepted from %2").arg(connection).arg(ends(e.peer));
        return e.worker.empty() ? words
                                : ServerLogModel::tr("%1, served by %2").arg(words, safe(e.worker));
    }
    QString operator()(const Rejected& e) const {
        return ServerLogModel::tr("rejected %1: %2").arg(ends(e.peer), reasonWords(e.error));
    }
    QString operator()(const LimitReached& e) const {
        return connection == 0
                   ? ServerLogModel::tr("limit: %1").arg(reasonWords(e.error))
                   : ServerLogModel::tr("#%1 limit: %2").arg(connection).arg(reasonWords(e.error));
    }
    QString operator()(const ProtocolError& e) const {
        return ServerLogModel::tr("#%1 protocol error: %2").arg(connection).arg(safe(e.reason));
    }
    QString operator()(const PeerFinished&) const {
        return ServerLogModel::tr("#%1 the other side sends no more").arg(connection);
    }
    QString operator()(const HalfClosed&) const {
        return ServerLogModel::tr("#%1 this side sends no more").arg(connection);
    }
    QString operator()(const Closed& e) const {
        return ServerLogModel::tr("#%1 %2; %3 received, %4 sent")
            .arg(connection)
            .arg(closeWords(e), bytesText(e.counters.receivedBytes),
                 bytesText(e.counters.sentBytes));
    }
    QString operator()(const StartFailed& e) const {
        return ServerLogModel::tr("not started: %1").arg(troubleWords(e.error));
    }
    QString operator()(const Failed& e) const {
        return ServerLogModel::tr("error: %1").arg(troubleWords(e.error));
    }
    QString operator()(const Stopped&) const { return ServerLogModel::tr("stopped"); }
    /// What only clients tell.
    template <typename Other>
    QString operator()(const Other&) const {
        return {};
    }
};

QString secondsClock(WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(time / 1'000'000).toString(QStringLiteral("HH:mm:ss"));
}

} // namespace

int ServerLogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString ServerLogModel::wordsOf(const Row& row) {
    return std::visit(EventWords{row.connection}, row.what);
}

QVariant ServerLogModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return wordsOf(at(index.row()));
    case TimeRole:
        return secondsClock(at(index.row()).time);
    case Qt::ToolTipRole:
        return plainTip(lineText(index.row()));
    case Qt::AccessibleTextRole:
        return lineText(index.row());
    default:
        return {};
    }
}

ServerLogModel::Mood ServerLogModel::moodOf(int row) const {
    const Event& what = at(row).what;
    if (std::holds_alternative<StartFailed>(what) || std::holds_alternative<Failed>(what) ||
        std::holds_alternative<ProtocolError>(what))
        return Mood::Bad;
    if (std::holds_alternative<Rejected>(what) || std::holds_alternative<LimitReached>(what))
        return Mood::Caution;
    const auto* closed = std::get_if<Closed>(&what);
    const bool isOrderly =
        !closed || closed->reason == CloseReason::Peer || closed->reason == CloseReason::Local;
    return isOrderly ? Mood::Plain : Mood::Caution;
}

QString ServerLogModel::lineText(int row) const {
    return clockText(at(row).time) + QLatin1Char(' ') + wordsOf(at(row));
}

void ServerLogModel::add(const LifecycleEvent& event, Duration offset) {
    const std::uint32_t number = event.connection.number;
    if (const auto* both = std::get_if<Finished>(&event.what)) {
        m_pending.push_back({wallTime(both->acceptedAt, offset), number, both->accepted});
        m_pending.push_back({wallTime(event.time, offset), number, both->closed});
    } else {
        m_pending.push_back({wallTime(event.time, offset), number, event.what});
    }
}

void ServerLogModel::makeRoom() {
    const quint64 before = m_dropped;
    if (m_pending.size() > m_limit) {
        const std::size_t excess = m_pending.size() - m_limit;
        m_pending.erase(m_pending.begin(), m_pending.begin() + static_cast<std::ptrdiff_t>(excess));
        m_dropped += excess;
    }
    if (const std::size_t all = m_rows.size() + m_pending.size(); all > m_limit) {
        const auto excess = static_cast<std::ptrdiff_t>(all - m_limit);
        beginRemoveRows({}, 0, static_cast<int>(excess) - 1);
        m_rows.erase(m_rows.begin(), m_rows.begin() + excess);
        endRemoveRows();
        m_dropped += static_cast<quint64>(excess);
    }
    if (m_dropped != before)
        Q_EMIT droppedRowsChanged();
}

void ServerLogModel::commit() {
    if (m_pending.empty())
        return;
    makeRoom();
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(m_pending.size()) - 1);
    std::ranges::move(m_pending, std::back_inserter(m_rows));
    m_pending.clear();
    endInsertRows();
}

} // namespace sscope
