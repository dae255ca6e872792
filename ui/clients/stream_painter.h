#pragma once

#include <vector>

#include <QPainter>

#include "ui/clients/stream_axis.h"
#include "ui/clients/stream_words.h"
#include "ui/common/theme.h"

namespace sscope {

class ConversationModel;

/// Draws the stream strip as it is at one time.
class StreamPainter {
public:
    static constexpr int labelWidth = 84;
    static constexpr int rightMargin = 36;
    static constexpr int callsTop = 26;
    static constexpr int callsHeight = 30;
    static constexpr int messagesTop = 64;
    static constexpr int messagesHeight = 36;
    static constexpr int height = 130;

    struct State {
        StreamAxis axis;
        std::uint64_t selected = 0; // message
        std::uint64_t focusedCall = 0;
        std::uint64_t focusedMessage = 0;
        int width = 0;
    };

    StreamPainter(QPainter& painter, const StreamTrack& track, const StreamWords& words,
                  const State& state)
        : m_painter(painter), m_track(track), m_words(words), m_state(state) {}

    /// The model has what messages say.
    void paint(const ConversationModel* model, bool isSent);

    static bool isInCalls(int y) { return y >= callsTop && y < messagesTop - 4; }
    static bool isInMessages(int y) {
        return y >= messagesTop - 4 && y < messagesTop + messagesHeight;
    }
    /// Of what has not come of a message: as wide as it is, but no more than can be overlooked.
    static double missingWidth(const StreamTrack& track, double scale);

private:
    struct Caption {
        double left;
        double width;
        QString text;
    };

    void paintLabels();
    void paintTicks();
    void paintCalls();
    void paintMessages();
    void paintMessage(const StreamRange& message, const QRectF& box);
    void paintParts(const StreamRange& message, const QRectF& box);
    void paintMessageText(const StreamRange& message, const QRectF& box);
    void paintPart();
    void paintMissing(const QRectF& box);
    void paintMerged(const StreamBlock& block, const StreamTrack::Ranges& ranges,
                     const QRectF& box);
    void paintCuts();
    void paintShared();
    void addCutCaption(const StreamRange& message, double x);
    void addCaption(double left, const QString& text);
    void paintCaptions();
    [[nodiscard]] double prefixWidth(const StreamRange& message) const;
    [[nodiscard]] QString contentOf(const StreamRange& message) const;
    [[nodiscard]] QColor color() const;
    [[nodiscard]] QRectF boxOf(const StreamBlock& block, int top, int size) const;

    QPainter& m_painter;
    const StreamTrack& m_track;
    const StreamWords& m_words;
    const State m_state;
    const ConversationModel* m_model = nullptr;
    bool m_isSent = false;
    std::vector<StreamBlock> m_calls;
    std::vector<StreamBlock> m_messages;
    std::vector<Caption> m_captions;
};

} // namespace sscope
