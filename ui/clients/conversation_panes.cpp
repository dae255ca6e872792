#include "ui/clients/conversation_panes.h"

#include <algorithm>

#include <QVBoxLayout>

#include "ui/clients/byte_saver.h"
#include "ui/clients/conversation.h"
#include "ui/clients/conversation_list.h"
#include "ui/clients/conversation_view.h"
#include "ui/clients/message_detail.h"
#include "ui/clients/recent_inputs.h"
#include "ui/clients/stream_panel.h"

namespace sscope {

namespace {

/// What the conversation and the details keep at least, in a window of some height: the header and
/// so many rows, and the title and so many lines.
struct LeastHeights {
    int window;
    int view;
    int detail;
};
constexpr LeastHeights leastHeights[]{{860, 133, 76}, {740, 89, 76}, {0, 67, 0}};
// Less of the details is not worth its place.
constexpr int leastDetail = 60;

} // namespace

ConversationPanes::ConversationPanes(bool canTune, RecentInputs& inputs, QWidget* parent)
    : QSplitter(Qt::Vertical, parent),
      m_inputs(inputs),
      m_list(new ConversationList(this)),
      m_view(m_list->view()),
      m_lower(new QWidget(this)),
      m_stream(new StreamPanel(canTune, m_lower)),
      m_detail(new MessageDetail(m_lower)) {
    auto* below = new QVBoxLayout(m_lower);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(0);
    below->addWidget(m_stream);
    below->addWidget(m_detail, 1);
    addWidget(m_list);
    addWidget(m_lower);
    setChildrenCollapsible(false);
    setHandleWidth(1);
    setStretchFactor(0, 3);
    setStretchFactor(1, 2);
    connectParts();
}

void ConversationPanes::connectParts() {
    connect(m_view, &ConversationView::rowChosen, this, [this](int row) {
        m_stream->showRow(row);
        m_detail->showRow(row);
    });
    connect(m_stream, &StreamPanel::rowChosen, m_view, &ConversationView::showRow);
    connect(m_view, &ConversationView::detailAsked, this, [this] { setDetailShown(true); });
    connect(m_detail, &MessageDetail::closeAsked, this, [this] {
        setDetailShown(false);
        m_view->setFocus();
    });
    connect(m_detail, &MessageDetail::saveAsked, m_list->saver(), &ByteSaver::ask);
}

void ConversationPanes::setConversation(Conversation& conversation) {
    m_conversation = &conversation;
    m_list->setConversation(conversation, m_inputs.choices());
    m_stream->setConversation(conversation.model());
    m_detail->setConversation(conversation);
    connect(&conversation.model(), &ConversationModel::framingChanged, this,
            &ConversationPanes::showFraming);
    showFraming();
}

bool ConversationPanes::isStreamOffered() const {
    const ConversationModel& model = m_conversation->model();
    return !model.isDatagram() || model.isFramed();
}

void ConversationPanes::setStreamShown(bool isShown) {
    m_inputs.setStreamShown(m_conversation->model().isFramed(), isShown);
    showStream(isShown);
}

void ConversationPanes::toggleStream() {
    if (isStreamOffered())
        setStreamShown(m_stream->isHidden() && !m_hasDetail);
}

void ConversationPanes::showFraming() {
    showStream(m_inputs.isStreamShown(m_conversation->model().isFramed()));
}

void ConversationPanes::setDetailShown(bool isShown) {
    if (m_conversation->model().isFramed()) {
        setStreamShown(isShown);
        return;
    }
    m_inputs.choices().setDetailShown(isShown);
    showFraming();
}

/// The details go with the stream; datagrams have no stream, and so the details alone.
void ConversationPanes::showStream(bool isShown) {
    const ConversationModel& model = m_conversation->model();
    m_stream->setVisible(isShown && !model.isDatagram());
    m_hasDetail = model.isFramed() ? isShown : m_inputs.choices().isDetailShown();
    m_lower->setVisible(!m_stream->isHidden() || m_hasDetail);
    shareHeight();
    Q_EMIT streamShownChanged(isShown);
}

/// In a low window the details give way to the conversation.
void ConversationPanes::shareHeight() {
    const int window = this->window()->height();
    const auto* least = std::ranges::find_if(
        leastHeights, [window](const LeastHeights& each) { return window >= each.window; });
    m_view->setMinimumHeight(least->view);
    m_detail->setMinimumHeight(least->detail);
    const int strip = m_stream->isHidden() ? 0 : m_stream->sizeHint().height();
    const int room = height() - least->view - strip;
    m_detail->setVisible(m_hasDetail && (least->detail > 0 || room >= leastDetail));
}

void ConversationPanes::resizeEvent(QResizeEvent* event) {
    QSplitter::resizeEvent(event);
    shareHeight();
}

} // namespace sscope
