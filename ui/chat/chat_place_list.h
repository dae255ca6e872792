#pragma once

#include <QListView>
#include <QPointer>

#include "ui/chat/chat_places_model.h"

namespace sscope {

/// Rooms, or persons, as rows of 28 px, as high as it has rows. One row at most is the place that
/// is looked at.
class ChatPlaceList : public QListView {
    Q_OBJECT

public:
    explicit ChatPlaceList(QWidget* parent = nullptr);

    void setPlaces(ChatPlacesModel& places);
    /// Nothing is chosen where it is not one of these.
    void showChosen(const ChatPlace& place);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// By a person: a click, or the keys.
    void chosen(const ChatPlace& place);
    /// A click, or Enter.
    void entered(const ChatPlace& place);
    void menuAsked(const ChatPlacesModel::Entry& entry, QPoint at);
    /// The Delete key: leave the room, close the person.
    void closeAsked(const ChatPlace& place);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    QPointer<ChatPlacesModel> m_places;
    bool m_isShowing = false; // the choice is not a person's
};

} // namespace sscope
