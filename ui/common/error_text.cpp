#include "ui/common/error_text.h"

#include <cerrno>

#include <netdb.h>
#include <sqlite3.h>

#include <QCoreApplication>

#include "core/base/chat_error.h"
#include "core/base/display_text.h"
#include "core/storage/sqlite_file.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::ErrorText)
};

// As core says it.
constexpr QLatin1String everyAddress("every address of this machine");

QString safe(const std::string& text) {
    return toQString(displaySafe(text));
}

QString faultWords(Fault fault, const QString& detail) {
    switch (fault) {
    case Fault::EmptyEndpoint:
        return Words::tr("nothing was given");
    case Fault::UnknownScheme:
        return Words::tr("scheme '%1' is not known").arg(detail);
    case Fault::SchemeNotOffered:
        return Words::tr("%1 is not offered by this version").arg(detail);
    case Fault::MissingHost:
        return Words::tr("the host is missing");
    case Fault::MissingPort:
        return Words::tr("the port is missing");
    case Fault::BadHost:
        return Words::tr("host '%1' is not a name or an address").arg(detail);
    case Fault::BadPort:
        return Words::tr("port '%1' is not a number").arg(detail);
    case Fault::PortOutOfRange:
        return Words::tr("port %1 is not between 0 and 65535").arg(detail);
    case Fault::UnclosedBracket:
        return Words::tr("a closing bracket is missing");
    case Fault::BadIpv6Address:
        return Words::tr("'%1' is not an IPv6 address").arg(detail);
    case Fault::EmptyPath:
        return Words::tr("the path is missing");
    case Fault::PathTooLong:
        return Words::tr("the path is longer than %1 bytes").arg(detail);
    case Fault::PathNotASocket:
        return Words::tr("the path exists and is not a socket");
    case Fault::PathInUse:
        return Words::tr("a server is listening there");
    case Fault::NotAllowedInPublic:
        return detail == everyAddress
                   ? Words::tr("every address of this machine can be reached from others")
                   : Words::tr("%1 can be reached from other machines").arg(detail);
    case Fault::UnknownName:
        return Words::tr("'%1' is not known").arg(detail);
    case Fault::SelectLimit:
        return Words::tr("select cannot watch a descriptor of %1 or above").arg(detail);
    case Fault::SendQueueExceeded:
        return Words::tr("send queue exceeded");
    case Fault::TooManyConnections:
        return Words::tr("the limit of %1 connections is reached").arg(detail);
    case Fault::IdleTimeout:
        return Words::tr("idle for %1 s").arg(detail);
    case Fault::DatagramTruncated:
        return Words::tr("a datagram of %1 bytes was cut to the receive size").arg(detail);
    case Fault::DatagramsDropped:
        return Words::tr("the kernel dropped %1 datagrams: the receive buffer was full")
            .arg(detail);
    case Fault::BadJson:
        return Words::tr("it cannot be read, %1").arg(detail);
    case Fault::FileShrank:
        return Words::tr("the file became shorter while it was sent");
    case Fault::NotAFile:
        return Words::tr("it is not a regular file");
    case Fault::DiskTooSlow:
        return Words::tr("the disk is slower than the connection");
    case Fault::ProtocolBroken:
        return Words::tr("the peer broke the protocol: %1").arg(detail);
    case Fault::HoldsDelimiter:
        return Words::tr("the message holds the byte that ends it");
    case Fault::NotFixedSize:
        return Words::tr("the message does not have %1 bytes").arg(detail);
    case Fault::HeaderTooLong:
        return Words::tr("the message's header is longer than %1 bytes").arg(detail);
    case Fault::BadHex:
        return Words::tr("not a hex digit at column %1").arg(detail);
    case Fault::BadEscape:
        return Words::tr("not an escape at column %1").arg(detail);
    case Fault::BadMacro:
        return Words::tr("not ${seq}, ${time}, ${time:unix} or ${rand:1..1000000} at column %1")
            .arg(detail);
    case Fault::NotEncodable:
        return Words::tr("the encoding lacks the character at column %1").arg(detail);
    case Fault::BadSequence:
        return Words::tr("invalid sequence at byte %1").arg(detail);
    case Fault::UnknownEncoding:
        return Words::tr("encoding '%1' is not known").arg(detail);
    case Fault::BadValue:
        return Words::tr("'%1' is not valid here").arg(detail);
    case Fault::NeedsReply:
        return Words::tr("only the service reply answers HTTP, not %1").arg(detail);
    case Fault::NeedsStream:
        return Words::tr("%1 needs a stream, and this carries datagrams").arg(detail);
    case Fault::TooManyFromSource:
        return Words::tr("the limit of %1 connections from one source is reached").arg(detail);
    case Fault::MessageTooLong:
        return Words::tr("a message is longer than %1 bytes").arg(detail);
    case Fault::HasNoLoops:
        return Words::tr("the model %1 has no loops").arg(detail);
    case Fault::ProcessEnded:
        return Words::tr("the process that served it was ended by %1").arg(detail);
    case Fault::NeedsLeave:
        return Words::tr("%1 runs programs for whoever connects, which must be allowed")
            .arg(detail);
    case Fault::NeedsToken:
        return Words::tr("programs are run at %1 only for who knows a token").arg(detail);
    case Fault::ShellInPublic:
        return Words::tr("a shell is only for loopback and Unix sockets, not for %1").arg(detail);
    case Fault::BadTokenFile:
        return Words::tr("%1 does not hold a token, one line of 1 to 1024 bytes").arg(detail);
    case Fault::NeedsProgram:
        return Words::tr("the program is missing");
    case Fault::NotForExec:
        return Words::tr("the program of exec does that itself: it has the socket");
    case Fault::LookupTooSlow:
        return Words::tr("the name service has not answered within %1 s").arg(detail);
    case Fault::OptionNotGranted:
        return Words::tr("the kernel granted %1 instead").arg(detail);
    case Fault::NotMulticast:
        return Words::tr("'%1' is not a multicast address").arg(detail);
    case Fault::NeedsDatagrams:
        return Words::tr("%1 needs udp://, and this is something else").arg(detail);
    case Fault::OtherTransport:
        return Words::tr("our own end is %1, and the peer is not").arg(detail);
    }
    return detail;
}

