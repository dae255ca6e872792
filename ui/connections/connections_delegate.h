#pragma once

#include <QStyledItemDelegate>

#include "core/base/clock.h"

namespace sscope {

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
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    Duration m_interval = std::chrono::seconds(1);
    quint64 m_otherEnd = 0;
};

} // namespace sscope
