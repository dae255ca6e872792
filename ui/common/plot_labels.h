#pragma once

#include <vector>

#include <QFont>
#include <QRect>

namespace sscope {

/// The middles of labels that would like to stand at these heights, moved so that each has its
/// room: as near to where they belong as that allows, in the same order, within the bounds. In the
/// order of what is given.
std::vector<int> spreadLabels(const std::vector<int>& wanted, int pitch, int top, int bottom);

/// 11 px: axes and annotations.
QFont axisFont();

} // namespace sscope
