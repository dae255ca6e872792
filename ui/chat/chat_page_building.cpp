// What a chat's page is made of, and who hears whom.

#include <chrono>

#include <QHBoxLayout>
#include <QShortcut>
#include <QVBoxLayout>

#include "ui/chat/chat_bar.h"
#include "ui/chat/chat_composer.h"
#include "ui/chat/chat_conversation.h"
#include "ui/chat/chat_edit.h"
#include "ui/chat/chat_header.h"
#include "ui/chat/chat_join_form.h"
#include "ui/chat/chat_lines_view.h"
#include "ui/chat/chat_page.h"
#include "ui/chat/chat_people_view.h"
#include "ui/chat/chat_saver.h"
#include "ui/chat/chat_search_results.h"
#include "ui/chat/chat_side.h"
#include "ui/clients/conversation_icons.h"
#include "ui/clients/conversation_list.h"
#include "ui/clients/conversation_panes.h"
#include "ui/clients/conversation_view.h"
#include "ui/clients/recent_inputs.h"
#include "ui/common/inline_message.h"

namespace sscope {

namespace {

constexpr auto dayInterval = std::chrono::minutes(1);
constexpr auto countdownInterval = std::chrono::milliseconds(250);

} // namespace

void ChatPage::build(RecentInputs& inputs) {
    m_bar = new ChatBar(this);
    m_strip = new InlineMessage(this);
    m_strip->setObjectName(QStringLiteral("chatStrip"));
    m_strip->hide();
    m_storage = new InlineMessage(this);
    m_storage->setObjectName(QStringLiteral("storageStrip"));
    m_storage->hide();
    m_saving = new InlineMessage(this);
    m_saving->setObjectName(QStringLiteral("savingStrip"));
    m_saving->hide();
    m_saver = new ChatSaver(*m_session, *m_saving, this);
    m_views = new QStackedWidget(this);
    m_form = new ChatJoinForm(m_views);
    m_chat = new QWidget(m_views);
    buildChat();
    m_messages = new ConversationPanes(false, inputs, m_views);
    m_messages->setConversation(*m_conversation);
    m_messages->view()->setEmptyText(tr("Nothing has gone over the wire yet"));
    connect(m_messages->view(), &ConversationView::findMissed, this, &TabPage::findMissed);
    for (QWidget* view : {static_cast<QWidget*>(m_form), m_chat, static_cast<QWidget*>(m_messages)})
        m_views->addWidget(view);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->setSizeConstraint(QLayout::SetNoConstraint); // minimumSizeHint() says
    column->addWidget(m_bar);
    column->addWidget(m_strip);
    column->addWidget(m_storage);
    column->addWidget(m_saving);
    column->addWidget(m_views, 1);
}

void ChatPage::buildChat() {
    m_side = new ChatSide(*m_session, m_chat);
    auto* centre = new QWidget(m_chat);
    m_header = new ChatHeader(centre);
    m_middle = new QStackedWidget(centre);
    m_linesView = new ChatLinesView(m_middle);
    m_results = new ChatSearchResults(m_middle);
    m_middle->addWidget(m_linesView);
    m_middle->addWidget(m_results);
    m_composer = new ChatComposer(centre);
    m_people = new ChatPeopleView(m_session->people(), m_chat); // the keyboard comes here last
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_middle, 1);
    column->addWidget(m_composer);
    m_columns = new QHBoxLayout(m_chat);
    m_columns->setContentsMargins(0, 0, 0, 0);
    m_columns->setSpacing(0);
    m_columns->addWidget(m_side);
    m_columns->addWidget(centre, 1);
    m_columns->addWidget(m_people);
    m_chat->installEventFilter(this);
}

void ChatPage::connectSession() {
    connect(m_session, &ChatSession::stateChanged, this, &ChatPage::showState);
    connect(m_session, &ChatSession::placeChanged, this, &ChatPage::showPlace);
    connect(m_session, &ChatSession::stateChanged, this, &ChatPage::typeWaiting);
    connect(m_session, &ChatSession::placeChanged, this, &ChatPage::typeWaiting);
    connect(m_session, &ChatSession::topicChanged, this, [this](const QString& room) {
        if (m_session->place() == ChatPlace{ChatPlace::Kind::Room, room})
            showTopic();
    });
    connect(m_session, &ChatSession::missedCame, m_linesView, &ChatLinesView::goToNew);
    connect(m_session, &ChatSession::called, this, &ChatPage::called);
    connect(m_session, &ChatSession::peopleListed, this, &ChatPage::showPeople);
    connect(m_session, &ChatSession::refused, this, [this](const QString& reason) {
        if (m_middle->currentWidget() == m_results)
            m_results->setFault(reason);
        else
            m_composer->showFault(reason);
    });
    for (ChatPlacesModel* places : {&m_session->rooms(), &m_session->persons()}) {
        connect(places, &QAbstractItemModel::dataChanged, this, &ChatPage::showElsewhere);
        connect(places, &QAbstractItemModel::rowsInserted, this, &ChatPage::showElsewhere);
        connect(places, &QAbstractItemModel::rowsRemoved, this, &ChatPage::showElsewhere);
        connect(places, &QAbstractItemModel::dataChanged, this, &ChatPage::showObstacle);
    }
    connect(&m_session->people(), &ChatPeopleModel::hereCountChanged, this,
            [this] { m_linesView->setEmptyText(emptyText()); });
}

