#include "ui/clients/stream_strip.h"

#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include "ui/clients/conversation_model.h"
#include "ui/clients/stream_painter.h"
#include "ui/clients/stream_tips.h"

namespace sscope {

namespace {

constexpr double mostScale = 32;       // pixels for a byte
constexpr double mostFittingScale = 8; // as long as nobody has asked for more
constexpr double fittingMessage = 64;  // pixels of a message on average, at least
constexpr double mostExtent = 1e9;     // pixels; a scroll bar counts in int
constexpr double zoomStep = 1.4142135623730951;
constexpr int nearCut = 4;
constexpr int wheelStep = 60;

} // namespace

StreamStrip::StreamStrip(QWidget* parent) : QAbstractScrollArea(parent) {
    setObjectName(QStringLiteral("streamStrip"));
    setAccessibleName(tr("Stream"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFixedHeight(StreamPainter::height + horizontalScrollBar()->sizeHint().height());
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Window); // and so the scroll bar's
    connect(horizontalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        m_isAtEnd = horizontalScrollBar()->sliderPosition() >= horizontalScrollBar()->maximum();
    });
}

StreamStrip::~StreamStrip() {
    delete m_tip;
}

void StreamStrip::setConversation(ConversationModel& model) {
    m_model = &model;
    connect(&model, &ConversationModel::streamChanged, this, &StreamStrip::streamChanged);
    connect(&model, &ConversationModel::framingChanged, this, [this] {
        m_isZoomed = false;
        m_isAtEnd = true;
        m_selected = 0;
        m_focus = {};
        streamChanged();
    });
    streamChanged();
}

void StreamStrip::setSent(bool isSent) {
    if (m_isSent == isSent)
        return;
    m_isSent = isSent;
    m_words = StreamWords(isSent);
    m_selected = 0;
    m_focus = {};
    m_isZoomed = false;
    m_isAtEnd = true;
    hideTip();
    streamChanged();
}

const StreamTrack& StreamStrip::track() const {
    static const StreamTrack none;
    return m_model ? m_model->track(m_isSent) : none;
}

const StreamTrack::Ranges& StreamStrip::ranges(Band band) const {
    return band == Band::Calls ? track().calls() : track().messages();
}

StreamAxis StreamStrip::axis() const {
    return {.first = track().begin(),
            .scale = m_scale,
            .origin = StreamPainter::labelWidth - double(horizontalScrollBar()->value())};
}

double StreamStrip::extent() const {
    const double bytes = static_cast<double>(track().lastOffset() - track().begin());
    const double missing = track().part() ? StreamPainter::missingWidth(track(), m_scale) : 0;
    return bytes * m_scale + missing;
}

/// All of it, as long as messages stay wide enough to be told apart.
double StreamStrip::fittingScale() const {
    const double bytes = std::max(1.0, static_cast<double>(track().lastOffset() - track().begin()));
    const double room =
        std::max(100, viewport()->width() - StreamPainter::labelWidth - StreamPainter::rightMargin);
    const auto count = static_cast<double>(std::max<std::size_t>(1, track().messages().size()));
    const double scale = std::max(room / bytes, fittingMessage * count / bytes);
    return std::min(scale, mostFittingScale);
}

void StreamStrip::updateScale() {
    if (!m_isZoomed) // in steps, so that not each byte changes it
        m_scale = std::pow(zoomStep, std::floor(std::log(fittingScale()) / std::log(zoomStep)));
    const double bytes = static_cast<double>(track().lastOffset() - track().begin());
    if (bytes * m_scale > mostExtent)
        m_scale = mostExtent / bytes;
}

void StreamStrip::streamChanged() {
    updateScale();
    updateScrollBar();
    viewport()->update();
}

void StreamStrip::updateScrollBar() {
    const int room = viewport()->width() - StreamPainter::labelWidth - StreamPainter::rightMargin;
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(std::ceil(extent())) - room));
    horizontalScrollBar()->setPageStep(std::max(1, room));
    horizontalScrollBar()->setSingleStep(wheelStep);
    if (m_isAtEnd)
        horizontalScrollBar()->setValue(horizontalScrollBar()->maximum());
}

