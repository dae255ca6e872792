#pragma once

#include <memory>
#include <string>

#include "core/load/load_request.h"

namespace sscope {

/// Tells when the reply to a request is whole, and whether it is one: with raw framing as many
/// bytes as were sent, else one message. One for each connection, on the load's thread; has no
/// socket.
class ReplyReader final : private CodecSink {
public:
    enum class Verdict {
        Unfinished,
        Whole,
        Wrong, // see reason(); a stream cannot be used any more
    };

    ReplyReader(const LoadConfig& config, const LoadRequest& request);

    /// A request is about to be sent; number is that of LoadRequest::setNumber.
    void expect(std::uint64_t number = 0);
    [[nodiscard]] std::uint64_t number() const { return m_number; }
    Verdict take(ByteView bytes);
    /// One datagram of realSize bytes, of which these are there. A copy of an earlier reply, or one
    /// that nothing asked for, leaves it Unfinished.
    Verdict takeDatagram(ByteView datagram, std::size_t realSize);
    [[nodiscard]] const std::string& reason() const { return m_reason; }

private:
    // CodecSink
    void deliver(const Message& message) override;
    void sending(const Message&) override {}
    void transmit(ByteView) override {}
    void transmitFrom(std::unique_ptr<ByteSource>) override {}
    void needTimer(Duration) override {} // the reply's own time-out is shorter, or as long
    void dropTimer() override {}
    void fail(std::string reason) override { m_reason = std::move(reason); }
    void tooLong(std::size_t limit) override;

    Verdict takeRaw(ByteView bytes);
    Verdict wrong(std::string reason);
    void judgeContent(ByteView content);
    [[nodiscard]] bool isStale(ByteView content) const;

    const LoadRequest* m_request;
    bool m_verifies;
    std::unique_ptr<Codec> m_codec; // none with raw framing
    std::size_t m_missing = 0;      // bytes (raw) or messages of the reply under way
    std::uint64_t m_number = 0;
    std::string m_reason;
};

} // namespace sscope
