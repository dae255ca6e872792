#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include <QString>

#include "core/diagnostics/socket_row.h"

class QMenu;
class QObject;

namespace sscope::connection_copies {

/// Rows as a person pastes them somewhere else.
QString csv(std::span<const SocketRow> rows);
QString json(std::span<const SocketRow> rows);
/// As a file has it: with a line break at its end.
std::string jsonFile(std::span<const SocketRow> rows);
/// Any of the rows, as an expression of ss(8) and as a filter of ours. Empty where there is none.
QString ssFilter(std::span<const SocketRow> rows);
QString filter(std::span<const SocketRow> rows);

/// Makes a text, on any thread; it owns what it needs.
using Maker = std::function<QString()>;
/// Of many rows the text is made off the GUI thread, and copied then, if the owner is still there.
void copyMade(QObject* owner, std::size_t rows, Maker make);

/// What the menu of a row copies: its cell, its line, and the selected rows in each form. What is
/// costly is made when it is asked for.
struct Source {
    QString cell;
    QString line;
    int selected = 0;
    std::function<void()> copyText;
    std::function<std::vector<SocketRow>()> rows;
    std::function<Maker()> csv;
    std::function<Maker()> json;
    bool hasSsFilter = false;
};

/// The entries live as long as their owner.
void fillMenu(QMenu& menu, const Source& source, QObject* owner);

} // namespace sscope::connection_copies
