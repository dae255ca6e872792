#pragma once

#include <string>
#include <string_view>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// The shortest filter in our language that leaves this row: by protocol, both ends, and its inode
/// where it has one.
std::string filterFor(const SocketRow& row);
/// The same as an expression of ss(8), after its options: "src 127.0.0.1:80 and dst ...". Empty
/// where ss has no filter for it: netlink, packet, Unix without a path or with one that a shell
/// would change.
std::string ssFilterFor(const SocketRow& row);
/// A word as it stands in a filter: in quotes where it would else be read as something more.
std::string filterQuoted(std::string_view word);

} // namespace sscope
