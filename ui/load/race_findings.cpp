#include "ui/load/race_findings.h"

#include <algorithm>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/load/load_text.h"
#include "ui/load/race_model.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::RaceFindings)
};

// Figures nearer to each other than this are told as alike.
constexpr double alike = 0.05;
// A server counts as busier, or as cheaper, from here on.
constexpr double clearly = 1.15;
// So many times the memory of another is worth a sentence.
constexpr double muchMemory = 4;
// Around a model's name until its place in the whole sentence is known.
constexpr QChar nameBegin(1);
constexpr QChar nameEnd(2);

using Entries = std::vector<const RaceEntry*>;

QString nameOf(const RaceEntry& entry) {
    return nameBegin + toQString(entry.model) + nameEnd;
}

QString listOf(const Entries& entries) {
    QStringList names;
    for (const RaceEntry* entry : entries)
        names.append(nameOf(*entry));
    if (names.size() < 2)
        return names.join(QString());
    const QString last = names.takeLast();
    return Words::tr("%1 and %2").arg(names.join(Words::tr(", ")), last);
}

Finding findingOf(const QStringList& sentences, bool isCaution = false) {
    Finding finding{.text = {}, .names = {}, .isCaution = isCaution};
    int begin = 0;
    // A number and its unit stay in one line.
    static const QRegularExpression unit(QStringLiteral("(?<=[0-9]) (?=(µs|ms|s|KiB|MiB|GiB)\\b)"));
    const QString text = sentences.join(QLatin1Char(' ')).replace(unit, QString(QChar::Nbsp));
    for (const QChar c : text) {
        if (c == nameBegin)
            begin = static_cast<int>(finding.text.size());
        else if (c == nameEnd)
            finding.names.emplace_back(begin, static_cast<int>(finding.text.size()) - begin);
        else
            finding.text += c;
    }
    return finding;
}

/// The best one first, then those that are alike.
Entries bestOf(const Entries& entries, int column) {
    Entries sorted = entries;
    const bool isMost = RaceModel::bestFirst(column) == Qt::DescendingOrder;
    std::ranges::stable_sort(sorted, [&](const RaceEntry* a, const RaceEntry* b) {
        const double first = raceValue(*a, column);
        const double second = raceValue(*b, column);
        return isMost ? first > second : first < second;
    });
    const double best = raceValue(*sorted.front(), column);
    const auto isWorse = [&](const RaceEntry* entry) {
        const double value = raceValue(*entry, column);
        return isMost ? value < best * (1 - alike) : value > best * (1 + alike);
    };
    sorted.erase(std::ranges::find_if(sorted, isWorse), sorted.end());
    return sorted;
}

bool keepsRate(const Entries& entries, double rate) {
    return std::ranges::all_of(entries, [&](const RaceEntry* entry) {
        return entry->load.perSecond() > rate * (1 - alike);
    });
}

