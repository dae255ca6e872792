#include "ui/connections/snapshot_delegate.h"

#include <QApplication>

#include "ui/common/fonts.h"
#include "ui/common/painting.h"
#include "ui/connections/snapshot_model.h"

namespace sscope {

namespace {

using Model = SnapshotModel;
constexpr int padding = 8;
constexpr int signRoom = 20;

struct Sign {
    QString icon;
    ColorToken color;
};

Sign signOf(Model::What what) {
    switch (what) {
    case Model::What::Opened:
        return {QStringLiteral("plus"), ColorToken::Success};
    case Model::What::Closed:
        return {QStringLiteral("minus"), ColorToken::Danger};
    case Model::What::Changed:
        break;
    }
    return {QStringLiteral("refresh"), ColorToken::Warning};
}

} // namespace

void SnapshotDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
    painter->save();
    painter->fillRect(option.rect,
                      themeColor(option.state & QStyle::State_Selected ? ColorToken::Selection
                                                                       : ColorToken::Surface));
    QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
    const int column = index.column();
    if (column == Model::WhatColumn) {
        const Sign sign = signOf(m_model.whatAt(index.row()));
        paintIcon(painter, QRect(rect.left(), rect.top(), 14, rect.height()), sign.icon, 14,
                  sign.color);
        rect.setLeft(rect.left() + signRoom);
    }
    const bool isMono = column == Model::PidColumn || column == Model::LocalColumn ||
                        column == Model::RemoteColumn || column == Model::ReceiveQueueColumn ||
                        column == Model::SendQueueColumn;
    const bool isAddress = column == Model::LocalColumn || column == Model::RemoteColumn;
    painter->setFont(isMono ? monoFont() : QApplication::font());
    const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    paintText(painter, rect, index.data().toString(), ColorToken::Text,
              alignment & Qt::AlignHorizontal_Mask, isAddress ? Qt::ElideMiddle : Qt::ElideRight);
    painter->restore();
}

} // namespace sscope
