#include "ui/clients/conversation_choices.h"

#include <algorithm>

#include "ui/common/settings.h"

namespace sscope {

namespace {

const QString timeKey = QStringLiteral("conversationTime");
const QString rowsKey = QStringLiteral("conversationRows");
const QString detailKey = QStringLiteral("conversationDetail");
constexpr int usualRows = 20'000;

} // namespace

ConversationChoices::ConversationChoices(Settings& settings, QObject* parent)
    : QObject(parent), m_settings(settings) {}

const std::vector<int>& ConversationChoices::rowLimits() {
    static const std::vector<int> limits{1'000, 10'000, 20'000, 100'000, 1'000'000};
    return limits;
}

ConversationChoices::Time ConversationChoices::time() const {
    const QString word = m_settings.value(timeKey).toString();
    return word == QStringLiteral("start")    ? Time::Start
           : word == QStringLiteral("before") ? Time::RowBefore
                                              : Time::Clock;
}

void ConversationChoices::setTime(Time time) {
    m_settings.setValue(timeKey, time == Time::Start       ? QStringLiteral("start")
                                 : time == Time::RowBefore ? QStringLiteral("before")
                                                           : QStringLiteral("clock"));
    Q_EMIT changed();
}

int ConversationChoices::rowLimit() const {
    const int rows = m_settings.value(rowsKey).toInt(usualRows);
    return std::ranges::count(rowLimits(), rows) > 0 ? rows : usualRows;
}

bool ConversationChoices::isDetailShown() const {
    return m_settings.value(detailKey).toBool(false);
}

void ConversationChoices::setDetailShown(bool isShown) {
    m_settings.setValue(detailKey, isShown);
}

void ConversationChoices::setRowLimit(int rows) {
    m_settings.setValue(rowsKey, rows);
    Q_EMIT changed();
}

} // namespace sscope
