#pragma once

#include <string>
#include <vector>

#include "core/base/byte_mask.h"

namespace sscope {

/// Hides the secrets of a chat until a person is let in: in JSON the values of `password` and
/// `resume`, in lines all that follows the first, which is the name.
class ChatMask final : public ByteMask {
public:
    enum class Form {
        Json,
        Received, // by the first byte: JSON in the message framing, or lines
    };
    explicit ChatMask(Form form) : m_form(form) {}

    ByteView ofStream(ByteView wire) override;
    ByteView ofMessage(ByteView content) override;
    /// The lines are all of them what one says: there is no password.
    void allowLines() { m_hidesLines = false; }
    /// Nothing is hidden from now on.
    void finish() { m_isFinished = true; }

private:
    /// A walk along JSON text, byte by byte.
    struct Walk {
        int depth = 0;
        bool isInString = false;
        bool isEscape = false;
        bool isValue = false;  // the string under way; else it may be a key
        bool isSecret = false; // the value that comes
        std::string last{};    // the last string that was no value
    };

    void hideJson(Walk& walk, std::vector<std::byte>& bytes) const;
    void hideAfterFirstLine(bool& isPast, std::vector<std::byte>& bytes) const;

    const Form m_form;
    bool m_isKnown = false; // which form it is
    bool m_isLines = false;
    bool m_hidesLines = true;
    bool m_isFinished = false;
    bool m_isPastLine = false;    // in the stream
    bool m_isPastMessage = false; // in the messages: the name has come
    Walk m_walk;
    std::vector<std::byte> m_copy;
};

} // namespace sscope
