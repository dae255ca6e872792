#include "ui/clients/stream_painter.h"

#include <algorithm>
#include <cmath>

#include "ui/clients/conversation_model.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int axisLabelSize = 11;
constexpr int tickGap = 28;
constexpr double leastTick = 72;    // pixels between two ticks
constexpr double mostMissing = 120; // pixels of what has not come
constexpr double leastMissing = 20;
constexpr double leastText = 22; // pixels of a block that has room for its number
constexpr double leastBracket = 16;
constexpr double leastCutCall = 6; // of calls that are narrower no line is drawn
constexpr double leastCutMessage = 4;
constexpr int hatchStep = 6;
constexpr int captionGap = 12;
constexpr int bracketTop = StreamPainter::messagesTop + StreamPainter::messagesHeight + 3;
constexpr int captionTop = bracketTop + 8;
constexpr int textPadding = 8;
constexpr double radius = 3;
// How much of the direction's colour, over the surface.
constexpr double headerShare = 0.34;
constexpr double contentShare = 0.13;

/// There is room for a few words: of an object its first value, of one with two the second, which
/// says more than that it is a search.
QString briefly(const QString& content) {
    const QString mark = QStringLiteral("\":");
    const qsizetype first = content.indexOf(mark);
    if (!content.startsWith(QLatin1Char('{')) || first < 0)
        return content;
    const qsizetype second = content.indexOf(mark, first + 1);
    const bool isPair = second >= 0 && content.indexOf(mark, second + 1) < 0;
    const qsizetype colon = isPair ? second : first;
    const QString value = content.mid(colon + 2).trimmed();
    if (!value.startsWith(QLatin1Char('"')))
        return value.chopped(value.endsWith(QLatin1Char('}')) ? 1 : 0);
    const qsizetype end = value.indexOf(QLatin1Char('"'), 1);
    return end < 0 ? value.mid(1) : value.mid(1, end - 1);
}

} // namespace

QColor StreamPainter::color() const {
    return themeColor(m_isSent ? ColorToken::Accent : ColorToken::Received);
}

double StreamPainter::missingWidth(const StreamTrack& track, double scale) {
    if (!track.part() || track.part()->end <= track.end())
        return leastMissing;
    const auto bytes = static_cast<double>(track.part()->end - track.end());
    return std::clamp(bytes * scale, leastMissing, mostMissing);
}

void StreamPainter::paint(const ConversationModel* model, bool isSent) {
    m_model = model;
    m_isSent = isSent;
    const double left = labelWidth;
    const double right = m_state.width;
    m_calls = visibleBlocks(m_track.calls(), m_state.axis, left, right);
    m_messages = visibleBlocks(m_track.messages(), m_state.axis, left, right);
    m_painter.save();
    m_painter.setClipRect(QRectF(labelWidth - 1, 0, m_state.width - labelWidth + 1, height));
    paintTicks();
    m_painter.setRenderHint(QPainter::Antialiasing);
    paintCalls();
    paintMessages();
    paintPart();
    paintShared();
    paintCuts();
    paintCaptions();
    m_painter.restore();
    paintLabels();
}

void StreamPainter::paintLabels() {
    QFont small = m_painter.font();
    small.setPixelSize(axisLabelSize);
    m_painter.setFont(small);
    const int width = labelWidth - 12 - 4;
    paintText(&m_painter, QRect(12, 0, width, 16), StreamWords::byteLabel(), ColorToken::Muted);
    m_painter.setFont(secondaryFont());
    paintText(&m_painter, QRect(12, callsTop, width, callsHeight), m_words.callsLabel(),
              ColorToken::Muted);
    paintText(&m_painter, QRect(12, messagesTop, width, messagesHeight),
              StreamWords::messagesLabel(), ColorToken::Muted);
}

