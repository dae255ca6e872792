#pragma once

#include <QStringList>

#include "core/base/clock.h"

namespace sscope {

/// Who has come and gone since something else stood in a room: the first few are told one by one,
/// the rest in one sentence, so that in a busy room what people say is not drowned by it. A value.
class ChatComings {
public:
    static constexpr int toldApart = 2;

    void note(const QString& name, bool isHere, bool usesLines, WallTime now);
    /// Of the last, or "lin, ravi and 12 others joined; olga left". Empty before there is one.
    [[nodiscard]] QString text() const;
    /// The text takes the place of the one before.
    [[nodiscard]] bool isLonger() const { return m_told > toldApart + 1; }
    [[nodiscard]] bool hasCome() const { return !m_came.isEmpty(); }
    [[nodiscard]] bool usesLines() const { return m_usesLines; }
    /// Five minutes later what happens is told anew.
    [[nodiscard]] bool isOver(WallTime now) const;

private:
    int m_told = 0;
    bool m_usesLines = false; // who has come alone
    WallTime m_begin = 0;
    QStringList m_came; // and are there; in the order of their coming
    QStringList m_went;
};

} // namespace sscope
