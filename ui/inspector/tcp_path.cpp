#include "ui/inspector/tcp_path.h"

#include <algorithm>

namespace sscope {

namespace {

using Box = TcpBox;
using Step = TcpStep;

// The usual way first: of two that are as long, the earlier one is taken to have been gone.
constexpr std::array<TcpEdge, 16> edges{{
    {Box::Closed, Box::Listen, Step::Listens},
    {Box::Closed, Box::SynSent, Step::Connects},
    {Box::Listen, Box::SynRecv, Step::Syn},
    {Box::SynSent, Box::Established, Step::SynAck},
    {Box::SynRecv, Box::Established, Step::Ack},
    {Box::Established, Box::FinWait1, Step::ThisEndCloses},
    {Box::Established, Box::CloseWait, Step::OtherEndCloses},
    {Box::FinWait1, Box::FinWait2, Step::Ack},
    {Box::FinWait1, Box::Closing, Step::Fin},
    {Box::FinWait2, Box::TimeWait, Step::Fin},
    {Box::Closing, Box::TimeWait, Step::Ack},
    {Box::CloseWait, Box::LastAck, Step::ThisEndCloses},
    {Box::LastAck, Box::Ended, Step::Ack},
    {Box::TimeWait, Box::Ended, Step::Minute},
    {Box::SynSent, Box::SynRecv, Step::SimultaneousOpen, true},
    {Box::SynRecv, Box::FinWait1, Step::ThisEndCloses, true},
}};

bool contains(const std::vector<Box>& path, Box box) {
    return std::ranges::find(path, box) != path.end();
}

bool follows(const std::vector<Box>& path, const TcpEdge& edge) {
    for (std::size_t i = 1; i < path.size(); ++i) {
        if (path[i - 1] == edge.from && path[i] == edge.to)
            return true;
    }
    return false;
}

bool isDirect(Box from, Box to) {
    return std::ranges::any_of(
        edges, [&](const TcpEdge& edge) { return edge.from == from && edge.to == to; });
}

/// The boxes between two, by usual edges; empty where none or no way lies between them.
std::vector<Box> between(Box from, Box to) {
    std::vector<std::vector<Box>> ways{{from}};
    for (std::size_t i = 0; i < ways.size(); ++i) {
        for (const TcpEdge& edge : edges) {
            const std::vector<Box> way = ways[i];
            if (edge.isRare || edge.from != way.back())
                continue;
            if (edge.to == to)
                return {way.begin() + 1, way.end()};
            ways.push_back(way);
            ways.back().push_back(edge.to);
        }
    }
    return {};
}

/// Goes on to a box. How a socket ended is not guessed: it may have been reset.
void goTo(std::vector<Box>& path, Box box) {
    if (!path.empty() && path.back() == box)
        return;
    if (!path.empty() && box != Box::Ended && !isDirect(path.back(), box)) {
        const std::vector<Box> missed = between(path.back(), box);
        path.insert(path.end(), missed.begin(), missed.end());
    }
    path.push_back(box);
}

bool isOpenOrLater(Box box) {
    return box >= Box::Established;
}

std::vector<Box> beginning(OpenedBy openedBy) {
    switch (openedBy) {
    case OpenedBy::ThisEnd:
        return {Box::Closed, Box::SynSent, Box::Established};
    case OpenedBy::OtherEnd:
        return {Box::Closed, Box::Listen, Box::SynRecv, Box::Established};
    case OpenedBy::Unknown:
        break;
    }
    return {Box::Established};
}

std::vector<Box> beginningFor(Box first, OpenedBy openedBy) {
    switch (first) {
    case Box::Closed:
    case Box::Ended:
        return {};
    case Box::Listen:
    case Box::SynSent:
        return {Box::Closed};
    case Box::SynRecv:
        return {Box::Closed, Box::Listen};
    default:
        return beginning(openedBy);
    }
}

OpenedBy mirrored(OpenedBy openedBy) {
    switch (openedBy) {
    case OpenedBy::ThisEnd:
        return OpenedBy::OtherEnd;
    case OpenedBy::OtherEnd:
        return OpenedBy::ThisEnd;
    case OpenedBy::Unknown:
        break;
    }
    return OpenedBy::Unknown;
}

/// Where the other end must have been for this one to be where it is.
Box impliedOther(const std::vector<Box>& own) {
    const Box last = own.back() == Box::Ended && own.size() > 1 ? own[own.size() - 2] : own.back();
    switch (last) {
    case Box::FinWait2:
        return Box::CloseWait;
    case Box::CloseWait:
        return Box::FinWait1;
    case Box::Closing:
        return Box::Closing;
    case Box::LastAck:
        return Box::FinWait2;
    case Box::TimeWait:
        return contains(own, Box::Closing) ? Box::Closing : Box::LastAck;
    default:
        return Box::Established;
    }
}

std::vector<Box> otherPath(const TcpPath& path, std::optional<SocketState> state) {
    const Box now = *path.current;
    if (now == Box::SynRecv)
        return {Box::Closed, Box::SynSent};
    if (!contains(path.own, Box::Established))
        return {};
    std::vector<Box> other = beginning(mirrored(path.openedBy));
    const Box known = state ? boxOf(*state) : Box::Ended;
    goTo(other, isOpenOrLater(known) && known != Box::Ended ? known : impliedOther(path.own));
    return other;
}

} // namespace

std::span<const TcpEdge> tcpEdges() {
    return edges;
}

const char* boxText(TcpBox box) {
    constexpr std::array<const char*, tcpBoxes> texts{
        "LISTEN",     "CLOSED",    "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT1",
        "CLOSE_WAIT", "FIN_WAIT2", "CLOSING",  "LAST_ACK", "TIME_WAIT",   "CLOSED"};
    return texts[static_cast<std::size_t>(box)];
}

TcpBox boxOf(SocketState state) {
    switch (state) {
    case SocketState::Listen:
        return Box::Listen;
    case SocketState::Established:
        return Box::Established;
    case SocketState::SynSent:
        return Box::SynSent;
    case SocketState::SynRecv:
        return Box::SynRecv;
    case SocketState::FinWait1:
        return Box::FinWait1;
    case SocketState::FinWait2:
        return Box::FinWait2;
    case SocketState::TimeWait:
        return Box::TimeWait;
    case SocketState::CloseWait:
        return Box::CloseWait;
    case SocketState::LastAck:
        return Box::LastAck;
    case SocketState::Closing:
        return Box::Closing;
    case SocketState::Bound:
        return Box::Closed;
    case SocketState::Close:
    case SocketState::Unconnected:
        break;
    }
    return Box::Ended;
}

bool TcpPath::isOwn(TcpBox box) const {
    return contains(own, box);
}

bool TcpPath::isOther(TcpBox box) const {
    return contains(other, box);
}

bool TcpPath::isOwn(const TcpEdge& edge) const {
    return follows(own, edge);
}

bool TcpPath::isOther(const TcpEdge& edge) const {
    return follows(other, edge);
}

bool TcpPath::isNext(const TcpEdge& edge) const {
    return !edge.isRare && current == edge.from;
}

TcpPath tcpPath(std::span<const SocketState> seen, OpenedBy openedBy,
                std::optional<SocketState> other, bool isGone) {
    TcpPath path;
    if (seen.empty())
        return path;
    path.openedBy = openedBy;
    if (std::ranges::find(seen, SocketState::SynSent) != seen.end())
        path.openedBy = OpenedBy::ThisEnd;
    else if (seen.front() == SocketState::SynRecv)
        path.openedBy = OpenedBy::OtherEnd;
    path.own = beginningFor(boxOf(seen.front()), path.openedBy);
    for (const SocketState state : seen)
        goTo(path.own, boxOf(state));
    if (isGone)
        goTo(path.own, Box::Ended);
    path.current = path.own.back();
    path.other = otherPath(path, other);
    return path;
}

} // namespace sscope