/// The errors that people meet; the C library words the others, in its own language.
QString errnoWords(int number) {
    switch (number) {
    case EACCES:
        return Words::tr("permission denied");
    case EPERM:
        return Words::tr("not permitted");
    case EADDRINUSE:
        return Words::tr("address already in use");
    case EADDRNOTAVAIL:
        return Words::tr("address not available");
    case EAFNOSUPPORT:
        return Words::tr("address family not supported");
    case ECONNREFUSED:
        return Words::tr("connection refused");
    case ECONNRESET:
        return Words::tr("connection reset by peer");
    case ECONNABORTED:
        return Words::tr("connection aborted");
    case EPIPE:
        return Words::tr("the peer has closed the connection");
    case ENOTCONN:
        return Words::tr("it is no longer there");
    case ESRCH:
        return Words::tr("no such process");
    case EOPNOTSUPP:
        return Words::tr("the kernel does not support this");
    case ETIMEDOUT:
        return Words::tr("connection timed out");
    case ENETUNREACH:
        return Words::tr("network unreachable");
    case EHOSTUNREACH:
        return Words::tr("no route to host");
    case EMFILE:
    case ENFILE:
        return Words::tr("too many open files");
    case EMSGSIZE:
        return Words::tr("message too long");
    case ENOBUFS:
    case ENOMEM:
        return Words::tr("out of memory");
    case EAGAIN:
        return Words::tr("temporarily unavailable");
    case ENOENT:
        return Words::tr("no such file");
    case ENOSPC:
        return Words::tr("no space left on device");
    default:
        return toQString(std::generic_category().message(number));
    }
}

QString resolverWords(int value) {
    switch (value) {
    case EAI_NONAME:
    case EAI_NODATA:
        return Words::tr("name or service not known");
    case EAI_AGAIN:
        return Words::tr("no answer from the name service");
    default:
        return toQString(resolverCategory().message(value));
    }
}

