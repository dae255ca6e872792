#pragma once

#include <QDate>
#include <QPainter>
#include <QRect>

#include "ui/chat/chat_lines_model.h"
#include "ui/common/theme.h"

namespace sscope {

/// How one line of a place looks and where its parts stand: separators above it, time, name, text
/// and mark. The width is that of the view with its scroll bar.
class ChatLinePainter {
public:
    static constexpr int timeLeft = 12;
    static constexpr int timeWidth = 84;
    static constexpr int nameWidth = 60;
    static constexpr int markWidth = 24;
    static constexpr int rightMargin = 12; // the scroll bar stands in it
    static constexpr int separatorHeight = 30;

    struct Look {
        int width = 0;
        QString ownName{};
        QDate today{};
        bool isSelected = false;
        bool isHovered = false;
        bool isCurrent = false; // with the keyboard
    };

    /// Where parts of a row stand that answer to the pointer.
    enum class Part { None, Time, Name, Text, Mark };
    static Part partAt(const QRect& row, QPoint at, int width);

    static int estimate(const ChatLinesModel& lines, int row, int width);
    static int measure(const ChatLinesModel& lines, int row, int width, const QString& ownName);
    static void paint(QPainter* painter, const QRect& row, const ChatLinesModel& lines, int index,
                      const Look& look);
    static void paintSeparator(QPainter* painter, const QRect& rect, const QString& text,
                               ColorToken token);
    /// The name that stands there is longer than its column.
    static bool isNameCut(const QString& name);
};

} // namespace sscope
