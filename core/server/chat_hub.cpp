#include "core/server/chat_hub.h"

#include <array>
#include <chrono>
#include <utility>

#include <openssl/rand.h>

#include <fmt/format.h>

#include "core/base/chat_error.h"
#include "core/server/chat_password.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr Duration publishTime = 250ms;

} // namespace

Result<std::unique_ptr<ChatHub>> ChatHub::open(const ChatSettings& settings,
                                               std::vector<Error>& trouble,
                                               std::function<void(ChatStorageState)> stores) {
    auto writer = ChatHistory::open(settings.historyFile);
    if (!writer)
        return Failure(std::move(writer.error()));
    if (const std::string& movedTo = (*writer)->movedTo(); !movedTo.empty())
        trouble.push_back(chatError(ChatFault::HistoryDamaged, "open history",
                                    settings.historyFile + " -> " + movedTo));
    std::unique_ptr<ChatHistory> reader;
    if (!settings.historyFile.empty()) {
        auto opened = ChatHistory::openReader(settings.historyFile);
        if (!opened)
            return Failure(std::move(opened.error()));
        reader = std::move(*opened);
    }
    const std::vector<ChatBan> bans = (*writer)->bans();
    std::unique_ptr<ChatHub> hub(
        new ChatHub(settings, std::move(*writer), std::move(reader), std::move(stores)));
    hub->m_rooms.restoreBans(bans); // its thread has not begun
    if (auto started = hub->start(); !started)
        return Failure(std::move(started.error()));
    return hub;
}

ChatHub::ChatHub(const ChatSettings& settings, std::unique_ptr<ChatHistory> writer,
                 std::unique_ptr<ChatHistory> reader, std::function<void(ChatStorageState)> stores)
    : m_passwordHash(settings.passwordHash),
      m_stores(std::move(stores)),
      m_thread("chat rooms", PollerKind::Poll, {}),
      m_rooms(static_cast<ChatRooms::Outside&>(*this), needsPassword(), writer->rooms()),
      m_publishTimer(m_thread.reactor().timers(), [this] { publish(); }),
      m_door("chat door", PollerKind::Poll, {}),
      m_store(std::move(writer), std::move(reader), settings.retention, storeTells()) {}

Result<void> ChatHub::start() {
    if (auto started = m_thread.start([this] { m_publishTimer.stop(); }); !started)
        return started;
    if (needsPassword()) {
        if (auto started = m_door.start(); !started)
            return started;
    }
    post([this] { changed(); });
    return m_store.start();
}

ChatHub::~ChatHub() {
    m_door.stopAndJoin();
    m_thread.stopAndJoin();
}

void ChatHub::post(std::function<void()> task) {
    m_thread.reactor().post(std::move(task));
}

ChatStore::Tell ChatHub::storeTells() {
    return {
        .stored =
            [this](std::vector<ChatStored> results) {
                post([this, results = std::move(results)] {
                    m_rooms.stored(results);
                    changed();
                });
            },
        .read =
            [this](std::uint64_t token, Result<std::vector<ChatMessage>> messages) {
                post([this, token, messages = std::move(messages)]() mutable {
                    const std::size_t limit = m_limits.extract(token).mapped();
                    const bool hasFailed = !messages;
                    std::vector<ChatMessage> found;
                    if (messages)
                        found = std::move(*messages);
                    m_rooms.readDone(token, std::move(found), limit, hasFailed);
                });
            },
        .state =
            [this](ChatStorageState state) {
                m_stores(state);
                post([this, state] {
                    m_rooms.storageChanged(state);
                    changed();
                });
            },
    };
}

void ChatHub::read(ChatQuery query) {
    m_limits.insert_or_assign(query.token, query.limit);
    m_store.read(std::move(query));
}

ChatMemberId ChatHub::connect(std::shared_ptr<SessionMail> mail, std::uint32_t session,
                              ChatPeer peer) {
    const ChatMemberId member = ++m_lastMember;
    post([this, member, way = Way{std::move(mail), session}, peer = std::move(peer)] {
        m_ways.insert_or_assign(member, way);
        m_rooms.connected(member, peer);
    });
    return member;
}

void ChatHub::request(ChatMemberId member, ChatRequest request) {
    post([this, member, request = std::move(request)]() mutable {
        m_rooms.request(member, std::move(request));
        changed();
    });
}

