#pragma once

#include <cstdint>
#include <string>
#include <system_error>

namespace sscope {

/// Failures that are ours to name: what a person typed, and limits that we keep. What the kernel
/// says is an errno in the generic category, what getaddrinfo says is in resolverCategory().
enum class Fault {
    EmptyEndpoint = 1,
    UnknownScheme,    // detail: the scheme
    SchemeNotOffered, // detail: the scheme; known, but not in this version
    MissingHost,
    MissingPort,
    BadHost,        // detail: the host
    BadPort,        // detail: what stands where the port should
    PortOutOfRange, // detail: the port
    UnclosedBracket,
    BadIpv6Address, // detail: the address
    EmptyPath,
    PathTooLong, // detail: the longest path in bytes
    PathNotASocket,
    PathInUse,
    NotAllowedInPublic, // detail: the address
    UnknownName,        // detail: the name; of a service, model or framing
    SelectLimit,        // detail: FD_SETSIZE
    SendQueueExceeded,
    TooManyConnections, // detail: the limit
    IdleTimeout,        // detail: seconds
    DatagramTruncated,  // detail: bytes
    DatagramsDropped,   // detail: how many; by the kernel, for want of buffer
    BadJson,            // detail: where, and what is wrong
    FileShrank,         // while it was sent
    NotAFile,           // a folder, a pipe, a device
    DiskTooSlow,        // for what a connection moved
    ProtocolBroken,     // detail: by what; of the framing that was agreed
    HoldsDelimiter,     // a message that is to be sent holds what ends it
    NotFixedSize,       // detail: the bytes that each message has
    HeaderTooLong,      // detail: the limit in bytes
    BadHex,             // detail: the column
    BadEscape,          // detail: the column
    BadMacro,           // detail: the column
    NotEncodable,       // detail: the column; a character that the encoding lacks
    BadSequence,        // detail: the position; bytes that are not of the encoding
    UnknownEncoding,    // detail: its name
    BadValue,           // detail: the value; of an option or a setting
    NeedsReply,         // detail: the service; --http is for another
    NeedsStream,        // detail: what does; the transport carries datagrams
    TooManyFromSource,  // detail: the limit
    MessageTooLong,     // detail: the limit in bytes
    HasNoLoops,         // detail: the model
    ProcessEnded,       // detail: by which signal or with which code
    NeedsLeave,         // detail: the service; it runs programs for whoever connects
    NeedsToken,         // detail: the endpoint
    ShellInPublic,      // detail: the endpoint
    BadTokenFile,       // detail: its path
    NeedsProgram,
    NotForExec,       // the program has the socket
    LookupTooSlow,    // detail: seconds
    OptionNotGranted, // detail: what the kernel gave
    NotMulticast,     // detail: the address
    NeedsDatagrams,   // detail: what does; the transport is a stream
    OtherTransport,   // detail: the transport of our own end; it is not the peer's
};

/// What a person can try. A value with arguments, not a sentence: the command line words it in
/// English, the window in the person's language.
struct Hint {
    enum class Kind {
        None,
        PrivilegedPort, // number: a port to try instead
        PortHeld,       // text: process, number: pid, port: a port to try instead
        PortTaken,      // port: a port to try instead; text: tcp or udp; holder not known
        NothingListens,
        CheckName,
        CheckAddress, // the address is not one of this machine
        CheckRoute,
        CheckFirewall,
        AllowPublic,
        MoreDescriptors,
        FewerWatched, // poll or epoll have no limit at FD_SETSIZE
        AnotherPath,
        DatagramSize, // number: the largest payload in bytes
        PeerClosed,   // the other side has ended the connection
        Offered,      // text: the names that exist
        Example,      // text: a value that would be right
        Permission,
        Resources,
        NoFreePort, // the kernel was asked for one, and has none left
        CheckResolver,
        TryBroadcast,
        OtherFamily,   // our own end and the peer are not both IPv4, or both IPv6
        LocalFirewall, // a rule of this machine
        Prohibited,    // a rule of another, which says so
        StaleSocket,   // the file of a Unix socket that nobody serves any more
        NotASocket,    // the file is another one
        OtherType,     // text: the endpoint of the socket that is there
        PathMtu,       // number: the largest payload that gets through whole
        NameInterface, // text: the interfaces that there are
        SysctlLimit,   // text: the sysctl that sets the limit
    };
    Kind kind = Kind::None;
    std::string text{};
    std::int64_t number = 0;
    int port = 0;
};

/// What a host on the way has said of it, in an ICMP message.
struct HostReport {
    std::string message{}; // "ICMP port unreachable (type 3, code 3)"
    std::string host{};
};

/// One failure: what was tried, on what, why not, and what to try. "bind 127.0.0.1:80: Permission
/// denied (EACCES)" is operation, subject, reason and name.
struct Error {
    std::error_code code{};
    std::string operation{};
    std::string subject{};
    std::string detail{};
    Hint hint{};
    HostReport report{};

    [[nodiscard]] bool is(Fault fault) const;
    [[nodiscard]] bool isErrno(int number) const;
};

const std::error_category& faultCategory();
const std::error_category& resolverCategory(); // values of getaddrinfo(3), EAI_*

/// An error with the given errno; operation is the system call's name. Where descriptors have run
/// out the hint says so.
Error systemError(int number, std::string operation, std::string subject = {});
Error resolverError(int value, std::string subject);
Error faultError(Fault fault, std::string operation, std::string subject, std::string detail = {});

// What an error quotes may come from outside: the texts below are safe to show (display_text.h).

/// The reason in English: "Permission denied", "port 70000 is not between 0 and 65535".
std::string reasonText(const Error& error);
/// The symbol: "EACCES", "EAI_NONAME"; empty for our own faults.
std::string errorName(const std::error_code& code);
/// All but the hint: "bind 127.0.0.1:80: Permission denied (EACCES)".
std::string errorText(const Error& error);

} // namespace sscope
