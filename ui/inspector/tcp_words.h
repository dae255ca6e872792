#pragma once

#include <QString>

#include "ui/inspector/tcp_path.h"

namespace sscope {

/// What stands beside an edge: "this end closes", "SYN, ACK".
QString stepWords(TcpStep step);
/// What it is to be in a box, in one sentence.
QString boxWords(TcpBox box);
/// The path of this end, what may follow and where the other end is, for who does not see the
/// diagram.
QString pathWords(const TcpPath& path);

} // namespace sscope
