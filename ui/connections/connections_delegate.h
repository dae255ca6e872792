#pragma once

#include <QStyledItemDelegate>

#include "core/base/clock.h"
#include "core/diagnostics/socket_row.h"
#include "ui/common/theme.h"

namespace sscope {

class ConnectionsModel;
struct ConnectionEntry;
struct ConnectionGroup;

/// The sign of a state beside its word.
struct StateDot {
    ColorToken color;
    bool isFilled;
};
StateDot stateDot(SocketState state);

/// Paints the rows of the connection table (GUI.md 13 to 16). What has changed fades over the
/// table's interval.
class ConnectionsDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setInterval(Duration interval) { m_interval = interval; }
    /// How long a change shows; where the table pauses, nothing is painted after that.
    [[nodiscard]] Duration fadeTime() const { return m_interval + m_interval / 2; }
    /// The cookie of the selected row's other end; 0 where there is none.
    void setOtherEnd(quint64 cookie) { m_otherEnd = cookie; }
    /// Where the rows begin, in the viewport: less than 0 where it is scrolled.
    void setLeft(int left) { m_left = left; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    void paintHeading(QPainter* painter, const QStyleOptionViewItem& option,
                      const ConnectionGroup& heading, const QModelIndex& index) const;
    void paintBackground(QPainter* painter, const QStyleOptionViewItem& option,
                         const ConnectionEntry& entry, int column) const;
    void paintCell(QPainter* painter, const QStyleOptionViewItem& option,
                   const ConnectionsModel& model, const QModelIndex& index) const;
    void paintToolCell(QPainter* painter, const QStyleOptionViewItem& option,
                       const ConnectionEntry& entry, const QModelIndex& index) const;
    [[nodiscard]] QFont fontOf(const ConnectionsModel& model, const ConnectionEntry& entry,
                               int column) const;

    Duration m_interval = std::chrono::seconds(1);
    quint64 m_otherEnd = 0;
    int m_left = 0;
};

} // namespace sscope
