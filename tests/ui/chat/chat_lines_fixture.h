#pragma once

#include <vector>

#include <QApplication>
#include <QDateTime>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>

#include "ui/chat/chat_lines_view.h"

namespace sscope::test {

inline constexpr WallTime second = 1'000'000'000;
inline constexpr WallTime minute = 60 * second;

inline WallTime timeOf(int daysAgo, int hours, int minutes, int seconds = 0) {
    const QDateTime time(QDate::currentDate().addDays(-daysAgo),
                         QTime(hours, minutes, seconds, 117));
    return time.toMSecsSinceEpoch() * 1'000'000;
}

inline ChatLine message(quint64 id, WallTime time, const QString& author, const QString& text) {
    return {.id = id,
            .time = time,
            .author = author,
            .text = text,
            .mentionsMe = text.contains("@mira")};
}

inline ChatLine own(quint64 id, WallTime time, const QString& text) {
    ChatLine line = message(id, time, "mira", text);
    line.isOwn = true;
    line.state = ChatLine::State::Stored;
    return line;
}

inline ChatLine remark(ChatLine::Remark kind, WallTime time, const QString& text) {
    return {.kind = ChatLine::Kind::Remark, .remark = kind, .time = time, .text = text};
}

inline std::vector<ChatLine> many(quint64 first, int count, WallTime start = timeOf(1, 0, 0)) {
    std::vector<ChatLine> lines;
    for (int i = 0; i < count; ++i) {
        const quint64 id = first + static_cast<quint64>(i);
        const QString tail = QString("more words ").repeated(static_cast<int>(id * 7 % 23));
        lines.push_back(message(id, start + static_cast<WallTime>(id) * second,
                                QString("person%1").arg(id % 5),
                                QString("message %1 %2").arg(id).arg(tail)));
    }
    return lines;
}

struct LinesFixture {
    LinesFixture() {
        view.resize(646, 580);
        view.setLines(lines, "general", "Nothing yet");
        view.setOwnName("mira");
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
    }

    int value() { return view.verticalScrollBar()->value(); }
    int most() { return view.verticalScrollBar()->maximum(); }
    /// Where a message stands in the viewport; far away where it is not loaded.
    int yOf(quint64 id) {
        const int row = view.rowOf(id);
        return row < 0 ? -100'000 : view.visualRect(lines.index(row, 0)).top();
    }
    quint64 idAt(int y) {
        const QModelIndex index = view.indexAt({200, y});
        return index.isValid() ? lines.at(index.row()).id : 0;
    }
    void settle() {
        QCoreApplication::processEvents();
        QTest::qWait(1);
    }
    QPushButton* jump() { return view.findChild<QPushButton*>("jumpToLatest"); }
    /// For whoever wants to look: saved where SSCOPE_PICTURES says.
    void picture(const QString& name) {
        const QString folder = qEnvironmentVariable("SSCOPE_PICTURES");
        if (!folder.isEmpty())
            view.grab().save(folder + "/" + name + ".png");
    }

    ChatLinesModel lines{nullptr, 20'000};
    ChatLinesView view;
};

inline void fillLikeThePicture(ChatLinesModel& lines) {
    using Remark = ChatLine::Remark;
    lines.addMessages(
        {message(1, timeOf(8, 17, 58, 20), "lin",
                 "31 sockets in CLOSE_WAIT on build-3, all of them sync-agent."),
         message(2, timeOf(8, 18, 1, 47), "ravi", "Restarting it now."),
         message(3, timeOf(8, 18, 2, 11), "ravi", "The pile on build-3 is gone since the restart."),
         message(4, timeOf(8, 18, 2, 40), "lin", "Because the process is. It will be back."),
         message(5, timeOf(0, 9, 14, 5), "lin",
                 "sync-agent holds 31 sockets in CLOSE_WAIT on atlas again. The other side closed "
                 "hours ago."),
         own(6, timeOf(0, 9, 14, 52),
             "Looked at one in the inspector: FIN came 3 h ago, nobody closed fd 17 since."),
         message(7, timeOf(0, 9, 15, 20), "ravi",
                 "Found it, the retry path drops the socket without closing it. Patch within the "
                 "hour.")},
        false);
    ChatLine joined =
        remark(Remark::Joined, timeOf(0, 9, 20, 58), "jun joined with ncat, line mode");
    joined.usesLines = true;
    lines.append({joined}, false);
    lines.addMessages(
        {message(8, timeOf(0, 9, 21, 3), "jun", "hi, is 65432 the echo port?"),
         message(9, timeOf(0, 9, 21, 17), "jun", "\x1b[31mred?\x1b[0m"),
         message(10, timeOf(0, 9, 21, 40), "lin", "Shown, not obeyed. Yes, 65432, loopback only.")},
        false);
    lines.append({remark(Remark::Resumed, timeOf(0, 9, 32, 51),
                         "Connection lost for 2.4 s. Resumed after message 1 041: nothing missed, "
                         "nothing twice.")},
                 false);
    lines.addMessages(
        {message(11, timeOf(0, 9, 33, 2), "ravi",
                 "@mira the fix runs on atlas:8001, can you watch its Recv-Q for a minute?"),
         message(12, timeOf(0, 9, 33, 30), QString::fromUtf8("陈晨"),
                 QString::fromUtf8("新版也在 192.168.1.66:9001 上了，大家可以试试。"))},
        true);
    lines.addMessages({own(13, timeOf(0, 9, 34, 1), "On it. Recv-Q stays at 0 so far.")}, false);
    ChatLine waiting = own(0, timeOf(0, 9, 34, 3), "Send-Q too.");
    waiting.state = ChatLine::State::Waiting;
    waiting.tag = 1;
    lines.addWaiting(waiting);
}

} // namespace sscope::test
