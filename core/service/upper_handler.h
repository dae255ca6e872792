#pragma once

#include <string>
#include <string_view>

#include "core/service/request_handler.h"

namespace sscope {

/// upper: sends back what came in upper case, without the white space around it. ASCII only, as
/// Python's bytes.strip() and bytes.upper() do; other bytes are left as they are.
class UpperHandler final : public RequestHandler {
public:
    void handle(RequestContext& context, const Message& message) override {
        std::string text(stripped(textOf(message.content)));
        for (char& c : text) {
            if (c >= 'a' && c <= 'z')
                c = static_cast<char>(c - 'a' + 'A');
        }
        // A datagram of white space is answered too, by one of length zero.
        if (!text.empty() || context.isDatagram())
            context.send(bytesOf(text));
    }

private:
    static std::string_view stripped(std::string_view text) {
        constexpr std::string_view space = " \t\n\r\v\f";
        const std::size_t begin = text.find_first_not_of(space);
        if (begin == std::string_view::npos)
            return {};
        return text.substr(begin, text.find_last_not_of(space) - begin + 1);
    }
};

} // namespace sscope
