#pragma once

#include <vector>

#include <QByteArray>
#include <QString>

namespace sscope {

/// What is sent after a text.
struct LineEnding {
    QString name; // as it is remembered, and shown
    QByteArray bytes;
};

std::vector<LineEnding> lineEndings();
/// The first where there is none of that name.
LineEnding lineEnding(const QString& name);

} // namespace sscope
