#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/service/services.h"

namespace sscope {

using DatagramReplies = std::vector<std::vector<std::byte>>;

/// The life of one handler for one datagram, as in Python's socketserver: setup, handle, finish.
/// What it sends comes back; a job that it submits is run at once. worker is who does it.
DatagramReplies handleDatagram(const Service& service, const ServiceSettings& settings,
                               ByteView content, const std::string& worker);

/// Where the handlers of a datagram socket run, under the models that make one for each datagram.
/// Owned by the socket's session, on its thread; what is under way ends with it, unheard.
class DatagramRunner {
public:
    using Done = std::function<void(DatagramReplies)>;

    virtual ~DatagramRunner() = default;
    /// Calls done on the session's thread, at once or later. Fails where the system gives no
    /// thread or process.
    virtual Result<void> run(ByteView content, Done done) = 0;
};

} // namespace sscope