void StreamPainter::paintTicks() {
    QFont small = m_painter.font();
    small.setPixelSize(axisLabelSize);
    m_painter.setFont(small);
    const std::uint64_t last = m_state.axis.offsetAt(m_state.width);
    const int longest = m_painter.fontMetrics().horizontalAdvance(countText(last));
    const std::uint64_t step =
        tickStep(m_state.axis.scale, std::max<double>(leastTick, longest + tickGap));
    std::uint64_t offset = m_state.axis.offsetAt(labelWidth) / step * step;
    for (; offset <= last; offset += step) {
        const double x = m_state.axis.x(offset);
        if (x < labelWidth - 1)
            continue;
        m_painter.fillRect(QRectF(std::round(x), 17, 1, 5), themeColor(ColorToken::FieldBorder));
        const QString text = countText(offset);
        const int width = m_painter.fontMetrics().horizontalAdvance(text) + 4;
        const int left = std::max(labelWidth - 2, static_cast<int>(x) - width / 2);
        if (left + width > m_state.width)
            continue;
        paintText(&m_painter, QRect(left, 0, width, 16), text, ColorToken::Muted, Qt::AlignHCenter);
    }
}

QRectF StreamPainter::boxOf(const StreamBlock& block, int top, int size) const {
    // A pixel between neighbours.
    const double left = std::round(block.left);
    const double right = std::max(left + 1, std::round(block.right) - 1);
    return {left, double(top), right - left, double(size)};
}

void StreamPainter::paintCalls() {
    for (const StreamBlock& block : m_calls) {
        const QRectF box = boxOf(block, callsTop, callsHeight);
        if (block.isMerged() || block.width() < 4) {
            paintMerged(block, m_track.calls(), box);
            continue;
        }
        const StreamRange& call = m_track.calls()[block.from];
        const bool isFocused = call.number == m_state.focusedCall;
        m_painter.setPen(
            QPen(isFocused ? themeColor(ColorToken::Accent) : color(), isFocused ? 2 : 1));
        m_painter.setBrush(themeColor(ColorToken::Surface));
        const double inset = isFocused ? 1 : 0.5;
        m_painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius);
        if (box.width() < leastText)
            continue;
        // The beginning may be scrolled away; what the block says is not.
        const double left = std::max(box.left(), double(labelWidth));
        QRect text(static_cast<int>(left) + textPadding, callsTop,
                   static_cast<int>(box.right() - left) - textPadding - 2, callsHeight);
        const QString number = countText(call.number);
        m_painter.setFont(demiBold(monoFont()));
        const int width = m_painter.fontMetrics().horizontalAdvance(number);
        if (width > text.width() + 4)
            continue;
        paintText(&m_painter, text.adjusted(0, 0, 6, 0), number, ColorToken::Text);
        m_painter.setFont(monoFont());
        const QString size = exactBytesText(call.bytes());
        text.setLeft(text.left() + width + 7);
        if (m_painter.fontMetrics().horizontalAdvance(size) <= text.width())
            paintText(&m_painter, text, size, ColorToken::Text);
    }
}

/// Too narrow to stand alone: one block, with the numbers of the first and the last.
void StreamPainter::paintMerged(const StreamBlock& block, const StreamTrack::Ranges& ranges,
                                const QRectF& box) {
    const QColor surface = themeColor(ColorToken::Window);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(blended(surface, color(), headerShare));
    m_painter.drawRect(box);
    m_painter.setBrush(QBrush(blended(surface, color(), 2 * headerShare), Qt::Dense6Pattern));
    m_painter.drawRect(box);
    const QString text = QStringLiteral("%1–%2").arg(countText(ranges[block.from].number),
                                                     countText(ranges[block.to - 1].number));
    m_painter.setFont(demiBold(monoFont()));
    const double left = std::max(box.left(), double(labelWidth));
    const QRect place(static_cast<int>(left) + 6, static_cast<int>(box.top()),
                      static_cast<int>(box.right() - left) - 8, static_cast<int>(box.height()));
    const int width = m_painter.fontMetrics().horizontalAdvance(text);
    if (!block.isMerged() || width > place.width())
        return;
    const QRectF patch(place.left() - 3, place.center().y() - 8, width + 6, 17);
    m_painter.setBrush(themeColor(ColorToken::Surface));
    m_painter.drawRoundedRect(patch, radius, radius);
    paintText(&m_painter, place, text, ColorToken::Text);
}

void StreamPainter::paintMessages() {
    for (const StreamBlock& block : m_messages) {
        const QRectF box = boxOf(block, messagesTop, messagesHeight);
        if (block.isMerged() || block.width() < 4)
            paintMerged(block, m_track.messages(), box);
        else
            paintMessage(m_track.messages()[block.from], box);
    }
}

