#pragma once

#include <vector>

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QWidget>

namespace sscope {

/// The text field of the composer: Ctrl+Return sends; Up in the first line and Down in the last
/// walk through what was sent.
class MessageEdit : public QPlainTextEdit {
    Q_OBJECT

public:
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

/// Where a message is written and sent from.
class Composer : public QWidget {
    Q_OBJECT

public:
    explicit Composer(QWidget* parent = nullptr);

    void setHistory(const QStringList& history);
    void setSendEnabled(bool enabled, const QString& reason);
    void setText(const QString& text);
    void setEnding(const QString& name);
    [[nodiscard]] QString ending() const;
    void focusMessage();

Q_SIGNALS:
    void sendAsked(const std::vector<std::byte>& content);
    /// What was written, for the history.
    void messageSent(const QString& text);
    void endingChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void send();
    void updateCount();
    void placeCount();
    [[nodiscard]] QByteArray content() const;

    QComboBox* m_ending;
    MessageEdit* m_edit;
    QLabel* m_count;
    QPushButton* m_send;
};

} // namespace sscope