void StreamStrip::zoom(int steps) {
    const double middle =
        StreamPainter::labelWidth + (viewport()->width() - StreamPainter::labelWidth) / 2.0;
    const std::uint64_t kept = m_isAtEnd ? track().lastOffset() : axis().offsetAt(middle);
    m_isZoomed = true;
    const double least = std::min(m_scale, fittingScale() / 4);
    m_scale = std::clamp(m_scale * std::pow(zoomStep, steps), least, mostScale);
    updateScale();
    updateScrollBar();
    if (!m_isAtEnd)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() +
                                        static_cast<int>(axis().x(kept) - middle));
    hideTip();
    viewport()->update();
}

void StreamStrip::selectMessage(std::uint64_t number) {
    if (m_selected == number)
        return;
    m_selected = number;
    if (const StreamRange* range = StreamTrack::byNumber(track().messages(), number))
        showRange(*range);
    viewport()->update();
}

void StreamStrip::showRange(const StreamRange& range) {
    const double left = axis().x(range.begin) - StreamPainter::labelWidth;
    const double right = axis().x(range.end) - StreamPainter::labelWidth;
    const int room = viewport()->width() - StreamPainter::labelWidth - StreamPainter::rightMargin;
    QScrollBar* bar = horizontalScrollBar();
    if (left < 0 || right - left > room)
        bar->setValue(bar->value() + static_cast<int>(left));
    else if (right > room)
        bar->setValue(bar->value() + static_cast<int>(std::ceil(right)) - room);
    m_isAtEnd = bar->value() >= bar->maximum();
}

void StreamStrip::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), themeColor(ColorToken::Window));
    StreamPainter::State state{
        .axis = axis(), .selected = m_selected, .width = viewport()->width()};
    if (hasFocus() && m_focus.number > 0)
        (m_focus.band == Band::Calls ? state.focusedCall : state.focusedMessage) = m_focus.number;
    StreamPainter(painter, track(), m_words, state).paint(m_model, m_isSent);
}

void StreamStrip::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    streamChanged();
}

void StreamStrip::scrollContentsBy(int, int) {
    hideTip();
    viewport()->update();
}

void StreamStrip::mouseMoveEvent(QMouseEvent* event) {
    const StreamTipText text = tipAt(event->pos());
    if (text.isEmpty()) {
        hideTip();
        return;
    }
    if (!m_tip)
        m_tip = new StreamTip(window());
    m_tip->showAt(viewport()->mapTo(window(), event->pos()), text);
}

void StreamStrip::mousePressEvent(QMouseEvent* event) {
    const std::uint64_t offset = axis().offsetAt(event->pos().x());
    const bool isCalls = event->pos().y() < StreamPainter::messagesTop - 4;
    const Band band = isCalls ? Band::Calls : Band::Messages;
    if (event->pos().x() < StreamPainter::labelWidth)
        return;
    if (const StreamRange* range = StreamTrack::at(ranges(band), offset)) {
        m_focus = {band, range->number};
        if (band == Band::Messages)
            choose(*range);
    }
    viewport()->update();
}

void StreamStrip::choose(const StreamRange& range) {
    m_selected = range.number;
    Q_EMIT rangeChosen(range);
}

void StreamStrip::leaveEvent(QEvent* event) {
    QAbstractScrollArea::leaveEvent(event);
    hideTip();
}

bool StreamStrip::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave)
        hideTip();
    return QAbstractScrollArea::viewportEvent(event);
}

void StreamStrip::wheelEvent(QWheelEvent* event) {
    const QPoint turned = event->angleDelta();
    const int delta = turned.x() != 0 ? turned.x() : turned.y();
    if (event->modifiers() & Qt::ControlModifier) {
        zoom(delta > 0 ? 1 : -1);
    } else {
        QScrollBar* bar = horizontalScrollBar();
        bar->setValue(bar->value() - delta * wheelStep / 120);
        m_isAtEnd = bar->value() >= bar->maximum();
    }
    event->accept();
}

