#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/byte_mask.h"

namespace sscope {

/// Hides the secrets of a chat: in JSON, or what of lines looks like it, the values of `password`
/// and `resume`; in lines that a server receives all that follows the first, which is the name,
/// until the person is let in.
class ChatMask final : public ByteMask {
public:
    /// The first byte tells JSON in the message framing from lines.
    enum class Form {
        Json,
        Received, // by a server, in which lines may have a secret
    };
    explicit ChatMask(Form form) : m_form(form) {}

    ByteView ofStream(ByteView wire) override;
    ByteView ofMessage(ByteView content) override;
    /// The lines are all of them what one says: there is no password.
    void allowLines() { m_hidesLines = false; }
    /// No secret follows those messages that were looked at. JSON that a server receives may have
    /// one ever after.
    void finish();

private:
    /// A walk along JSON text, byte by byte.
    struct Walk {
        bool hasLengths = false; // before each header, two bytes
        bool isInLength = false; // its second byte comes
        std::uint64_t texts = 0; // that have ended: headers and contents
        int depth = 0;
        bool isInString = false;
        bool isEscape = false;
        bool isValue = false;  // the string under way; else it may be a key
        bool isSecret = false; // the value that comes
        std::string last{};    // the last string that was no value
    };

    static void hideJson(Walk& walk, std::vector<std::byte>& bytes);
    static bool isLength(Walk& walk, std::byte byte);
    static void hideAfterFirstLine(bool& isPast, std::vector<std::byte>& bytes);

    [[nodiscard]] bool hasSecretLines() const { return m_isLines && m_form == Form::Received; }

    const Form m_form;
    bool m_isKnown = false; // which form it is
    bool m_isLines = false;
    bool m_hidesLines = true;
    bool m_isFinished = false;
    bool m_isPastLine = false;    // in the stream
    bool m_isPastMessage = false; // in the messages: the name has come
    std::uint64_t m_messages = 0;
    std::uint64_t m_textsToHide = 0; // where it is finished
    Walk m_walk{.hasLengths = true};
    std::vector<std::byte> m_copy;
};

} // namespace sscope
