#pragma once

#include <compare>
#include <utility>

#include <QString>

namespace sscope {

class ChatLinesModel;

/// What a person has chosen of the lines of a place, from one character to another, as they are
/// shown (ChatText). A value that stays with its text as lines come and go.
class ChatSelection {
public:
    struct Point {
        int row = -1; // for none
        int at = 0;   // before this UTF-16 unit of the text as it is shown

        auto operator<=>(const Point&) const = default;
    };
    struct Range {
        Point from{};
        Point to{};

        [[nodiscard]] bool isEmpty() const { return from == to; }
        /// What of a row is chosen, of a text so long; {0, 0} for nothing.
        [[nodiscard]] std::pair<int, int> of(int row, int length) const;
    };

    void clear() { *this = {}; }
    [[nodiscard]] bool isEmpty() const { return range().isEmpty(); }
    /// There is somewhere to extend it from.
    [[nodiscard]] bool hasBegun() const { return m_begin.from.row >= 0; }
    /// Begins anew with a character's edge, a word or a whole line.
    void start(const Range& first);
    /// From what it was begun with to this, in either direction.
    void extend(const Range& to) { m_end = to; }
    [[nodiscard]] Range range() const;
    /// The end that moves.
    [[nodiscard]] Point cursor() const;

    // What happens to the rows; as the model counts them.
    void rowsInserted(int first, int count);
    void rowsRemoved(int first, int last);
    void rowMoved(int from, int to);

private:
    template <typename Change>
    void changeRows(const Change& change);

    Range m_begin{};
    Range m_end{};
};

/// Of one line what is chosen of its text; of several "name: text" for each, remarks with a star.
/// Safe to show: a hidden character is copied as the escape that displaySafe() has for it.
QString selectedText(const ChatLinesModel& lines, const ChatSelection::Range& range);

} // namespace sscope
