#pragma once

#include <QPainter>
#include <QWidget>

#include "ui/common/theme.h"

namespace sscope {

/// A line of one pixel that separates left from right.
class VerticalHairline : public QWidget {
public:
    explicit VerticalHairline(QWidget* parent) : QWidget(parent) { setFixedWidth(1); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter(this).fillRect(rect(), themeColor(ColorToken::Hairline));
    }
};

} // namespace sscope
