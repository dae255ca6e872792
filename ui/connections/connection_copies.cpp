#include "ui/connections/connection_copies.h"

#include <nlohmann/json.hpp>

#include <QStringList>

#include "core/diagnostics/filter_text.h"
#include "core/diagnostics/table_csv.h"
#include "core/diagnostics/table_printer.h"
#include "ui/common/formats.h"

namespace sscope::connection_copies {

namespace {

template <typename Make>
QString anyOf(std::span<const SocketRow> rows, Make make) {
    QStringList terms;
    for (const SocketRow& row : rows) {
        const QString term = toQString(make(row));
        if (!term.isEmpty() && !terms.contains(term))
            terms.append(term);
    }
    if (terms.size() < 2)
        return terms.join(QString());
    return QStringLiteral("( %1 )").arg(terms.join(QStringLiteral(" ) or ( ")));
}

} // namespace

QString csv(std::span<const SocketRow> rows) {
    return toQString(printCsv(rows));
}

QString json(std::span<const SocketRow> rows) {
    auto all = nlohmann::ordered_json::array();
    for (const SocketRow& row : rows)
        all.push_back(toJson(row));
    return toQString(all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

QString ssFilter(std::span<const SocketRow> rows) {
    return anyOf(rows, ssFilterFor);
}

QString filter(std::span<const SocketRow> rows) {
    return anyOf(rows, filterFor);
}

} // namespace sscope::connection_copies
