#pragma once

#include <memory>
#include <vector>

#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QToolButton>
#include <QWidget>

#include "core/client/send_progress.h"
#include "ui/clients/written_message.h"

namespace sscope {

/// Repeats what is written, or sends a list of messages in order: interval, count, start and stop,
/// and how far it has come. Below the composer's options, on demand.
class RepeatPanel : public QWidget {
    Q_OBJECT

public:
    explicit RepeatPanel(QWidget* parent = nullptr);

    /// In ms, and rounds; 0 until it is stopped.
    [[nodiscard]] int interval() const { return m_interval->value(); }
    [[nodiscard]] int count() const { return m_count->value(); }
    void setInterval(int ms) { m_interval->setValue(ms); }
    void setCount(int rounds) { m_count->setValue(rounds); }
    [[nodiscard]] bool isList() const { return m_listChip->isChecked(); }
    [[nodiscard]] const std::vector<ListedMessage>& messages() const { return m_messages; }
    void setMessages(const std::vector<ListedMessage>& messages);
    void add(const WrittenMessage& message);

    /// Empty where it can start.
    void setReasonAgainst(const QString& reason);
    void showFault(const QString& fault);
    /// Of total messages; 0 where it is stopped by hand. Null is forgotten.
    void setProgress(std::shared_ptr<SendProgress> progress, quint64 total);
    [[nodiscard]] bool isRunning() const;
    /// Reads the progress anew.
    void poll();
    void focusFirst() { m_interval->setFocus(); }

Q_SIGNALS:
    void startAsked();
    void stopAsked();
    /// The message that is written is to become the list's last.
    void addAsked();
    void messagesChanged();
    /// Whether the list is shown; the panel has another height.
    void listToggled(bool isShown);

private:
    QLayout* buildRow();
    QLayout* buildListButtons();
    QSpinBox* makeNumber(const QString& name, const QString& tip, const QString& objectName,
                         int most);
    void buildTable();
    void showMessages(int current);
    void move(int step);
    void removeCurrent();
    void showState();
    [[nodiscard]] QString progressWords() const;

    QSpinBox* m_interval;
    QSpinBox* m_count;
    QPushButton* m_start;
    QLabel* m_state;
    QToolButton* m_listChip;
    QWidget* m_list;
    QTableWidget* m_table;
    QToolButton* m_add;
    QToolButton* m_up;
    QToolButton* m_down;
    QToolButton* m_remove;
    std::vector<ListedMessage> m_messages;
    std::shared_ptr<SendProgress> m_progress;
    quint64 m_total = 0;
    QString m_reasonAgainst;
};

} // namespace sscope
