#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/framing/owned_message.h"
#include "core/service/services.h"

namespace sscope {

/// What came of one datagram.
struct DatagramOutcome {
    std::vector<OwnedMessage> replies;
    std::string protocolError; // empty where there is none
};

/// The life of one handler for one datagram, as in Python's socketserver: setup, handle, finish.
/// What it sends comes back; a job that it submits is run at once. worker is who does it.
DatagramOutcome handleDatagram(const Service& service, const ServiceSettings& settings,
                               const Message& message, const std::string& worker);

/// Where the handlers of a datagram socket run, under the models that make one for each datagram.
/// Owned by the socket's session, on its thread; what is under way ends with it, unheard.
class DatagramRunner {
public:
    using Done = std::function<void(DatagramOutcome)>;

    virtual ~DatagramRunner() = default;
    /// Calls done on the session's thread, at once or later. Fails where the system gives no
    /// thread or process.
    virtual Result<void> run(const Message& message, Done done) = 0;
};

} // namespace sscope
