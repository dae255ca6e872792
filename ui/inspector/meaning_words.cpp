#include "ui/inspector/meaning_words.h"

#include <QCoreApplication>

#include "core/base/display_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using Kind = MeaningKind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::MeaningWords)
};

QString named(const Meaning& meaning) {
    return Words::tr("%1 (pid %2)").arg(toQString(displaySafe(meaning.process))).arg(meaning.pid);
}

QString who(const Meaning& meaning) {
    return meaning.pid == 0 ? Words::tr("its process") : named(meaning);
}

/// At the beginning of a sentence.
QString whoFirst(const Meaning& meaning) {
    return meaning.pid == 0 ? Words::tr("Its process") : named(meaning);
}

QString timesText(quint64 count) {
    if (count == 1)
        return Words::tr("once");
    return count == 2 ? Words::tr("twice") : Words::tr("%1 times").arg(countText(count));
}

QString clock(TimePoint at) {
    return clockText(wallTime(at, wallOffset())).left(8);
}

/// How long it has been so.
QString sinceText(const Meaning& meaning) {
    const QString text = ageText(meaning.time);
    return meaning.isAtLeast ? Words::tr("at least %1").arg(text) : text;
}

QString bytes(const Meaning& meaning) {
    return bytesText(meaning.bytes);
}

QString openWords(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::Healthy:
        return Words::tr("Both sides may send. Queues are empty and nothing was sent twice, so "
                         "nothing is stuck.");
    case Kind::Retransmitted:
        return Words::tr("Both sides may send, and nothing waits. Segments that had to be sent "
                         "again so far: %1; the path has lost packets.")
            .arg(countText(meaning.count));
    case Kind::UnreadData:
        return Words::tr("%1 have arrived that %2 has not read yet.")
            .arg(bytes(meaning), who(meaning));
    case Kind::UnreadGrowing:
        return Words::tr("What has arrived unread grew from %1 to %2 in %3: %4 is not reading. "
                         "When the buffer is full, the peer can send no more.")
            .arg(bytesText(meaning.from), bytes(meaning), sinceText(meaning), who(meaning));
    case Kind::InFlight:
        return Words::tr("%1 are on their way, and the peer has not acknowledged them yet.")
            .arg(bytes(meaning));
    case Kind::UnsentGrowing:
        return Words::tr("What waits to be sent grew from %1 to %2 in %3: %4 writes faster than "
                         "the peer takes it.")
            .arg(bytesText(meaning.from), bytes(meaning), sinceText(meaning), who(meaning));
    case Kind::WindowAfterIdle:
        return Words::tr("The window fell from %1 to %2 at %3 because the connection had been idle "
                         "longer than its RTO; Linux then starts again from its initial window.")
            .arg(meaning.from)
            .arg(meaning.count)
            .arg(clock(meaning.at));
    default:
        return {};
    }
}

QString peerNotReading(const Meaning& meaning) {
    const QString first =
        meaning.pid == 0
            ? Words::tr("The peer is not reading: its window is closed, and %1 wait here.")
                  .arg(bytes(meaning))
            : Words::tr("The peer, %1, is not reading: its window is closed, and %2 wait here.")
                  .arg(named(meaning), bytes(meaning));
    if (meaning.count == 0)
        return first;
    return first + QLatin1Char(' ') +
           Words::tr("The kernel has asked %1 in vain.").arg(timesText(meaning.count));
}

