#include "core/base/error.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <netdb.h>

#include "core/base/display_text.h"

namespace sscope {

namespace {

struct FaultText {
    Fault fault;
    const char* text; // %s stands for the detail
};

constexpr std::array faultTexts{
    FaultText{Fault::EmptyEndpoint, "nothing was given"},
    FaultText{Fault::UnknownScheme, "scheme '%s' is not known"},
    FaultText{Fault::SchemeNotOffered, "%s is not offered by this version"},
    FaultText{Fault::MissingHost, "the host is missing"},
    FaultText{Fault::MissingPort, "the port is missing"},
    FaultText{Fault::BadHost, "host '%s' is not a name or an address"},
    FaultText{Fault::BadPort, "port '%s' is not a number"},
    FaultText{Fault::PortOutOfRange, "port %s is not between 0 and 65535"},
    FaultText{Fault::UnclosedBracket, "a closing bracket is missing"},
    FaultText{Fault::BadIpv6Address, "'%s' is not an IPv6 address"},
    FaultText{Fault::EmptyPath, "the path is missing"},
    FaultText{Fault::PathTooLong, "the path is longer than %s bytes"},
    FaultText{Fault::PathNotASocket, "the path exists and is not a socket"},
    FaultText{Fault::PathInUse, "a server is listening there"},
    FaultText{Fault::NotAllowedInPublic, "%s can be reached from other machines"},
    FaultText{Fault::UnknownName, "'%s' is not known"},
    FaultText{Fault::SelectLimit, "select cannot watch a descriptor of %s or above"},
    FaultText{Fault::SendQueueExceeded, "send queue exceeded"},
    FaultText{Fault::TooManyConnections, "the limit of %s connections is reached"},
    FaultText{Fault::IdleTimeout, "idle for %s s"},
    FaultText{Fault::DatagramTruncated, "a datagram of %s bytes was cut to the receive size"},
    FaultText{Fault::DatagramsDropped,
              "the kernel dropped %s datagrams: the receive buffer was full"},
    FaultText{Fault::BadJson, "it cannot be read, %s"},
    FaultText{Fault::FileShrank, "the file became shorter while it was sent"},
    FaultText{Fault::NotAFile, "it is not a regular file"},
    FaultText{Fault::DiskTooSlow, "the disk is slower than the connection"},
    FaultText{Fault::ProtocolBroken, "the peer broke the protocol: %s"},
    FaultText{Fault::HoldsDelimiter, "the message holds the byte that ends it"},
    FaultText{Fault::NotFixedSize, "the message does not have %s bytes"},
    FaultText{Fault::HeaderTooLong, "the message's header is longer than %s bytes"},
    FaultText{Fault::BadHex, "not a hex digit at column %s"},
    FaultText{Fault::BadEscape, "not an escape at column %s"},
    FaultText{Fault::BadMacro,
              "not ${seq}, ${time}, ${time:unix} or ${rand:1..1000000} at column %s"},
    FaultText{Fault::NotEncodable, "the encoding lacks the character at column %s"},
    FaultText{Fault::BadSequence, "invalid sequence at byte %s"},
    FaultText{Fault::UnknownEncoding, "encoding '%s' is not known"},
    FaultText{Fault::BadValue, "'%s' is not valid here"},
    FaultText{Fault::NeedsReply, "only the service reply answers HTTP, not %s"},
    FaultText{Fault::NeedsStream, "%s needs a stream, and this carries datagrams"},
    FaultText{Fault::TooManyFromSource, "the limit of %s connections from one source is reached"},
    FaultText{Fault::MessageTooLong, "a message is longer than %s bytes"},
    FaultText{Fault::HasNoLoops, "the model %s has no loops"},
    FaultText{Fault::ProcessEnded, "the process that served it was ended by %s"},
    FaultText{Fault::NeedsLeave, "%s runs programs for whoever connects, which must be allowed"},
    FaultText{Fault::NeedsToken, "programs are run at %s only for who knows a token"},
    FaultText{Fault::ShellInPublic, "a shell is only for loopback and Unix sockets, not for %s"},
    FaultText{Fault::BadTokenFile, "%s does not hold a token, one line of 1 to 1024 bytes"},
    FaultText{Fault::NeedsProgram, "the program is missing"},
    FaultText{Fault::NotForExec, "the program of exec does that itself: it has the socket"},
    FaultText{Fault::LookupTooSlow, "the name service has not answered within %s s"},
    FaultText{Fault::OptionNotGranted, "the kernel granted %s instead"},
    FaultText{Fault::NotMulticast, "'%s' is not a multicast address"},
    FaultText{Fault::NeedsDatagrams, "%s needs udp://, and this is something else"},
    FaultText{Fault::OtherTransport, "our own end is %s, and the peer is not"},
};

const char* templateOf(Fault fault) {
    for (const FaultText& entry : faultTexts) {
        if (entry.fault == fault)
            return entry.text;
    }
    return "unknown fault";
}

class FaultCategory final : public std::error_category {
public:
    const char* name() const noexcept override { return "socketscope"; }
    std::string message(int value) const override { return templateOf(static_cast<Fault>(value)); }
};

class ResolverCategory final : public std::error_category {
public:
    const char* name() const noexcept override { return "getaddrinfo"; }
    std::string message(int value) const override { return ::gai_strerror(value); }
};

constexpr std::array<std::pair<int, const char*>, 11> resolverNames{{
    {EAI_AGAIN, "EAI_AGAIN"},
    {EAI_BADFLAGS, "EAI_BADFLAGS"},
    {EAI_FAIL, "EAI_FAIL"},
    {EAI_FAMILY, "EAI_FAMILY"},
    {EAI_MEMORY, "EAI_MEMORY"},
    {EAI_NODATA, "EAI_NODATA"},
    {EAI_NONAME, "EAI_NONAME"},
    {EAI_OVERFLOW, "EAI_OVERFLOW"},
    {EAI_SERVICE, "EAI_SERVICE"},
    {EAI_SOCKTYPE, "EAI_SOCKTYPE"},
    {EAI_SYSTEM, "EAI_SYSTEM"},
}};

} // namespace

const std::error_category& faultCategory() {
    static const FaultCategory category;
    return category;
}

const std::error_category& resolverCategory() {
    static const ResolverCategory category;
    return category;
}

bool Error::is(Fault fault) const {
    return code.category() == faultCategory() && code.value() == static_cast<int>(fault);
}

bool Error::isErrno(int number) const {
    return code.category() == std::generic_category() && code.value() == number;
}

Error systemError(int number, std::string operation, std::string subject) {
    Error error{.code = {number, std::generic_category()},
                .operation = std::move(operation),
                .subject = std::move(subject)};
    if (number == EMFILE || number == ENFILE) // whatever was tried
        error.hint.kind = Hint::Kind::MoreDescriptors;
    return error;
}

Error resolverError(int value, std::string subject) {
    return {.code = {value, resolverCategory()},
            .operation = "resolve",
            .subject = std::move(subject),
            .hint = {.kind = Hint::Kind::CheckName}};
}

Error faultError(Fault fault, std::string operation, std::string subject, std::string detail) {
    return {.code = {static_cast<int>(fault), faultCategory()},
            .operation = std::move(operation),
            .subject = std::move(subject),
            .detail = std::move(detail)};
}

std::string reasonText(const Error& error) {
    std::string text = error.code.message();
    if (error.code.category() == faultCategory()) {
        if (const auto at = text.find("%s"); at != std::string::npos)
            text.replace(at, 2, displaySafe(error.detail));
    }
    return text;
}

std::string errorName(const std::error_code& code) {
    if (code.category() == std::generic_category()) {
        const char* name = ::strerrorname_np(code.value());
        return name ? name : std::to_string(code.value());
    }
    if (code.category() == resolverCategory()) {
        for (const auto& [value, name] : resolverNames) {
            if (value == code.value())
                return name;
        }
    }
    return {};
}

std::string errorText(const Error& error) {
    std::string text = error.operation;
    if (!error.subject.empty())
        text += ' ' + displaySafe(error.subject);
    text += ": " + reasonText(error);
    if (const std::string name = errorName(error.code); !name.empty())
        text += " (" + name + ')';
    return text;
}

} // namespace sscope
