#include "core/server/listening_server.h"

#include <cerrno>
#include <utility>

#include "core/base/chat_error.h"
#include "core/net/socket_options.h"
#include "core/server/service_files.h"

namespace sscope {

ListeningServer::ListeningServer(ServerSetup setup, std::string threadName, PollerKind kind)
    : m_setup(std::move(setup)),
      m_first(std::move(threadName), kind, TraceBatch(m_setup.outbox, m_setup.detail)) {
    first().trace().setOwner(id());
}

Result<void> ListeningServer::start() {
    // The plan uses the loop, and goes on its thread.
    if (auto started = m_first.start([this] { m_plan.reset(); }); !started)
        return started;
    first().post([this] {
        if (auto loaded = loadServiceFiles(m_setup.config); !loaded) {
            failStart(std::move(loaded.error()), true);
            return;
        }
        if (auto opened = openChat(); !opened) {
            failStart(std::move(opened.error()), true);
            return;
        }
        m_plan = std::make_unique<ListenPlan>(first(), m_setup.config,
                                              static_cast<ListenPlan::Owner&>(*this));
        m_plan->start();
    });
    return {};
}

Result<void> ListeningServer::openChat() {
    if (m_setup.config.service != "chat")
        return {};
    std::vector<Error> trouble;
    auto opened =
        ChatHub::open(m_setup.config.settings.chat, trouble, [this](ChatStorageState state) {
            first().post([this, state] { chatStores(state); });
        });
    if (!opened)
        return Failure(std::move(opened.error()));
    m_hub = std::move(*opened);
    m_hubToShow = m_hub.get();
    for (Error& error : trouble)
        tell(lifecycle::Failed{std::move(error)});
    return {};
}

void ListeningServer::chatStores(ChatStorageState state) {
    const std::string operation = "store messages";
    const std::string& file = m_setup.config.settings.chat.historyFile;
    if (state == ChatStorageState::Full)
        tell(lifecycle::Failed{systemError(ENOSPC, operation, file)});
    else
        tell(lifecycle::Failed{chatError(state == ChatStorageState::Good ? ChatFault::StoresAgain
                                                                         : ChatFault::NotStored,
                                         operation, file)});
}

void ListeningServer::stop() {
    if (m_stopAsked.exchange(true))
        return;
    first().post([this] {
        m_plan.reset();
        if (m_hub) // what it says last goes before
            m_hub->stop([this] { first().post([this] { beginStop(); }); });
        else
            beginStop();
    });
}

void ListeningServer::announceStopped() {
    if (!m_failed)
        tell(lifecycle::Stopped{});
    first().stop();
}

void ListeningServer::tell(ConnectionId connection, lifecycle::Event what) {
    first().trace().add(connection, std::move(what));
}

void ListeningServer::addressResolved(const AddressInfo& info) {
    tell(lifecycle::Resolved{familyName(info.family), socketTypeName(info.type),
                             protocolName(info.protocol), info.canonicalName, endpointText(info)});
}

void ListeningServer::addressSkipped(Error error) {
    tell(lifecycle::Failed{std::move(error)});
}

void ListeningServer::failStart(Error error, bool isUsage) {
    if (m_setup.explain)
        m_setup.explain(error);
    m_failed = true;
    tell(lifecycle::StartFailed{std::move(error), isUsage});
    stop();
}

void ListeningServer::planDone(std::vector<OpenedSocket> sockets) {
    for (OpenedSocket& socket : sockets)
        keepPath(std::move(socket.path));
    first().trace().flush(); // what was resolved, before what listens; another thread may tell that
    if (auto served = serve(std::move(sockets)); !served)
        failStart(std::move(served.error()));
}

lifecycle::Listening ListeningServer::describe(const OpenedSocket& socket) const {
    lifecycle::Listening listening{
        .endpoint = endpointText(socket.transport, SocketAddress::localOf(socket.fd.get())),
        .isDatagram = isDatagram(socket.transport),
        .isPublic = socket.isPublic};
    if (listening.isDatagram) {
        listening.receiveBuffer = grantedReceiveBuffer(socket.fd.get());
        listening.receiveBufferAsked =
            m_setup.config.options.receiveBuffer.value_or(datagramBuffer);
    }
    return listening;
}

} // namespace sscope
