#include "core/diagnostics/name_lookup.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <variant>

#include <netdb.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>

#include "core/base/clock.h"

namespace sscope {

namespace {

constexpr std::size_t mostHosts = 4096;
constexpr std::chrono::minutes hostLife(10);

struct PortKey {
    bool isUdp;
    std::uint16_t port;
    auto operator<=>(const PortKey&) const = default;
};

struct UserKey {
    std::uint32_t uid;
};

using Question = std::variant<IpAddress, PortKey, UserKey>;

std::string resolve(const IpAddress& shown) {
    const IpAddress address = shown.unmapped();
    sockaddr_storage storage{};
    socklen_t size = 0;
    if (address.isIpv6) {
        auto* in6 = reinterpret_cast<sockaddr_in6*>(&storage);
        in6->sin6_family = AF_INET6;
        std::copy_n(address.bytes.begin(), 16, in6->sin6_addr.s6_addr);
        size = sizeof *in6;
    } else {
        auto* in4 = reinterpret_cast<sockaddr_in*>(&storage);
        in4->sin_family = AF_INET;
        std::copy_n(address.bytes.begin(), 4, reinterpret_cast<std::uint8_t*>(&in4->sin_addr));
        size = sizeof *in4;
    }
    std::array<char, NI_MAXHOST> name{};
    const int problem = ::getnameinfo(reinterpret_cast<const sockaddr*>(&storage), size,
                                      name.data(), name.size(), nullptr, 0, NI_NAMEREQD);
    return problem == 0 ? name.data() : "";
}

std::string resolve(const PortKey& key) {
    std::array<char, 1024> buffer{};
    servent entry{};
    servent* found = nullptr;
    ::getservbyport_r(htons(key.port), key.isUdp ? "udp" : "tcp", &entry, buffer.data(),
                      buffer.size(), &found);
    return found ? found->s_name : "";
}

std::string resolve(const UserKey& key) {
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    ::getpwuid_r(key.uid, &entry, buffer.data(), buffer.size(), &found);
    return found ? found->pw_name : "";
}

std::string hostKey(const IpAddress& address) {
    const IpAddress plain = address.unmapped();
    return std::string(plain.bytes.begin(), plain.bytes.end()) + (plain.isIpv6 ? '6' : '4');
}

struct Known {
    std::string name; // empty: it has none, or it is being asked for
    bool isAsked = false;
    TimePoint since;
};

} // namespace

struct NameLookup::State {
    std::mutex mutex;
    std::condition_variable work;
    std::condition_variable idle;
    std::deque<Question> questions;
    bool isAnswering = false;
    bool isOver = false;
    bool isRunning = false;
    bool isTold = false; // that there is more to know; until it is asked for
    std::function<void()> wake;
    std::unordered_map<std::string, Known> hosts;
    std::deque<std::string> hostOrder; // by when they were asked for, oldest first
    std::map<PortKey, Known> ports;
    std::map<std::uint32_t, Known> users;

