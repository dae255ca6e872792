#include "ui/main_window/toolbar.h"

#include "ui/common/examples.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"
#include "ui/main_window/find_field.h"

namespace sscope {

namespace {

constexpr int toolbarHeight = 40;
constexpr int buttonSize = 28;

} // namespace

Toolbar::Toolbar(const std::vector<Example>& examples, QWidget* parent)
    : QToolBar(tr("Toolbar"), parent) {
    setObjectName(QStringLiteral("toolbar"));
    setMovable(false);
    setFloatable(false);
    setFixedHeight(toolbarHeight);
    setIconSize({16, 16});
    setContentsMargins(8, 0, 8, 0);
    toggleViewAction()->setVisible(false);
    addBeginnings();
    addExamples(examples);
    addSeparator();
    addPause();
    addRight();
}

QToolButton* Toolbar::addButton(QAction* action) {
    addAction(action);
    auto* button = qobject_cast<QToolButton*>(widgetForAction(action));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QAction* Toolbar::makeAction(const QString& icon, const QString& text, const QString& objectName,
                             const QString& tip, const QKeySequence& key) {
    auto* action = new QAction(lineIcon(icon), text, this);
    action->setObjectName(objectName);
    action->setShortcut(key);
    action->setToolTip(tipWithKey(tip, key));
    return action;
}

void Toolbar::addBeginnings() {
    QAction* server =
        makeAction(QStringLiteral("plus"), tr("Server"), QStringLiteral("newServerAction"),
                   tr("New server"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    connect(server, &QAction::triggered, this, &Toolbar::newServerAsked);
    addButton(server);
    m_newClient =
        makeAction(QStringLiteral("plus"), tr("Client"), QStringLiteral("newClientAction"),
                   tr("New client tab"), QKeySequence(Qt::CTRL | Qt::Key_T));
    connect(m_newClient, &QAction::triggered, this, &Toolbar::newClientAsked);
    m_client = addButton(m_newClient);
}

void Toolbar::setClientMenu(QMenu* menu) {
    m_newClient->setMenu(menu);
    m_client->setPopupMode(QToolButton::MenuButtonPopup);
}

void Toolbar::addExamples(const std::vector<Example>& examples) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("examplesMenu"));
    menu->setToolTipsVisible(true);
    for (int i = 0; i < static_cast<int>(examples.size()); ++i) {
        const Example& example = examples[static_cast<std::size_t>(i)];
        QAction* action = menu->addAction(lineIcon(example.icon), menuText(example.title));
        action->setToolTip(plainTip(example.summary));
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT exampleAsked(i); });
    }
    auto* action = new QAction(lineIcon(QStringLiteral("book")), tr("Examples"), this);
    action->setObjectName(QStringLiteral("examplesAction"));
    action->setToolTip(tr("Programs to learn from, started by one click"));
    action->setMenu(menu);
    m_examples = addButton(action);
    m_examples->setPopupMode(QToolButton::InstantPopup);
}

void Toolbar::showExamples() {
    m_examples->defaultAction()->menu()->popup(
        m_examples->mapToGlobal(m_examples->rect().bottomLeft()));
}

void Toolbar::addPause() {
    m_pause = makeAction(QStringLiteral("pause"), tr("Pause"), QStringLiteral("pauseAction"),
                         tr("Pause the connection table"), QKeySequence(Qt::Key_F6));
    m_pause->setCheckable(true);
    addButton(m_pause);
}

void Toolbar::addRight() {
    auto* gap = new QWidget(this);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    addWidget(gap);
    m_find = new FindField(this);
    addWidget(m_find);
    auto* space = new QWidget(this);
    space->setFixedWidth(8);
    addWidget(space);
    auto* theme = makeIconButton(QStringLiteral("moon"), tr("Light or dark"),
                                 QStringLiteral("themeButton"), this);
    theme->setFixedSize(buttonSize, buttonSize);
    connect(theme, &QToolButton::clicked, this, &Toolbar::themeToggled);
    const auto showThemeIcon = [theme] {
        theme->setIcon(
            lineIcon(Theme::instance().isDark() ? QStringLiteral("sun") : QStringLiteral("moon")));
    };
    connect(&Theme::instance(), &Theme::changed, theme, showThemeIcon);
    showThemeIcon();
    addWidget(theme);
    m_menu = makeIconButton(QStringLiteral("menu"), tr("Menu"), QStringLiteral("menuButton"), this);
    m_menu->setFixedSize(buttonSize, buttonSize);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    addWidget(m_menu);
}

} // namespace sscope
