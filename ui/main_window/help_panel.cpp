#include "ui/main_window/help_panel.h"

#include <vector>

#include <QApplication>
#include <QGridLayout>
#include <QKeyEvent>
#include <QPainter>

#include "ui/common/fonts.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

struct Key {
    QString keys;
    QString what;
};

void addKeys(QGridLayout* grid, int column, const std::vector<Key>& keys, QWidget* parent) {
    int row = 1;
    for (const Key& key : keys) {
        QLabel* name = makeLabel(key.keys, parent);
        name->setWordWrap(false);
        name->setFont(monoFont());
        QLabel* what = makeNote(key.what, parent);
        grid->addWidget(name, row, column);
        grid->addWidget(what, row, column + 1); // wraps where the page is narrow
        ++row;
    }
}

} // namespace

HelpPanel::HelpPanel(QWidget* parent) : QFrame(parent) {
    setObjectName(QStringLiteral("helpPanel"));
    setFocusPolicy(Qt::StrongFocus);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(12, 8, 12, 12);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnMinimumWidth(2, 12);
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(4, 3); // has more to say
    grid->addWidget(makeTitle(tr("Keys"), this), 0, 0, 1, 5);
    auto* close =
        makeIconButton(QStringLiteral("close"), tr("Close"), QStringLiteral("closeHelp"), this);
    connect(close, &QToolButton::clicked, this, &HelpPanel::toggle);
    grid->addWidget(close, 0, 5, Qt::AlignRight);
    addKeys(grid, 0,
            {{QStringLiteral("Ctrl+Shift+S"), tr("new server")},
             {QStringLiteral("Ctrl+T"), tr("new client tab")},
             {QStringLiteral("Ctrl+Shift+J"), tr("join a chat")},
             {QStringLiteral("Ctrl+W"), tr("close the tab")},
             {QStringLiteral("Ctrl+1..9"), tr("go to a tab")},
             {QStringLiteral("Ctrl+L"), tr("endpoint of the tab")},
             {QStringLiteral("Ctrl+M"), tr("show the stream")},
             {QStringLiteral("Ctrl+,"), tr("options of the client")},
             {QStringLiteral("Ctrl+\\"), tr("tab to the other side")},
             {QStringLiteral("Space"), tr("start or stop the server")},
             {QStringLiteral("J"), tr("join the server's chat")}},
            this);
    addKeys(
        grid, 3,
        {{QStringLiteral("Ctrl+Return"), tr("send; Up and Down bring back what was sent")},
         {QStringLiteral("Left, Right"), tr("walk along the stream; + and - zoom")},
         {QStringLiteral("Ctrl+F"), tr("find in the view that was used last")},
         {QStringLiteral("Alt+Up, Alt+Down"), tr("go to another room; with Shift to what is new")},
         {QStringLiteral("M, B, Delete"), tr("tell, ban or kick one of a chat's clients")},
         {QStringLiteral("F5"), tr("read the connection table now")},
         {QStringLiteral("F6"), tr("pause it")},
         {QStringLiteral("Ctrl+Space"),
          tr("complete the connection filter; Up and Down bring back what was used")},
         {QStringLiteral("Ctrl+J"), tr("go to the other end of a local connection")},
         {QStringLiteral("Delete"), tr("remove the server, close the client, close the socket")}},
        this);
    QLabel* shell = makeNote(tr("The same is at hand without a window: socketscope serve, send, "
                                "chat and table, each with --help."),
                             this);
    grid->addWidget(shell, grid->rowCount(), 0, 1, 6);
    setAccessibleName(tr("Keys"));
    parent->installEventFilter(this);
    hide();
}

void HelpPanel::toggle() {
    if (isVisible()) {
        hide();
        if (m_before)
            m_before->setFocus();
        return;
    }
    m_before = QApplication::focusWidget();
    lieOnTop();
    show();
    raise();
    setFocus();
}

void HelpPanel::lieOnTop() {
    const int wide = parentWidget()->width();
    setGeometry(0, 0, wide, layout()->totalHeightForWidth(wide));
}

bool HelpPanel::eventFilter(QObject* parent, QEvent* event) {
    if (event->type() == QEvent::Resize)
        lieOnTop();
    return QFrame::eventFilter(parent, event);
}

void HelpPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
}

void HelpPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        toggle();
    else
        QFrame::keyPressEvent(event);
}

} // namespace sscope
