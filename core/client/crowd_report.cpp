#include "core/client/crowd_report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/csv.h"
#include "core/client/message_words.h"
#include "core/client/send_arguments.h"

namespace sscope {

namespace {

using nlohmann::ordered_json;

std::string milliseconds(Duration duration) {
    return fmt::format("{:g}", std::chrono::duration<double, std::milli>(duration).count());
}

/// Empty where the connection is done, or nothing has failed but the replies.
Error errorOf(const CrowdSnapshot& now, const CrowdResult& result) {
    return result.reason < now.reasons.size() ? now.reasons[result.reason].error : Error();
}

ordered_json textOrNull(const std::string& text) {
    return text.empty() ? ordered_json() : ordered_json(text);
}

} // namespace

std::vector<std::string> crowdArguments(const CrowdConfig& config) {
    std::vector<std::string> words = sendArguments(config.client);
    const auto add = [&](const char* option, const std::string& value) {
        words.emplace_back(option);
        words.push_back(value);
    };
    const ExchangePlan& plan = config.plan;
    add("--connections", std::to_string(config.connections));
    if (config.together)
        words.emplace_back("--together");
    if (plan.repeat != 1)
        add("--repeat", std::to_string(plan.repeat));
    if (plan.interval > Duration::zero())
        add("--interval", milliseconds(plan.interval));
    if (plan.halfClose)
        words.emplace_back("--half-close");
    if (plan.untilClose)
        words.emplace_back("--until-close");
    if (plan.replies)
        add("--replies", std::to_string(*plan.replies));
    if (plan.wait != ExchangePlan().wait)
        add("--wait", fmt::format("{:g}", std::chrono::duration<double>(plan.wait).count()));
    std::vector<std::string> messages;
    for (const ExchangeMessage& message : plan.messages)
        messages.emplace_back(textOf(message.content));
    const MessageWords spelled = messageWords(messages);
    if (!spelled.option.empty())
        words.push_back(spelled.option);
    if (!spelled.words.empty())
        words.emplace_back("--");
    words.insert(words.end(), spelled.words.begin(), spelled.words.end());
    return words;
}

const char* exchangeEndName(ExchangeEnd end) {
    switch (end) {
    case ExchangeEnd::Done:
        return "done";
    case ExchangeEnd::NetworkSaidNo:
        return "failed";
    case ExchangeEnd::TimedOut:
        return "no reply";
    case ExchangeEnd::PeerClosed:
        return "closed";
    case ExchangeEnd::ProtocolBroken:
        return "protocol";
    case ExchangeEnd::Cancelled:
        return "cancelled";
    }
    return "";
}

std::string crowdCsv(const CrowdProgress& progress) {
    const auto results = progress.results(0);
    const CrowdSnapshot now = progress.snapshot();
    std::string text = "connection,end,errno,reason,local,peer,sent_bytes,received_bytes,replies,"
                       "duration_us\r\n";
    for (const CrowdResult& result : results) {
        const Error error = errorOf(now, result);
        text += fmt::format("{},{},{},{},{},{},{},{},{},{}\r\n", result.connection,
                            exchangeEndName(result.end), errorName(error.code),
                            csvField(error.code ? errorText(error) : std::string()),
                            csvField(result.local), csvField(result.peer), result.sentBytes,
                            result.receivedBytes, result.replies, microseconds(result.lasted));
    }
    return text;
}

std::string crowdJson(const CrowdProgress& progress) {
    const auto results = progress.results(0);
    const CrowdSnapshot now = progress.snapshot();
    ordered_json reasons = ordered_json::array();
    for (const CrowdReason& reason : now.reasons)
        reasons.push_back(
            {{"end", exchangeEndName(reason.end)},
             {"errno", textOrNull(errorName(reason.error.code))},
             {"message", textOrNull(reason.error.code ? errorText(reason.error) : "")},
             {"connections", reason.connections}});
    ordered_json rows = ordered_json::array();
    for (const CrowdResult& result : results)
        rows.push_back({{"connection", result.connection},
                        {"end", exchangeEndName(result.end)},
                        {"errno", textOrNull(errorName(errorOf(now, result).code))},
                        {"local", textOrNull(result.local)},
                        {"peer", textOrNull(result.peer)},
                        {"sent_bytes", result.sentBytes},
                        {"received_bytes", result.receivedBytes},
                        {"replies", result.replies},
                        {"duration_us", microseconds(result.lasted)}});
    const ordered_json all{{"connections", now.connections},
                           {"done", now.done},
                           {"failed", now.failed},
                           {"cancelled", now.cancelled},
                           {"most_open", now.mostOpen},
                           {"sent_bytes", now.sentBytes},
                           {"received_bytes", now.receivedBytes},
                           {"duration_ms", microseconds(now.elapsed) / 1000},
                           {"failures", std::move(reasons)},
                           {"results", std::move(rows)}};
    return all.dump(1, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

} // namespace sscope
