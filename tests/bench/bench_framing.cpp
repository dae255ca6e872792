// What framing costs: bytes decoded a second, how the time grows where bytes come one at a time,
// and round trips of the message protocol against raw echoes of the same size, interleaved in one
// run. Usage: bench_framing [rounds] [round trips]

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

#include "core/framing/framings.h"
#include "tests/bench/loopback.h"
#include "tests/bench/serve_process.h"
#include "tests/bench/statistics.h"

namespace {

using namespace sscope;
using namespace sscope::bench;
using Clock = std::chrono::steady_clock;

/// Counts what a codec delivers, and looks at one byte of each.
struct CountingSink final : CodecSink {
    void deliver(const Message& message) override {
        bytes += message.content.size();
        if (!message.content.empty())
            touched += std::to_integer<unsigned>(message.content.front());
        ++messages;
    }
    void sending(const Message&) override {}
    void transmit(ByteView view) override { output += textOf(view); }
    void transmitFrom(std::unique_ptr<ByteSource>) override {}
    void needTimer(Duration) override {}
    void dropTimer() override {}
    void fail(std::string reason) override {
        std::fprintf(stderr, "bench_framing: %s\n", reason.c_str());
        std::abort();
    }
    void tooLong(std::size_t) override { std::abort(); }

    std::uint64_t bytes = 0;
    std::uint64_t messages = 0;
    unsigned touched = 0;
    std::string output;
};

std::string framed(const char* framing, std::size_t size) {
    CountingSink sink;
    const std::string content(size, 'x');
    if (!Framing::parse(framing)
             ->make(CodecRole::Client)
             ->send({.content = bytesOf(content)}, sink))
        std::abort();
    return sink.output;
}

double secondsOf(const std::function<void()>& work) {
    const auto begin = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

void decode(const char* framing, ByteView stream, std::size_t receive) {
    const auto codec = Framing::parse(framing)->make(CodecRole::Server);
    CountingSink sink;
    for (ByteView left = stream; !left.empty(); left = left.subspan(std::min(receive, left.size())))
        codec->receive(left.first(std::min(receive, left.size())), sink);
    if (sink.messages == 0)
        std::abort();
}

void measureDecoding(int rounds) {
    constexpr std::size_t contentSize = 1024;
    constexpr std::size_t wanted = 256 << 20;
    std::printf("Decoding messages of 1 KiB from receives of 64 KiB\n");
    for (const char* framing :
         {"length:u8", "length:u16be", "length:u32be", "line", "nul", "fixed:64", "message"}) {
        const bool isSmall = std::string_view(framing) == "length:u8";
        const bool isFixed = std::string_view(framing) == "fixed:64";
        const std::string one = framed(framing, isFixed ? 64 : isSmall ? 255 : contentSize);
        std::string stream;
        while (stream.size() < (1 << 20))
            stream += one;
        std::vector<double> rates;
        for (int round = 0; round < rounds; ++round) {
            const std::size_t turns = wanted / stream.size();
            const double seconds = secondsOf([&] {
                for (std::size_t i = 0; i < turns; ++i)
                    decode(framing, bytesOf(stream), 65536);
            });
            rates.push_back(static_cast<double>(turns * stream.size()) / seconds / 1e9);
        }
        std::printf("  %-14s %6.2f GB/s\n", framing, median(rates));
    }
}

/// One message of size bytes, a byte at a time: four times as many should take four times as long.
void measureSinglePieces(int rounds) {
    std::printf(
        "\nOne message in pieces of one byte: time for 4 MiB, and against that for 1 MiB\n");
    for (const char* framing : {"length:u32be", "line", "message"}) {
        const std::string small = framed(framing, 1 << 20);
        const std::string large = framed(framing, 4 << 20);
        std::vector<double> times;
        std::vector<double> ratios;
        for (int round = 0; round < rounds; ++round) {
            const double first = secondsOf([&] { decode(framing, bytesOf(small), 1); });
            times.push_back(secondsOf([&] { decode(framing, bytesOf(large), 1); }));
            ratios.push_back(times.back() / first);
        }
        std::printf("  %-14s %6.1f ms %6.2f\n", framing, median(times) * 1e3, median(ratios));
    }
}

/// Sends a request and reads as many bytes, over and over.
double roundTripsPerSecond(int fd, const std::string& request, int count) {
    std::string answer(request.size(), '\0');
    const double seconds = secondsOf([&] {
        for (int i = 0; i < count; ++i) {
            if (::send(fd, request.data(), request.size(), 0) !=
                static_cast<ssize_t>(request.size()))
                std::abort();
            if (::recv(fd, answer.data(), answer.size(), MSG_WAITALL) !=
                static_cast<ssize_t>(answer.size()))
                std::abort();
        }
    });
    return count / seconds;
}

void measureRoundTrips(int rounds, int count) {
    const ServeProcess raw("epoll");
    const ServeProcess message("epoll", {"--framing", "message"});
    const int rawFd = connectLoopback(SOCK_STREAM, raw.port());
    const int messageFd = connectLoopback(SOCK_STREAM, message.port());
    std::printf("\nRound trips of the message protocol against raw echoes of as many bytes\n");
    for (const std::size_t size : {std::size_t{16}, std::size_t{1024}, std::size_t{65536}}) {
        const std::string request = framed("message", size);
        std::vector<double> rates;
        std::vector<double> ratios;
        (void)roundTripsPerSecond(rawFd, request, count / 10);
        (void)roundTripsPerSecond(messageFd, request, count / 10);
        for (int round = 0; round < rounds; ++round) {
            const double plain = roundTripsPerSecond(rawFd, request, count);
            rates.push_back(roundTripsPerSecond(messageFd, request, count));
            ratios.push_back(rates.back() / plain);
        }
        std::printf("  content %6zu bytes %8.0f a second %6.2f\n", size, median(rates),
                    median(ratios));
    }
    ::close(rawFd);
    ::close(messageFd);
}

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
    const int count = argc > 2 ? std::atoi(argv[2]) : 10'000;
    measureDecoding(rounds);
    measureSinglePieces(rounds);
    measureRoundTrips(rounds, count);
    return 0;
}