void StreamStrip::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        stepFocus(event->key() == Qt::Key_Left ? -1 : 1);
        return;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const Band other = event->key() == Qt::Key_Up ? Band::Calls : Band::Messages;
        const StreamRange* now = focused();
        if (now && other != m_focus.band)
            focusOn(StreamTrack::at(ranges(other), now->begin), other);
        return;
    }
    case Qt::Key_Home:
    case Qt::Key_End:
        if (const auto& all = ranges(m_focus.band); !all.empty())
            focusOn(event->key() == Qt::Key_Home ? &all.front() : &all.back(), m_focus.band);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
        zoom(event->key() == Qt::Key_Minus ? -1 : 1);
        return;
    case Qt::Key_Escape:
        hideTip();
        event->ignore();
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

const StreamRange* StreamStrip::focused() const {
    return StreamTrack::byNumber(ranges(m_focus.band), m_focus.number);
}

void StreamStrip::stepFocus(int step) {
    const StreamTrack::Ranges& all = ranges(m_focus.band);
    if (all.empty())
        return;
    const StreamRange* now = focused();
    if (!now) {
        focusOn(&all.back(), m_focus.band);
        return;
    }
    const std::uint64_t next = m_focus.number + static_cast<std::uint64_t>(step);
    focusOn(StreamTrack::byNumber(all, next), m_focus.band);
}

void StreamStrip::focusOn(const StreamRange* range, Band band) {
    if (!range)
        return;
    m_focus = {band, range->number};
    showRange(*range);
    if (band == Band::Messages)
        choose(*range);
    showFocusTip();
    viewport()->update();
}

void StreamStrip::showFocusTip() {
    const StreamRange* range = focused();
    if (!range)
        return;
    const StreamTips tips(track(), m_words);
    const StreamTipText text =
        m_focus.band == Band::Calls ? tips.call(*range) : tips.message(*range);
    if (!m_tip)
        m_tip = new StreamTip(window());
    const double x = std::clamp(axis().x(range->begin), double(StreamPainter::labelWidth),
                                double(viewport()->width()));
    m_tip->showAt(
        viewport()->mapTo(window(), QPoint(static_cast<int>(x) + 24, StreamPainter::height - 16)),
        text);
    setAccessibleDescription(text.plain());
}

void StreamStrip::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    if (m_focus.number == 0)
        m_focus = {Band::Messages, m_selected};
    viewport()->update();
}

void StreamStrip::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    hideTip();
    viewport()->update();
}

void StreamStrip::hideTip() {
    if (m_tip)
        m_tip->hide();
}

StreamTipText StreamStrip::tipAt(const QPoint& point) const {
    const bool inCalls = StreamPainter::isInCalls(point.y());
    const bool inMessages = StreamPainter::isInMessages(point.y());
    if (point.x() < StreamPainter::labelWidth || (!inCalls && !inMessages))
        return {};
    if (const auto cut = cutAt(point.x()))
        return *cut;
    const StreamTips tips(track(), m_words);
    const std::uint64_t offset = axis().offsetAt(point.x());
    if (inCalls) {
        const StreamRange* call = StreamTrack::at(track().calls(), offset);
        return call ? tips.call(*call) : StreamTipText();
    }
    if (const StreamRange* message = StreamTrack::at(track().messages(), offset))
        return tips.message(*message);
    const auto& part = track().part();
    return part && offset >= part->begin ? tips.message(*part) : StreamTipText();
}

/// Where a call ends inside a message, near that pixel.
std::optional<StreamTipText> StreamStrip::cutAt(double x) const {
    const std::size_t index =
        StreamTrack::indexAfter(track().calls(), axis().offsetAt(x - nearCut));
    if (index >= track().calls().size())
        return std::nullopt;
    const StreamRange& call = track().calls()[index];
    const StreamRange* message = StreamTrack::at(track().messages(), call.end);
    const bool isCut = message && message->begin < call.end;
    if (!isCut || std::abs(axis().x(call.end) - x) > nearCut)
        return std::nullopt;
    return StreamTips(track(), m_words).cut(call, *message);
}

} // namespace sscope