QString chatWords(ChatFault fault) {
    switch (fault) {
    case ChatFault::ModelHasNoRooms:
        return Words::tr("each connection has a process of its own there, and nobody would meet");
    case ChatFault::HistoryDamaged:
        return Words::tr("the file is damaged; it was moved aside, and a new history begun");
    case ChatFault::HistoryInUse:
        return Words::tr("another server is writing to it");
    case ChatFault::HistoryForeign:
        return Words::tr("the file is not a history of this program, or of a newer version");
    case ChatFault::DiskFull:
        return Words::tr("the disk is full; nothing is accepted until there is room");
    case ChatFault::NotStored:
        return Words::tr("the history cannot be written; nothing is accepted until it can");
    case ChatFault::BadPassword:
        return Words::tr("the file does not hold a password, one line of 1 to 1024 bytes");
    case ChatFault::NotEncrypted:
        return chatInPublicWords();
    case ChatFault::StoresAgain:
        return Words::tr("what is said is stored again");
    case ChatFault::BadHash:
        return Words::tr("the file holds a hash that is not whole: it is one line, "
                         "$scrypt$15$8$1$, then 32 hexadecimal digits, $, and 64 more");
    }
    return {};
}

/// What SQLite says of a history; the others are rare, and stay as it words them.
QString databaseWords(const Error& error) {
    switch (error.code.value() & 0xFF) { // the rest says more of the same
    case SQLITE_FULL:
        return Words::tr("no space left on device");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Words::tr("the database is damaged");
    case SQLITE_READONLY:
        return Words::tr("it cannot be written");
    case SQLITE_CANTOPEN:
        return Words::tr("it cannot be opened");
    case SQLITE_IOERR:
        return Words::tr("the disk failed");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Words::tr("somebody else uses it");
    default:
        return toQString(error.code.message());
    }
}

QString otherPort(const Hint& hint) {
    return hint.port > 0 ? Words::tr("Try %1.").arg(hint.port) : Words::tr("Choose another.");
}

} // namespace

QString reasonWords(const Error& error) {
    const int value = error.code.value();
    if (error.code.category() == faultCategory())
        return faultWords(static_cast<Fault>(value), safe(error.detail));
    if (error.code.category() == chatCategory())
        return chatWords(static_cast<ChatFault>(value));
    if (error.code.category() == sqliteCategory())
        return databaseWords(error);
    const bool fromResolver = error.code.category() == resolverCategory();
    return QStringLiteral("%1 (%2)").arg(fromResolver ? resolverWords(value) : errnoWords(value),
                                         toQString(errorName(error.code)));
}

