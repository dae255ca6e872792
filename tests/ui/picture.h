#pragma once

#include <QImage>
#include <QWidget>

namespace sscope {

/// A widget as it is painted, with a pixel for each of its own whatever the screen's scale is.
inline QImage pictureOf(QWidget& widget) {
    QImage picture(widget.size(), QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    widget.render(&picture);
    return picture;
}

} // namespace sscope
