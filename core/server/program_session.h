#pragma once

#include <optional>
#include <string>

#include "core/net/stream_connection.h"
#include "core/process/supervised_run.h"
#include "core/server/session.h"

namespace sscope {

/// exec: gives the connection to a program of the person's as its standard input and output, and
/// waits for its end. Owned by a SessionLoop, on its thread. The program moves the bytes: what TCP
/// counts of them is told (tcp_info, tcp(7)), and nothing of a Unix socket.
class ProgramSession final : public Session, private EventHandler, private StreamLink::Owner {
public:
    ProgramSession(SessionHost& host, ConnectionId id, Transport transport, UniqueFd fd,
                   std::string peer, std::string local);
    ~ProgramSession() override;

    Result<void> start() override;
    [[nodiscard]] bool isDatagram() const override { return false; }
    void close(CloseReason reason) override;
    void abort(CloseReason reason, bool reset) override;
    void send(PeerId, const Message&) override {} // the program speaks, nobody else
    void finishSending() override {}
    void jobDone(JobToken, const std::string&) override {}

private:
    // EventHandler: what stands before the program's start, then the control socket
    void handleEvents(Readiness ready) override;
    // StreamLink::Owner, for the close
    void bytesReceived(ByteView) override {}
    void peerFinished() override {}
    void outputDrained() override {}
    void connectionEnded(CloseReason reason, Error error) override;

    Result<void> watch(int fd);
    void receiveToken();
    void tokenCame();
    void judge();
    void timeOver();
    void startProgram();
    void helperSaid();
    void programEnded();
    void fail(Error error);
    void sayAndClose(std::string_view line);
    void closeGently(CloseReason reason);
    void end(CloseReason reason, Error error);
    void updateCounters();
    [[nodiscard]] std::vector<std::string> helperWords() const;

    enum class State { Token, HeldBack, Refused, Running, Closing, Ended };

    SessionHost& m_host;
    const TimePoint m_started;
    const Transport m_transport;
    UniqueFd m_fd;
    const std::string m_peer;
    const std::string m_local;
    TracedCounters m_counters;
    Counters m_told;           // to the server's totals
    ConnectionTrace m_closing; // the close tells no bytes
    Watch m_watch;
    Timer m_timer;   // the token's
    Timer m_counter; // of what TCP has counted
    std::string m_token;
    State m_state = State::Token;
    CloseReason m_reason = CloseReason::Local;
    SupervisedRun m_run;
    std::string m_said;                             // by the helper
    std::unique_ptr<StreamConnection> m_connection; // once the program is over
};

} // namespace sscope
