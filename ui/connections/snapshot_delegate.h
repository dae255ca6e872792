#pragma once

#include <QStyledItemDelegate>

namespace sscope {

class SnapshotModel;

/// Paints a difference: a sign and a word for what became of the socket, then its cells.
class SnapshotDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    SnapshotDelegate(const SnapshotModel& model, QObject* parent)
        : QStyledItemDelegate(parent), m_model(model) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    const SnapshotModel& m_model;
};

} // namespace sscope
