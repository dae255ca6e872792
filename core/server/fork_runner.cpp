#include "core/server/fork_runner.h"

#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "core/base/byte_buffer.h"
#include "core/server/process_child.h"

namespace sscope {

namespace {

constexpr std::size_t readSize = 65536;

void writeAll(int fd, ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count > 0)
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        else if (errno != EINTR)
            return;
    }
}

/// What a child says is the protocol error as a message, if any, and the replies after it.
[[noreturn]] void handleInChild(const SessionLoop& loop, const Message& message, int pipe) {
    resetSignals();
    std::signal(SIGPIPE, SIG_DFL);
    closeAllBut({pipe});
    const DatagramOutcome outcome =
        handleDatagram(loop.service(), loop.config().settings, message, processName());
    std::vector<std::byte> told;
    appendTo(told, {.content = bytesOf(outcome.protocolError)});
    for (const OwnedMessage& reply : outcome.replies)
        appendTo(told, reply.view());
    writeAll(pipe, told);
    ::_exit(0);
}

DatagramOutcome parseOutcome(ByteView bytes) {
    DatagramOutcome outcome;
    if (const auto error = takeMessage(bytes))
        outcome.protocolError = textOf(error->content);
    while (auto reply = takeMessage(bytes))
        outcome.replies.push_back(std::move(*reply));
    return outcome;
}

} // namespace

/// Collects what a process writes until it ends.
class ForkRunner::Child final : public EventHandler {
public:
    Child(ForkRunner& runner, UniqueFd fd, Done done)
        : m_runner(runner), m_fd(std::move(fd)), m_done(std::move(done)) {}

    Result<void> start(EventLoop& loop) {
        auto watch = loop.watch(m_fd.get(), Interest::Read, *this);
        if (!watch)
            return Failure(std::move(watch.error()));
        m_watch = std::move(*watch);
        return {};
    }
    void handleEvents(Readiness) override {
        const auto room = m_runner.m_loop.loop().receiveBuffer(readSize);
        const ssize_t count = ::read(m_fd.get(), room.data(), room.size());
        if (count > 0)
            m_output.append(room.first(static_cast<std::size_t>(count)));
        else if (count == 0 || errno != EINTR)
            m_runner.finish(*this);
    }
    void tell() const { m_done(parseOutcome(m_output.view())); }
    void stop() { m_watch.stop(); }

private:
    ForkRunner& m_runner;
    UniqueFd m_fd;
    Watch m_watch;
    Done m_done;
    ByteBuffer m_output;
};

ForkRunner::ForkRunner(SessionLoop& loop) : m_loop(loop) {}

ForkRunner::~ForkRunner() = default;

Result<void> ForkRunner::run(const Message& message, Done done) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return Failure(systemError(errno, "pipe"));
    UniqueFd readEnd(ends[0]);
    UniqueFd writeEnd(ends[1]);
    const pid_t pid = ::fork();
    if (pid == 0)
        handleInChild(m_loop, message, writeEnd.get());
    if (pid < 0) {
        Error error = systemError(errno, "fork");
        error.hint.kind = Hint::Kind::Resources;
        return Failure(std::move(error));
    }
    auto child = std::make_unique<Child>(*this, std::move(readEnd), std::move(done));
    if (auto started = child->start(m_loop.loop()); !started)
        return started;
    m_children.emplace(child.get(), std::move(child));
    return {};
}

void ForkRunner::finish(Child& child) {
    const auto it = m_children.find(&child);
    std::unique_ptr<Child> kept = std::move(it->second);
    m_children.erase(it);
    kept->stop();
    kept->tell();
    m_loop.loop().deferDelete(std::move(kept));
}

} // namespace sscope
