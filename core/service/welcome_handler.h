#pragma once

#include <string>
#include <string_view>

#include "core/service/request_handler.h"
#include "core/service/service_settings.h"

namespace sscope {

/// welcome: greets who connects, then echoes until it is told to exit. On datagrams, where nobody
/// connects, it only echoes.
class WelcomeHandler final : public RequestHandler {
public:
    explicit WelcomeHandler(const ServiceSettings& settings) : m_welcome(settings.welcome) {}

    void setup(RequestContext& context) override {
        if (!context.isDatagram() && !m_welcome.empty())
            context.send(bytesOf(m_welcome));
    }

    void handle(RequestContext& context, const Message& message) override {
        if (!context.isDatagram() && withoutLineEnd(textOf(message.content)) == "exit")
            context.close();
        else
            context.send(message.content);
    }

private:
    /// Clients that send lines, such as ncat, mean the word.
    static std::string_view withoutLineEnd(std::string_view text) {
        if (text.ends_with('\n'))
            text.remove_suffix(text.ends_with("\r\n") ? 2 : 1);
        return text;
    }

    const std::string m_welcome;
};

} // namespace sscope
