#include "ui/servers/server_entry.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/servers/server_chat.h"
#include "ui/servers/server_clients_model.h"
#include "ui/servers/server_log_model.h"
#include "ui/servers/server_loops_model.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::ServerEntry)
};

} // namespace

void RateHistory::sample(quint64 total) {
    std::rotate(m_rates.begin(), m_rates.begin() + 1, m_rates.end());
    m_rates.back() = static_cast<double>(total - std::min(m_total, total));
    m_total = total;
}

bool RateHistory::isFlat() const {
    return std::ranges::all_of(m_rates, [](double rate) { return rate == 0; });
}

ServerEntry::ServerEntry()
    : clients(std::make_unique<ServerClientsModel>()),
      chat(std::make_unique<ServerChat>(*clients)),
      loops(std::make_unique<ServerLoopsModel>()),
      log(std::make_unique<ServerLogModel>()) {}
ServerEntry::ServerEntry(ServerEntry&&) noexcept = default;
ServerEntry& ServerEntry::operator=(ServerEntry&&) noexcept = default;
ServerEntry::~ServerEntry() = default;

QString ServerEntry::transportText() const {
    const std::string_view name = transportName(config.listen.front().transport);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QStringList ServerEntry::allEndpoints() const {
    QStringList all;
    for (const QString& endpoint : endpoints)
        all.append(toQString(displaySafe(endpoint.toStdString())));
    // While it starts, and once it is stopped, what it was asked for.
    for (std::size_t i = 0; endpoints.isEmpty() && i < config.listen.size(); ++i)
        all.append(toQString(displaySafe(config.listen[i].text())));
    return all;
}

QString ServerEntry::addressText() const {
    const QStringList all = allEndpoints();
    const QString text = withoutScheme(all.front());
    return all.size() > 1 ? QStringLiteral("%1 +%2").arg(text).arg(all.size() - 1) : text;
}

QString ServerEntry::statusText() const {
    QString word;
    switch (status) {
    case ServerStatus::Starting:
        word = Words::tr("Starting");
        break;
    case ServerStatus::Running:
        word = Words::tr("Running");
        break;
    case ServerStatus::Stopping:
        word = Words::tr("Stopping");
        break;
    case ServerStatus::Stopped:
        word = Words::tr("Stopped");
        break;
    case ServerStatus::Failed:
        return Words::tr("Failed: %1").arg(reasonWords(error));
    }
    QStringList parts{word, toQString(config.model)};
    if (status == ServerStatus::Running) {
        const int count = clients->rowCount();
        parts.append(isChat() ? Words::tr("%n person(s)", nullptr, chat->people())
                     : isDatagram(config.listen.front().transport)
                         ? Words::tr("%n peer(s)", nullptr, count)
                         : Words::tr("%n client(s)", nullptr, count));
    }
    return parts.join(QStringLiteral(" · "));
}

QString ServerEntry::joinText() const {
    const QString words = Words::tr("Join this chat (%1)").arg(QStringLiteral("J"));
    if (config.model != "iterative")
        return words;
    return words + QLatin1Char('\n') +
           Words::tr("The model iterative serves one person at a time: whoever joins while "
                     "somebody is there waits until they leave.");
}

QString ServerEntry::cautionText() const {
    QStringList parts;
    if (chat->overview().storage == ChatStorageState::Full)
        parts.append(Words::tr("disk full, nothing is accepted"));
    else if (chat->overview().storage == ChatStorageState::Failed)
        parts.append(Words::tr("history not written, nothing is accepted"));
    if (acceptQueue.waiting > 0)
        parts.append(Words::tr("%1 waiting of %2")
                         .arg(countText(acceptQueue.waiting), countText(acceptQueue.backlog)));
    if (totals.kernelDrops > 0)
        parts.append(Words::tr("%1 dropped").arg(countText(totals.kernelDrops)));
    if (totals.rejected > 0)
        parts.append(Words::tr("%1 rejected").arg(countText(totals.rejected)));
    return status == ServerStatus::Running ? parts.join(QStringLiteral(" · ")) : QString();
}

} // namespace sscope
