#pragma once

#include <QPainter>
#include <QTabBar>

namespace sscope {

// What stands after a tab's text, whole where that is cut: the tab's data, as TabPage::sign() has
// it. In the warning colour where it begins with an @.

/// With the gap before it; 0 where there is none.
int widthOfTabSign(const QTabBar& bar, int index);
/// At the right of a tab's room for text.
void paintTabSign(QPainter* painter, const QRect& room, const QTabBar& bar, int index);

} // namespace sscope
