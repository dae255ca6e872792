// Where the page is narrow its columns stand aside, and come over it when they are asked for.

#include <utility>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSignalBlocker>

#include "ui/chat/chat_header.h"
#include "ui/chat/chat_lines_view.h"
#include "ui/chat/chat_page.h"
#include "ui/chat/chat_people_view.h"
#include "ui/chat/chat_side.h"

namespace sscope {

namespace {

constexpr int peopleWidth = 900; // of the page; below it they fold
constexpr int roomsWidth = 640;

} // namespace

void ChatPage::resizeEvent(QResizeEvent* event) {
    TabPage::resizeEvent(event);
    fold();
}

void ChatPage::fold() {
    const bool foldRooms = width() < roomsWidth;
    const bool foldPeople = width() < peopleWidth;
    // Of a person there is nobody else to show.
    const bool hasPeople = m_session->place().kind == ChatPlace::Kind::Room;
    const auto move = [this](QWidget* column, int place, bool isFolded) {
        m_columns->removeWidget(column);
        if (!isFolded)
            m_columns->insertWidget(place, column);
    };
    if (std::exchange(m_areRoomsFolded, foldRooms) != foldRooms)
        move(m_side, 0, foldRooms);
    if (std::exchange(m_arePeopleFolded, foldPeople) != foldPeople)
        move(m_people, -1, foldPeople);
    m_header->sideButton()->setVisible(foldRooms);
    m_header->peopleButton()->setVisible(foldPeople && hasPeople);
    if (!foldRooms)
        m_header->sideButton()->setChecked(false);
    if (!foldPeople || !hasPeople)
        m_header->peopleButton()->setChecked(false);
    m_side->setVisible(!foldRooms || m_header->sideButton()->isChecked());
    m_people->setVisible(hasPeople && (!foldPeople || m_header->peopleButton()->isChecked()));
    showDrawers();
}

/// Puts the columns that are folded over the lines.
void ChatPage::showDrawers() {
    const int top = ChatHeader::barHeight;
    const int height = m_middle->height();
    if (m_areRoomsFolded && !m_side->isHidden()) {
        m_side->setGeometry(0, top, ChatSide::columnWidth, height);
        m_side->raise();
    }
    if (m_arePeopleFolded && !m_people->isHidden()) {
        m_people->setGeometry(m_chat->width() - ChatPeopleView::columnWidth, top,
                              ChatPeopleView::columnWidth, height);
        m_people->raise();
    }
}

void ChatPage::closeDrawers() {
    m_header->sideButton()->setChecked(false);
    m_header->peopleButton()->setChecked(false);
}

bool ChatPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_chat && event->type() == QEvent::Resize)
        showDrawers();
    const bool isEscape = event->type() == QEvent::KeyPress &&
                          static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
    if (watched == m_chat && isEscape)
        closeDrawers();
    return TabPage::eventFilter(watched, event);
}

} // namespace sscope
