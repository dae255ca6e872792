#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>

namespace sscope {

/// The colours that the window is made of; GUI.md says what each is for.
enum class ColorToken {
    Window,
    Surface,
    Hairline,
    Text,
    Muted,
    Accent, // also what we sent
    Received,
    Success,
    Warning,
    Danger,
    RowNew,
    RowChanged,
    RowGone,
    Selection,
    OtherEnd, // the peer's row of the selected one
    Hover,
    FieldBorder,
    OnAccent,
    Button,
};

enum class ThemeChoice { System, Light, Dark };

/// The window's colours, light or dark. One object, on the GUI thread.
class Theme : public QObject {
    Q_OBJECT

public:
    static Theme& instance();

    [[nodiscard]] QColor color(ColorToken token) const;
    [[nodiscard]] bool isDark() const { return m_isDark; }
    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);
    /// What the system prefers, as it becomes known.
    void setSystemIsDark(bool isDark);

Q_SIGNALS:
    void changed();

private:
    Theme() = default;
    void update();
    [[nodiscard]] QPalette palette() const;

    ThemeChoice m_choice = ThemeChoice::System;
    bool m_systemIsDark = false;
    bool m_isDark = false;
};

/// Shorthand for the current theme's colour.
QColor themeColor(ColorToken token);

/// color mixed into base; 0 is base, 1 is color.
QColor blended(const QColor& base, const QColor& color, qreal share);

} // namespace sscope