QString troubleWords(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::PeerNotReading:
        return peerNotReading(meaning);
    case Kind::DataLost:
        return Words::tr("Packets are lost, or the peer is gone: %1 are not acknowledged, and were "
                         "sent again %2. The last answer came %3 ago.")
            .arg(bytes(meaning), timesText(meaning.count), sinceText(meaning));
    case Kind::RepeatedLoss:
        return Words::tr("Packets were lost on the way, and what was in them is sent again "
                         "(segments so far: %1). The connection is slower until it has recovered.")
            .arg(countText(meaning.count));
    case Kind::KeepaliveNoAnswer:
        return Words::tr("The peer was asked %1 whether it is still there, and has not answered: "
                         "it may be gone.")
            .arg(timesText(meaning.count));
    case Kind::SynSent:
        return Words::tr("The connection was asked for %1 ago, and the answer is on its way.")
            .arg(sinceText(meaning));
    case Kind::SynSentUnanswered:
        return Words::tr("There has been no answer for %1; the SYN was sent again %2. The machine "
                         "is off, its address is another, or a firewall drops it.")
            .arg(sinceText(meaning), timesText(meaning.count));
    case Kind::ListenerFull:
        return Words::tr(
                   "Nobody answers: the queue of the listener is full (%1 connections wait to be "
                   "accepted, the backlog is %2). %3 is not accepting fast enough.")
            .arg(meaning.count)
            .arg(meaning.limit)
            .arg(whoFirst(meaning));
    case Kind::SynReceived:
        if (meaning.count == 0)
            return Words::tr("A peer asks for a connection; its acknowledgement is on its way.");
        return Words::tr("A peer asked for a connection and is silent since; the answer was sent "
                         "again %1.")
            .arg(timesText(meaning.count));
    default:
        return {};
    }
}

/// "..., though it was sent again twice": as a sentence of its own.
QString sentAgain(const QString& first, const Meaning& meaning) {
    if (meaning.count == 0)
        return first;
    return first + QLatin1Char(' ') +
           Words::tr("It was sent again %1.").arg(timesText(meaning.count));
}

QString halfClosedWords(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::PeerClosed:
        if (meaning.pid == 0)
            return Words::tr("The peer closed %1 ago; the process here has not.")
                .arg(sinceText(meaning));
        return Words::tr("The peer closed %1 ago; %2 has not closed fd %3.")
            .arg(sinceText(meaning), named(meaning))
            .arg(meaning.fd);
    case Kind::FinNotAcked: {
        const QString first = sentAgain(
            Words::tr("This end has closed, and the peer has not acknowledged it."), meaning);
        if (meaning.bytes == 0)
            return first;
        return first + QLatin1Char(' ') + Words::tr("Before it %1 wait too.").arg(bytes(meaning));
    }
    case Kind::WaitsForPeer:
        return Words::tr("This end closed %1 ago and the peer knows; it may still send until it "
                         "closes too.")
            .arg(sinceText(meaning));
    case Kind::OtherEndHasNotClosed:
        if (meaning.fd < 0)
            return Words::tr("This end has closed; at the other end %1 has not.").arg(who(meaning));
        return Words::tr("This end has closed; at the other end %1 has not closed fd %2.")
            .arg(who(meaning))
            .arg(meaning.fd);
    default:
        return {};
    }
}

QString closingWords(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::ClosedTogether:
        return sentAgain(Words::tr("Both ends closed at the same time; the acknowledgement of ours "
                                   "is not here yet."),
                         meaning);
    case Kind::LastAck:
        return sentAgain(Words::tr("The peer closed first, then this end; its last "
                                   "acknowledgement is not here yet."),
                         meaning);
    case Kind::TimeWait:
        if (meaning.time > Duration::zero())
            return Words::tr("This end closed first. The kernel keeps the pair of addresses for a "
                             "minute (%1 are left), so that late packets meet no new connection. "
                             "It holds no process and no memory to speak of.")
                .arg(sinceText(meaning));
        return Words::tr("This end closed first. The kernel keeps the pair of addresses for a "
                         "minute, so that late packets meet no new connection. It holds no process "
                         "and no memory to speak of.");
    case Kind::TimeWaitTogether:
        return Words::tr("Both ends closed at the same time. The kernel keeps the pair of "
                         "addresses for a minute, so that late packets meet no new connection.");
    case Kind::Orphaned:
        return Words::tr("No process holds it any more: the kernel ends it by itself.");
    case Kind::Closed:
        return Words::tr("It is not connected: never was, or a reset has ended it, and the "
                         "descriptor is still open.");
    default:
        return {};
    }
}

