#pragma once

#include <cstddef>
#include <random>

#include "core/service/request_handler.h"

namespace sscope {

/// chargen (RFC 864): on a stream lines of printable characters without end, as fast as the peer
/// reads; a datagram of them for each that comes.
class ChargenHandler final : public RequestHandler {
public:
    void setup(RequestContext& context) override {
        // A handler may live for one datagram: the next one's length is to be another.
        m_random.seed(static_cast<std::minstd_rand::result_type>(context.wallTime()));
        generate(context);
    }
    void handle(RequestContext& context, const Message& message) override;
    void writable(RequestContext& context) override { generate(context); }
    void timer(RequestContext& context) override { generate(context); }
    /// A peer that has ended its direction may still read; one that is gone answers with a reset.
    void peerClosed(RequestContext&) override {}

private:
    static void generate(RequestContext& context);

    std::minstd_rand m_random;
};

} // namespace sscope
