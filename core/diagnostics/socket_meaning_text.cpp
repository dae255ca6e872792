#include <ctime>

#include <fmt/format.h>

#include "core/base/display_text.h"
#include "core/base/units.h"
#include "core/diagnostics/socket_meaning.h"

namespace sscope {

namespace {

using Kind = MeaningKind;

std::string lengthText(Duration length) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length).count();
    if (seconds < 10)
        return fmt::format("{:.1f} s", std::chrono::duration<double>(length).count());
    if (seconds < 60)
        return fmt::format("{} s", seconds);
    if (seconds < 3600)
        return fmt::format("{} m {} s", seconds / 60, seconds % 60);
    return fmt::format("{} h {} m", seconds / 3600, seconds / 60 % 60);
}

/// How long it has been so.
std::string sinceText(const Meaning& meaning) {
    return (meaning.isAtLeast ? "at least " : "") + lengthText(meaning.time);
}

std::string clockText(TimePoint at) {
    const std::time_t seconds = wallTime(at, wallOffset()) / 1'000'000'000;
    std::tm time{};
    ::localtime_r(&seconds, &time);
    return fmt::format("{:02}:{:02}:{:02}", time.tm_hour, time.tm_min, time.tm_sec);
}

std::string who(const Meaning& meaning, const char* nobody = "its process") {
    return meaning.pid == 0 ? nobody
                            : fmt::format("{} (pid {})", displaySafe(meaning.process), meaning.pid);
}

std::string times(std::uint64_t count) {
    return count == 1 ? "once" : count == 2 ? "twice" : formatCount(count) + " times";
}

std::string segments(std::uint64_t count) {
    return count == 1 ? "1 segment" : formatCount(count) + " segments";
}

std::string capital(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

/// A name begins a sentence as it is written; "its process" with a capital.
std::string beginWith(const Meaning& meaning) {
    return meaning.pid == 0 ? capital(who(meaning)) : who(meaning);
}

std::string openText(const Meaning& meaning) {
    const std::string bytes = formatBytes(meaning.bytes);
    switch (meaning.kind) {
    case Kind::Healthy:
        return "Both sides may send. Queues are empty and nothing was sent twice, so nothing is "
               "stuck.";
    case Kind::Retransmitted:
        return fmt::format("Both sides may send, and nothing waits. So far {} had to be sent "
                           "again: the path has lost packets.",
                           segments(meaning.count));
    case Kind::UnreadData:
        return fmt::format("{} have arrived that {} has not read yet.", bytes, who(meaning));
    case Kind::UnreadGrowing:
        return fmt::format("What has arrived unread grew from {} to {} in {}: {} is not reading. "
                           "When the buffer is full, the peer can send no more.",
                           formatBytes(meaning.from), bytes, sinceText(meaning), who(meaning));
    case Kind::InFlight:
        return fmt::format("{} are on their way, and the peer has not acknowledged them yet.",
                           bytes);
    case Kind::UnsentGrowing:
        return fmt::format("What waits to be sent grew from {} to {} in {}: {} writes faster than "
                           "the peer takes it.",
                           formatBytes(meaning.from), bytes, sinceText(meaning), who(meaning));
    case Kind::PeerNotReading:
        return fmt::format("The peer{} is not reading: its window is closed, and {} wait here{}.",
                           meaning.pid == 0 ? "" : ", " + who(meaning) + ",", bytes,
                           meaning.count == 0
                               ? ""
                               : "; the kernel has asked " + times(meaning.count) + " in vain");
    case Kind::DataLost:
        return fmt::format("Packets are lost, or the peer is gone: {} are not acknowledged, and "
                           "were sent again {}. The last answer came {} ago.",
                           bytes, times(meaning.count), sinceText(meaning));
    case Kind::RepeatedLoss:
        return fmt::format("Packets were lost on the way, and what was in them is sent again ({} "
                           "so far). The connection is slower until it has recovered.",
                           segments(meaning.count));
    case Kind::WindowAfterIdle:
        return fmt::format("The window fell from {} to {} at {} because the connection had been "
                           "idle longer than its RTO; Linux then starts again from its initial "
                           "window.",
                           meaning.from, meaning.count, clockText(meaning.at));
    case Kind::KeepaliveNoAnswer:
        return fmt::format("The peer was asked {} whether it is still there, and has not answered: "
                           "it may be gone.",
                           times(meaning.count));
    default:
        return {};
    }
}

std::string openingText(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::SynSent:
        return fmt::format("The connection was asked for {} ago, and the answer is on its way.",
                           sinceText(meaning));
    case Kind::SynSentUnanswered:
        return fmt::format("There has been no answer for {}; the SYN was sent again {}. The "
                           "machine is off, its address is another, or a firewall drops it.",
                           sinceText(meaning), times(meaning.count));
    case Kind::ListenerFull:
        return fmt::format(
            "Nobody answers: the queue of the listener is full ({} connections wait to be "
            "accepted, the backlog is {}). {} is not accepting fast enough.",
            meaning.count, meaning.limit, beginWith(meaning));
    case Kind::SynReceived:
        return meaning.count == 0
                   ? "A peer asks for a connection; its acknowledgement is on its way."
                   : fmt::format("A peer asked for a connection and is silent since; the answer "
                                 "was sent again {}.",
                                 times(meaning.count));
    default:
        return {};
    }
}

