// Invariant: whatever bytes a dump has, rows are of the kind that was asked for, have details only
// where these were asked for, can be asked for one by one, and print as safe text.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>

#include <nlohmann/json.hpp>

#include "core/base/bytes.h"
#include "core/base/utf8.h"
#include "core/diagnostics/sock_diag_codec.h"
#include "core/diagnostics/table_printer.h"

using namespace sscope;

namespace {

// The same as in tests/data/record_sock_diag.py, so that the recordings are a corpus too.
constexpr std::uint32_t sequence = 7;

constexpr DiagRequest requests[] = {
    {SocketProtocol::Tcp, AF_INET},
    {SocketProtocol::Tcp, AF_INET6},
    {SocketProtocol::Udp, AF_INET},
    {SocketProtocol::Unix, AF_UNIX},
    {SocketProtocol::Udp, AF_INET6},
    {SocketProtocol::UdpLite, AF_INET},
    {SocketProtocol::Raw, AF_INET},
    {SocketProtocol::Packet, AF_PACKET, true},
    {SocketProtocol::Netlink, AF_NETLINK, true},
    {SocketProtocol::Tcp, AF_INET, true},
    {SocketProtocol::Unix, AF_UNIX, true},
    {SocketProtocol::Udp, AF_INET6, true},
    {SocketProtocol::Packet, AF_PACKET},
    {SocketProtocol::Netlink, AF_NETLINK},
};

void checkRows(const std::vector<SocketRow>& rows, const DiagRequest& request) {
    for (const SocketRow& row : rows) {
        if (row.protocol != request.protocol || (row.details && !request.details))
            std::abort();
        if (canAskForOne(row.protocol) && encodeDiagRequest(row, sequence).empty())
            std::abort();
        if (!isUtf8(toJson(row).dump(-1, ' ', false, nlohmann::json::error_handler_t::strict)))
            std::abort();
    }
    const std::string table = printTable(rows, TableStyle::Full, true);
    const auto lines = static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n'));
    if (!isUtf8(table) || lines != rows.size() + 1)
        std::abort();
}

} // namespace

/// The first byte chooses the request; the rest is cut into datagrams by their 4-byte lengths, as
/// in the recordings.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const DiagRequest& request = requests[data[0] % std::size(requests)];
    std::vector<SocketRow> rows;
    DiagDecoder decoder(request, sequence, rows);
    std::size_t at = 1;
    while (size - at >= 4) {
        const std::size_t length =
            std::min<std::size_t>(data[at] + data[at + 1] * 256U, size - at - 4);
        // A buffer of its own, so that a read beyond it is seen.
        const std::vector<std::byte> datagram(reinterpret_cast<const std::byte*>(data) + at + 4,
                                              reinterpret_cast<const std::byte*>(data) + at + 4 +
                                                  length);
        if (const auto outcome = decoder.take(datagram); !outcome)
            break;
        at += 4 + length;
    }
    checkRows(rows, request);
    return 0;
}
