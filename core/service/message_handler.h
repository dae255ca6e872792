#pragma once

#include "core/service/request_handler.h"
#include "core/service/service_settings.h"

namespace sscope {

/// message: the service of the well-known Python sockets tutorial. A search in text/json is looked
/// up; of another content the first bytes are sent back. One answer, and the connection closes.
class MessageHandler final : public RequestHandler {
public:
    explicit MessageHandler(const ServiceSettings& settings);

    void handle(RequestContext& context, const Message& message) override;

private:
    std::string answer(RequestContext& context, const Message& message) const;
    [[nodiscard]] std::string search(const std::string& value) const;

    const std::shared_ptr<const Dictionary> m_dictionary; // null: the built-in one
    const bool m_keepOpen;
};

} // namespace sscope