std::string closingText(const Meaning& meaning) {
    const std::string again =
        meaning.count == 0 ? "" : ", though it was sent again " + times(meaning.count);
    switch (meaning.kind) {
    case Kind::PeerClosed:
        if (meaning.pid == 0)
            return fmt::format("The peer closed {} ago; the process here has not.",
                               sinceText(meaning));
        return fmt::format("The peer closed {} ago; {} has not closed fd {}.", sinceText(meaning),
                           who(meaning), meaning.fd);
    case Kind::FinNotAcked:
        return fmt::format(
            "This end has closed, and the peer has not acknowledged it{}{}.", again,
            meaning.bytes == 0 ? "" : "; " + formatBytes(meaning.bytes) + " before it wait too");
    case Kind::WaitsForPeer:
        return fmt::format("This end closed {} ago and the peer knows; it may still send until it "
                           "closes too.",
                           sinceText(meaning));
    case Kind::OtherEndHasNotClosed:
        return fmt::format("This end has closed; at the other end {} has not{}.", who(meaning),
                           meaning.fd < 0 ? "" : fmt::format(" closed fd {}", meaning.fd));
    case Kind::ClosedTogether:
        return fmt::format("Both ends closed at the same time; the acknowledgement of ours is not "
                           "here yet{}.",
                           again);
    case Kind::LastAck:
        return fmt::format("The peer closed first, then this end; its last acknowledgement is not "
                           "here yet{}.",
                           again);
    case Kind::TimeWait:
        return "This end closed first. The kernel keeps the pair of addresses for a minute" +
               (meaning.time == Duration::zero()
                    ? std::string()
                    : fmt::format(" ({} are left)", lengthText(meaning.time))) +
               ", so that late packets meet no new connection. It holds no process and no memory "
               "to speak of.";
    case Kind::TimeWaitTogether:
        return "Both ends closed at the same time. The kernel keeps the pair of addresses for a "
               "minute, so that late packets meet no new connection.";
    case Kind::Orphaned:
        return "No process holds it any more: the kernel ends it by itself.";
    case Kind::Closed:
        return "It is not connected: never was, or a reset has ended it, and the descriptor is "
               "still open.";
    default:
        return {};
    }
}

std::string listeningText(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::ListenLoopback:
        return fmt::format("{} waits for connections on port {}, from this machine only.",
                           beginWith(meaning), meaning.port);
    case Kind::ListenEverywhere:
        return fmt::format("{} waits for connections on port {} of every address: other machines "
                           "can reach it where no firewall is in between.",
                           beginWith(meaning), meaning.port);
    case Kind::ListenAddress:
        return fmt::format("{} waits for connections to {}, port {}; other machines can reach it.",
                           beginWith(meaning), meaning.address, meaning.port);
    case Kind::AcceptQueue:
        return fmt::format("{} of {} places for connections that {} has not accepted yet are "
                           "taken.",
                           meaning.count, meaning.limit + 1, who(meaning));
    case Kind::AcceptQueueFull:
        return fmt::format("The queue is full: {} connections wait to be accepted, the backlog is "
                           "{}. {} is not accepting fast enough, and new ones are dropped.",
                           meaning.count, meaning.limit, beginWith(meaning));
    case Kind::BoundOnly:
        return fmt::format("{} holds port {} and neither listens nor connects: nobody can reach "
                           "it, and another socket can have it only where both share the address.",
                           beginWith(meaning), meaning.port);
    default:
        return {};
    }
}

std::string datagramText(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::DatagramsAnybody:
        return meaning.port == 0 ? std::string("It has no port yet: nobody can answer it.")
                                 : fmt::format("It takes datagrams from anybody on port {}. UDP "
                                               "has no connection, so it has no other state.",
                                               meaning.port);
    case Kind::DatagramsOnePeer:
        return "It is connected: it takes datagrams from this peer only, and learns of ICMP "
               "errors. The peer knows nothing of that.";
    case Kind::DatagramsWaiting:
        return fmt::format("Datagrams that take {} of its buffer wait to be read by {}.",
                           formatBytes(meaning.bytes), who(meaning));
    case Kind::DatagramsGrowing:
        return fmt::format("What waits to be read grew from {} to {} in {}: {} is not reading. "
                           "When the buffer is full, datagrams are dropped.",
                           formatBytes(meaning.from), formatBytes(meaning.bytes),
                           sinceText(meaning), who(meaning));
    case Kind::DatagramsDropped:
        return fmt::format("{} datagrams were dropped because the buffer was full: {} reads more "
                           "slowly than they come.",
                           formatCount(meaning.count), who(meaning));
    default:
        return {};
    }
}

std::string unixText(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::UnixListen:
        return fmt::format("{} waits for connections of processes of this machine.",
                           beginWith(meaning));
    case Kind::UnixConnected:
        return "It is connected with a process of this machine.";
    case Kind::UnixUnconnected:
        return "It is not connected.";
    case Kind::UnixUnread:
        return fmt::format("{} have arrived that {} has not read yet.", formatBytes(meaning.bytes),
                           who(meaning));
    case Kind::UnixQueueFull:
        return fmt::format("The queue is full: {} connections wait to be accepted, the backlog is "
                           "{}. Who connects now waits, because {} is not accepting.",
                           meaning.count, meaning.limit, who(meaning));
    default:
        return {};
    }
}

std::string otherText(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::RawSocket:
        return fmt::format("It sees every packet of IP protocol {} that this machine is sent.",
                           meaning.count);
    case Kind::PacketSocket:
        return "It sees frames of the network interfaces, as a packet capture does.";
    case Kind::NetlinkSocket:
        return "It talks with the kernel, not with the network.";
    case Kind::OwnerNotReadable:
        return "Which process holds it may only be seen by its user and by root.";
    case Kind::Gone:
        return fmt::format("It is gone since {}.", clockText(meaning.at));
    default:
        return {};
    }
}

} // namespace

std::string meaningText(const Meaning& meaning) {
    for (const auto text :
         {openText, openingText, closingText, listeningText, datagramText, unixText, otherText}) {
        if (std::string found = text(meaning); !found.empty())
            return found;
    }
    return {};
}

} // namespace sscope
