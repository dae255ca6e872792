#include "ui/servers/server_entry.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/servers/server_clients_model.h"

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

ServerEntry::ServerEntry() = default;
ServerEntry::ServerEntry(ServerEntry&&) noexcept = default;
ServerEntry& ServerEntry::operator=(ServerEntry&&) noexcept = default;
ServerEntry::~ServerEntry() = default;

QString ServerEntry::transportText() const {
    const std::string_view name = transportName(config.listen.front().transport);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString ServerEntry::addressText() const {
    const QString full =
        endpoints.isEmpty() ? toQString(config.listen.front().text()) : endpoints.front();
    QString text = withoutScheme(full);
    const qsizetype count =
        qMax<qsizetype>(endpoints.size(), static_cast<qsizetype>(config.listen.size()));
    if (count > 1)
        text += QStringLiteral(" +%1").arg(count - 1);
    return text;
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
        parts.append(isDatagram(config.listen.front().transport)
                         ? Words::tr("%n peer(s)", nullptr, count)
                         : Words::tr("%n client(s)", nullptr, count));
        if (totals.kernelDrops > 0)
            parts.append(Words::tr("%1 dropped").arg(countText(totals.kernelDrops)));
        if (totals.rejected > 0)
            parts.append(Words::tr("%1 rejected").arg(countText(totals.rejected)));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace sscope
