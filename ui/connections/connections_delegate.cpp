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
constexpr int headingWidth = 1'000;

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

} // namespace

StateDot stateDot(SocketState state) {
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

namespace {

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

bool isMonospaced(const ConnectionsModel& model, int column) {
    return model.style() != TableStyle::Full || column == Model::InodeColumn ||
           column == Model::DescriptorColumn || column == Model::ReceiveRateColumn ||
           column == Model::SendRateColumn || column == Model::RttColumn ||
           column == Model::RetransmitsColumn || column == Model::PidColumn ||
           column == Model::LocalColumn || column == Model::RemoteColumn ||
           column == Model::ReceiveQueueColumn || column == Model::SendQueueColumn;
}

ColorToken textColor(int column, const ConnectionEntry& entry, const QString& text) {
    const bool isWordForNothing = text == QLatin1String("-") ||
                                  (column == Model::ProcessColumn && entry.row.owners.empty()) ||
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
    painter->save();
    if (const ConnectionGroup* heading = model->headingAt(index.row())) {
        paintHeading(painter, option, *heading, index);
    } else {
        const ConnectionEntry& entry = model->at(index.row());
        paintBackground(painter, option, entry, index.column());
        painter->setFont(fontOf(*model, entry, index.column()));
        if (model->style() == TableStyle::Full)
            paintCell(painter, option, *model, index);
        else
            paintToolCell(painter, option, entry, index);
    }
    painter->restore();
}

/// Its words run over the cells of the row: each paints its part.
void ConnectionsDelegate::paintHeading(QPainter* painter, const QStyleOptionViewItem& option,
                                       const ConnectionGroup& heading,
                                       const QModelIndex& index) const {
    const bool selected = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect,
                      themeColor(selected ? ColorToken::Selection : ColorToken::Window));
    painter->setClipRect(option.rect);
    QRect line = option.rect;
    line.setLeft(m_left);
    line.setWidth(headingWidth);
    paintIcon(painter, QRect(line.left(), line.top(), 26, line.height()),
              heading.isCollapsed ? QStringLiteral("chevron-right")
                                  : QStringLiteral("chevron-down"),
              14, ColorToken::Text);
    painter->setFont(demiBold(QApplication::font()));
    paintText(painter, line.adjusted(26 + padding, 0, 0, 0),
              index.siblingAtColumn(0).data().toString(), ColorToken::Text);
}

void ConnectionsDelegate::paintBackground(QPainter* painter, const QStyleOptionViewItem& option,
                                          const ConnectionEntry& entry, int column) const {
    QColor background = themeColor(ColorToken::Surface);
    const bool selected = option.state & QStyle::State_Selected;
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
}

QFont ConnectionsDelegate::fontOf(const ConnectionsModel& model, const ConnectionEntry& entry,
                                  int column) const {
    const QFont font = isMonospaced(model, column) ? monoFont() : QApplication::font();
    const bool isNamed = model.style() != TableStyle::Full || column == Model::ProcessColumn ||
                         column == Model::LocalColumn;
    return isNamed && model.isOurs(entry) ? demiBold(font) : font;
}

void ConnectionsDelegate::paintToolCell(QPainter* painter, const QStyleOptionViewItem& option,
                                        const ConnectionEntry& entry,
                                        const QModelIndex& index) const {
    if (index.column() == Model::ChangeColumn) {
        paintChangeIcon(painter, option.rect, entry.change);
        return;
    }
    const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    paintText(painter, option.rect.adjusted(padding, 0, -padding, 0), index.data().toString(),
              ColorToken::Text, alignment & Qt::AlignHorizontal_Mask);
}

void ConnectionsDelegate::paintCell(QPainter* painter, const QStyleOptionViewItem& option,
                                    const ConnectionsModel& model, const QModelIndex& index) const {
    const ConnectionEntry& entry = model.at(index.row());
    const int column = index.column();
    QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
    const QString text = index.data().toString();
    const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();

    if (column == Model::ChangeColumn) {
        paintChangeIcon(painter, option.rect, entry.change);
    } else if (column == Model::PairColumn) {
        const bool isOfSelected =
            option.state & QStyle::State_Selected || entry.row.cookie == m_otherEnd;
        if (model.hasPeer(index.row()))
            paintIcon(painter, option.rect, QStringLiteral("swap"), 14,
                      isOfSelected ? ColorToken::Accent : ColorToken::Muted);
    } else if (column == Model::StateColumn) {
        const StateDot dot = stateDot(entry.row.state);
        paintDot(painter, {rect.left() + 3, rect.center().y()}, 8, themeColor(dot.color),
                 dot.isFilled);
        rect.setLeft(rect.left() + 14);
        paintText(painter, rect, text, ColorToken::Text);
        if (entry.stateChanged)
            paintUnderline(painter, rect, text, false);
    } else if (column == Model::NotesColumn) {
        const bool isLink = !text.isEmpty() && text == model.linkOf(index.row()).text;
        paintText(painter, rect, text, isLink ? ColorToken::Accent : ColorToken::Muted);
    } else {
        const bool isAddress = column == Model::LocalColumn || column == Model::RemoteColumn;
        paintText(painter, rect, text, textColor(column, entry, text),
                  alignment & Qt::AlignHorizontal_Mask,
                  isAddress ? Qt::ElideMiddle : Qt::ElideRight);
        const bool hasChanged =
            (column == Model::ReceiveQueueColumn && entry.receiveQueueChanged) ||
            (column == Model::SendQueueColumn && entry.sendQueueChanged);
        if (hasChanged)
            paintUnderline(painter, rect, text, true);
    }
}

} // namespace sscope