/// Who answers most, and whether that is for more cores or for less work.
void addThroughput(const RaceResult& result, const Entries& entries, std::vector<Finding>& all) {
    if (const auto rate = result.config.load.rate; rate && keepsRate(entries, *rate)) {
        all.push_back(findingOf({Words::tr("All answer the %1 requests a second that were asked: "
                                           "what tells them apart is latency and cost.")
                                     .arg(perSecondText(*rate))}));
        return;
    }
    const Entries most = bestOf(entries, RaceModel::RateColumn);
    const Entries cheapest = bestOf(entries, RaceModel::CpuColumn);
    const RaceEntry& first = *most.front();
    const RaceEntry& cheap = *cheapest.front();
    if (most.size() == entries.size()) {
        all.push_back(
            findingOf({Words::tr("%1 answer as many requests, within 5 %.").arg(listOf(most))}));
        return;
    }
    QStringList sentences;
    const bool hasCpu = first.cpuEach() > Duration::zero() && cheap.cpuEach() > Duration::zero();
    const double ratio =
        hasCpu ? raceValue(first, RaceModel::CpuColumn) / raceValue(cheap, RaceModel::CpuColumn)
               : 1;
    const bool isByCores = hasCpu && ratio > clearly && first.cores() > cheap.cores() * clearly;
    if (isByCores) {
        sentences << Words::tr("%1 answers most because it keeps %2 cores busy, %3 %4.")
                         .arg(nameOf(first))
                         .arg(first.cores(), 0, 'f', 1)
                         .arg(nameOf(cheap))
                         .arg(cheap.cores(), 0, 'f', 1)
                  << Words::tr("For each second of CPU time %1 answers %2 times as many.")
                         .arg(toQString(cheap.model))
                         .arg(ratio, 0, 'f', 1);
    } else if (most.size() > 1) {
        sentences << Words::tr("%1 answer most, alike within 5 %.").arg(listOf(most));
    } else {
        sentences << Words::tr("%1 answers most.").arg(nameOf(first));
    }
    if (!isByCores && hasCpu)
        sentences << (&first == &cheap
                          ? Words::tr("It also takes the least CPU time for each: %1.")
                                .arg(processorTimeText(cheap.cpuEach()))
                          : Words::tr("%1 takes the least CPU time for each: %2.")
                                .arg(nameOf(cheap), processorTimeText(cheap.cpuEach())));
    all.push_back(findingOf(sentences));
}

bool sharesCores(const RaceEntry& entry, unsigned cores) {
    return cores > 0 && std::max(entry.underLoad.threads, entry.underLoad.processes) > 2 * cores;
}

/// Who answers soonest in the middle, and who at the end.
void addLatency(const RaceResult& result, const Entries& entries, std::vector<Finding>& all) {
    const auto tailOf = [](const RaceEntry* entry) {
        return entry->load.latencies.percentile(0.999);
    };
    const Entries soonest = bestOf(entries, RaceModel::P50Column);
    if (soonest.size() == entries.size())
        return;
    Duration longestOfOthers{};
    Duration shortestOfThese = Duration::max();
    for (const RaceEntry* entry : entries) {
        if (std::ranges::find(soonest, entry) == soonest.end())
            longestOfOthers = std::max(longestOfOthers, tailOf(entry));
        else
            shortestOfThese = std::min(shortestOfThese, tailOf(entry));
    }
    const bool isPlural = soonest.size() > 1;
    if (shortestOfThese > longestOfOthers) {
        const bool isShared = std::ranges::all_of(
            soonest, [&](const RaceEntry* entry) { return sharesCores(*entry, result.cores); });
        const QString lead =
            isPlural ? Words::tr("%1 have the lowest p50 and the longest tail").arg(listOf(soonest))
                     : Words::tr("%1 has the lowest p50 and the longest tail").arg(listOf(soonest));
        all.push_back(findingOf(
            {isShared ? Words::tr("%1: %2 of them share %3 cores, and some wait for their turn.")
                            .arg(lead)
                            .arg(result.config.load.connections)
                            .arg(result.cores)
                      : Words::tr("%1.").arg(lead)}));
        return;
    }
    const Entries steadiest = bestOf(entries, RaceModel::P99Column);
    const RaceEntry& quick = *soonest.front();
    const RaceEntry& steady = *steadiest.front();
    const QString p50 = shortLatencyText(quick.load.latencies.percentile(0.5));
    const QString p99 = shortLatencyText(steady.load.latencies.percentile(0.99));
    all.push_back(findingOf(
        {&quick == &steady ? Words::tr("%1 has the lowest p50, %2, and the lowest p99, %3.")
                                 .arg(nameOf(quick), p50, p99)
                           : Words::tr("%1 has the lowest p50, %2; %3 has the lowest p99, %4.")
                                 .arg(nameOf(quick), p50, nameOf(steady), p99)}));
}