namespace {

QString remedyWords(const Error& error) {
    const Hint& hint = error.hint;
    switch (hint.kind) {
    case Hint::Kind::None:
        return {};
    case Hint::Kind::PrivilegedPort:
        return Words::tr("Ports below 1024 need CAP_NET_BIND_SERVICE. Try %1.").arg(hint.number);
    case Hint::Kind::PortHeld:
        return Words::tr("The port is held by %1, pid %2.").arg(safe(hint.text)).arg(hint.number) +
               QLatin1Char(' ') + otherPort(hint);
    case Hint::Kind::PortTaken:
        return Words::tr("The port is held by another socket.") + QLatin1Char(' ') +
               otherPort(hint);
    case Hint::Kind::NothingListens:
        return Words::tr("Nothing listens there. Start the server, or check the port.");
    case Hint::Kind::CheckName:
        return Words::tr("Check the name, or give a numeric address.");
    case Hint::Kind::CheckAddress:
        return Words::tr("The address is not one of this machine. Try 127.0.0.1.");
    case Hint::Kind::CheckRoute:
        return Words::tr("There is no way to that address. Check the network and the address.");
    case Hint::Kind::CheckFirewall:
        return Words::tr("Nothing answered. Check the address, or a firewall on the way.");
    case Hint::Kind::AllowPublic:
        return Words::tr("Allow public addresses if that is meant.");
    case Hint::Kind::MoreDescriptors:
        return Words::tr("Raise the limit of open files, or close connections.");
    case Hint::Kind::FewerWatched:
        return Words::tr("Use poll or epoll.");
    case Hint::Kind::AnotherPath:
        return Words::tr("Check the path, or choose another.");
    case Hint::Kind::DatagramSize:
        return Words::tr("A UDP datagram carries at most %1 bytes.").arg(hint.number);
    case Hint::Kind::PeerClosed:
        return Words::tr("The other side has closed the connection. Connect again.");
    case Hint::Kind::Offered:
        return Words::tr("There are: %1.").arg(safe(hint.text));
    case Hint::Kind::Example:
        return Words::tr("For example: %1.").arg(safe(hint.text));
    case Hint::Kind::Permission:
        return hint.text.empty()
                   ? Words::tr("Run it as a user who may.")
                   : Words::tr("It needs %1: run it as root, or give it that capability.")
                         .arg(safe(hint.text));
    case Hint::Kind::NoFreePort:
        return Words::tr("Every port that the system gives out is taken "
                         "(net.ipv4.ip_local_port_range). Close connections, or name a port.");
    case Hint::Kind::Resources:
        return Words::tr("The system is short of memory, threads or ports. Close "
                         "something and try again.");
    case Hint::Kind::CheckResolver:
        return Words::tr("Check the network and the name servers (/etc/resolv.conf), or give a "
                         "numeric address.");
    case Hint::Kind::TryBroadcast:
        return Words::tr("If that is a broadcast address, allow broadcast.");
    case Hint::Kind::OtherFamily:
        return Words::tr("Our own end and the peer must both be IPv4, or both IPv6.");
    case Hint::Kind::LocalFirewall:
        return Words::tr("A firewall of this machine forbids it. Check its rules.");
    case Hint::Kind::Prohibited:
        return Words::tr("A firewall on the way forbids it. Try another port, or ask who runs it.");
    case Hint::Kind::StaleSocket:
        return Words::tr("The file is there, but nobody serves it. Start the server.");
    case Hint::Kind::NotASocket:
        return Words::tr("The file is not a socket. Check the path.");
    case Hint::Kind::OtherType:
        return Words::tr("The socket there is of another type. Try %1.").arg(safe(hint.text));
    case Hint::Kind::PathMtu:
        return Words::tr("Datagrams over %1 bytes must be cut on the way there. Send it again, or "
                         "in smaller parts.")
            .arg(hint.number);
    case Hint::Kind::NameInterface:
        return Words::tr("Name an interface, one of: %1.").arg(safe(hint.text));
    case Hint::Kind::SysctlLimit:
        return Words::tr("The sysctl %1 sets the limit.").arg(safe(hint.text));
    }
    return {};
}

} // namespace

QString hintWords(const Error& error) {
    const QString words = remedyWords(error);
    if (error.report.message.empty())
        return words;
    const QString report =
        Words::tr("%1 from %2.").arg(safe(error.report.message), safe(error.report.host));
    return words.isEmpty() ? report : report + QLatin1Char(' ') + words;
}

/// A word that is no system call's name is translated.
QString operationWords(const std::string& operation) {
    if (operation == "endpoint")
        return Words::tr("endpoint");
    if (operation == "resolve")
        return Words::tr("resolve");
    if (operation == "open history")
        return Words::tr("open history");
    if (operation == "read history")
        return Words::tr("read history");
    if (operation == "write history")
        return Words::tr("write history");
    if (operation == "read password file")
        return Words::tr("read password file");
    if (operation == "hash password")
        return Words::tr("hash password");
    return safe(operation);
}

QString errorWords(const Error& error) {
    QString words = operationWords(error.operation);
    if (!error.subject.empty())
        words += QLatin1Char(' ') + safe(error.subject);
    words += QStringLiteral(": ") + reasonWords(error);
    const QString hint = hintWords(error);
    return hint.isEmpty() ? words : words + QStringLiteral(". ") + hint;
}

QString chatInPublicWords() {
    return Words::tr("The line is not encrypted: others on the way can read what is said, and the "
                     "password.");
}

QString closeWords(const lifecycle::Closed& closed) {
    switch (closed.reason) {
    case CloseReason::Peer:
        return Words::tr("closed by the other side");
    case CloseReason::Local:
        return Words::tr("closed by this side");
    case CloseReason::Reset:
        return Words::tr("reset by the other side (%1): it failed, or closed with data unread. "
                         "Connect again, or look at its log.")
            .arg(toQString(errorName(closed.error.code)));
    case CloseReason::Idle:
        return Words::tr("closed: idle for too long");
    case CloseReason::Limit:
        return Words::tr("closed: the other side does not read, and the send queue is "
                         "full");
    case CloseReason::Protocol:
        return Words::tr("closed: the other side broke the protocol");
    case CloseReason::Error:
        return errorWords(closed.error);
    }
    return {};
}

} // namespace sscope
