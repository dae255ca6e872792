#include "core/diagnostics/filter_regex.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/diagnostics/filter_regex_parser.h"

namespace sscope {

namespace {

using Step = FilterRegex::Step;

/// Writes a tree out as steps. False where there are too many.
class RegexWriter {
public:
    bool write(const RegexNode& node) {
        switch (node.kind) {
        case RegexNode::Kind::Character:
            return add({Step::Kind::Character, node.character});
        case RegexNode::Kind::Any:
            return add({Step::Kind::Any});
        case RegexNode::Kind::Begin:
            return add({Step::Kind::Begin});
        case RegexNode::Kind::End:
            return add({Step::Kind::End});
        case RegexNode::Kind::Set:
            sets.push_back(node.set);
            return add(
                {.kind = Step::Kind::Set, .other = static_cast<std::uint16_t>(sets.size() - 1)});
        case RegexNode::Kind::Sequence:
            return std::ranges::all_of(node.children,
                                       [this](const RegexNode& child) { return write(child); });
        case RegexNode::Kind::Either:
            return writeEither(node);
        case RegexNode::Kind::Repeat:
            return writeRepeat(node);
        }
        return false;
    }

    bool finish() { return add({Step::Kind::Match}); }

    std::vector<Step> steps;
    std::vector<FilterRegex::CharacterSet> sets;

private:
    [[nodiscard]] std::uint16_t here() const { return static_cast<std::uint16_t>(steps.size()); }

    bool add(Step step) {
        if (steps.size() >= FilterRegex::mostSteps)
            return false;
        steps.push_back(step);
        return true;
    }

    bool writeEither(const RegexNode& node) {
        std::vector<std::size_t> exits;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const bool isLast = i + 1 == node.children.size();
            const std::size_t split = steps.size();
            if (!isLast && !add({Step::Kind::Split}))
                return false;
            if (!write(node.children[i]))
                return false;
            if (isLast)
                break;
            exits.push_back(steps.size());
            if (!add({Step::Kind::Jump}))
                return false;
            steps[split].next = static_cast<std::uint16_t>(split + 1);
            steps[split].other = here();
        }
        for (const std::size_t exit : exits)
            steps[exit].next = here();
        return true;
    }

    bool writeRepeat(const RegexNode& node) {
        const RegexNode& child = node.children.front();
        for (unsigned i = 0; i < node.least; ++i) {
            const std::size_t before = steps.size();
            if (!write(child))
                return false;
            if (steps.size() == before)
                break; // nothing, as often as one likes: "((){255}){255}"
        }
        if (node.most == RegexNode::endless)
            return writeLoop(child);
        std::vector<std::size_t> exits;
        for (unsigned i = node.least; i < node.most; ++i) {
            exits.push_back(steps.size());
            if (!add({Step::Kind::Split}) || !write(child))
                return false;
        }
        for (const std::size_t exit : exits) {
            steps[exit].next = static_cast<std::uint16_t>(exit + 1);
            steps[exit].other = here();
        }
        return true;
    }

    bool writeLoop(const RegexNode& child) {
        const std::size_t split = steps.size();
        if (!add({Step::Kind::Split}) || !write(child) ||
            !add({.kind = Step::Kind::Jump, .next = static_cast<std::uint16_t>(split)}))
            return false;
        steps[split].next = static_cast<std::uint16_t>(split + 1);
        steps[split].other = here();
        return true;
    }
};

/// The steps at which a match may be now: each once, in no order that matters.
class StepSet {
public:
    void resize(std::size_t size) {
        m_position.resize(std::max(m_position.size(), size));
        m_steps.clear();
    }
    void clear() { m_steps.clear(); }
    /// False where it is there already.
    bool add(std::uint16_t step) {
        const std::size_t at = m_position[step];
        if (at < m_steps.size() && m_steps[at] == step)
            return false;
        m_position[step] = static_cast<std::uint16_t>(m_steps.size());
        m_steps.push_back(step);
        return true;
    }
    [[nodiscard]] const std::vector<std::uint16_t>& steps() const { return m_steps; }

private:
    std::vector<std::uint16_t> m_steps;
    std::vector<std::uint16_t> m_position; // in m_steps; what it says of others is stale
};

/// Kept by each thread, so that a match allocates nothing.
struct Scratch {
    StepSet now, next;
    std::vector<std::uint16_t> pending;
};

struct Run {
    const std::vector<Step>& steps;
    Scratch& scratch;
    std::string_view text;

