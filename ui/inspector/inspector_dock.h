#pragma once

#include <functional>

#include <QDockWidget>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

#include "ui/connections/connections_model.h"

namespace sscope {

class EngineBridge;
class InspectedSocket;
class InspectorPage;
class Settings;
struct ClosedSocket;

/// The dock that shows one socket: the selected one, or the one it is pinned to. Samples it only
/// while it is seen.
class InspectorDock : public QDockWidget {
    Q_OBJECT

public:
    InspectorDock(EngineBridge& bridge, const ConnectionsModel& model, Settings& settings,
                  QWidget* parent = nullptr);

    void setLinkSource(std::function<RowLink(const SocketRow&)> source);
    /// The selection has moved; 0 for none. Does nothing while pinned.
    void select(quint64 cookie);
    /// The same of the closed sockets.
    void selectClosed(const ClosedSocket& closed);
    /// Shows the dock with this socket, pinned or not.
    void inspect(quint64 cookie);
    /// The table was read.
    void takeTable();
    [[nodiscard]] const InspectedSocket& socket() const { return *m_socket; }
    [[nodiscard]] bool isPinned() const { return m_pin->isChecked(); }

Q_SIGNALS:
    void linkActivated(const RowLink& link);
    void otherEndAsked(quint64 cookie);

protected:
    bool event(QEvent* event) override;

private:
    void buildTitle();
    QWidget* buildEmptyPage();
    void showSocket();
    void copyAll();

    Settings& m_settings;
    InspectedSocket* m_socket;
    QToolButton* m_pin = nullptr;
    QStackedWidget* m_pages;
    QScrollArea* m_scroll;
    InspectorPage* m_page;
};

} // namespace sscope
