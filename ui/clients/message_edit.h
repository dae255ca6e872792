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
    /// From 40 px with its lines up to 120.
    void fitHeight();

Q_SIGNALS:
    void sendAsked();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool walk(int step);

    QStringList m_history;    // oldest first
    qsizetype m_position = 0; // in the history; its size is the draft
    QString m_draft;
};

} // namespace sscope
