#pragma once

#include <vector>

#include <QPointF>
#include <QRect>
#include <QString>

#include "ui/inspector/tcp_path.h"

namespace sscope {

/// Where the diagram's boxes, lines and words are, in pixels, for one width. Boxes are 92 wide in
/// three columns that reach from edge to edge.
class TcpLayout {
public:
    static constexpr int height = 209;
    static constexpr int boxWidth = 92;
    static constexpr int boxHeight = 22;
    static constexpr int leastWidth = 3 * boxWidth + 2 * 8;

    explicit TcpLayout(int width) : m_width(std::max(width, leastWidth)) {}

    [[nodiscard]] QRect box(TcpBox box) const;
    /// From the first box's edge to the second's, where the arrow's head is.
    [[nodiscard]] std::vector<QPointF> route(const TcpEdge& edge) const;
    /// Where a word beside the edge stands: to the right of a point, or to its left, its middle at
    /// the point's height.
    struct WordPlace {
        QPoint at;
        bool isLeft = false;
    };
    [[nodiscard]] std::optional<WordPlace> wordPlace(const TcpEdge& edge) const;

private:
    [[nodiscard]] int columnLeft(int column) const;
    /// Halfway between two columns.
    [[nodiscard]] int columnGap(int column) const;

    int m_width;
};

} // namespace sscope
