#pragma once

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/process/helper_process.h"
#include "core/server/command_channel.h"
#include "core/server/listening_server.h"
#include "core/server/process_report.h"

namespace sscope {

/// processes: a process for each connection, and one for each datagram. This process binds and
/// tells; another one (process_helper.h) accepts, forks and reaps; it and those that it forks
/// report here, each for itself.
class ProcessServer final : public ListeningServer,
                            private EventHandler,
                            private CommandChannel::Owner {
public:
    explicit ProcessServer(ServerSetup setup);
    ~ProcessServer() override;

    void send(std::uint32_t connection, PeerId peer, OwnedMessage message) override;
    void finishSending(std::uint32_t connection) override;
    void closeConnection(std::uint32_t connection, bool reset) override;

private:
    /// A connection whose process has not been reaped.
    struct Open {
        TimePoint since;
        Counters counters; // as it told them last
        std::optional<LifecycleEvent> closed;
    };

    Result<void> serve(std::vector<OpenedSocket> sockets) override;
    void beginStop() override;
    void handleEvents(Readiness ready) override;
    void commandReceived(const ProcessCommand&) override {}
    void channelClosed() override;

    Result<void> startHelper(const std::vector<OpenedSocket>& sockets);
    Result<void> watchReports(UniqueFd fd);
    void ask(ProcessCommand::Kind kind, std::uint32_t connection);
    void takePacket(ByteView packet);
    void helperReady();
    void take(DecodedTrace trace);
    void takeLifecycle(LifecycleEvent event, TraceContent& content);
    void takeEnd(const ChildEnded& ended);
    void forgetPeers();
    void helperGone();

    // The first loop's thread only:
    HelperProcess m_helper;
    UniqueFd m_reports;
    Watch m_reportWatch;
    std::unique_ptr<CommandChannel> m_commands;
    std::vector<std::pair<ConnectionId, lifecycle::Listening>> m_listening; // told once it is ready
    std::unordered_map<std::uint32_t, Open> m_open;
    std::map<std::pair<std::uint32_t, PeerId>, TracedCounters> m_counters;
    Timer m_killTimer;
    Timer m_goneTimer;
    bool m_ready = false;
    bool m_stopping = false;
};

} // namespace sscope
