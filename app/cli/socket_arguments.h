#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "core/client/client_session.h"

namespace sscope::cli {

/// The options of sockets that `serve` and `send` have alike.
void addSocketOptions(CLI::App& app, SocketOptions& options);

/// What a client's own end is asked for, until all is read.
struct LocalTexts {
    std::string local;
    std::optional<double> lookupTimeout; // s
};

/// Our own end of `send`: its address, broadcast, multicast.
void addLocalOptions(CLI::App& app, ClientConfig& config, LocalTexts& texts);
/// Reads the texts; config's endpoint is known. An error is one of usage.
Result<void> takeLocal(const LocalTexts& texts, ClientConfig& config);

int clampToInt(std::uint64_t value);

} // namespace sscope::cli
