#pragma once

#include <functional>

#include <QToolButton>

namespace sscope {

/// Buttons of a bar over a conversation, which its owner places and connects.

/// Checked while the stream is shown.
QToolButton* makeStreamIcon(QWidget* parent);
/// Opens a menu; saves what was sent, or what was received.
QToolButton* makeSaveIcon(QWidget* parent, const std::function<void(bool isSent)>& save);

/// Shows the stream, and puts it away.
inline QKeySequence streamKey() {
    return {Qt::CTRL | Qt::Key_M};
}

} // namespace sscope
