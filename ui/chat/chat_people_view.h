#pragma once

#include <QLabel>
#include <QListView>
#include <QTimer>
#include <QWidget>

#include "ui/chat/chat_people_model.h"

namespace sscope {

/// The column at the right: who is in the room that is looked at, and who has left it today.
class ChatPeopleView : public QWidget {
    Q_OBJECT

public:
    static constexpr int columnWidth = 176;

    ChatPeopleView(ChatPeopleModel& people, QWidget* parent);

    /// What is over it: the room's name.
    void setRoom(const QString& room);
    [[nodiscard]] QListView* list() const { return m_list; }

Q_SIGNALS:
    void talkAsked(const QString& name);
    void mentionAsked(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showTitle();
    void showCount();
    void showMenu(const QModelIndex& index, QPoint at);
    void talk(const QModelIndex& index);
    [[nodiscard]] QString tipOf(const QModelIndex& index) const;

    ChatPeopleModel& m_people;
    QString m_room;
    QLabel* m_title;
    QLabel* m_count;
    QListView* m_list;
    QTimer m_ages;
};

} // namespace sscope
