#pragma once

#include <vector>

#include <QDate>
#include <QString>

#include "ui/chat/chat_lines_model.h"

namespace sscope {

/// A message as it is laid out: each hidden character (display_text.h) by its name, for a box
/// around it; line feeds as the separators that QTextLayout breaks at.
struct ChatText {
    struct Span {
        int start;
        int length;
    };
    struct Box : Span {
        char32_t character;
    };
    QString text{};
    std::vector<Box> boxes{};
    std::vector<Span> names{}; // where the reader is named
    std::vector<Span> links{}; // web addresses, as they came

    /// A part of it as it is copied: what has a box as an escape, in as many lines as it has.
    [[nodiscard]] QString copied(int from, int to) const;
    /// The next edge of the box that a position is within; other positions stay.
    [[nodiscard]] int outOfBox(int position) const;
};

ChatText chatText(const QString& text, const QString& ownName);
/// "ESC", "RLO", "U+200B": as Unicode and ASCII name it.
QString hiddenCharacterName(char32_t c);
/// In one line of plain text, safe to show and to copy: a hidden character as an escape.
QString safeText(const QString& text);
QString safeText(const std::string& text);
/// A sentence as a part of another one.
QString withoutEnd(QString sentence);

/// The same in as many lines as it has.
QString copyText(const QString& text);

/// "09:14:05", local time.
QString secondText(WallTime time);
/// With the day, to the millisecond.
QString fullTimeText(WallTime time);
/// "Today", "Friday, 20 November".
QString dayText(const QDate& day, const QDate& today);
QDate dayOf(WallTime time);
/// "[09:14:05] lin: text": as a line is copied.
QString copyText(const ChatLine& line);
/// What is unread somewhere: "@ 2" where so many of it call one, else how many; "99+" at most.
/// Empty for none.
QString unreadText(int unread, int calls);
/// Why a remark is there, and what has become of one's own line; empty for no icon.
QString remarkIcon(const ChatLine& line);
QString markIcon(const ChatLine& line);
/// The mark in words.
QString markText(const ChatLine& line);

} // namespace sscope
