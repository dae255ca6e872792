#include "ui/common/theme.h"

#include <array>

#include <QApplication>
#include <QToolTip>

namespace sscope {

namespace {

struct ColorPair {
    QRgb light;
    QRgb dark;
};

// In the order of ColorToken; the table of GUI.md.
constexpr std::array<ColorPair, 19> colors{{
    {0xFFF6F7F9, 0xFF16191D}, // Window
    {0xFFFFFFFF, 0xFF1E2227}, // Surface
    {0xFFD9DDE3, 0xFF343A42}, // Hairline
    {0xFF1B1F24, 0xFFE6E9ED}, // Text
    {0xFF5A6472, 0xFF9BA5B1}, // Muted
    {0xFF0B62C4, 0xFF5AA9FF}, // Accent
    {0xFF7A3FB0, 0xFFC39BEA}, // Received
    {0xFF1A7F37, 0xFF4CC26B}, // Success
    {0xFF8A5A00, 0xFFE0B341}, // Warning
    {0xFFC62828, 0xFFFF7B7B}, // Danger
    {0xFFDFF5E3, 0xFF1F3D28}, // RowNew
    {0xFFFFF4CC, 0xFF423A17}, // RowChanged
    {0xFFFBDADA, 0xFF4A2326}, // RowGone
    {0xFFD6E6FA, 0xFF203B5C}, // Selection
    {0xFFEDF4FD, 0xFF1F2D3F}, // OtherEnd: selection at 45 % over surface
    {0xFFECEFF3, 0xFF282D34}, // Hover
    {0xFFB6BEC9, 0xFF4C5560}, // FieldBorder
    {0xFFFFFFFF, 0xFF0B1420}, // OnAccent
    {0xFFFFFFFF, 0xFF262B32}, // Button
}};

} // namespace

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

QColor Theme::color(ColorToken token) const {
    const ColorPair& pair = colors[static_cast<std::size_t>(token)];
    return QColor::fromRgb(m_isDark ? pair.dark : pair.light);
}

void Theme::setChoice(ThemeChoice choice) {
    m_choice = choice;
    update();
}

void Theme::setSystemIsDark(bool isDark) {
    m_systemIsDark = isDark;
    update();
}

void Theme::update() {
    m_isDark = m_choice == ThemeChoice::System ? m_systemIsDark : m_choice == ThemeChoice::Dark;
    QApplication::setPalette(palette());
    QToolTip::setPalette(palette());
    Q_EMIT changed();
}

QPalette Theme::palette() const {
    using Role = QPalette::ColorRole;
    QPalette palette;
    const auto set = [&](Role role, ColorToken token) { palette.setColor(role, color(token)); };
    set(Role::Window, ColorToken::Window);
    set(Role::WindowText, ColorToken::Text);
    set(Role::Base, ColorToken::Surface);
    set(Role::AlternateBase, ColorToken::Surface);
    set(Role::Text, ColorToken::Text);
    set(Role::PlaceholderText, ColorToken::Muted);
    set(Role::Button, ColorToken::Button);
    set(Role::ButtonText, ColorToken::Text);
    set(Role::BrightText, ColorToken::Danger);
    set(Role::Highlight, ColorToken::Selection);
    set(Role::HighlightedText, ColorToken::Text);
    set(Role::Link, ColorToken::Accent);
    set(Role::LinkVisited, ColorToken::Accent);
    set(Role::ToolTipBase, ColorToken::Surface);
    set(Role::ToolTipText, ColorToken::Text);
    set(Role::Light, ColorToken::Surface);
    set(Role::Midlight, ColorToken::Hairline);
    set(Role::Mid, ColorToken::Hairline);
    set(Role::Dark, ColorToken::FieldBorder);
    set(Role::Shadow, ColorToken::FieldBorder);
    for (const Role role : {Role::WindowText, Role::Text, Role::ButtonText, Role::HighlightedText})
        palette.setColor(QPalette::Disabled, role, color(ColorToken::FieldBorder));
    return palette;
}

QColor themeColor(ColorToken token) {
    return Theme::instance().color(token);
}

QColor blended(const QColor& base, const QColor& color, qreal share) {
    const auto mix = [share](int from, int to) {
        return from + static_cast<int>(static_cast<qreal>(to - from) * share);
    };
    return {mix(base.red(), color.red()), mix(base.green(), color.green()),
            mix(base.blue(), color.blue())};
}

} // namespace sscope
