#include "core/load/load_report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/csv.h"

namespace sscope {

namespace {

using Json = nlohmann::ordered_json;

/// To the nanosecond.
double microsecondsOf(Duration duration) {
    return static_cast<double>(duration.count()) / 1000;
}

double secondsOf(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

std::string textOf(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string_view phaseName(LoadPhase phase) {
    constexpr std::array<std::string_view, 7> names{"waiting", "connecting", "running", "draining",
                                                    "done",    "cancelled",  "failed"};
    return names[static_cast<std::size_t>(phase)];
}

std::string_view stateName(RaceEntry::State state) {
    constexpr std::array<std::string_view, 6> names{"waiting", "starting", "running",
                                                    "done",    "failed",   "cancelled"};
    return names[static_cast<std::size_t>(state)];
}

Json latencyJson(const LatencyHistogram& latencies) {
    return {{"p50", microsecondsOf(latencies.percentile(0.5))},
            {"p90", microsecondsOf(latencies.percentile(0.9))},
            {"p99", microsecondsOf(latencies.percentile(0.99))},
            {"p999", microsecondsOf(latencies.percentile(0.999))},
            {"max", microsecondsOf(latencies.max())},
            {"min", microsecondsOf(latencies.min())},
            {"mean", microsecondsOf(latencies.mean())}};
}

Json configJson(const LoadConfig& config) {
    return {{"connections", config.connections},
            {"size", config.size},
            {"duration_s", secondsOf(config.duration)},
            {"rate", config.rate ? Json(*config.rate) : Json()},
            {"framing", config.framing.text()},
            {"reply_timeout_s", secondsOf(config.effectiveReplyTimeout())},
            {"verify", config.verifyEcho}};
}

Json intervalsJson(const LoadResult& result) {
    Json rows = Json::array();
    for (const LoadInterval& interval : result.intervals)
        rows.push_back({{"begin_s", secondsOf(interval.begin)},
                        {"length_s", secondsOf(interval.length)},
                        {"requests", interval.requests},
                        {"errors", interval.errors},
                        {"received_bytes", interval.receivedBytes},
                        {"p50_us", microsecondsOf(interval.p50)},
                        {"p90_us", microsecondsOf(interval.p90)},
                        {"p99_us", microsecondsOf(interval.p99)},
                        {"p999_us", microsecondsOf(interval.p999)},
                        {"max_us", microsecondsOf(interval.max)}});
    return rows;
}

/// [from, to, count]: so many requests took at least from and less than to microseconds.
Json histogramJson(const LatencyHistogram& latencies) {
    Json rows = Json::array();
    for (const LatencyHistogram::Bucket& bucket : latencies.buckets())
        rows.push_back({microsecondsOf(bucket.from), microsecondsOf(bucket.to), bucket.count});
    return rows;
}

Json errorsJson(const LoadResult& result) {
    Json errors = Json::object();
    for (std::size_t i = 0; i < loadErrorReasons; ++i) {
        if (result.errors[i].count > 0)
            errors[std::string(loadErrorName(static_cast<LoadErrorReason>(i)))] = {
                {"count", result.errors[i].count}, {"first", errorText(result.errors[i].first)}};
    }
    return errors;
}

Json totalsJson(const LoadResult& result) {
    Json json{{"endpoint", result.config.endpoint.text()},
              {"address", result.address},
              {"state", phaseName(result.phase)},
              {"started", result.started == 0 ? Json() : Json(rfc3339(result.started))},
              {"loop", result.config.isOpenLoop() ? "open" : "closed"},
              {"elapsed_s", secondsOf(result.elapsed)},
              {"requests", result.requests},
              {"per_second", result.perSecond()},
              {"errors", result.errorCount()},
              {"connections", result.connections},
              {"bytes_per_second", result.receivedBytesPerSecond()},
              {"latency_us", latencyJson(result.latencies)},
              {"due", result.due},
              {"failed", result.failed},
              {"unanswered", result.unanswered},
              {"never_served", result.neverServed},
              {"sent_bytes", result.sentBytes},
              {"received_bytes", result.receivedBytes},
              {"errors_by_reason", errorsJson(result)},
              {"load_cpu_s", secondsOf(result.cpuTime)},
              {"asked", configJson(result.config)}};
    if (result.config.isOpenLoop())
        json["sent_late_us"] = {{"p99", microsecondsOf(result.lateness.percentile(0.99))},
                                {"max", microsecondsOf(result.lateness.max())}};
    if (result.failure)
        json["failure"] = errorText(*result.failure);
    return json;
}

Json wholeJson(const LoadResult& result) {
    Json json = totalsJson(result);
    json["intervals"] = intervalsJson(result);
    json["histogram"] = histogramJson(result.latencies);
    return json;
}

constexpr const char* totalsHeader =
    "requests,per_second,errors,failed,unanswered,connections,never_served,bytes_per_second,"
    "p50_us,p90_us,p99_us,p999_us,max_us";

std::string totalsFields(const LoadResult& result) {
    const LatencyHistogram& latencies = result.latencies;
    return fmt::format(
        "{},{:.1f},{},{},{},{},{},{:.0f},{:.3f},{:.3f},{:.3f},{:.3f},{:.3f}", result.requests,
        result.perSecond(), result.errorCount(), result.failed, result.unanswered,
        result.connections, result.neverServed, result.receivedBytesPerSecond(),
        microsecondsOf(latencies.percentile(0.5)), microsecondsOf(latencies.percentile(0.9)),
        microsecondsOf(latencies.percentile(0.99)), microsecondsOf(latencies.percentile(0.999)),
        microsecondsOf(latencies.max()));
}

Json usageJson(const ServerUsage& usage) {
    return {
        {"memory_bytes", usage.memory}, {"threads", usage.threads}, {"processes", usage.processes}};
}

Json entryJson(const RaceEntry& entry) {
    Json json{{"model", entry.model}, {"state", stateName(entry.state)}};
    if (entry.failure)
        json["failure"] = errorText(*entry.failure);
    if (entry.load.requests == 0 && entry.state != RaceEntry::State::Done)
        return json;
    json["cpu_each_us"] = microsecondsOf(entry.cpuEach());
    json["cores"] = entry.cores();
    json["server_cpu_s"] = secondsOf(entry.underLoad.cpu);
    json["idle"] = usageJson(entry.idle);
    json["under_load"] = usageJson(entry.underLoad);
    json["load"] = wholeJson(entry.load);
    return json;
}

} // namespace

std::string loadJson(const LoadResult& result) {
    return textOf(wholeJson(result));
}

std::string loadCsv(const LoadResult& result) {
    std::string text = "begin_s,length_s,requests,errors,received_bytes,p50_us,p90_us,p99_us,"
                       "p999_us,max_us\n";
    for (const LoadInterval& interval : result.intervals)
        text +=
            fmt::format("{:.3f},{:.3f},{},{},{},{:.3f},{:.3f},{:.3f},{:.3f},{:.3f}\n",
                        secondsOf(interval.begin), secondsOf(interval.length), interval.requests,
                        interval.errors, interval.receivedBytes, microsecondsOf(interval.p50),
                        microsecondsOf(interval.p90), microsecondsOf(interval.p99),
                        microsecondsOf(interval.p999), microsecondsOf(interval.max));
    return text;
}

std::string comparisonJson(std::span<const NamedLoad> runs) {
    Json rows = Json::array();
    for (const NamedLoad& run : runs) {
        Json row{{"name", run.name}};
        row.update(wholeJson(run.result));
        rows.push_back(std::move(row));
    }
    return textOf(Json{{"runs", std::move(rows)}});
}

std::string comparisonCsv(std::span<const NamedLoad> runs) {
    std::string text =
        fmt::format("name,endpoint,loop,rate,size,framing,started,elapsed_s,{}\n", totalsHeader);
    for (const NamedLoad& run : runs) {
        const LoadConfig& config = run.result.config;
        text +=
            fmt::format("{},{},{},{},{},{},{},{:.3f},{}\n", csvField(run.name),
                        csvField(config.endpoint.text()), config.isOpenLoop() ? "open" : "closed",
                        config.rate ? fmt::format("{:g}", *config.rate) : "", config.size,
                        config.framing.text(), rfc3339(run.result.started),
                        secondsOf(run.result.elapsed), totalsFields(run.result));
    }
    return text;
}

std::string raceJson(const RaceResult& result) {
    Json rows = Json::array();
    for (const RaceEntry& entry : result.entries)
        rows.push_back(entryJson(entry));
    Json json{{"service", result.config.service},
              {"host", result.host},
              {"kernel", result.kernel},
              {"cores", result.cores},
              {"started", rfc3339(result.started)},
              {"elapsed_s", secondsOf(result.elapsed)},
              {"cancelled", result.wasCancelled},
              {"load", configJson(result.config.load)},
              {"models", std::move(rows)}};
    return textOf(json);
}

std::string raceCsv(const RaceResult& result) {
    std::string text = fmt::format("model,state,{},cpu_each_us,cores,memory_bytes,idle_memory_"
                                   "bytes,threads,processes,failure\n",
                                   totalsHeader);
    for (const RaceEntry& entry : result.entries)
        text += fmt::format("{},{},{},{:.3f},{:.2f},{},{},{},{},{}\n", entry.model,
                            stateName(entry.state), totalsFields(entry.load),
                            microsecondsOf(entry.cpuEach()), entry.cores(), entry.underLoad.memory,
                            entry.idle.memory, entry.underLoad.threads, entry.underLoad.processes,
                            entry.failure ? csvField(errorText(*entry.failure)) : "");
    return text;
}

} // namespace sscope
