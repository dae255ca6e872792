#include "ui/main_window/app_menu.h"

#include <QActionGroup>
#include <QDockWidget>

#include "ui/common/icons.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/main_window/help_panel.h"

namespace sscope {

namespace {

const QString themeKey = QStringLiteral("theme");
const QString languageKey = QStringLiteral("language");

} // namespace

AppMenu::AppMenu(Settings& settings, QWidget* parent) : QMenu(parent), m_settings(settings) {}

void AppMenu::addDock(QDockWidget* dock, const QString& name) {
    QAction* toggle = dock->toggleViewAction();
    toggle->setText(name);
    addAction(toggle);
}

void AppMenu::addRest(HelpPanel& help) {
    addSeparator();
    addThemes();
    addLanguages();
    addSeparator();
    addAction(lineIcon(QStringLiteral("help")), tr("Help and keys"), QKeySequence(Qt::Key_F1),
              &help, &HelpPanel::toggle);
    addAction(tr("Quit"), QKeySequence(QKeySequence::Quit), this, &AppMenu::quitAsked);
}

void AppMenu::addThemes() {
    QMenu* themes = addMenu(tr("Appearance"));
    auto* group = new QActionGroup(themes);
    const auto add = [&](const QString& text, ThemeChoice choice) {
        QAction* action = group->addAction(text);
        action->setCheckable(true);
        action->setChecked(Theme::instance().choice() == choice);
        connect(action, &QAction::triggered, this, [this, choice] {
            Theme::instance().setChoice(choice);
            m_settings.setValue(themeKey, static_cast<int>(choice));
        });
        connect(&Theme::instance(), &Theme::changed, action,
                [action, choice] { action->setChecked(Theme::instance().choice() == choice); });
    };
    add(tr("As the system"), ThemeChoice::System);
    add(tr("Light"), ThemeChoice::Light);
    add(tr("Dark"), ThemeChoice::Dark);
    themes->addActions(group->actions());
}

void AppMenu::addLanguages() {
    QMenu* languages = addMenu(tr("Language"));
    auto* group = new QActionGroup(languages);
    const QString current = m_settings.value(languageKey).toString();
    const auto add = [&](const QString& text, const QString& name) {
        QAction* action = group->addAction(text);
        action->setCheckable(true);
        action->setChecked(current == name);
        connect(action, &QAction::triggered, this, [this, name] {
            m_settings.setValue(languageKey, name);
            Q_EMIT noticeAsked(tr("The language changes when Socketscope is opened again."));
        });
    };
    add(tr("As the system"), QString());
    // Each language by its own name, so that whoever needs it can read it.
    add(QStringLiteral("English"), QStringLiteral("en"));
    add(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
    languages->addActions(group->actions());
}

void AppMenu::toggleTheme() {
    const ThemeChoice choice = Theme::instance().isDark() ? ThemeChoice::Light : ThemeChoice::Dark;
    Theme::instance().setChoice(choice);
    m_settings.setValue(themeKey, static_cast<int>(choice));
}

} // namespace sscope
