#include "ui/connections/connection_menu.h"

#include <algorithm>

#include "core/diagnostics/filter_text.h"
#include "ui/common/formats.h"
#include "ui/connections/connection_copies.h"
#include "ui/connections/connections_view.h"
#include "ui/connections/socket_ending.h"

namespace sscope {

namespace {

QAction* named(QAction* action, const char* name) {
    action->setObjectName(QString::fromLatin1(name));
    return action;
}

} // namespace

ConnectionMenu::ConnectionMenu(ConnectionsModel& model, ConnectionsView& view, SocketEnding& ending,
                               QObject* parent)
    : QObject(parent), m_model(model), m_view(view), m_ending(ending) {
    connect(&view, &ConnectionsView::menuAsked, this, &ConnectionMenu::showAt);
    connect(&view, &ConnectionsView::closeAsked, this, &ConnectionMenu::askToClose);
}

void ConnectionMenu::showAt(const QModelIndex& index, const QPoint& globalPosition) {
    auto* menu = new QMenu(&m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("connectionMenu"));
    fill(*menu, index);
    menu->popup(globalPosition); // rows come and go while it is open
}

void ConnectionMenu::fill(QMenu& menu, const QModelIndex& index) {
    const ConnectionEntry* entry = m_model.entryAt(index.row());
    if (!entry) {
        fillHeading(menu, index.row());
        return;
    }
    fillCopies(menu, index);
    menu.addSeparator();
    fillJumps(menu, *entry, index.row());
    menu.addSeparator();
    fillEndings(menu, entry->row);
}

void ConnectionMenu::fillHeading(QMenu& menu, int row) {
    const bool isCollapsed = m_model.headingAt(row)->isCollapsed;
    menu.addAction(isCollapsed ? tr("Unfold") : tr("Fold"), &m_model,
                   [this, index = QPersistentModelIndex(m_model.index(row, 0)), isCollapsed] {
                       if (index.isValid())
                           m_model.setCollapsed(index.row(), !isCollapsed);
                   });
    menu.addAction(tr("Fold all"), &m_model, [this] { m_model.setAllCollapsed(true); });
    menu.addAction(tr("Unfold all"), &m_model, [this] { m_model.setAllCollapsed(false); });
}

std::vector<SocketRow> ConnectionMenu::selectedRows() const {
    std::vector<SocketRow> rows;
    for (const quint64 cookie : m_view.selectedCookies()) {
        if (const ConnectionEntry* entry = m_model.find(cookie))
            rows.push_back(entry->row);
    }
    return rows;
}

void ConnectionMenu::fillCopies(QMenu& menu, const QModelIndex& index) {
    const auto rows = selectedRows();
    connection_copies::fillMenu(
        menu,
        {.cell = index.data().toString(),
         .line = m_model.lineText(index.row()),
         .selected = static_cast<int>(rows.size()),
         .copyText = [this] { m_view.copyRows(); },
         .rows = [rows] { return rows; },
         .csv = [rows] { return [rows] { return connection_copies::csv(rows); }; },
         .json = [rows] { return [rows] { return connection_copies::json(rows); }; },
         .hasSsFilter = std::ranges::any_of(
             rows, [](const SocketRow& row) { return !ssFilterFor(row).empty(); })},
        this);
}

void ConnectionMenu::fillJumps(QMenu& menu, const ConnectionEntry& entry, int row) {
    const quint64 cookie = entry.row.cookie;
    named(menu.addAction(tr("Show in the inspector"), QKeySequence(Qt::Key_Return), this,
                         [this, cookie] {
                             m_view.selectCookie(cookie);
                             Q_EMIT m_view.inspectAsked(cookie);
                         }),
          "inspect");
    if (m_model.peerOf(entry))
        named(menu.addAction(tr("Go to the other end"), QKeySequence(Qt::CTRL | Qt::Key_J), &m_view,
                             &ConnectionsView::goToOtherEnd),
              "otherEnd");
    if (const RowLink link = m_model.linkOf(row); link.kind != RowLink::Kind::None)
        named(menu.addAction(tr("Show %1").arg(menuText(link.text)), this,
                             [this, link] { Q_EMIT m_view.linkActivated(link); }),
              "goToOurs");
    if (const auto endpoint = endpointFor(entry.row))
        named(menu.addAction(tr("Open a client tab to %1")
                                 .arg(menuText(toQString(displaySafe(endpoint->text())))),
                             this, [this, endpoint] { Q_EMIT clientAsked(*endpoint); }),
              "openClient");
    if (!entry.row.owners.empty()) {
        const auto process = entry.row.owners.front().process;
        const QString filter = QStringLiteral("pid:%1").arg(process->pid);
        named(menu.addAction(
                  tr("Only sockets of %1").arg(menuText(toQString(displaySafe(process->command)))),
                  this, [this, filter] { Q_EMIT filterAsked(filter); }),
              "onlyProcess");
    }
}

void ConnectionMenu::fillEndings(QMenu& menu, const SocketRow& row) {
    const auto rows = selectedRows();
    QAction* close = named(menu.addAction(tr("Close socket..."), QKeySequence(Qt::Key_Delete), this,
                                          &ConnectionMenu::askToClose),
                           "closeSocket");
    close->setEnabled(std::ranges::any_of(
        rows, [](const SocketRow& selected) { return isInet(selected.protocol); }));
    for (const SocketOwner& owner : row.owners) {
        const auto process = owner.process;
        named(menu.addAction(tr("End %1, pid %2...")
                                 .arg(menuText(toQString(displaySafe(process->command))))
                                 .arg(process->pid),
                             this, [this, process] { m_ending.askToEnd(*process); }),
              "endProcess");
        if (menu.actions().size() > 20)
            break; // a socket that hundreds hold
    }
}

void ConnectionMenu::askToClose() {
    auto rows = selectedRows();
    std::erase_if(rows, [](const SocketRow& row) { return !isInet(row.protocol); });
    m_ending.askToClose(std::move(rows));
}

std::optional<Endpoint> ConnectionMenu::endpointFor(const SocketRow& row) {
    Endpoint endpoint;
    if (row.protocol == SocketProtocol::Unix) {
        const bool isServer = row.state == SocketState::Listen ||
                              (row.type == SocketType::Dgram && row.peerInode == 0);
        if (!isServer || row.path.empty() || row.type == SocketType::Seqpacket)
            return std::nullopt;
        endpoint.transport = row.type == SocketType::Dgram ? Transport::Unixgram : Transport::Unix;
        endpoint.path = row.path;
        return endpoint;
    }
    if (row.protocol != SocketProtocol::Tcp && row.protocol != SocketProtocol::Udp)
        return std::nullopt;
    IpAddress address = row.hasPeer() ? row.remoteAddress : row.localAddress;
    const std::uint16_t port = row.hasPeer() ? row.remotePort : row.localPort;
    if (port == 0)
        return std::nullopt;
    address = address.unmapped();
    endpoint.transport = row.protocol == SocketProtocol::Tcp ? Transport::Tcp : Transport::Udp;
    endpoint.host = !address.isAny()  ? address.text()
                    : row.family == 6 ? std::string("::1")
                                      : std::string("127.0.0.1");
    endpoint.port = port;
    return endpoint;
}

} // namespace sscope
