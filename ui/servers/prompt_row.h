#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QWidget>

namespace sscope {

/// A line that asks for some words in place, with what becomes of them below it: Return gives them,
/// Escape hides it.
class PromptRow : public QWidget {
    Q_OBJECT

public:
    /// Its parts are called name + "Text", "Now" and "Note".
    explicit PromptRow(const QString& name, QWidget* parent = nullptr);

    /// What is asked for: on the button, in the empty line, and for those who cannot see it.
    void setWords(const QString& button, const QString& placeholder, const QString& accessibleName);
    /// What the note says while nothing has come of it.
    void setHelp(const QString& help);
    /// Empty where it can be given.
    void setReasonAgainst(const QString& reason);
    void open();
    /// What has become of it.
    void showOutcome(const QString& words) { m_note->setText(words); }
    [[nodiscard]] QLineEdit* line() const { return m_line; }

Q_SIGNALS:
    void given(const QString& text);
    void edited();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void give();

    QLineEdit* m_line;
    QPushButton* m_button;
    QLabel* m_note;
    QString m_help;
    QString m_reasonAgainst;
};

} // namespace sscope
