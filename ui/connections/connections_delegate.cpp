#include "ui/connections/connections_delegate.h"

#include <algorithm>

#include <QApplication>
#include <QPainter>

#include "ui/common/fonts.h"
#include "ui/common/painting.h"
#include "ui/connections/connections_model.h"

namespace sscope {

namespace {

using Model = ConnectionsModel;
constexpr int padding = 8;

ColorToken rowColor(RowChange change) {
    switch (change) {
    case RowChange::New:
        return ColorToken::RowNew;
    case RowChange::Changed:
        return ColorToken::RowChanged;
    case RowChange::Gone:
        return ColorToken::RowGone;
    case RowChange::None:
        break;
    }
    return ColorToken::Surface;
}

struct Dot {
    ColorToken color;
    bool isFilled;
};

Dot dotOf(SocketState state) {
    switch (state) {
    case SocketState::Established:
        return {ColorToken::Success, true};
    case SocketState::CloseWait:
        return {ColorToken::Warning, true};
    case SocketState::TimeWait:
    case SocketState::Unconnected:
    case SocketState::Close:
        return {ColorToken::Muted, false};
    default:
        return {ColorToken::Muted, true};
    }
}

void paintChangeIcon(QPainter* painter, const QRect& rect, RowChange change) {
    switch (change) {
    case RowChange::New:
        paintIcon(painter, rect, QStringLiteral("plus"), 14, ColorToken::Success);
        break;
    case RowChange::Changed:
        paintIcon(painter, rect, QStringLiteral("refresh"), 14, ColorToken::Warning);
        break;
    case RowChange::Gone:
        paintIcon(painter, rect, QStringLiteral("minus"), 14, ColorToken::Danger);
        break;
    case RowChange::None:
        break;
    }
}

/// Under the words that have changed.
void paintUnderline(QPainter* painter, const QRect& rect, const QString& text, bool isRight) {
    const int width = std::min(painter->fontMetrics().horizontalAdvance(text), rect.width());
    const int x = isRight ? rect.right() - width + 1 : rect.left();
    painter->fillRect(QRect(x, rect.bottom() - 2, width, 2), themeColor(ColorToken::Warning));
}

bool isMonospaced(int column) {
    return column == Model::PidColumn || column == Model::LocalColumn ||
           column == Model::RemoteColumn || column == Model::ReceiveQueueColumn ||
           column == Model::SendQueueColumn;
}

ColorToken textColor(int column, const ConnectionEntry& entry, const QString& text) {
    const bool isWordForNothing = (column == Model::ProcessColumn && entry.row.owners.empty()) ||
                                  (column == Model::RemoteColumn && text == QLatin1String("*")) ||
                                  (column == Model::UserColumn && entry.row.user.empty());
    return isWordForNothing ? ColorToken::Muted : ColorToken::Text;
}

} // namespace

void ConnectionsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                const QModelIndex& index) const {
    const auto* model = qobject_cast<const ConnectionsModel*>(index.model());
    if (!model)
        return;
    const ConnectionEntry& entry = model->at(index.row());
    const int column = index.column();
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();

    QColor background = themeColor(ColorToken::Surface);
    const double age = std::chrono::duration<double>(SteadyClock::now() - entry.changedAt).count();
    const double interval = std::chrono::duration<double>(m_interval).count();
    // A gone row keeps its colour: it leaves with the next refresh.
    const double share =
        entry.change == RowChange::Gone ? 1.0 : std::clamp(1.3 - age / interval, 0.0, 1.0);
    if (selected)
        background = themeColor(ColorToken::Selection);
    else if (entry.change != RowChange::None)
        background = blended(background, themeColor(rowColor(entry.change)), share);
    else if (m_otherEnd != 0 && entry.row.cookie == m_otherEnd)
        background = themeColor(ColorToken::OtherEnd);
    painter->fillRect(option.rect, background);
    if (selected && column == Model::ChangeColumn)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                          themeColor(ColorToken::Accent));

    QFont font = isMonospaced(column) ? monoFont() : QApplication::font();
    if (model->isOurs(entry) && (column == Model::ProcessColumn || column == Model::LocalColumn))
        font = demiBold(font);
    painter->setFont(font);
    QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
    const QString text = index.data().toString();
    const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).toInt());

    if (column == Model::ChangeColumn) {
        paintChangeIcon(painter, option.rect, entry.change);
    } else if (column == Model::PairColumn) {
        const bool isOfSelected = selected || entry.row.cookie == m_otherEnd;
        if (model->hasPeer(index.row()))
            paintIcon(painter, option.rect, QStringLiteral("swap"), 14,
                      isOfSelected ? ColorToken::Accent : ColorToken::Muted);
    } else if (column == Model::StateColumn) {
        const Dot dot = dotOf(entry.row.state);
        paintDot(painter, {rect.left() + 3, rect.center().y()}, 8, themeColor(dot.color),
                 dot.isFilled);
        rect.setLeft(rect.left() + 14);
        paintText(painter, rect, text, ColorToken::Text);
        if (entry.stateChanged)
            paintUnderline(painter, rect, text, false);
    } else if (column == Model::NotesColumn) {
        const bool isLink = !text.isEmpty() && text == model->linkOf(index.row()).text;
        paintText(painter, rect, text, isLink ? ColorToken::Accent : ColorToken::Muted);
    } else {
        const bool isAddress = column == Model::LocalColumn || column == Model::RemoteColumn;
        paintText(painter, rect, text, textColor(column, entry, text),
                  alignment & Qt::AlignHorizontal_Mask,
                  isAddress ? Qt::ElideMiddle : Qt::ElideRight);
        const bool isQueue =
            column == Model::ReceiveQueueColumn || column == Model::SendQueueColumn;
        if (entry.queuesChanged && isQueue)
            paintUnderline(painter, rect, text, true);
    }
    painter->restore();
}

} // namespace sscope
