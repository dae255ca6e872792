#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QWidget>

#include "ui/chat/chat_place.h"

namespace sscope {

class ElidedLabel;

/// Over the lines: what the place is called, its topic, which can be edited in place (the pencil
/// after it, a double click, its menu), and a search through what was said. Where the page is
/// narrow, buttons for the columns at its sides.
class ChatHeader : public QWidget {
    Q_OBJECT

public:
    static constexpr int barHeight = 36;

    explicit ChatHeader(QWidget* parent = nullptr);

    /// Its parts shrink, and never hold the page wider than it is given.
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, barHeight}; }
    void setPlace(const ChatPlace& place);
    void setTopic(const QString& topic);
    void setEnabledFor(bool isIn);
    void editTopic();
    [[nodiscard]] QLineEdit* searchField() const { return m_search; }
    [[nodiscard]] QToolButton* sideButton() const { return m_side; }
    [[nodiscard]] QToolButton* peopleButton() const { return m_people; }
    /// Unread lines elsewhere, and how many of them call one, for who does not see the rooms.
    void setElsewhere(int unread, int calls);

Q_SIGNALS:
    void topicEdited(const QString& topic);
    void searchAsked(const QString& text);
    void searchClosed();

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void buildSearch();
    void buildTopic();
    [[nodiscard]] bool maySetTopic() const;
    void takeTopic();
    void endEdit();
    void showTopic();
    void showPencil();
    void showCount();

    ChatPlace m_place;
    QString m_topic;
    bool m_isIn = false;
    QToolButton* m_side;
    QToolButton* m_people;
    QLabel* m_name;
    ElidedLabel* m_topicLabel;
    QLineEdit* m_topicEdit;
    QLabel* m_topicCount;
    QToolButton* m_edit;
    QLineEdit* m_search;
};

} // namespace sscope
