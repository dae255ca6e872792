#include "ui/servers/server_entry.h"

#include <algorithm>

#include "ui/common/formats.h"
#include "ui/servers/server_clients_model.h"

namespace sscope {

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

ServerTotals ServerEntry::sum() const {
    ServerTotals all;
    for (const auto& [loop, one] : totals)
        all += one;
    return all;
}

QString ServerEntry::transportText() const {
    const std::string_view name = transportName(config.listen.front().transport);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString ServerEntry::addressText() const {
    const QString full =
        endpoints.isEmpty() ? toQString(config.listen.front().text()) : endpoints.front();
    const qsizetype schemeEnd = full.indexOf(QStringLiteral("://"));
    QString text = schemeEnd < 0 ? full : full.mid(schemeEnd + 3);
    const qsizetype count =
        qMax<qsizetype>(endpoints.size(), static_cast<qsizetype>(config.listen.size()));
    if (count > 1)
        text += QStringLiteral(" +%1").arg(count - 1);
    return text;
}

} // namespace sscope
