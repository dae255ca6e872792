#include "core/framing/codec.h"

#include <utility>

namespace sscope {

namespace {

/// Lets one message pass that fills the datagram exactly.
class WholeSink final : public CodecSink {
public:
    WholeSink(CodecSink& target, std::uint64_t begin, std::size_t size)
        : m_target(target), m_begin(begin), m_size(size) {}

    void deliver(const Message& message) override {
        if (std::exchange(m_isDone, true))
            return;
        const std::uint64_t taken = message.offsets.end - m_begin;
        if (taken == m_size)
            m_target.deliver(message);
        else
            m_target.fail("the datagram goes on after its message");
    }
    void sending(const Message& message) override { m_target.sending(message); }
    void transmit(ByteView bytes) override { m_target.transmit(bytes); }
    void transmitFrom(std::unique_ptr<ByteSource> source) override {
        m_target.transmitFrom(std::move(source));
    }
    void needTimer(Duration) override {}
    void dropTimer() override {}
    void fail(std::string reason) override {
        if (!std::exchange(m_isDone, true))
            m_target.fail(std::move(reason));
    }
    void tooLong(std::size_t limit) override {
        if (!std::exchange(m_isDone, true))
            m_target.tooLong(limit);
    }
    void end() {
        if (!m_isDone)
            m_target.fail("the datagram ends inside a message");
    }

private:
    CodecSink& m_target;
    const std::uint64_t m_begin;
    const std::size_t m_size;
    bool m_isDone = false;
};

} // namespace

void Codec::decodeWhole(ByteView datagram, CodecSink& sink) {
    const std::uint64_t begin = m_received;
    WholeSink whole(sink, begin, datagram.size());
    decode(datagram, whole);
    whole.end();
    restart();
    m_failed = false;
    m_received = begin + datagram.size();
}

} // namespace sscope
