#include "ui/inspector/inspector_dock.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/common/dock_title_bar.h"
#include "ui/common/settings.h"
#include "ui/common/small_widgets.h"
#include "ui/common/tab_order.h"
#include "ui/engine_bridge.h"
#include "ui/inspector/inspected_socket.h"
#include "ui/inspector/inspector_page.h"
#include "ui/inspector/socket_report.h"
#include "ui/inspector/tcp_state_widget.h"

namespace sscope {

namespace {

constexpr int titleHeight = 32;
constexpr int margin = 12;
constexpr int leastWidth = TcpLayout::leastWidth + 2 * margin;
const QString furtherKey = QStringLiteral("inspectorMore");

} // namespace

InspectorDock::InspectorDock(EngineBridge& bridge, const ConnectionsModel& model,
                             Settings& settings, QWidget* parent)
    : QDockWidget(tr("Inspector"), parent),
      m_settings(settings),
      m_socket(new InspectedSocket(bridge, model, this)),
      m_pages(new QStackedWidget(this)),
      m_scroll(new QScrollArea(this)),
      m_page(new InspectorPage(this)) {
    setObjectName(QStringLiteral("inspectorDock"));
    buildTitle();
    m_scroll->setObjectName(QStringLiteral("inspectorScroll"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::TabFocus);
    m_scroll->setAccessibleName(tr("The inspected socket"));
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(m_page);
    m_page->setAutoFillBackground(false);
    // The bar stands in the margin, so that nothing moves when it comes.
    connect(m_scroll->verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int, int most) {
        m_page->setScrollBarWidth(most > 0 ? m_scroll->verticalScrollBar()->sizeHint().width() : 0);
    });
    m_pages->addWidget(buildEmptyPage());
    m_pages->addWidget(m_scroll);
    m_pages->setMinimumWidth(leastWidth);
    setWidget(m_pages);
    m_page->setFurther(settings.value(furtherKey).toBool());
    connect(m_page, &InspectorPage::furtherToggled, this, [this](bool isShown) {
        m_settings.setValue(furtherKey, isShown);
        showSocket();
    });
    connect(m_page, &InspectorPage::linkActivated, this, &InspectorDock::linkActivated);
    connect(m_page, &InspectorPage::copyAsked, this, &InspectorDock::copyAll);
    connect(m_page, &InspectorPage::otherEndAsked, this, [this] {
        if (!m_socket->otherEnd())
            return;
        const quint64 cookie = m_socket->otherEnd()->cookie;
        m_socket->inspect(cookie); // pinned too, and where the filter hides its row
        Q_EMIT otherEndAsked(cookie);
    });
    connect(m_socket, &InspectedSocket::changed, this, &InspectorDock::showSocket);
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool isVisible) {
        m_socket->setSampled(isVisible);
        showSocket();
    });
    orderForTab({m_pin, findChild<QWidget*>(QStringLiteral("floatButton")),
                 findChild<QWidget*>(QStringLiteral("hideButton")), m_pages});
    showSocket();
}

void InspectorDock::buildTitle() {
    auto* title = new DockTitleBar(tr("Inspector"), titleHeight, this);
    m_pin = makeIconButton(QStringLiteral("pin"), tr("Keep this socket while the selection moves"),
                           QStringLiteral("pinInspector"), this);
    m_pin->setCheckable(true);
    title->addStretch();
    title->addWidget(m_pin);
    setTitleBarWidget(title);
}

QWidget* InspectorDock::buildEmptyPage() {
    auto* page = new QWidget(this);
    page->setObjectName(QStringLiteral("inspectorEmpty"));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(4);
    column->addWidget(makeTitle(tr("Nothing selected"), page));
    column->addWidget(makeNote(tr("Select a row in Connections to see both ends and who owns them, "
                                  "the TCP state and how it got there, and what that means."),
                               page));
    column->addSpacing(8);
    auto* diagram = new TcpStateWidget(page);
    diagram->setFocusPolicy(Qt::NoFocus);
    column->addWidget(diagram);
    column->addStretch(1);
    return page;
}

void InspectorDock::setLinkSource(std::function<RowLink(const SocketRow&)> source) {
    m_socket->setLinkSource(std::move(source));
}

void InspectorDock::select(quint64 cookie) {
    // Who looks at a socket that goes is to see what became of it.
    const bool isKept = m_socket->goneAt() && cookie == 0;
    if (!isPinned() && !isKept)
        m_socket->inspect(cookie);
}

void InspectorDock::selectClosed(const ClosedSocket& closed) {
    if (!isPinned())
        m_socket->inspectClosed(closed);
}

void InspectorDock::inspect(quint64 cookie) {
    m_socket->inspect(cookie);
    show();
    raise();
}

void InspectorDock::takeTable() {
    m_socket->takeTable(SteadyClock::now());
}

void InspectorDock::showSocket() {
    const bool hasRow = m_socket->row() != nullptr;
    m_pages->setCurrentIndex(hasRow ? 1 : 0);
    m_pin->setEnabled(hasRow || isPinned());
    if (hasRow && isVisible())
        m_page->show(*m_socket);
}

void InspectorDock::copyAll() {
    if (const QString text = socketReport(*m_socket, SteadyClock::now()); !text.isEmpty())
        QApplication::clipboard()->setText(text);
}

bool InspectorDock::event(QEvent* event) {
    if (event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copyAll();
        return true;
    }
    return QDockWidget::event(event);
}

} // namespace sscope
