#pragma once

#include <utility>

#include <QTextLayout>

#include "ui/chat/chat_text.h"

namespace sscope {

/// The text of one line, broken to a width: plain, names of hidden characters in boxes, the
/// reader's own name bold, web addresses as links. Positions are of the text as it is shown, places
/// from its left top. On the GUI thread.
class ChatLineLayout {
public:
    /// underlined is where the link begins that the pointer is over; -1 for none.
    ChatLineLayout(const ChatLine& line, const QString& ownName, int width, int underlined = -1);

    /// Lines of text stand so far apart, whatever fonts their characters need.
    static int step();
    /// Of the first line, below its top.
    static int baseline();
    [[nodiscard]] int height() const { return m_height; }
    /// selected is from one position up to another; alike where nothing is.
    void draw(QPainter* painter, QPoint at, const QColor& color,
              std::pair<int, int> selected = {}) const;
    [[nodiscard]] const ChatText& text() const { return m_text; }
    /// The one nearest to a place; never within a box.
    [[nodiscard]] int positionAt(QPoint at) const;
    /// The link at a place; null where there is none.
    [[nodiscard]] const ChatText::Span* linkAt(QPoint at) const;
    /// Of the word, or the box, that a position is in.
    [[nodiscard]] std::pair<int, int> wordAt(int position) const;
    /// The next position, by a character or a word.
    [[nodiscard]] int positionAfter(int position, QTextLayout::CursorMode mode) const;
    [[nodiscard]] int positionBefore(int position, QTextLayout::CursorMode mode) const;

private:
    void addFormats(const QFont& font, int underlined);
    void breakLines(int width);
    [[nodiscard]] QTextLine lineAt(int y) const;
    void drawBoxes(QPainter* painter, QPoint at, std::pair<int, int> selected,
                   bool areSelected) const;
    void drawBox(QPainter* painter, QPoint at, const ChatText::Span& box) const;

    ChatText m_text;
    QTextLayout m_layout;
    int m_height = 0;
};

} // namespace sscope