    /// Adds a step and all that are reached from it without a character; true at a match.
    bool enter(StepSet& set, std::uint16_t first, std::size_t at) {
        auto& pending = scratch.pending;
        pending.assign(1, first);
        while (!pending.empty()) {
            const std::uint16_t number = pending.back();
            pending.pop_back();
            if (!set.add(number))
                continue;
            const Step& step = steps[number];
            const auto behind = static_cast<std::uint16_t>(number + 1);
            if (step.kind == Step::Kind::Match)
                return true;
            if (step.kind == Step::Kind::Jump || step.kind == Step::Kind::Split)
                pending.push_back(step.next);
            if (step.kind == Step::Kind::Split)
                pending.push_back(step.other);
            if ((step.kind == Step::Kind::Begin && at == 0) ||
                (step.kind == Step::Kind::End && at == text.size()))
                pending.push_back(behind);
        }
        return false;
    }
};

bool takesACharacter(const Step& step) {
    return step.kind == Step::Kind::Any || step.kind == Step::Kind::Character ||
           step.kind == Step::Kind::Set;
}

bool isTaken(const Step& step, char32_t c, const std::vector<FilterRegex::CharacterSet>& sets) {
    return step.kind == Step::Kind::Any ||
           (step.kind == Step::Kind::Character && step.character == c) ||
           (step.kind == Step::Kind::Set && sets[step.other].has(c));
}

} // namespace

bool FilterRegex::CharacterSet::has(char32_t c) const {
    const bool isIn = std::ranges::any_of(
        ranges, [&](const auto& range) { return range.first <= c && c <= range.second; });
    return isIn != isNegated;
}

tl::expected<FilterRegex, std::size_t> FilterRegex::compile(std::string_view pattern) {
    if (pattern.size() > mostBytes)
        return tl::unexpected(mostBytes);
    const auto tree = parseRegex(pattern);
    if (!tree)
        return tl::unexpected(tree.error());
    RegexWriter writer;
    if (!writer.write(*tree) || !writer.finish())
        return tl::unexpected(std::size_t(0)); // too large as a whole
    FilterRegex regex;
    regex.m_steps = std::move(writer.steps);
    regex.m_sets = std::move(writer.sets);
    regex.findFirstBytes();
    return regex;
}

void FilterRegex::findFirstBytes() {
    StepSet seen;
    seen.resize(m_steps.size());
    std::vector<std::uint16_t> pending{0};
    while (!pending.empty()) {
        const std::uint16_t number = pending.back();
        pending.pop_back();
        if (!seen.add(number))
            continue;
        const Step& step = m_steps[number];
        if (step.kind == Step::Kind::Jump || step.kind == Step::Kind::Split)
            pending.push_back(step.next);
        if (step.kind == Step::Kind::Split)
            pending.push_back(step.other);
        if (step.kind == Step::Kind::Match || step.kind == Step::Kind::End)
            m_mayBeEmpty = true;
        constexpr unsigned ascii = 0x80; // above it any character may begin so
        for (unsigned byte = 0; byte < m_firstBytes.size(); ++byte) {
            if (byte < ascii ? isTaken(step, lowerCase(byte), m_sets)
                             : takesACharacter(step) &&
                                   (step.kind != Step::Kind::Character || step.character >= ascii))
                m_firstBytes.set(byte);
        }
    }
}

std::size_t FilterRegex::nextStart(std::string_view text, std::size_t at) const {
    while (at < text.size() && !m_firstBytes[static_cast<unsigned char>(text[at])])
        at += static_cast<unsigned char>(text[at]) < 0x80 ? 1 : decodeUtf8(text.substr(at)).length;
    return at;
}

bool FilterRegex::isFoundIn(std::string_view text) const {
    thread_local Scratch scratch;
    scratch.now.resize(m_steps.size());
    scratch.next.resize(m_steps.size());
    Run run{m_steps, scratch, text};
    for (std::size_t at = 0;;) {
        if (at > 0 && !m_mayBeEmpty && scratch.now.steps().empty())
            at = nextStart(text, at);
        const bool mayStart =
            at == 0 || m_mayBeEmpty ||
            (at < text.size() && m_firstBytes[static_cast<unsigned char>(text[at])]);
        if (mayStart && run.enter(scratch.now, 0, at))
            return true;
        if (at == text.size())
            return false;
        const Utf8Step character = decodeUtf8(text.substr(at));
        const char32_t c = lowerCase(character.codePoint);
        at += character.length;
        scratch.next.clear();
        for (const std::uint16_t number : scratch.now.steps()) {
            if (isTaken(m_steps[number], c, m_sets) &&
                run.enter(scratch.next, static_cast<std::uint16_t>(number + 1), at))
                return true;
        }
        std::swap(scratch.now, scratch.next);
    }
}

} // namespace sscope
