#pragma once

#include <map>

#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "ui/chat/chat_place.h"

namespace sscope {

class ChatEdit;

/// Below the lines: what is said next, kept for each place until it is said.
class ChatComposer : public QWidget {
    Q_OBJECT

public:
    explicit ChatComposer(QWidget* parent = nullptr);

    void setPlace(const ChatPlace& place);
    /// Why nothing can be said; empty where it can.
    void setObstacle(const QString& reason);
    /// A sentence over the field about what was typed; goes with the next key.
    void showFault(const QString& reason);
    void showHelp(const QString& text);
    void mention(const QString& name);
    /// It was understood: into the history, and out of the field.
    void setTaken();
    [[nodiscard]] ChatEdit* edit() const { return m_edit; }
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void sayAsked(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void textChanged();
    void send();
    void showReadiness();
    void placeCount();
    [[nodiscard]] bool isTooLong() const;

    ChatPlace m_place;
    struct PlaceOrder {
        bool operator()(const ChatPlace& a, const ChatPlace& b) const {
            return a.kind != b.kind ? a.kind < b.kind : a.name < b.name;
        }
    };
    std::map<ChatPlace, QString, PlaceOrder> m_drafts;
    QString m_obstacle;
    qsizetype m_bytes = 0;
    bool m_isNarrow = false;
    QLabel* m_fault;
    QLabel* m_help;
    ChatEdit* m_edit;
    QLabel* m_count;
    QPushButton* m_send;
};

} // namespace sscope
