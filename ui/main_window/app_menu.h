#pragma once

#include <QMenu>

class QDockWidget;

namespace sscope {

class HelpPanel;
class Settings;

/// The menu of the window itself: its docks, appearance, language, help. The toolbar shows it.
class AppMenu : public QMenu {
    Q_OBJECT

public:
    AppMenu(Settings& settings, QWidget* parent);

    void addDock(QDockWidget* dock, const QString& name);
    /// What stands below the docks.
    void addRest(HelpPanel& help);
    /// To the other one of light and dark; kept.
    void toggleTheme();

Q_SIGNALS:
    void noticeAsked(const QString& text);
    void quitAsked();

private:
    void addThemes();
    void addLanguages();

    Settings& m_settings;
};

} // namespace sscope
