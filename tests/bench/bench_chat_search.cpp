// How long a search in a chat's history takes, beside what SQLite needs to look at each text.
// Usage: bench_chat_search [messages] [rounds] [folder]

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <unistd.h>

#include <fmt/format.h>

#include "core/base/utf8.h"
#include "core/storage/chat_history.h"
#include "tests/bench/statistics.h"

namespace {

using namespace sscope;
using namespace sscope::bench;

double seconds(TimePoint since) {
    return std::chrono::duration<double>(SteadyClock::now() - since).count();
}

/// The same texts at each run: 3 to 22 words of 20 000, common ones often; each tenth in Chinese.
class Texts {
public:
    Texts() {
        for (int i = 0; i < 20'000; ++i) {
            std::string word;
            for (std::uint32_t left = 2 + next(9); left > 0; --left)
                word += "etaoinshrdlucmfwypvbgkqjxz"[skewed(26)];
            m_words.push_back(word);
        }
    }
    std::uint32_t next(std::uint32_t below) {
        m_state = m_state * 1664525 + 1013904223; // Numerical Recipes' generator
        return (m_state >> 8) % below;
    }
    std::string make() {
        std::string text;
        const bool isChinese = next(10) == 0;
        for (std::uint32_t left = 3 + next(20); left > 0; --left) {
            if (isChinese)
                appendUtf8(text, static_cast<char32_t>(0x4E00 + skewed(3000)));
            else
                text += m_words[skewed(20'000)] + ' ';
        }
        return text;
    }

private:
    std::uint32_t skewed(std::uint32_t below) { return next(next(below) + 1); }

    std::uint32_t m_state = 1;
    std::vector<std::string> m_words;
};

void removeFile(const std::string& path) {
    for (const char* const suffix : {"", "-wal", "-shm", "-lock"})
        std::filesystem::remove(path + suffix);
}

void fill(const std::string& path, std::size_t messages) {
    Texts texts;
    auto history = ChatHistory::open(path);
    if (!history)
        std::abort();
    const TimePoint began = SteadyClock::now();
    for (std::size_t made = 0; made < messages;) {
        std::vector<ChatEntry> batch;
        for (; batch.size() < 250 && made < messages; ++made)
            batch.push_back({.room = fmt::format("room{}", texts.next(20)),
                             .author = "ann",
                             .clientId = std::to_string(made),
                             .text = texts.make(),
                             .time = static_cast<WallTime>(made)});
        if ((*history)->append(batch).front().outcome != ChatStored::Outcome::New)
            std::abort();
    }
    const double stored = static_cast<double>(messages) / seconds(began);
    const TimePoint indexing = SteadyClock::now();
    while ((*history)->index(250).value()) {
    }
    std::printf("%zu messages in 20 rooms, %.0f a second, indexed %.0f a second, %ju MiB\n",
                messages, stored, static_cast<double>(messages) / seconds(indexing),
                static_cast<std::uintmax_t>(std::filesystem::file_size(path) >> 20));
}

} // namespace

int main(int argc, char** argv) {
    const auto messages = static_cast<std::size_t>(argc > 1 ? std::atol(argv[1]) : 1'000'000);
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 9;
    const std::string path =
        fmt::format("{}/bench_chat_search.{}", argc > 3 ? argv[3] : "/var/tmp", ::getpid());
    fill(path, messages);
    const auto reader = ChatHistory::openReader(path);
    auto plain = SqliteFile::open(path, true);
    if (!reader || !plain)
        std::abort();
    std::vector<double> scans;
    for (int round = 0; round < rounds; ++round) {
        const TimePoint began = SteadyClock::now();
        (void)plain->textOf("SELECT count(*) FROM messages WHERE instr(text, 'no such words')");
        scans.push_back(1000 * seconds(began));
    }
    std::printf("a look at each (instr)     median %8.2f ms\n", median(scans));
    for (const char* const room : {"", "room3"}) {
        for (const char* const text :
             {"no such words", "zzzq", "etaoi", "eta", "ae", "e", "一丁", "一"}) {
            std::vector<double> times;
            std::size_t found = 0;
            for (int round = 0; round < rounds; ++round) {
                const TimePoint began = SteadyClock::now();
                found = (*reader)->read({.room = room, .limit = 200, .search = text})->size();
                times.push_back(1000 * seconds(began));
            }
            std::printf("%-9s %-16s median %8.2f ms, worst %8.2f, %zu found\n",
                        *room ? room : "all rooms", text, median(times), percentile(times, 1),
                        found);
        }
    }
    removeFile(path);
    return 0;
}
