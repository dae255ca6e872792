#include "core/engine/client_manager.h"

#include <deque>
#include <utility>

#include "core/client/datagram_content.h"
#include "core/client/metered_source.h"
#include "core/storage/file_source.h"

namespace sscope {

/// One session, with what is being sent over it. On the loop's thread.
class ClientManager::Client final : private ClientObserver {
public:
    Client(Reactor& reactor, ConnectionId id, const ClientConfig& config)
        : m_reactor(reactor),
          m_isDatagram(isDatagram(config.endpoint.transport)),
          m_framing(config.framing),
          m_session(reactor, id, config, this) {
        m_session.start();
    }
    ~Client() { endFiles(SendProgress::State::Ended); }

    ClientSession& session() { return m_session; }

    void send(const SendStep& message) {
        const auto content = message.content.make(m_values, wallNow());
        m_session.send({.content = content, .header = message.header});
    }

    void run(SendPlan plan, std::shared_ptr<SendProgress> progress) {
        stopPlan();
        if (!m_session.isConnected() || m_session.hasEnded() || plan.steps.empty()) {
            progress->end(SendProgress::State::Ended);
            return;
        }
        m_plan = std::make_unique<PlanRunner>(m_reactor, m_session, std::move(plan), m_values,
                                              std::move(progress));
        m_plan->start();
    }

    void stopPlan() { m_plan.reset(); }

    struct File {
        std::string path;
        std::string suffix;
        std::vector<HeaderField> header;
        std::shared_ptr<SendProgress> progress;
    };

    void sendFile(File file) {
        if (!m_session.isConnected() || m_session.hasEnded()) {
            file.progress->end(SendProgress::State::Ended);
            return;
        }
        m_files.push_back(std::move(file));
        sendNextFile();
    }

    void stopFile() {
        if (m_sending && m_sending->state() == SendProgress::State::Running) {
            m_sending->end(SendProgress::State::Stopped);
            if (!m_framing.isRaw())
                m_session.reset();
        }
        endFiles(SendProgress::State::Stopped);
    }

private:
    void bytesSent(std::size_t) override { mayHaveRoom(); }
    void mayHaveRoom() override {
        if (m_plan)
            m_plan->mayHaveRoom();
        if (!m_files.empty() && !m_nextFile.isActive())
            m_nextFile.start(SteadyClock::now());
    }
    void failed(const Error&) override {
        if (m_plan)
            m_plan->failed();
    }
    void ended(CloseReason, const Error&) override {
        if (m_plan)
            m_plan->sessionEnded();
        endFiles(SendProgress::State::Ended);
    }

    void sendNextFile() {
        while (!m_files.empty() && m_session.canSend()) {
            const File file = std::move(m_files.front());
            m_files.pop_front();
            auto source = openFile(file);
            if (!source) {
                file.progress->end(SendProgress::State::Failed, source.error());
                continue;
            }
            m_sending = file.progress;
            auto metered = std::make_unique<MeteredSource>(std::move(*source), file.progress);
            if (m_isDatagram)
                sendDatagram(*metered, file.header);
            else
                m_session.send(std::move(metered), file.header);
        }
    }

    /// Fails also where its size is not one for the framing.
    [[nodiscard]] Result<std::unique_ptr<ByteSource>> openFile(const File& file) const {
        auto source = openFileSource(file.path, file.suffix);
        if (!source || m_isDatagram || m_framing.kind().readsContent)
            return source;
        if (auto fits = m_framing.accepts(std::move(*source)); !fits) {
            fits.error().subject = m_framing.text();
            return Failure(std::move(fits.error()));
        }
        return openFileSource(file.path, file.suffix);
    }

    void sendDatagram(ByteSource& source, std::span<const HeaderField> header) {
        const auto content = datagramContent(source);
        if (!content)
            return; // as its progress tells
        m_session.send({.content = *content, .header = header});
        m_sending->end(SendProgress::State::Done); // as far as it fits; the kernel has its say
    }

    void endFiles(SendProgress::State state) {
        for (const File& file : std::exchange(m_files, {}))
            file.progress->end(state);
    }

