#include "ui/chat/chat_comings.h"

#include <chrono>

#include <QCoreApplication>

#include "ui/chat/chat_text.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::ChatComings)
};

QString cameText(const QStringList& names) {
    const auto safe = [&names](int place) { return safeText(names[place]); };
    switch (names.size()) {
    case 1:
        return Words::tr("%1 joined").arg(safe(0));
    case 2:
        return Words::tr("%1 and %2 joined").arg(safe(0), safe(1));
    default:
        return Words::tr("%1, %2 and %n other(s) joined", "", static_cast<int>(names.size()) - 2)
            .arg(safe(0), safe(1));
    }
}

QString wentText(const QStringList& names) {
    const auto safe = [&names](int place) { return safeText(names[place]); };
    switch (names.size()) {
    case 1:
        return Words::tr("%1 left").arg(safe(0));
    case 2:
        return Words::tr("%1 and %2 left").arg(safe(0), safe(1));
    default:
        return Words::tr("%1, %2 and %n other(s) left", "", static_cast<int>(names.size()) - 2)
            .arg(safe(0), safe(1));
    }
}

} // namespace

void ChatComings::note(const QString& name, bool isHere, bool usesLines, WallTime now) {
    const bool isAlone = ++m_told <= toldApart + 1;
    if (isAlone) {
        m_came.clear();
        m_went.clear();
        m_begin = now;
    }
    (isHere ? m_went : m_came).removeAll(name);
    (isHere ? m_came : m_went).append(name);
    m_usesLines = isAlone && isHere && usesLines;
}

QString ChatComings::text() const {
    if (m_usesLines)
        return Words::tr("%1 joined in line mode").arg(safeText(m_came[0]));
    if (m_went.isEmpty())
        return m_came.isEmpty() ? QString() : cameText(m_came);
    if (m_came.isEmpty())
        return wentText(m_went);
    return Words::tr("%1; %2").arg(cameText(m_came), wentText(m_went));
}

bool ChatComings::isOver(WallTime now) const {
    return now - m_begin > std::chrono::nanoseconds(std::chrono::minutes(5)).count();
}

} // namespace sscope
