// What durable messages cost: so many a second by group commit, and one transaction, with its
// fsync, for each beside it. Usage: bench_chat [rounds] [messages] [folder]

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include <unistd.h>

#include "core/storage/chat_store.h"
#include "tests/bench/statistics.h"

namespace {

using namespace sscope;
using namespace sscope::bench;

// Of the people of a busy server; each waits for its answer before it says more.
constexpr std::size_t onTheWay = 256;

/// About a hundred characters that are not always the same: each goes into the index too.
std::string textOf(std::size_t number) {
    static constexpr const char* words[]{"who",   "has", "seen",  "the",   "server", "of",
                                         "today", "it",  "sends", "again", "what",   "nobody",
                                         "asked", "for", "and",   "then",  "waits",  "until"};
    std::string text;
    for (std::uint32_t state = static_cast<std::uint32_t>(number); text.size() < 90;) {
        state = state * 1664525 + 1013904223; // Numerical Recipes' generator
        text += words[(state >> 16) % std::size(words)];
        text += ' ';
    }
    return text + std::to_string(number);
}

ChatEntry entryOf(std::size_t number) {
    return {.token = number,
            .room = "den",
            .author = "ann",
            .clientId = std::to_string(number),
            .text = textOf(number),
            .time = static_cast<WallTime>(number)};
}

double seconds(TimePoint since) {
    return std::chrono::duration<double>(SteadyClock::now() - since).count();
}

std::unique_ptr<ChatHistory> newHistory(const std::string& path) {
    for (const char* const suffix : {"", "-wal", "-shm", "-lock"})
        std::filesystem::remove(path + suffix);
    auto history = ChatHistory::open(path);
    if (!history)
        std::abort();
    return std::move(*history);
}

/// Messages a second with onTheWay of them unanswered at a time.
double groupCommit(const std::string& path, std::size_t messages, std::size_t& transactions) {
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t stored = 0;
    ChatStore store(newHistory(path), nullptr, {},
                    {.stored =
                         [&](std::vector<ChatStored> results) {
                             const std::lock_guard lock(mutex);
                             for (const ChatStored& result : results)
                                 stored += result.outcome == ChatStored::Outcome::New ? 1 : 0;
                             ++transactions;
                             changed.notify_one();
                         },
                     .read = [](std::uint64_t, auto) {},
                     .state = [](ChatStorageState) { std::abort(); }});
    if (!store.start())
        std::abort();
    const TimePoint began = SteadyClock::now();
    for (std::size_t given = 0; given < messages;) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return given - stored < onTheWay; });
        const std::size_t room = std::min(onTheWay - (given - stored), messages - given);
        lock.unlock();
        for (std::size_t i = 0; i < room; ++i)
            store.append(entryOf(++given));
    }
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return stored == messages; });
    return static_cast<double>(messages) / seconds(began);
}

double oneByOne(const std::string& path, std::size_t messages) {
    const auto history = newHistory(path);
    const TimePoint began = SteadyClock::now();
    for (std::size_t i = 1; i <= messages; ++i) {
        const ChatEntry entry = entryOf(i);
        if (history->append(std::span(&entry, 1)).front().outcome != ChatStored::Outcome::New)
            std::abort();
    }
    return static_cast<double>(messages) / seconds(began);
}

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
    const auto messages = static_cast<std::size_t>(argc > 2 ? std::atoi(argv[2]) : 20000);
    const std::string path =
        std::string(argc > 3 ? argv[3] : "/var/tmp") + "/bench_chat." + std::to_string(::getpid());
    std::vector<double> grouped;
    std::vector<double> single;
    std::vector<double> ratios;
    std::size_t transactions = 0;
    for (int round = 0; round < rounds; ++round) {
        grouped.push_back(groupCommit(path, messages, transactions));
        single.push_back(oneByOne(path, messages / 20));
        ratios.push_back(grouped.back() / single.back());
    }
    newHistory(path).reset();
    for (const char* const suffix : {"", "-wal", "-shm", "-lock"})
        std::filesystem::remove(path + suffix);
    std::printf("durable messages a second, %zu on the way, median of %d (minimum):\n"
                "  group commit             %8.0f (%.0f), %.0f in a transaction\n"
                "  a transaction for each   %8.0f (%.0f)\n"
                "  ratio                    %8.1f\n",
                onTheWay, rounds, median(grouped), minimum(grouped),
                static_cast<double>(messages) * rounds / static_cast<double>(transactions),
                median(single), minimum(single), median(ratios));
    return 0;
}
