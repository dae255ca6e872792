#pragma once

#include <functional>

#include <QPlainTextEdit>
#include <QStringList>

namespace sscope {

/// The text field of a chat's composer: Return sends, Shift+Return breaks the line; Up in the first
/// line and Down in the last walk through what was said; Tab completes a name.
class ChatEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    static constexpr int countWidth = 112; // at the right, kept clear of the text

    explicit ChatEdit(QWidget* parent = nullptr);

    /// What was said, oldest first.
    void addToHistory(const QString& text);
    /// Names that Tab completes; asked for when it is pressed.
    void setNames(std::function<QStringList()> names) { m_names = std::move(names); }
    /// Keeps its right end clear of the count.
    void setCountShown(bool isShown);
    /// As high as its lines, from one up to six.
    void fitHeight();

Q_SIGNALS:
    void sendAsked();
    /// The lines are to scroll by a page.
    void pageAsked(int pages);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    bool walk(int step);
    bool complete();

    /// Names that begin with what was typed, one of which stands there now.
    struct Completion {
        QStringList names{};
        qsizetype at = 0;
        int start = 0; // in the text
        int end = 0;
    };

    std::function<QStringList()> m_names;
    QStringList m_history;
    qsizetype m_position = 0; // in the history; its size is the draft
    Completion m_completion;
};

} // namespace sscope
