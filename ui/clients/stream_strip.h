#pragma once

#include <optional>

#include <QAbstractScrollArea>
#include <QPointer>

#include "ui/clients/stream_axis.h"
#include "ui/clients/stream_tip.h"
#include "ui/clients/stream_words.h"

namespace sscope {

class ConversationModel;

/// Two bands over the bytes of one direction: what the calls moved above, the messages below
/// (GUI.md 21). Left and Right walk along a band, Up and Down change it; Ctrl and the wheel zoom.
class StreamStrip : public QAbstractScrollArea {
    Q_OBJECT

public:
    enum class Band { Calls, Messages };
    struct Place {
        Band band = Band::Messages;
        std::uint64_t number = 0;
        bool operator==(const Place&) const = default;
    };

    explicit StreamStrip(QWidget* parent = nullptr);
    ~StreamStrip() override;

    void setConversation(ConversationModel& model);
    void setSent(bool isSent);
    [[nodiscard]] bool isSent() const { return m_isSent; }
    /// Marks a message and brings it into view; nothing with 0.
    void selectMessage(std::uint64_t number);
    [[nodiscard]] std::uint64_t selectedMessage() const { return m_selected; }
    void zoom(int steps);
    /// What the tooltip says at a place of the viewport.
    [[nodiscard]] StreamTipText tipAt(const QPoint& point) const;

Q_SIGNALS:
    /// A person has chosen a message, or without a framing a receive.
    void rangeChosen(const StreamRange& range);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    [[nodiscard]] const StreamTrack& track() const;
    [[nodiscard]] const StreamTrack::Ranges& ranges(Band band) const;
    [[nodiscard]] StreamAxis axis() const;
    [[nodiscard]] double extent() const; // pixels of all that is kept
    [[nodiscard]] double fittingScale() const;
    void streamChanged();
    void updateScale();
    void updateScrollBar();
    void showRange(const StreamRange& range);
    [[nodiscard]] const StreamRange* focused() const;
    void focusOn(const StreamRange* range, Band band);
    void stepFocus(int step);
    void choose(const StreamRange& range);
    void showFocusTip();
    void hideTip();
    [[nodiscard]] std::optional<StreamTipText> cutAt(double x) const;

    ConversationModel* m_model = nullptr;
    StreamWords m_words{false};
    bool m_isSent = false;
    double m_scale = 0.8;
    bool m_isZoomed = false; // by a person
    bool m_isAtEnd = true;
    std::uint64_t m_selected = 0;
    Place m_focus;
    QPointer<StreamTip> m_tip; // the window may go first
};

} // namespace sscope
