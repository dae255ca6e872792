#include "core/diagnostics/closed_export.h"

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/diagnostics/table_csv.h"
#include "core/diagnostics/table_printer.h"

namespace sscope {

namespace {

std::string timeText(std::chrono::system_clock::time_point time) {
    using std::chrono::nanoseconds;
    return rfc3339(std::chrono::duration_cast<nanoseconds>(time.time_since_epoch()).count());
}

std::int64_t milliseconds(Duration time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

/// The line without its end.
std::string front(const std::vector<std::string>& cells) {
    std::string line = csvLine(cells);
    line.back() = ',';
    return line;
}

std::string csvOf(const ClosedSocket& closed) {
    return front({timeText(closed.closedAt),
                  closed.age ? std::to_string(milliseconds(*closed.age)) : "",
                  csvOwners(closed.listenerOwners), ""}) +
           csvLines(closed.row, TableStyle::Full);
}

std::string csvOf(const HistoryGap& gap, std::size_t columns) {
    std::vector<std::string> cells(columns);
    cells[0] = timeText(gap.time);
    cells[3] = std::to_string(gap.lost);
    return csvLine(cells);
}

nlohmann::ordered_json jsonOf(const ClosedSocket& closed) {
    nlohmann::ordered_json json{{"closed_at", timeText(closed.closedAt)}, {"lived_ms", nullptr}};
    if (closed.age)
        json["lived_ms"] = milliseconds(*closed.age);
    SocketRow held;
    held.owners = closed.listenerOwners;
    json["listener_owners"] = toJson(held).at("owners");
    json.update(toJson(closed.row));
    return json;
}

nlohmann::ordered_json jsonOf(const HistoryGap& gap) {
    return {{"closed_at", timeText(gap.time)}, {"lost", gap.lost}};
}

} // namespace

std::string printClosedCsv(std::span<const SharedEntry> entries) {
    std::string text =
        front({"closed_at", "lived_ms", "listener_owners", "lost"}) + csvHeader(TableStyle::Full);
    const auto columns = 1 + static_cast<std::size_t>(std::ranges::count(text, ','));
    for (const SharedEntry& entry : entries) {
        if (const auto* closed = std::get_if<ClosedSocket>(entry.get()))
            text += csvOf(*closed);
        else
            text += csvOf(std::get<HistoryGap>(*entry), columns);
    }
    return text;
}

std::string printClosedJson(std::span<const SharedEntry> entries) {
    auto all = nlohmann::ordered_json::array();
    for (const SharedEntry& entry : entries)
        all.push_back(std::visit([](const auto& each) { return jsonOf(each); }, *entry));
    return all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

} // namespace sscope
