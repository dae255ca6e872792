#pragma once

#include <QListView>

namespace sscope {

/// The cards of the servers. What a card's buttons do is on keys too: Space or Return starts and
/// stops, Delete removes, J joins a chat, the menu key opens the menu.
class ServerListView : public QListView {
    Q_OBJECT

public:
    explicit ServerListView(QWidget* parent = nullptr);

Q_SIGNALS:
    void toggleAsked(int row);
    void removeAsked(int row);
    /// A chat that can be joined.
    void joinAsked(int row);
    void menuAsked(int row, const QPoint& globalPosition);
    /// The link of a failed server.
    void remedyAsked(int row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
};

} // namespace sscope
