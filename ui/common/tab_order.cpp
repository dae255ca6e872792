#include "ui/common/tab_order.h"

#include <vector>

#include <QSet>

namespace sscope {

namespace {

/// What takes the keyboard in a widget, itself among it, in the order that it has so far. The chain
/// is the whole window's, with all its tabs: it is followed no further than need be.
std::vector<QWidget*> keysOf(QWidget* part) {
    QSet<QWidget*> left;
    for (QWidget* each : part->findChildren<QWidget*>()) {
        if (each->window() == part->window()) // a list that pops up has a chain of its own
            left.insert(each);
    }
    left.insert(part);
    std::vector<QWidget*> keys;
    QWidget* at = part;
    do {
        if (left.remove(at) && (at->focusPolicy() & Qt::TabFocus) && !at->focusProxy())
            keys.push_back(at);
        at = at->nextInFocusChain();
    } while (at != part && !left.isEmpty());
    return keys;
}

/// What is last then.
QWidget* append(QWidget* part, QWidget* last) {
    for (QWidget* each : keysOf(part)) {
        if (last)
            QWidget::setTabOrder(last, each);
        last = each;
    }
    return last;
}

} // namespace

void orderForTab(std::initializer_list<QWidget*> parts) {
    QWidget* last = nullptr;
    for (QWidget* part : parts)
        last = append(part, last);
}

void orderForTab(const QLayout& layout) {
    QWidget* last = nullptr;
    for (int i = 0; i < layout.count(); ++i) {
        if (QWidget* part = layout.itemAt(i)->widget())
            last = append(part, last);
    }
}

} // namespace sscope
