#include "core/server/process_report.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <type_traits>

#include <sys/socket.h>

namespace sscope {

namespace {

/// All of ChildEnded but the peer, which follows.
struct EndedFields {
    std::uint32_t connection = 0;
    pid_t pid = 0;
    int waitStatus = 0;
    Counters counters;
};
static_assert(std::is_trivially_copyable_v<EndedFields>);

} // namespace

ReportSink::ReportSink(int fd)
    : m_fd(fd), m_encoder([this](ByteView packet) { send(ReportKind::Trace, packet); }) {}

void ReportSink::send(const ChildEnded& ended) {
    const EndedFields fields{ended.connection, ended.pid, ended.waitStatus, ended.counters};
    std::vector<std::byte> content(sizeof fields + ended.peer.size());
    std::memcpy(content.data(), &fields, sizeof fields);
    std::memcpy(content.data() + sizeof fields, ended.peer.data(), ended.peer.size());
    send(ReportKind::ChildEnded, content);
}

void ReportSink::send(ReportKind kind, ByteView content) {
    std::array<iovec, 2> pieces{
        {{&kind, sizeof kind}, {const_cast<std::byte*>(content.data()), content.size()}}};
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    while (::sendmsg(m_fd, &message, MSG_NOSIGNAL) < 0 && errno == EINTR) {
    }
}

bool decodeChildEnded(ByteView content, ChildEnded& ended) {
    EndedFields fields;
    if (content.size() < sizeof fields)
        return false;
    std::memcpy(&fields, content.data(), sizeof fields);
    ended = {fields.connection, fields.pid, fields.waitStatus, fields.counters,
             std::string(textOf(content.subspan(sizeof fields)))};
    return true;
}

} // namespace sscope
