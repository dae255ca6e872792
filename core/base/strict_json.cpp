#include "core/base/strict_json.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace sscope {

namespace {

using Json = nlohmann::json;

constexpr std::size_t mostLevels = 16;
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

/// Takes the library's events, refuses what it lets pass, and keeps the outermost members.
class StrictSax {
public:
    explicit StrictSax(std::vector<JsonMember>* members) : m_members(members) {}

    bool null() { return value("null"); }
    bool boolean(bool on) { return value(on ? "true" : "false"); }
    bool number_integer(Json::number_integer_t number) { return value(std::to_string(number)); }
    bool number_unsigned(Json::number_unsigned_t number) {
        return value(std::to_string(number), JsonMember::Kind::Unsigned, number);
    }
    bool number_float(Json::number_float_t, const std::string& text) { return value(text); }
    bool string(std::string& text) {
        // Written as JSON only where a member keeps it so.
        if (isMember())
            return value(text, JsonMember::Kind::String);
        return value(keepsText() ? jsonString(text) : std::string());
    }
    bool binary(Json::binary_t&) { return false; } // not of text
    bool start_object(std::size_t) { return open('{'); }
    bool end_object() { return close('}'); }
    bool start_array(std::size_t) {
        if (m_levels.empty() && m_members)
            return refuse("it is not an object");
        return open('[');
    }
    bool end_array() { return close(']'); }
    bool key(std::string& name) {
        Level& level = m_levels.back();
        if (!level.keys.insert(name).second)
            return refuse(fmt::format("the key '{}' is there twice", name));
        if (m_members && m_levels.size() == 1)
            m_members->push_back({.key = name, .value = {}});
        else if (keepsText())
            text() += (level.count++ == 0 ? "" : ", ") + jsonString(name) + ": ";
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const Json::exception&) {
        // The library's words are for its users; the place says enough.
        m_fault = {.reason = "it is not valid JSON", .position = position > 0 ? position - 1 : 0};
        return false;
    }

    [[nodiscard]] const std::optional<JsonFault>& fault() const { return m_fault; }

private:
    struct Level {
        bool isObject = false;
        std::set<std::string> keys{};
        std::size_t count = 0; // values, or keys
    };

    [[nodiscard]] bool isMember() const { return m_members && m_levels.size() == 1; }
    [[nodiscard]] bool keepsText() const { return m_members && m_levels.size() > 1; }
    std::string& text() { return m_members->back().value; }

    void separate() {
        if (keepsText() && !m_levels.back().isObject && m_levels.back().count++ > 0)
            text() += ", ";
    }
    bool value(std::string value, JsonMember::Kind kind = JsonMember::Kind::Other,
               std::uint64_t number = 0) {
        if (m_levels.empty() && m_members)
            return refuse("it is not an object");
        separate();
        if (isMember()) {
            JsonMember& member = m_members->back();
            member.value = std::move(value);
            member.kind = kind;
            member.number = number;
        } else if (keepsText()) {
            text() += value;
        }
        return true;
    }
    bool open(char bracket) {
        if (m_levels.size() == mostLevels)
            return refuse(fmt::format("it is more than {} levels deep", mostLevels));
        separate();
        m_levels.push_back({.isObject = bracket == '{'});
        if (keepsText())
            text() += bracket;
        return true;
    }
    bool close(char bracket) {
        if (keepsText())
            text() += bracket;
        m_levels.pop_back();
        return true;
    }
    bool refuse(std::string reason) {
        m_fault = {.reason = std::move(reason)};
        return false;
    }

    std::vector<JsonMember>* const m_members; // null where they are not asked for
    std::vector<Level> m_levels;
    std::optional<JsonFault> m_fault;
};

/// The library's iterator does not tell how far it has read; this one does.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, const char** furthest) : m_at(at), m_furthest(furthest) {}
    reference operator*() const { return *m_at; }
    CountingIterator& operator++() {
        *m_furthest = ++m_at;
        return *this;
    }
    CountingIterator operator++(int) {
        CountingIterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return m_at == other.m_at; }
    bool operator!=(const CountingIterator& other) const { return m_at != other.m_at; }

private:
    const char* m_at;
    const char** m_furthest;
};

JsonFault placed(JsonFault fault, std::string_view text) {
    fault.position = std::min(fault.position, text.size());
    for (const char c : text.substr(0, fault.position)) {
        const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
        fault.column = c == '\n' ? 1 : fault.column + (continues ? 0 : 1);
        fault.line += c == '\n' ? 1 : 0;
    }
    return fault;
}

std::optional<JsonFault> read(std::string_view text, std::vector<JsonMember>* members) {
    if (text.starts_with(byteOrderMark))
        return JsonFault{.reason = "it begins with a byte order mark"};
    if (const auto nul = text.find('\0'); nul != std::string_view::npos)
        return placed({.reason = "it holds a NUL byte", .position = nul}, text);
    StrictSax sax(members);
    const char* furthest = text.data();
    const CountingIterator begin(text.data(), &furthest);
    const CountingIterator end(text.data() + text.size(), &furthest);
    if (Json::sax_parse(begin, end, &sax))
        return std::nullopt;
    JsonFault fault = sax.fault().value_or(JsonFault{.reason = "it is not valid JSON"});
    if (fault.position == 0 && furthest > text.data())
        fault.position = static_cast<std::size_t>(furthest - text.data()) - 1;
    return placed(std::move(fault), text);
}

} // namespace

std::optional<JsonFault> findJsonFault(std::string_view text) {
    return read(text, nullptr);
}

std::optional<JsonFault> readJsonObject(std::string_view text, std::vector<JsonMember>& members) {
    members.clear();
    return read(text, &members);
}

const JsonMember* findMember(const std::vector<JsonMember>& members, std::string_view key) {
    const auto it = std::ranges::find(members, key, &JsonMember::key);
    return it == members.end() ? nullptr : &*it;
}

std::string jsonString(std::string_view utf8) {
    return Json(utf8).dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace sscope
