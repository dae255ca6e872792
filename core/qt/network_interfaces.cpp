#include "core/qt/network_interfaces.h"

#include <algorithm>
#include <tuple>

#include <QNetworkInterface>

namespace sscope {

std::vector<LocalAddress> localAddresses() {
    std::vector<LocalAddress> found;
    const QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface& interface : interfaces) {
        if (!interface.flags().testFlag(QNetworkInterface::IsUp))
            continue;
        const QList<QNetworkAddressEntry> entries = interface.addressEntries();
        for (const QNetworkAddressEntry& entry : entries)
            found.push_back({entry.ip().toString().toStdString(), interface.name().toStdString(),
                             entry.ip().isLoopback()});
    }
    std::ranges::stable_sort(found, {}, [](const LocalAddress& local) {
        return std::tuple(!local.isLoopback, local.address.find(':') != std::string::npos);
    });
    return found;
}

} // namespace sscope
