#pragma once

#include <vector>

#include <QString>

#include "core/diagnostics/socket_row.h"

namespace sscope {

struct SocketFigure {
    QString name;
    QString value;
    QString tip{};
    bool isLong = false; // has a line of its own
};

/// Two in each line: what is looked at first.
std::vector<SocketFigure> socketFigures(const SocketRow& row);
/// All else that the kernel tells of a socket, and who holds it.
std::vector<SocketFigure> furtherFigures(const SocketRow& row);

} // namespace sscope