void StreamPainter::paintParts(const StreamRange& message, const QRectF& box) {
    const QColor surface = themeColor(ColorToken::Window);
    const StreamAxis& axis = m_state.axis;
    m_painter.fillRect(box, blended(surface, color(), contentShare));
    const std::uint64_t headerEnd = message.begin + message.prefixBytes + message.headerBytes;
    if (headerEnd > message.begin) {
        QRectF header = box;
        header.setRight(std::min(box.right(), std::round(axis.x(headerEnd))));
        if (message.headerBytes > 0)
            m_painter.fillRect(header, blended(surface, color(), headerShare));
    }
    if (message.prefixBytes > 0) {
        const double width = std::min(box.width(), prefixWidth(message));
        m_painter.fillRect(QRectF(box.left(), box.top(), width, box.height()), color());
    }
}

double StreamPainter::prefixWidth(const StreamRange& message) const {
    const double width = std::round(message.prefixBytes * m_state.axis.scale);
    return message.prefixBytes > 0 ? std::max(2.0, width) : 0;
}

void StreamPainter::paintMessage(const StreamRange& message, const QRectF& box) {
    paintParts(message, box);
    paintMessageText(message, box);
    const bool isSelected = message.number == m_state.selected;
    if (!isSelected && message.number != m_state.focusedMessage)
        return;
    m_painter.setPen(QPen(themeColor(ColorToken::Accent), 2));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRect(box.adjusted(0, -1, 0, 1));
}

QString StreamPainter::contentOf(const StreamRange& message) const {
    if (!m_model)
        return {};
    const int row = m_model->rowOf(m_isSent, message);
    return row < 0 ? QString() : briefly(plainText(m_model->runsOf(m_model->at(row))));
}

void StreamPainter::paintMessageText(const StreamRange& message, const QRectF& box) {
    const double begin = box.left() + std::max<double>(textPadding, prefixWidth(message) + 5);
    const double left = std::max(begin, double(labelWidth + textPadding));
    const QRect text(static_cast<int>(left), messagesTop + 2,
                     static_cast<int>(box.right() - left) - 2, 17);
    const QString number = countText(message.number);
    m_painter.setFont(demiBold(monoFont()));
    const int width = m_painter.fontMetrics().horizontalAdvance(number);
    if (width > text.width() + 4)
        return;
    paintText(&m_painter, text.adjusted(0, 0, 6, 0), number, ColorToken::Text);
    m_painter.setFont(monoFont());
    const QString size = exactBytesText(message.bytes());
    if (width + 7 + m_painter.fontMetrics().horizontalAdvance(size) <= text.width())
        paintText(&m_painter, text.adjusted(width + 7, 0, 0, 0), size, ColorToken::Text);
    if (text.width() > leastText)
        paintText(&m_painter, text.translated(0, 15), contentOf(message), ColorToken::Text);
}

void StreamPainter::paintPart() {
    const auto& part = m_track.part();
    if (!part)
        return;
    const StreamAxis& axis = m_state.axis;
    const double have = std::round(axis.x(std::max(m_track.end(), part->begin)));
    const QRectF box(std::round(axis.x(part->begin)), messagesTop,
                     std::max(1.0, have - std::round(axis.x(part->begin))), messagesHeight);
    paintParts(*part, box);
    const QRectF missing(have, messagesTop, missingWidth(m_track, axis.scale), messagesHeight);
    paintMissing(missing);
    m_painter.setFont(demiBold(monoFont()));
    const double left = std::max(box.left(), double(labelWidth));
    const QRect text(static_cast<int>(left) + textPadding, messagesTop + 2,
                     static_cast<int>(missing.right() - left) - textPadding, 17);
    if (m_painter.fontMetrics().horizontalAdvance(countText(part->number)) <= text.width())
        paintText(&m_painter, text, countText(part->number), ColorToken::Text);
    const QString caption = QStringLiteral("%1: %2").arg(
        countText(part->number),
        partText(m_track.partHave(), m_track.knowsPartEnd() ? part->bytes() : 0));
    m_painter.setFont(secondaryFont());
    addCaption(missing.right() - m_painter.fontMetrics().horizontalAdvance(caption), caption);
}

