#pragma once

#include <vector>

#include <QObject>

namespace sscope {

class Settings;

/// How a person wants conversations to be shown: kept in the settings and shared by all tabs. On
/// the GUI thread.
class ConversationChoices : public QObject {
    Q_OBJECT

public:
    /// What the column of times counts from.
    enum class Time { Clock, Start, RowBefore };

    explicit ConversationChoices(Settings& settings, QObject* parent = nullptr);

    [[nodiscard]] Time time() const;
    void setTime(Time time);
    /// How many rows a conversation keeps.
    [[nodiscard]] int rowLimit() const;
    void setRowLimit(int rows);
    static const std::vector<int>& rowLimits();
    /// Whether the details of what has no framing are shown.
    [[nodiscard]] bool isDetailShown() const;
    void setDetailShown(bool isShown);

Q_SIGNALS:
    void changed();

private:
    Settings& m_settings;
};

} // namespace sscope