void addMemory(const Entries& entries, std::vector<Finding>& all) {
    const auto memoryOf = [](const RaceEntry* entry) { return entry->underLoad.memory; };
    const RaceEntry& most = **std::ranges::max_element(entries, {}, memoryOf);
    const RaceEntry& least = **std::ranges::min_element(entries, {}, memoryOf);
    if (least.underLoad.memory == 0)
        return;
    const double times =
        static_cast<double>(most.underLoad.memory) / static_cast<double>(least.underLoad.memory);
    if (times >= muchMemory)
        all.push_back(findingOf({Words::tr("%1 needs %2 of memory, %3 times as much as %4.")
                                     .arg(nameOf(most), bytesText(most.underLoad.memory))
                                     .arg(times, 0, 'f', 0)
                                     .arg(nameOf(least))}));
}

/// The load took a core for itself: its own speed is part of what was measured.
void addOwnLimit(const Entries& entries, std::vector<Finding>& all) {
    Entries limited;
    std::ranges::copy_if(entries, std::back_inserter(limited),
                         [](const RaceEntry* entry) { return entry->load.ownCore() > 0.95; });
    if (!limited.empty())
        all.push_back(findingOf(
            {Words::tr("While %1 ran, the load itself kept its core busy: a faster client might "
                       "get more out of the server.")
                 .arg(listOf(limited))},
            true));
}

/// "It looks quick" only where it does.
void addWaited(const RaceEntry& entry, const Entries& comparable, std::vector<Finding>& all) {
    const std::uint32_t waited = entry.load.neverServed;
    const std::uint32_t asked = entry.load.config.connections;
    const std::uint32_t served = asked > waited ? asked - waited : 0;
    const Duration p50 = entry.load.latencies.percentile(0.5);
    const bool looksQuick = RaceModel::hasFigures(entry) && !comparable.empty() &&
                            std::ranges::all_of(comparable, [&](const RaceEntry* other) {
                                return p50 < other->load.latencies.percentile(0.5);
                            });
    const int count = static_cast<int>(served);
    const QString lead =
        looksQuick
            ? (count == 1 ? Words::tr("%1 looks quick because it served one connection only")
                          : Words::tr("%1 looks quick because it served %n connection(s) only",
                                      nullptr, count))
            : (count == 1 ? Words::tr("%1 served one connection only")
                          : Words::tr("%1 served %n connection(s) only", nullptr, count));
    all.push_back(findingOf({Words::tr("%1; the other %2 waited in the backlog to the end, and are "
                                       "not in its percentiles.")
                                 .arg(lead.arg(nameOf(entry)))
                                 .arg(waited)},
                            true));
}

void addTrouble(const RaceEntry& entry, const Entries& comparable, std::vector<Finding>& all) {
    if (entry.state == RaceEntry::State::Failed) {
        all.push_back(findingOf(
            {Words::tr("%1 did not run: %2")
                 .arg(nameOf(entry), entry.failure ? errorWords(*entry.failure) : QString())},
            true));
        return;
    }
    if (entry.state != RaceEntry::State::Done)
        return;
    if (entry.load.neverServed > 0)
        addWaited(entry, comparable, all);
    else if (entry.load.connections < entry.load.config.connections)
        all.push_back(findingOf({Words::tr("%1 had %2 of %3 connections, and is not compared.")
                                     .arg(nameOf(entry))
                                     .arg(entry.load.connections)
                                     .arg(entry.load.config.connections)},
                                true));
    else if (const std::uint64_t errors = entry.load.errorCount(); errors > 0)
        all.push_back(findingOf({Words::tr("%1 had %2 errors; what failed is not in its "
                                           "percentiles, and so it is not compared.")
                                     .arg(nameOf(entry), countText(errors))},
                                true));
}

} // namespace

std::vector<Finding> raceFindings(const RaceResult& result) {
    std::vector<Finding> all;
    Entries comparable;
    for (const RaceEntry& entry : result.entries) {
        if (RaceModel::isComparable(entry))
            comparable.push_back(&entry);
    }
    if (comparable.size() > 1) {
        addThroughput(result, comparable, all);
        addLatency(result, comparable, all);
        addMemory(comparable, all);
        addOwnLimit(comparable, all);
    }
    for (const RaceEntry& entry : result.entries)
        addTrouble(entry, comparable, all);
    return all;
}

} // namespace sscope
