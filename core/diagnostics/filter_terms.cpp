#include "core/diagnostics/filter_terms.h"

#include <algorithm>

#include "core/base/display_text.h"
#include "core/diagnostics/end_text.h"

namespace sscope {

namespace {

bool isPlain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7F; });
}

/// word is in lower case. Most letters are not its first one, so that is looked for alone.
bool hasWord(std::string_view text, std::string_view word) {
    if (word.empty())
        return true;
    const char first = word.front();
    for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
        if (lowerLetter(text[at]) == first &&
            std::ranges::equal(text.substr(at + 1, word.size() - 1), word.substr(1), {},
                               lowerLetter))
            return true;
    }
    return false;
}

/// The executable's name is whole where comm(5) is cut after 15 bytes.
std::string_view fileName(std::string_view path) {
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

bool isCalled(const SocketRow& row, const TextTest& text) {
    return std::ranges::any_of(row.owners, [&](const SocketOwner& owner) {
        return text.has(owner.process->command) || text.has(fileName(owner.process->executable));
    });
}

bool hasPid(const SocketRow& row, const NumberRange& range) {
    return std::ranges::any_of(row.owners, [&](const SocketOwner& owner) {
        return range.has(static_cast<std::uint64_t>(owner.process->pid));
    });
}

bool hasLocalPort(const SocketRow& row, const NumberRange& range) {
    return isInet(row.protocol) && range.has(row.localPort);
}

bool hasRemotePort(const SocketRow& row, const NumberRange& range) {
    return isInet(row.protocol) && row.hasPeer() && range.has(row.remotePort);
}

/// A listener's Send-Q is its backlog: nothing waits there.
std::uint32_t longerQueue(const SocketRow& row) {
    return row.state == SocketState::Listen ? row.receiveQueue
                                            : std::max(row.receiveQueue, row.sendQueue);
}

bool hasRtt(const SocketRow& row, const NumberRange& range) {
    if (!row.details || !row.details->tcpInfo)
        return false;
    const std::uint32_t rtt = row.details->tcpInfo->rttUs;
    return rtt != 0 && range.has(rtt); // 0: nothing has been measured
}

bool hasAge(const RowFacts& facts, const NumberRange& range) {
    return facts.age && facts.age->count() >= 0 &&
           range.has(static_cast<std::uint64_t>(facts.age->count()));
}

/// 127.0.0.0/8 and ::1: at every end that the row has.
bool isLoopbackRow(const SocketRow& row) {
    return isInet(row.protocol) && row.localAddress.isLoopback() &&
           (!row.hasPeer() || row.remoteAddress.isLoopback());
}

/// TIME_WAIT and SYN_RECV have no process by their nature; netlink's other end is the kernel.
bool isOrphan(const SocketRow& row) {
    return ownerWord(row) != OwnerWord::Named && row.ownersKnown &&
           row.state != SocketState::TimeWait && row.state != SocketState::SynRecv &&
           row.protocol != SocketProtocol::Netlink;
}

bool isEnd(const SocketRow& row, const TextTest& text) {
    if (!isInet(row.protocol)) {
        const bool hasRemote =
            row.protocol == SocketProtocol::Netlink && row.state == SocketState::Established;
        return text.has(row.localText()) || (hasRemote && text.has(row.remoteText()));
    }
    return text.has(EndText(row.localAddress, row.localPort).view()) ||
           (row.hasPeer() && text.has(EndText(row.remoteAddress, row.remotePort).view()));
}

} // namespace

bool TextTest::has(std::string_view text) const {
    std::string shown;
    if (!isPlain(text)) {
        shown = displaySafe(text);
        text = shown;
    }
    switch (kind) {
    case Kind::Contains:
        return hasWord(text, word);
    case Kind::Begins:
        return isSameWord(text.substr(0, word.size()), word);
    case Kind::Equals:
        return isSameWord(text, word);
    case Kind::Regex:
        return regex.isFoundIn(text);
    }
    return false;
}

bool BareNumber::matches(const RowFacts& facts) const {
    const SocketRow& row = facts.row;
    return hasLocalPort(row, range) || hasRemotePort(row, range) || hasPid(row, range) ||
           (row.protocol == SocketProtocol::Netlink && row.portId != 0 && range.has(row.portId));
}

bool BareWord::matches(const RowFacts& facts) const {
    const SocketRow& row = facts.row;
    if (text.has(protocolText(row.protocol)) || text.has(stateText(row.state)) ||
        text.has(row.user) || isCalled(row, text))
        return true;
    if (state == row.state || (protocol && ProtocolTerm{*protocol}.matches(facts)))
        return true;
    if ((mayBeAddress || !isInet(row.protocol)) && isEnd(row, text))
        return true;
    const OwnerWord owner = ownerWord(row);
    return (owner == OwnerWord::NoPermission && text.has("no permission")) ||
           (owner == OwnerWord::Kernel && text.has("kernel"));
}

bool NumberTerm::matches(const RowFacts& facts) const {
    const SocketRow& row = facts.row;
    switch (key) {
    case FilterKey::Port:
        return hasLocalPort(row, range) || hasRemotePort(row, range);
    case FilterKey::SourcePort:
        return hasLocalPort(row, range);
    case FilterKey::DestinationPort:
        return hasRemotePort(row, range);
    case FilterKey::Pid:
        return hasPid(row, range);
    case FilterKey::Uid:
        return row.hasUid && range.has(row.uid);
    case FilterKey::Inode:
        return range.has(row.inode);
    case FilterKey::Fd:
        return std::ranges::any_of(row.owners, [this](const SocketOwner& owner) {
            return owner.fd >= 0 && range.has(static_cast<std::uint64_t>(owner.fd));
        });
    case FilterKey::Queue:
        return range.has(longerQueue(row));
    case FilterKey::Rtt:
        return hasRtt(row, range);
    case FilterKey::Age:
        return hasAge(facts, range);
    default:
        return false;
    }
}

bool TextTerm::matches(const RowFacts& facts) const {
    const SocketRow& row = facts.row;
    if (key == FilterKey::Process)
        return isCalled(row, text);
    return (uid && row.hasUid && row.uid == *uid) || (!row.user.empty() && text.has(row.user));
}

bool AddressTerm::matches(const RowFacts& facts) const {
    const SocketRow& row = facts.row;
    if (!isInet(row.protocol))
        return false;
    const auto isMet = [this](const IpAddress& address, std::uint16_t itsPort) {
        if (port && *port != itsPort)
            return false;
        if (text)
            return text->has(address.text());
        return std::ranges::any_of(ranges,
                                   [&](const AddressRange& range) { return range.has(address); });
    };
    return (key != FilterKey::Destination && isMet(row.localAddress, row.localPort)) ||
           (key != FilterKey::Source && row.hasPeer() && isMet(row.remoteAddress, row.remotePort));
}

bool StateTerm::matches(const RowFacts& facts) const {
    return state ? facts.row.state == *state : text.has(stateText(facts.row.state));
}

bool ProtocolTerm::matches(const RowFacts& facts) const {
    return facts.row.protocol == protocol.protocol &&
           (!protocol.family || facts.row.family == *protocol.family);
}

bool PropertyTerm::matches(const RowFacts& facts) const {
    switch (property) {
    case FilterProperty::Listening:
        return facts.row.state == SocketState::Listen;
    case FilterProperty::Established:
        return facts.row.state == SocketState::Established;
    case FilterProperty::Loopback:
        return isLoopbackRow(facts.row);
    case FilterProperty::Ours:
        return facts.isOurs;
    case FilterProperty::Orphan:
        return isOrphan(facts.row);
    }
    return false;
}

} // namespace sscope
