#pragma once

#include <QCoreApplication>

#include "ui/clients/stream_tip.h"
#include "ui/clients/stream_track.h"
#include "ui/clients/stream_words.h"

namespace sscope {

/// What the tooltips of a stream say. For one use: it refers to what it is given.
class StreamTips {
    Q_DECLARE_TR_FUNCTIONS(sscope::StreamTips)

public:
    StreamTips(const StreamTrack& track, const StreamWords& words)
        : m_track(track), m_words(words) {}

    [[nodiscard]] StreamTipText call(const StreamRange& call) const;
    [[nodiscard]] StreamTipText message(const StreamRange& message) const;
    /// Of a call that ends inside a message.
    [[nodiscard]] StreamTipText cut(const StreamRange& call, const StreamRange& message) const;

private:
    const StreamTrack& m_track;
    const StreamWords& m_words;
};

} // namespace sscope