    Reactor& m_reactor;
    const bool m_isDatagram;
    const Framing m_framing;
    MacroValues m_values;
    std::deque<File> m_files; // that wait for their turn
    std::shared_ptr<SendProgress> m_sending;
    Timer m_nextFile{m_reactor.timers(), [this] { sendNextFile(); }};
    ClientSession m_session;
    std::unique_ptr<PlanRunner> m_plan; // also one that is over
};

ClientManager::ClientManager(TraceSink& outbox)
    : m_thread("clients", PollerKind::Epoll, TraceBatch(&outbox, TraceBatch::Detail::Log)) {}

ClientManager::~ClientManager() {
    stopAndJoin();
}

Result<void> ClientManager::open(ConnectionId id, const ClientConfig& config) {
    if (!m_started) {
        if (auto started = m_thread.start([this] {
                m_watch.reset();
                m_clients.clear();
            });
            !started)
            return started;
        m_started = true;
    }
    m_thread.reactor().post([this, id, config] {
        removeEnded();
        m_clients[id] = std::make_unique<Client>(m_thread.reactor(), id, config);
    });
    return {};
}

void ClientManager::withClient(ConnectionId id, const std::function<void(Client&)>& action,
                               const std::shared_ptr<SendProgress>& progress) {
    m_thread.reactor().post([this, id, action, progress] {
        if (const auto it = m_clients.find(id); it != m_clients.end())
            action(*it->second);
        else if (progress)
            progress->end(SendProgress::State::Ended);
    });
}

void ClientManager::removeEnded() {
    std::erase_if(m_clients, [](const auto& entry) { return entry.second->session().hasEnded(); });
}

void ClientManager::send(ConnectionId id, OwnedMessage message) {
    const auto shared = std::make_shared<const OwnedMessage>(std::move(message));
    withClient(id, [shared](Client& client) { client.session().send(shared->view()); });
}

void ClientManager::send(ConnectionId id, SendStep message) {
    const auto shared = std::make_shared<const SendStep>(std::move(message));
    withClient(id, [shared](Client& client) { client.send(*shared); });
}

void ClientManager::run(ConnectionId id, SendPlan plan, std::shared_ptr<SendProgress> progress) {
    withClient(
        id,
        [plan = std::move(plan), progress](Client& client) mutable {
            client.run(std::move(plan), progress);
        },
        progress);
}

void ClientManager::stopPlan(ConnectionId id) {
    withClient(id, [](Client& client) { client.stopPlan(); });
}

void ClientManager::sendFile(ConnectionId id, const std::string& path, std::string suffix,
                             std::vector<HeaderField> header,
                             std::shared_ptr<SendProgress> progress) {
    Client::File file{path, std::move(suffix), std::move(header), progress};
    withClient(
        id, [file = std::move(file)](Client& client) mutable { client.sendFile(std::move(file)); },
        progress);
}

void ClientManager::stopFile(ConnectionId id) {
    withClient(id, [](Client& client) { client.stopFile(); });
}

void ClientManager::setSendPause(ConnectionId id, Duration pause) {
    withClient(id, [pause](Client& client) { client.session().setSendPause(pause); });
}

void ClientManager::setReceiveSize(ConnectionId id, std::size_t bytes) {
    withClient(id, [bytes](Client& client) { client.session().setReceiveSize(bytes); });
}

void ClientManager::watch(ConnectionId id, std::shared_ptr<WatchedState> state) {
    m_thread.reactor().post([this, id, state = std::move(state)] {
        if (!m_watch)
            m_watch = std::make_unique<StateWatch>(m_thread.reactor(), [this](ConnectionId of) {
                const auto it = m_clients.find(of);
                return it == m_clients.end() ? -1 : it->second->session().fd();
            });
        m_watch->add(id, state);
    });
}

void ClientManager::finishSending(ConnectionId id) {
    withClient(id, [](Client& client) {
        client.stopPlan(); // nothing of it could follow
        client.session().finishSending();
    });
}

void ClientManager::close(ConnectionId id, bool reset) {
    withClient(id, [reset](Client& client) {
        client.stopPlan();
        if (reset)
            client.session().reset();
        else
            client.session().close();
    });
}

void ClientManager::stopAndJoin() {
    m_thread.stopAndJoin();
}

} // namespace sscope