void StreamPainter::paintMissing(const QRectF& box) {
    const QColor warning = themeColor(ColorToken::Warning);
    m_painter.setPen(QPen(warning, 1));
    m_painter.save();
    m_painter.setClipRect(box, Qt::IntersectClip);
    const int size = static_cast<int>(box.height());
    for (int x = static_cast<int>(box.left()) - size; x < box.right(); x += hatchStep)
        m_painter.drawLine(QPointF(x, box.bottom()), QPointF(x + size, box.top()));
    m_painter.restore();
    QPen dashed(warning, 1);
    dashed.setDashPattern({3, 2});
    m_painter.setPen(dashed);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
}

/// A line where a call ends inside a message.
void StreamPainter::paintCuts() {
    std::uint64_t told = 0;
    for (const StreamBlock& block : m_calls) {
        const StreamRange& call = m_track.calls()[block.to - 1];
        const StreamRange* message = StreamTrack::at(m_track.messages(), call.end);
        if (!message && m_track.part() && m_track.part()->begin < call.end &&
            call.end < m_track.end())
            message = &*m_track.part();
        if (block.isMerged() || block.width() < leastCutCall || !message ||
            message->begin >= call.end)
            continue;
        // Among messages that do not stand alone a line says nothing.
        if (static_cast<double>(message->bytes()) * m_state.axis.scale < leastCutMessage)
            continue;
        const double x = std::round(m_state.axis.x(call.end));
        m_painter.fillRect(
            QRectF(x - 1.5, callsTop - 3, 2, messagesTop + messagesHeight + 6 - callsTop),
            themeColor(ColorToken::Warning));
        const bool isWhole = !m_track.part() || message->number != m_track.part()->number;
        if (isWhole && std::exchange(told, message->number) != message->number)
            addCutCaption(*message, x);
    }
}

void StreamPainter::addCutCaption(const StreamRange& message, double x) {
    const CallSpan span = m_track.spanOf(message.begin, message.end);
    const QString text = m_words.cut(message.number, span.lastCall - span.firstCall + 1);
    m_painter.setFont(secondaryFont());
    const int width = m_painter.fontMetrics().horizontalAdvance(text);
    const double left = x - 9 - width;
    addCaption(left >= labelWidth ? left : x + 7, text);
}

/// A bracket under the messages that came in one call.
void StreamPainter::paintShared() {
    for (const StreamBlock& block : m_calls) {
        const StreamRange& call = m_track.calls()[block.from];
        const std::uint64_t count = block.isMerged() ? 0 : m_track.wholeMessagesIn(call);
        if (count < 2 || block.width() < leastBracket)
            continue;
        const auto& messages = m_track.messages();
        const auto first = std::ranges::lower_bound(messages, call.begin, {}, &StreamRange::begin);
        const double left = std::round(m_state.axis.x(first->begin)) + 0.5;
        const double right =
            std::round(m_state.axis.x((first + static_cast<std::ptrdiff_t>(count) - 1)->end)) - 1.5;
        m_painter.setPen(QPen(themeColor(ColorToken::Warning), 1.5));
        m_painter.drawPolyline(QPolygonF({{left, double(bracketTop)},
                                          {left, bracketTop + 5.0},
                                          {right, bracketTop + 5.0},
                                          {right, double(bracketTop)}}));
        const QString text = m_words.shared(count);
        m_painter.setFont(secondaryFont());
        const int width = m_painter.fontMetrics().horizontalAdvance(text);
        const double middle =
            (std::max(left, double(labelWidth)) + std::min(right, double(m_state.width))) / 2;
        addCaption(middle - width / 2.0, text);
    }
}

void StreamPainter::addCaption(double left, const QString& text) {
    const int width = m_painter.fontMetrics().horizontalAdvance(text);
    const double most = m_state.width - width - 8.0;
    m_captions.push_back({std::clamp(left, double(labelWidth), std::max<double>(labelWidth, most)),
                          double(width), text});
}

/// From the left, those that have room.
void StreamPainter::paintCaptions() {
    std::ranges::stable_sort(m_captions, {}, &Caption::left);
    m_painter.setFont(secondaryFont());
    double free = labelWidth;
    for (const Caption& caption : m_captions) {
        if (caption.left < free)
            continue;
        paintText(&m_painter,
                  QRect(static_cast<int>(caption.left), captionTop,
                        static_cast<int>(caption.width) + 2, 16),
                  caption.text, ColorToken::Warning);
        free = caption.left + caption.width + captionGap;
    }
}

} // namespace sscope
