#include "core/server/datagram_runner.h"

#include <chrono>

namespace sscope {

namespace {

class OneDatagram final : public RequestContext {
public:
    OneDatagram(RequestHandler& handler, const std::string& worker)
        : m_handler(handler), m_worker(worker) {}

    void send(const Message& message) override {
        m_outcome.replies.push_back(OwnedMessage::of(message));
    }
    [[nodiscard]] bool hasRoom() const override { return true; }
    void close() override {}
    void finishSending() override {}
    void tellProtocolError(std::string reason) override {
        m_outcome.protocolError = std::move(reason);
    }
    [[nodiscard]] TimePoint now() const override { return SteadyClock::now(); }
    [[nodiscard]] WallTime wallTime() const override { return wallNow(); }
    [[nodiscard]] std::string workerName() const override { return m_worker; }
    void setTimer(Duration) override {} // the handler's life ends before it could come
    JobToken submit(Job job) override {
        const JobToken token = ++m_lastToken;
        m_results.emplace_back(token, job());
        return token;
    }
    [[nodiscard]] bool isDatagram() const override { return true; }

    void handOverResults() {
        while (!m_results.empty()) {
            for (const auto& [token, output] : std::exchange(m_results, {}))
                m_handler.result(*this, token, output);
        }
    }
    DatagramOutcome takeOutcome() { return std::move(m_outcome); }

private:
    RequestHandler& m_handler;
    const std::string& m_worker;
    DatagramOutcome m_outcome;
    std::vector<std::pair<JobToken, std::string>> m_results;
    JobToken m_lastToken = 0;
};

} // namespace

DatagramOutcome handleDatagram(const Service& service, const ServiceSettings& settings,
                               const Message& message, const std::string& worker) {
    const auto handler = service.make(settings);
    OneDatagram context(*handler, worker);
    handler->setup(context);
    handler->handle(context, message);
    context.handOverResults();
    handler->finish(context);
    return context.takeOutcome();
}

} // namespace sscope
