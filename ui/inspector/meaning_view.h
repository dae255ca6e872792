#pragma once

#include <vector>

#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>

#include "core/diagnostics/socket_meaning.h"

namespace sscope {

/// What a socket's row means, in sentences; before those that ask for something to be done stands a
/// sign.
class MeaningView : public QWidget {
    Q_OBJECT

public:
    explicit MeaningView(QWidget* parent = nullptr);

    void setMeanings(const std::vector<Meaning>& meanings);
    [[nodiscard]] QString text() const;

private:
    struct Paragraph {
        QWidget* line;
        QLabel* sign;
        QLabel* text;
    };
    Paragraph& paragraph(std::size_t number);

    QVBoxLayout* m_column;
    std::vector<Paragraph> m_paragraphs;
    std::size_t m_shown = 0;
};

} // namespace sscope