QString listeningWords(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::ListenLoopback:
        return Words::tr("%1 waits for connections on port %2, from this machine only.")
            .arg(whoFirst(meaning))
            .arg(meaning.port);
    case Kind::ListenEverywhere:
        return Words::tr("%1 waits for connections on port %2 of every address: other machines can "
                         "reach it where no firewall is in between.")
            .arg(whoFirst(meaning))
            .arg(meaning.port);
    case Kind::ListenAddress:
        return Words::tr("%1 waits for connections to %2, port %3; other machines can reach it.")
            .arg(whoFirst(meaning), toQString(displaySafe(meaning.address)))
            .arg(meaning.port);
    case Kind::AcceptQueue:
        return Words::tr("%1 of %2 places for connections that %3 has not accepted yet are taken.")
            .arg(meaning.count)
            .arg(meaning.limit + 1)
            .arg(who(meaning));
    case Kind::AcceptQueueFull:
        return Words::tr("The queue is full: %1 connections wait to be accepted, the backlog is "
                         "%2. %3 is not accepting fast enough, and new ones are dropped.")
            .arg(meaning.count)
            .arg(meaning.limit)
            .arg(whoFirst(meaning));
    case Kind::BoundOnly:
        return Words::tr("%1 holds port %2 and neither listens nor connects: nobody can reach it, "
                         "and another socket can have it only where both share the address.")
            .arg(whoFirst(meaning))
            .arg(meaning.port);
    default:
        return {};
    }
}

QString datagramWords(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::DatagramsAnybody:
        if (meaning.port == 0)
            return Words::tr("It has no port yet: nobody can answer it.");
        return Words::tr("It takes datagrams from anybody on port %1. UDP has no connection, so it "
                         "has no other state.")
            .arg(meaning.port);
    case Kind::DatagramsOnePeer:
        return Words::tr("It is connected: it takes datagrams from this peer only, and learns of "
                         "ICMP errors. The peer knows nothing of that.");
    case Kind::DatagramsWaiting:
        return Words::tr("Datagrams that take %1 of its buffer wait to be read by %2.")
            .arg(bytes(meaning), who(meaning));
    case Kind::DatagramsGrowing:
        return Words::tr("What waits to be read grew from %1 to %2 in %3: %4 is not reading. When "
                         "the buffer is full, datagrams are dropped.")
            .arg(bytesText(meaning.from), bytes(meaning), sinceText(meaning), who(meaning));
    case Kind::DatagramsDropped:
        return Words::tr("Datagrams dropped because the buffer was full: %1; %2 reads more slowly "
                         "than they come.")
            .arg(countText(meaning.count), who(meaning));
    default:
        return {};
    }
}

QString unixWords(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::UnixListen:
        return Words::tr("%1 waits for connections of processes of this machine.")
            .arg(whoFirst(meaning));
    case Kind::UnixConnected:
        return Words::tr("It is connected with a process of this machine.");
    case Kind::UnixUnconnected:
        return Words::tr("It is not connected.");
    case Kind::UnixUnread:
        return Words::tr("%1 have arrived that %2 has not read yet.")
            .arg(bytes(meaning), who(meaning));
    case Kind::UnixQueueFull:
        return Words::tr("The queue is full: %1 connections wait to be accepted, the backlog is "
                         "%2. Who connects now waits, because %3 is not accepting.")
            .arg(meaning.count)
            .arg(meaning.limit)
            .arg(who(meaning));
    default:
        return {};
    }
}

QString otherWords(const Meaning& meaning) {
    switch (meaning.kind) {
    case Kind::RawSocket:
        return Words::tr("It sees every packet of IP protocol %1 that this machine is sent.")
            .arg(meaning.count);
    case Kind::PacketSocket:
        return Words::tr("It sees frames of the network interfaces, as a packet capture does.");
    case Kind::NetlinkSocket:
        return Words::tr("It talks with the kernel, not with the network.");
    case Kind::OwnerNotReadable:
        return Words::tr("Which process holds it may only be seen by its user and by root.");
    case Kind::Gone:
        return Words::tr("It is gone since %1.").arg(clock(meaning.at));
    default:
        return {};
    }
}

} // namespace

QString meaningWords(const Meaning& meaning) {
    for (const auto words : {openWords, troubleWords, halfClosedWords, closingWords, listeningWords,
                             datagramWords, unixWords, otherWords}) {
        if (const QString found = words(meaning); !found.isEmpty())
            return found;
    }
    return {};
}

} // namespace sscope
