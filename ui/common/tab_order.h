#pragma once

#include <initializer_list>

#include <QLayout>
#include <QWidget>

namespace sscope {

/// Tab comes to these in this order, and to all that is in one before the next. Of one window.
void orderForTab(std::initializer_list<QWidget*> parts);

/// As they stand in a row or column.
void orderForTab(const QLayout& layout);

} // namespace sscope
