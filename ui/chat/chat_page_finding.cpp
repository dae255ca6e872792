// What a search through the history finds, and the way to it.

#include "ui/chat/chat_header.h"
#include "ui/chat/chat_lines_view.h"
#include "ui/chat/chat_page.h"
#include "ui/chat/chat_search_results.h"

namespace sscope {

void ChatPage::search(const QString& text) {
    m_middle->setCurrentWidget(m_results);
    m_results->start(m_session->place().name, text);
}

void ChatPage::closeSearch() {
    m_middle->setCurrentWidget(m_linesView);
}

void ChatPage::goTo(const QString& room, quint64 id) {
    const ChatPlace place{ChatPlace::Kind::Room, room};
    if (m_session->rooms().rowOf(place) < 0)
        m_session->join(room);
    m_session->setPlace(place);
    closeSearch();
    m_linesView->setFocus();
    m_wanted = Wanted{place, id};
    lookForWanted();
}

/// To the one that is so many messages back; the keyboard stays.
void ChatPage::goBack(quint64 messages) {
    const ChatPlace place = m_session->place();
    const quint64 last = m_session->lines(place).lastId();
    if (last == 0)
        return;
    m_wanted = Wanted{place, last > messages ? last - messages + 1 : 1};
    lookForWanted();
}

/// Loads what is older until the message is there, or there is nothing older.
void ChatPage::lookForWanted() {
    if (!m_wanted || m_wanted->place != m_session->place())
        return;
    ChatLinesModel& lines = m_session->lines(m_wanted->place);
    const int row = m_linesView->rowOf(m_wanted->id);
    if (row >= 0) {
        m_wanted.reset();
        m_linesView->showRow(row);
        return;
    }
    if (lines.isLoadingOlder())
        return;
    if (lines.hasOlder() && !lines.isFull()) {
        m_session->loadOlder(m_wanted->place);
    } else if (lines.rowCount() > 0) { // it is kept no more: the oldest there is
        m_wanted.reset();
        m_linesView->showRow(0);
    }
}

} // namespace sscope