    static void run(const std::shared_ptr<State>& self);
    static void start(const std::shared_ptr<State>& self);
    void forgetOldestHost();
    void keep(const Question& question, std::string name);
    [[nodiscard]] bool isWanted(const Question& question) const;
    std::string answer(Known& known, const Question& question, const std::shared_ptr<State>& self);
};

void NameLookup::State::keep(const Question& question, std::string name) {
    Known answer{std::move(name), false, SteadyClock::now()};
    if (const auto* address = std::get_if<IpAddress>(&question)) {
        if (const auto it = hosts.find(hostKey(*address)); it != hosts.end())
            it->second = std::move(answer);
    } else if (const auto* port = std::get_if<PortKey>(&question)) {
        ports[*port] = std::move(answer);
    } else {
        users[std::get<UserKey>(question).uid] = std::move(answer);
    }
}

/// A host may have been forgotten while its question waited.
bool NameLookup::State::isWanted(const Question& question) const {
    const auto* address = std::get_if<IpAddress>(&question);
    return !address || hosts.contains(hostKey(*address));
}

void NameLookup::State::run(const std::shared_ptr<State>& self) {
    std::unique_lock lock(self->mutex);
    for (;;) {
        self->work.wait(lock, [&] { return self->isOver || !self->questions.empty(); });
        if (self->isOver)
            return;
        const Question question = self->questions.front();
        self->questions.pop_front();
        std::string name;
        if (self->isWanted(question)) {
            self->isAnswering = true;
            lock.unlock();
            name = std::visit([](const auto& key) { return resolve(key); }, question);
            lock.lock();
            self->isAnswering = false;
        }
        if (self->isOver)
            return;
        const bool isNews = !name.empty() && !self->isTold;
        self->keep(question, std::move(name));
        if (self->questions.empty())
            self->idle.notify_all();
        if (isNews && self->wake) {
            self->isTold = true;
            self->wake();
        }
    }
}

void NameLookup::State::start(const std::shared_ptr<State>& self) {
    if (self->isRunning)
        return;
    try {
        std::thread([self] { run(self); }).detach();
        self->isRunning = true;
    } catch (const std::system_error&) {
        // No thread to be had: the next question tries again.
    }
}

/// With its question, so that those that wait are bounded as well; it is one of the first.
void NameLookup::State::forgetOldestHost() {
    const std::string& oldest = hostOrder.front();
    const auto it = hosts.find(oldest);
    if (it != hosts.end() && it->second.isAsked) {
        const auto question = std::ranges::find_if(questions, [&](const Question& waiting) {
            const auto* address = std::get_if<IpAddress>(&waiting);
            return address && hostKey(*address) == oldest;
        });
        if (question != questions.end())
            questions.erase(question);
    }
    hosts.erase(oldest);
    hostOrder.pop_front();
}

std::string NameLookup::State::answer(Known& known, const Question& question,
                                      const std::shared_ptr<State>& self) {
    isTold = false;
    if (known.since != TimePoint() || known.isAsked)
        return known.name;
    known.isAsked = true;
    if (std::holds_alternative<IpAddress>(question))
        questions.push_back(question);
    else
        questions.push_front(question); // a file answers; hosts may take seconds each
    start(self);
    work.notify_one();
    return {};
}

NameLookup::NameLookup(std::function<void()> wake) : m_state(std::make_shared<State>()) {
    m_state->wake = std::move(wake);
}

NameLookup::~NameLookup() {
    const std::lock_guard lock(m_state->mutex);
    m_state->isOver = true;
    m_state->work.notify_all();
}

std::string NameLookup::host(const IpAddress& address) const {
    if (address.isAny())
        return {};
    const std::lock_guard lock(m_state->mutex);
    const std::string key = hostKey(address);
    auto [it, isNew] = m_state->hosts.try_emplace(key);
    if (isNew) {
        m_state->hostOrder.push_back(key);
        if (m_state->hosts.size() > mostHosts)
            m_state->forgetOldestHost();
    } else if (!it->second.isAsked && SteadyClock::now() - it->second.since > hostLife) {
        it->second.since = TimePoint(); // asked again; the old name stands meanwhile
    }
    Known& known = it->second;
    const std::string old = known.name;
    const std::string name = m_state->answer(known, address, m_state);
    return name.empty() ? old : name;
}

std::string NameLookup::port(SocketProtocol protocol, std::uint16_t port) const {
    if (port == 0 || !isInet(protocol) || protocol == SocketProtocol::Raw)
        return {};
    const PortKey key{protocol != SocketProtocol::Tcp, port};
    const std::lock_guard lock(m_state->mutex);
    return m_state->answer(m_state->ports[key], key, m_state);
}

std::string NameLookup::user(std::uint32_t uid) const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->answer(m_state->users[uid], UserKey{uid}, m_state);
}

bool NameLookup::waitUntilKnown(std::chrono::nanoseconds most) {
    std::unique_lock lock(m_state->mutex);
    return m_state->idle.wait_for(
        lock, most, [&] { return m_state->questions.empty() && !m_state->isAnswering; });
}

} // namespace sscope
