#pragma once

#include <QStyledItemDelegate>

#include "core/base/error.h"

namespace sscope {

struct ServerEntry;

/// Paints a server as a card (GUI.md 11) and takes the clicks on its buttons.
class ServerCardDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

    /// What a person reads of a failure: why, and what to try.
    static QString remedyText(const Error& error);
    /// The words of the link that follows; empty where there is nothing to offer.
    static QString remedyLink(const Error& error);
    /// What it means that a server can be reached from elsewhere.
    static QString publicText(const ServerEntry& server);
    /// Where it listens and what it has done.
    static QString tipText(const ServerEntry& server);

Q_SIGNALS:
    void menuAsked(const QModelIndex& index, const QPoint& globalPosition);
    /// Start, stop or try again, whatever the button shows.
    void toggleAsked(const QModelIndex& index);
    void joinAsked(const QModelIndex& index);
    void remedyAsked(const QModelIndex& index);
};

} // namespace sscope
