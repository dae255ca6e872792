#include "core/diagnostics/filter_completion.h"

#include <algorithm>

#include "core/base/display_text.h"
#include "core/diagnostics/filter_reader.h"
#include "core/diagnostics/filter_text.h"
#include "core/diagnostics/filter_words.h"

namespace sscope {

namespace {

constexpr std::size_t mostCompletions = 50;

bool startsAs(std::string_view word, std::string_view typed) {
    return isSameWord(word.substr(0, typed.size()), typed);
}

bool contains(std::string_view word, std::string_view typed) {
    return std::search(word.begin(), word.end(), typed.begin(), typed.end(), [](char a, char b) {
               return lowerLetter(a) == lowerLetter(b);
           }) != word.end();
}

/// The word that ends at the cursor, or around it.
struct TypedWord {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool isPlain = true; // neither within quotes nor a regular expression
    bool isFirst = true; // nothing stands before it
};

TypedWord typedWord(std::string_view text, std::size_t cursor) {
    FilterReader reader(text);
    TypedWord word;
    for (bool isFirst = true;; isFirst = false) {
        reader.skipSpace();
        while (reader.peek() == '(' || reader.peek() == ')') {
            if (reader.position() >= cursor)
                break;
            reader.take(reader.peek());
            reader.skipSpace();
        }
        word = {cursor, cursor, true, isFirst};
        if (reader.position() >= cursor)
            return word;
        word.begin = reader.position();
        // The value of a key may be quoted or a regular expression of its own.
        const std::string_view plain = reader.peekPlain();
        const std::size_t comparison = plain.find_first_of(":=<>");
        const std::size_t value = comparison == std::string_view::npos ? 0 : comparison + 1;
        reader.moveTo(word.begin + std::min(value, plain.size()));
        const auto taken = reader.takeWord();
        word.isPlain = taken && taken->kind == FilterWord::Kind::Plain;
        if (!taken) {
            word.end = text.size(); // a quote that nothing closes
            return word;
        }
        word.end = reader.position();
        if (word.end >= cursor)
            return word;
        if (word.end == word.begin) // a lone parenthesis
            reader.moveTo(word.begin + 1);
    }
}

class Completer {
public:
    Completer(const FilterVocabulary& vocabulary, std::size_t begin, std::size_t end)
        : m_vocabulary(vocabulary), m_begin(begin), m_end(end) {}

    std::vector<FilterCompletion> take() && { return std::move(m_found); }

    void addKeys(std::string_view typed) {
        for (const FilterKeyWord& known : filterKeyWords()) {
            if (startsAs(known.word, typed))
                add(std::string(known.word).append(known.usual), known.note);
        }
    }

    void addJoints(std::string_view typed, bool mayFollow) {
        if (startsAs("not", typed))
            add("not", "leaves out what follows");
        if (mayFollow && startsAs("or", typed))
            add("or", "one or the other");
    }

    /// What is on the table, for a word without a key.
    void addTermsFor(std::string_view typed) {
        addStates(typed, "state:");
        addProperties(typed, "is:");
        addTexts(m_vocabulary.processes, typed, "process:");
        addTexts(m_vocabulary.users, typed, "user:");
    }

    void addValues(FilterKey key, std::string_view typed) {
        switch (key) {
        case FilterKey::State:
            return addStates(typed, "");
        case FilterKey::Protocol:
            for (const SocketProtocol protocol : everyProtocol)
                addWord(protocolText(protocol), typed);
            return;
        case FilterKey::Process:
            return addTexts(m_vocabulary.processes, typed, "");
        case FilterKey::User:
            return addTexts(m_vocabulary.users, typed, "");
        case FilterKey::Is:
            return addProperties(typed, "");
        case FilterKey::Host:
        case FilterKey::Source:
        case FilterKey::Destination:
            return addWord("localhost", typed);
        default:
            return; // a number is a person's own
        }
    }

private:
    void add(std::string text, std::string_view note = {}) {
        if (m_found.size() < mostCompletions)
            m_found.push_back({m_begin, m_end, std::move(text), std::string(note)});
    }

    void addWord(std::string_view word, std::string_view typed) {
        if (startsAs(word, typed))
            add(std::string(word));
    }

    void addStates(std::string_view typed, std::string_view key) {
        for (const SocketState state : m_vocabulary.states) {
            const std::string word = lowerWord(stateText(state));
            if (startsAs(word, typed))
                add(std::string(key) + word);
        }
    }

    void addProperties(std::string_view typed, std::string_view key) {
        for (const FilterPropertyWord& known : filterPropertyWords()) {
            if (startsAs(known.word, typed))
                add(std::string(key).append(known.word), known.note);
        }
    }

    /// Those that begin so come before those that hold it somewhere.
    void addTexts(const std::vector<std::string>& texts, std::string_view typed,
                  std::string_view key) {
        std::vector<std::string> later;
        for (const std::string& outside : texts) {
            const std::string shown = displaySafe(outside);
            if (startsAs(shown, typed))
                add(std::string(key) + filterQuoted(shown));
            else if (contains(shown, typed))
                later.push_back(std::string(key) + filterQuoted(shown));
        }
        for (std::string& text : later)
            add(std::move(text));
    }

    const FilterVocabulary& m_vocabulary;
    const std::size_t m_begin;
    const std::size_t m_end;
    std::vector<FilterCompletion> m_found;
};

/// What stands there already is no way to go on.
std::vector<FilterCompletion> withoutWhole(std::vector<FilterCompletion> found,
                                           std::string_view text) {
    std::erase_if(found, [&](const FilterCompletion& one) {
        return text.substr(one.begin, one.end - one.begin) == one.text;
    });
    return found;
}

} // namespace

std::vector<FilterCompletion> completeFilter(std::string_view text, std::size_t cursor,
                                             const FilterVocabulary& vocabulary) {
    cursor = std::min(cursor, text.size());
    const TypedWord word = typedWord(text, cursor);
    if (!word.isPlain)
        return {};
    const std::string_view typed = text.substr(word.begin, cursor - word.begin);
    const std::size_t comparison = typed.find_first_of(":=<>");
    if (comparison != std::string_view::npos) {
        const auto key = filterKeyFrom(typed.substr(0, comparison));
        const std::size_t value = comparison + 1;
        if (!key || typed[comparison] == '<' || typed[comparison] == '>')
            return {};
        Completer completer(vocabulary, word.begin + value, word.end);
        completer.addValues(*key, typed.substr(value));
        return withoutWhole(std::move(completer).take(), text);
    }
    Completer completer(vocabulary, word.begin, word.end);
    completer.addKeys(typed);
    if (!typed.empty())
        completer.addTermsFor(typed);
    completer.addJoints(typed, !word.isFirst);
    return withoutWhole(std::move(completer).take(), text);
}

} // namespace sscope
