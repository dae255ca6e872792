#include "ui/inspector/tcp_layout.h"

#include <array>

namespace sscope {

namespace {

using Box = TcpBox;

constexpr std::array rowTops{1, 48, 102, 144, 186};
constexpr int turn = 20; // how far from a box's corner a line leaves it, where not in its middle
constexpr int shortTurn = 12;
constexpr int wordGap = 6;

struct Cell {
    int row;
    int column;
};

// In the order of TcpBox.
constexpr std::array<Cell, tcpBoxes> cells{{
    {0, 0}, // Listen
    {0, 1}, // Closed
    {0, 2}, // SynSent
    {1, 0}, // SynRecv
    {1, 1}, // Established
    {2, 0}, // FinWait1
    {2, 2}, // CloseWait
    {3, 0}, // FinWait2
    {3, 1}, // Closing
    {3, 2}, // LastAck
    {4, 1}, // TimeWait
    {4, 2}, // Ended
}};

Cell cellOf(Box box) {
    return cells[static_cast<std::size_t>(box)];
}

// Lines of one and of two pixels are crisp where they run through the middle of one.
QPointF crisp(int x, int y) {
    return {x + 0.5, y + 0.5};
}

int middleX(const QRect& box) {
    return box.left() + box.width() / 2;
}

int middleY(const QRect& box) {
    return box.top() + box.height() / 2;
}

bool is(const TcpEdge& edge, Box from, Box to) {
    return edge.from == from && edge.to == to;
}

/// Down, across and down again.
std::vector<QPointF> stepped(int x, int top, int toX, int bottom, int bend) {
    return {crisp(x, top), crisp(x, bend), crisp(toX, bend), crisp(toX, bottom)};
}

} // namespace

int TcpLayout::columnLeft(int column) const {
    return column == 2 ? m_width - boxWidth : column * (m_width - boxWidth) / 2;
}

int TcpLayout::columnGap(int column) const {
    return (columnLeft(column) + boxWidth + columnLeft(column + 1)) / 2;
}

QRect TcpLayout::box(TcpBox box) const {
    const Cell cell = cellOf(box);
    return {columnLeft(cell.column), rowTops[static_cast<std::size_t>(cell.row)], boxWidth,
            boxHeight};
}

std::vector<QPointF> TcpLayout::route(const TcpEdge& edge) const {
    const QRect from = box(edge.from);
    const QRect to = box(edge.to);
    const Cell a = cellOf(edge.from);
    const Cell b = cellOf(edge.to);
    if (is(edge, Box::SynSent, Box::SynRecv))
        return stepped(from.left() + turn, from.bottom() + 1, to.right() - turn, to.top() - 1,
                       from.bottom() + 6);
    if (is(edge, Box::FinWait1, Box::Closing))
        return stepped(from.right() - shortTurn, from.bottom() + 1, middleX(to), to.top() - 1,
                       (from.bottom() + to.top()) / 2);
    if (is(edge, Box::Established, Box::FinWait1))
        return {crisp(from.left() + turn, from.bottom() + 1),
                crisp(from.left() + turn, middleY(to)), crisp(to.right() + 1, middleY(to))};
    if (is(edge, Box::Established, Box::CloseWait))
        return {crisp(from.right() - turn, from.bottom() + 1),
                crisp(from.right() - turn, middleY(to)), crisp(to.left() - 1, middleY(to))};
    if (a.row == b.row) {
        const bool isRight = a.column < b.column;
        return {crisp(isRight ? from.right() + 1 : from.left() - 1, middleY(from)),
                crisp(isRight ? to.left() - 1 : to.right() + 1, middleY(to))};
    }
    if (a.column == b.column)
        return {crisp(middleX(from), from.bottom() + 1), crisp(middleX(to), to.top() - 1)};
    // Down to the height of the other box, then into its side.
    const bool isRight = a.column < b.column;
    return {crisp(middleX(from), from.bottom() + 1), crisp(middleX(from), middleY(to)),
            crisp(isRight ? to.left() - 1 : to.right() + 1, middleY(to))};
}

std::optional<TcpLayout::WordPlace> TcpLayout::wordPlace(const TcpEdge& edge) const {
    const QRect from = box(edge.from);
    const QRect to = box(edge.to);
    const int below = (from.bottom() + to.top()) / 2;
    switch (edge.step) {
    case TcpStep::Listens: // there is no room between the boxes
    case TcpStep::Connects:
    case TcpStep::SimultaneousOpen:
        return std::nullopt;
    case TcpStep::SynAck:
        return WordPlace{{middleX(from) - wordGap, below}, true};
    case TcpStep::ThisEndCloses:
        if (edge.isRare)
            return std::nullopt;
        if (edge.from == Box::Established)
            return WordPlace{{from.left() + turn - wordGap, below}, true};
        return WordPlace{{middleX(from) - wordGap, below}, true};
    case TcpStep::OtherEndCloses:
        return WordPlace{{from.right() - turn + wordGap, below}};
    case TcpStep::Minute:
        return WordPlace{{columnGap(1) + wordGap / 2, to.top() - 7}, true};
    case TcpStep::Ack:
        if (edge.from == Box::SynRecv)
            return WordPlace{{columnGap(0) + wordGap, from.top() - 6}, true};
        return WordPlace{{middleX(from) + wordGap, below}};
    case TcpStep::Fin:
        if (edge.to == Box::Closing)
            return WordPlace{{middleX(to) + wordGap, to.top() - 8}};
        return WordPlace{{middleX(from) + wordGap, from.bottom() + 10}};
    case TcpStep::Syn:
        break;
    }
    return WordPlace{{middleX(from) + wordGap, below}};
}

} // namespace sscope