void ChatHub::disconnect(ChatMemberId member, std::string reason) {
    post([this, member, reason = std::move(reason)] {
        m_rooms.gone(member, reason);
        m_ways.erase(member);
        changed();
    });
}

void ChatHub::kick(std::string name, std::string reason) {
    post([this, name = std::move(name), reason = std::move(reason)] {
        m_rooms.kick(name, reason);
        changed();
    });
}

void ChatHub::ban(std::string name, std::string reason) {
    post([this, name = std::move(name), reason = std::move(reason)] {
        m_rooms.ban(name, reason);
        changed();
    });
}

void ChatHub::liftBan(std::string nameOrSource) {
    post([this, nameOrSource = std::move(nameOrSource)] {
        m_rooms.liftBan(nameOrSource);
        changed();
    });
}

void ChatHub::announce(std::string text) {
    post([this, text = std::move(text)] {
        m_rooms.announce(text);
        changed();
    });
}

void ChatHub::notify(std::string name, std::string text) {
    post([this, name = std::move(name), text = std::move(text)] {
        m_rooms.notify(name, text);
        changed();
    });
}

void ChatHub::stop(std::function<void()> done) {
    post([this, done = std::move(done)] {
        m_rooms.stop();
        flush(); // before what done posts to the same loops
        done();
    });
}

/// What goes to one loop in this turn goes in one call.
void ChatHub::deliver(std::span<const ChatMemberId> to, const ChatMail& mail) {
    for (const ChatMemberId member : to) {
        if (const auto it = m_ways.find(member); it != m_ways.end())
            m_letters[it->second.mail].emplace_back(it->second.session, mail);
    }
    if (!std::exchange(m_isFlushing, true))
        post([this] { flush(); });
}

void ChatHub::flush() {
    m_isFlushing = false;
    for (auto& [mail, letters] : std::exchange(m_letters, {}))
        mail->post(std::move(letters));
}

void ChatHub::judge(ChatMemberId member, const std::string& source, std::string password) {
    m_door.reactor().post([this, member, source, password = std::move(password)]() mutable {
        using Verdict = ChatRooms::Verdict;
        // Whoever is held back costs no work.
        Duration delay = m_delays.isThere() ? m_delays.heldFor(source, SteadyClock::now()) : 1s;
        Verdict verdict = Verdict::NotYet;
        if (delay == Duration::zero()) {
            const bool isRight = isPassword(password, *m_passwordHash);
            const TokenVerdict judged = m_delays.judge(source, isRight, SteadyClock::now());
            delay = judged.delay;
            verdict = judged.kind == TokenVerdict::Kind::Accepted ? Verdict::Right
                      : judged.kind == TokenVerdict::Kind::Wrong  ? Verdict::Wrong
                                                                  : Verdict::NotYet;
        }
        std::fill(password.begin(), password.end(), '\0');
        post([this, member, verdict, delay] {
            m_rooms.judged(member, verdict, delay);
            changed();
        });
    });
}

std::string ChatHub::newSecret() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return {}; // without one nobody takes the name over
    std::string text;
    for (const unsigned char byte : bytes)
        text += fmt::format("{:02x}", byte);
    return text;
}

std::shared_ptr<const ChatOverview> ChatHub::overview() const {
    const std::lock_guard lock(m_overviewMutex);
    return m_overview;
}

void ChatHub::changed() {
    if (!std::exchange(m_isPublishing, true))
        m_publishTimer.start(SteadyClock::now() + publishTime);
}

void ChatHub::publish() {
    m_isPublishing = false;
    auto overview = std::make_shared<const ChatOverview>(m_rooms.overview());
    const std::lock_guard lock(m_overviewMutex);
    m_overview.swap(overview);
}

ChatConnection::ChatConnection(ChatHub& hub, std::shared_ptr<SessionMail> mail,
                               std::uint32_t session, ChatPeer peer)
    : m_hub(hub),
      m_isPrivate(peer.isPrivate),
      m_member(hub.connect(std::move(mail), session, std::move(peer))) {}

void ChatConnection::leave(std::string reason) {
    if (!std::exchange(m_hasLeft, true))
        m_hub.disconnect(m_member, std::move(reason));
}

} // namespace sscope
