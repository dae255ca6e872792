#pragma once

#include <memory>

#include <QTextLayout>

#include "ui/chat/chat_text.h"

namespace sscope {

/// The text of one line, broken to a width: plain, names of hidden characters in boxes, the
/// reader's own name bold. On the GUI thread.
class ChatLineLayout {
public:
    ChatLineLayout(const ChatLine& line, const QString& ownName, int width);

    /// Lines of text stand so far apart, whatever fonts their characters need.
    static int step();
    /// Of the first line, below its top.
    static int baseline();
    [[nodiscard]] int height() const { return m_height; }
    void draw(QPainter* painter, QPoint at, const QColor& color) const;

private:
    void addFormats(const QFont& font);
    void breakLines(int width);
    void drawBoxes(QPainter* painter, QPoint at) const;

    ChatText m_text;
    QTextLayout m_layout;
    int m_height = 0;
};

} // namespace sscope
