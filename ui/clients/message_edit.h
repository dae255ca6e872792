#pragma once

#include <QKeySequence>
#include <QPlainTextEdit>
#include <QStringList>

namespace sscope {

/// The text field of the composer: Ctrl+Return sends; Up in the first line and Down in the last
/// walk through what was sent.
class MessageEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    static constexpr int countWidth = 72; // at the right, kept clear of the text
    static QKeySequence sendKey() { return {Qt::CTRL | Qt::Key_Return}; }

    explicit MessageEdit(QWidget* parent = nullptr);
    void setHistory(const QStringList& history);
    /// Whether a text can stand here.
    static bool fits(const QString& text);
    /// From 40 px with its lines up to 120.
    void fitHeight();

    /// Longer lines, and texts, are laid out too slowly to be edited.
    static constexpr qsizetype longestLine = 10'000; // characters
    static constexpr qsizetype longestText = 200'000;

Q_SIGNALS:
    void sendAsked();
    /// The draft is about to give way to the history.
    void draftLeft();
    /// An entry of the history stands there; its size is the draft.
    void walked(int position);
    /// What would stand there after a paste that is too large; nothing has changed.
    void largePasted(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool walk(int step);

    QStringList m_history;    // oldest first
    qsizetype m_position = 0; // in the history; its size is the draft
    QString m_draft;
};

} // namespace sscope