void ChatPage::connectParts() {
    connect(m_form, &ChatJoinForm::joinAsked, this, &ChatPage::join);
    connect(m_bar, &ChatBar::joinAsked, this, &ChatPage::joinFromBar);
    connect(m_bar, &ChatBar::leaveAsked, m_session, &ChatSession::leave);
    connect(m_bar, &ChatBar::viewChosen, this, &ChatPage::showView);
    connect(m_bar, &ChatBar::saveAsked, m_saver, &ChatSaver::ask);
    connect(m_saver, &ChatSaver::busyChanged, this,
            [this] { m_bar->setSaveEnabled(!m_saver->isBusy()); });
    connect(m_bar, &ChatBar::saveBytesAsked, m_messages->list(), &ConversationList::saveAll);
    connect(m_bar, &ChatBar::streamToggled, m_messages, &ConversationPanes::setStreamShown);
    connect(m_messages, &ConversationPanes::streamShownChanged, m_bar, &ChatBar::setStreamShown);
    connect(m_side, &ChatSide::chosen, this, &ChatPage::choose);
    connect(m_side, &ChatSide::entered, this, [this](const ChatPlace& place) {
        choose(place);
        m_composer->setFocus();
    });
    connect(m_side, &ChatSide::topicAsked, this, [this](const ChatPlace& place) {
        choose(place);
        m_header->editTopic();
    });
    connect(m_header, &ChatHeader::topicEdited, this, [this](const QString& topic) {
        m_session->setTopic(m_session->place().name, topic);
        m_composer->setFocus();
    });
    // One of them at a time.
    const auto connectDrawer = [this](QToolButton* button, QToolButton* other) {
        connect(button, &QToolButton::toggled, this, [this, other](bool isOn) {
            if (isOn)
                other->setChecked(false);
            fold();
        });
    };
    connectDrawer(m_header->sideButton(), m_header->peopleButton());
    connectDrawer(m_header->peopleButton(), m_header->sideButton());
    connectLines();
    connect(m_composer, &ChatComposer::sayAsked, this, &ChatPage::say);
    connect(m_composer->edit(), &ChatEdit::pageAsked, m_linesView, &ChatLinesView::scrollPage);
    m_composer->edit()->setNames([this] { return names(); });
    m_day.setInterval(dayInterval);
    connect(&m_day, &QTimer::timeout, m_linesView->viewport(), qOverload<>(&QWidget::update));
    m_day.start();
    m_countdown.setInterval(countdownInterval);
    connect(&m_countdown, &QTimer::timeout, this, [this] { m_strip->setText(waitingText()); });
}

void ChatPage::connectLines() {
    connect(m_people, &ChatPeopleView::mentionAsked, m_composer, &ChatComposer::mention);
    connect(m_linesView, &ChatLinesView::replyAsked, m_composer, &ChatComposer::mention);
    const auto talk = [this](const QString& name) {
        m_session->talkTo(name);
        closeDrawers();
    };
    connect(m_people, &ChatPeopleView::talkAsked, this, talk);
    connect(m_linesView, &ChatLinesView::talkAsked, this, talk);
    connect(m_linesView, &ChatLinesView::endReached, m_session, &ChatSession::setAtEnd);
    connect(m_linesView, &ChatLinesView::shownUpTo, m_session, &ChatSession::setShownUpTo);
    connect(m_linesView, &ChatLinesView::olderWanted, this,
            [this] { m_session->loadOlder(m_session->place()); });
    connect(m_linesView, &ChatLinesView::sendAgainAsked, this,
            [this](quint64 tag) { m_session->sayAgain(m_session->place(), tag); });
}

void ChatPage::connectSearch() {
    connect(m_header, &ChatHeader::searchAsked, this, &ChatPage::search);
    connect(m_header, &ChatHeader::searchClosed, this, &ChatPage::closeSearch);
    connect(m_results, &ChatSearchResults::searchAsked, m_session, &ChatSession::search);
    connect(m_results, &ChatSearchResults::closed, this, [this] {
        closeSearch();
        m_composer->setFocus();
    });
    connect(m_results, &ChatSearchResults::chosen, this,
            [this](const QString& room, quint64 id) { goTo(room, id); });
    // Once all of an answer is there: that there is nothing older may be said before it.
    connect(m_linesView, &ChatLinesView::linesChanged, this, &ChatPage::lookForWanted,
            Qt::QueuedConnection);
    connect(m_session, &ChatSession::found, this,
            [this](const QString& text, const std::vector<ChatMessage>& messages, bool hasMore) {
                if (text == m_results->text())
                    m_results->setFound(messages, hasMore);
            });
}

void ChatPage::addKeys() {
    const auto add = [this](const QKeySequence& key, int direction, bool isUnreadOnly) {
        auto* shortcut = new QShortcut(key, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this,
                [this, direction, isUnreadOnly] { m_side->step(direction, isUnreadOnly); });
    };
    auto* stream = new QShortcut(streamKey(), this);
    stream->setContext(Qt::WidgetWithChildrenShortcut);
    connect(stream, &QShortcut::activated, this, [this] {
        if (m_views->currentWidget() == m_messages)
            m_messages->toggleStream();
    });
    add(QKeySequence(Qt::ALT | Qt::Key_Up), -1, false);
    add(QKeySequence(Qt::ALT | Qt::Key_Down), 1, false);
    add(QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Up), -1, true);
    add(QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Down), 1, true);
}

} // namespace sscope
