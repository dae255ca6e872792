#pragma once

#include <utility>

#include <QDate>
#include <QPainter>
#include <QRect>

#include "ui/chat/chat_line_layout.h"
#include "ui/chat/chat_lines_model.h"
#include "ui/common/theme.h"

namespace sscope {

/// How one line of a place looks and where its parts stand: separators above it, time, name, text
/// and mark.
class ChatLinePainter {
public:
    static constexpr int timeLeft = 12;
    static constexpr int timeWidth = 84;
    static constexpr int leastName = 60; // of the column
    static constexpr int mostName = 140;
    static constexpr int markWidth = 24;
    static constexpr int rightMargin = 12; // the scroll bar stands in it
    static constexpr int separatorHeight = 30;

    /// How much there is to stand in.
    struct Room {
        int width = 0;        // of the view with its scroll bar
        int name = leastName; // of the names' column
    };
    struct Look {
        Room room{};
        QString ownName{};
        QDate today{};
        bool isSelected = false;
        bool isHovered = false;
        bool isCurrent = false;         // with the keyboard
        std::pair<int, int> selected{}; // positions of the text as it is shown
        int underlined = -1;            // where the link begins that the pointer is over
    };

    /// Where parts of a row stand that answer to the pointer. Text is what is right of its left
    /// edge, also where a line of it is shorter.
    enum class Part { None, Time, Name, Text, Mark };
    static Part partAt(const QRect& row, QPoint at, const ChatLinesModel& lines, int index,
                       const Room& room);
    /// The left top of its text, and the text as it is laid out there.
    static QPoint textPlace(const QRect& row, const ChatLinesModel& lines, int index,
                            const Room& room);
    static ChatLineLayout layoutOf(const ChatLinesModel& lines, int index, const Room& room,
                                   const QString& ownName, int underlined = -1);

    static int estimate(const ChatLinesModel& lines, int row, const Room& room);
    static int measure(const ChatLinesModel& lines, int row, const Room& room,
                       const QString& ownName);
    static void paint(QPainter* painter, const QRect& row, const ChatLinesModel& lines, int index,
                      const Look& look);
    static void paintSeparator(QPainter* painter, const QRect& rect, const QString& text,
                               ColorToken token);
    /// The name that stands there is longer than its column.
    static bool isNameCut(const QString& name, const Room& room);
    /// Of the column that shows the whole name.
    static int widthOfName(const QString& name);
    /// Of the column in a view, where its widest name needs so much.
    static int nameColumn(int needed, int width);
};

} // namespace sscope
