#pragma once

#include <vector>

#include <QListWidget>

#include "core/diagnostics/filter_completion.h"

namespace sscope {

/// The list below a filter that shows how its word may go on. It never takes the keyboard: the
/// field hands on what moves in it.
class CompletionPopup : public QListWidget {
    Q_OBJECT

public:
    explicit CompletionPopup(QWidget* field);

    void showFor(const std::vector<FilterCompletion>& completions, int x);
    /// What is chosen, or the first where isFirst; null where there is none.
    [[nodiscard]] const FilterCompletion* chosen(bool isFirst) const;
    void move(int rows);
    /// What was typed may become a key, such as port:.
    [[nodiscard]] bool offersKey() const;

Q_SIGNALS:
    void accepted();

private:
    QWidget* m_field;
    std::vector<FilterCompletion> m_completions;
};

} // namespace sscope
