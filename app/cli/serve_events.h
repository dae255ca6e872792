#pragma once

#include <map>
#include <string>

#include "app/cli/serve_options.h"
#include "core/trace/trace_outbox.h"

namespace sscope::cli {

/// Words the events of one server for standard output, a line each, in the order in which they
/// happened: as text, or as the JSON objects of INTERFACE.md.
class ServeEvents {
public:
    explicit ServeEvents(const ServeOptions& options)
        : m_config(options.config),
          m_json(options.json),
          m_trace(options.trace),
          m_byHand(options.config.service == "manual") {}

    /// The lines for all that a drain holds.
    std::string lines(const TraceDrain& drain);

private:
    void rememberPeers(const TraceDrain& drain);

    const ServerConfig& m_config;
    const bool m_json;
    const bool m_trace;
    const bool m_byHand; // what arrives is shown, for a person answers it
    /// The endpoints of datagram peers; those not heard of for long are forgotten.
    using Peers = std::map<std::pair<std::uint32_t, PeerId>, std::string>; // connection, peer
    [[nodiscard]] std::string peerOf(const TraceEvent& event) const;

    Peers m_peers;
    Peers m_olderPeers;
};

} // namespace sscope::cli
