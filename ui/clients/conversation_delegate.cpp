#include "ui/clients/conversation_delegate.h"

#include <algorithm>

#include <QPainter>
#include <QTableView>

#include "ui/clients/conversation_filter.h"
#include "ui/clients/conversation_model.h"
#include "ui/common/control_painting.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int padding = 8;
constexpr int barWidth = 96;
constexpr int barHeight = 6;

struct Sign {
    const char* icon;
    ColorToken color;
};

Sign signOf(ConversationRow::Kind kind) {
    switch (kind) {
    case ConversationRow::Kind::Sent:
        return {"arrow-right", ColorToken::Accent};
    case ConversationRow::Kind::Received:
        return {"arrow-left", ColorToken::Received};
    case ConversationRow::Kind::Good:
        return {"check", ColorToken::Success};
    case ConversationRow::Kind::Bad:
        return {"close", ColorToken::Danger};
    case ConversationRow::Kind::Note:
        return {"info", ColorToken::Muted};
    }
    return {"info", ColorToken::Muted};
}

/// How much of a message is there.
void paintPart(QPainter* painter, QRect rect, const ConversationRow& row) {
    if (row.bytes > 0) {
        const QRect bar(rect.left(), rect.top() + (rect.height() - barHeight) / 2, barWidth,
                        barHeight);
        const double share = static_cast<double>(row.have) / static_cast<double>(row.bytes);
        QRect done = bar;
        done.setWidth(static_cast<int>(std::min(1.0, share) * barWidth));
        paintBox(painter, bar, themeColor(ColorToken::Hairline), {});
        paintBox(painter, done, themeColor(ColorToken::Received), {});
        rect.setLeft(bar.right() + 9);
    }
    paintText(painter, rect, partText(row.have, row.bytes), ColorToken::Received);
}

void paintData(QPainter* painter, QRect rect, const ConversationRow& row,
               const ConversationModel& model) {
    if (row.isUnfinished) {
        paintPart(painter, rect, row);
        return;
    }
    if (row.isPart)
        rect.setLeft(rect.left() + 20);
    if (row.canOpen()) {
        paintIcon(painter, QRect(rect.left() - 2, rect.top(), 14, rect.height()),
                  row.isOpen ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), 12,
                  ColorToken::Muted);
        rect.setLeft(rect.left() + 16);
    }
    painter->setFont(monoFont());
    if (!row.text.isEmpty()) {
        paintIcon(painter, QRect(rect.left(), rect.top(), 14, rect.height()),
                  QStringLiteral("file"), 14, ColorToken::Text);
        paintText(painter, rect.adjusted(20, 0, 0, 0), row.text, ColorToken::Text, Qt::AlignLeft,
                  Qt::ElideMiddle);
    } else if (row.bytes == 0)
        paintText(painter, rect, ConversationModel::tr("empty"), ColorToken::Muted);
    else
        paintRuns(painter, rect, model.runsOf(row));
}

/// What is said about the connection may run on through the column of marks, which is empty there.
/// Each of the two cells paints its part of the same line.
void paintRemark(QPainter* painter, const QStyleOptionViewItem& option, const QString& text) {
    const auto* view = qobject_cast<const QTableView*>(option.widget);
    if (!view)
        return;
    using Model = ConversationModel;
    const int left = view->columnViewportPosition(Model::DataColumn);
    const int last =
        view->isColumnHidden(Model::MarkColumn) ? Model::DataColumn : Model::MarkColumn;
    const int right = view->columnViewportPosition(last) + view->columnWidth(last);
    painter->setClipRect(option.rect);
    paintText(
        painter,
        QRect(left + padding, option.rect.top(), right - left - 2 * padding, option.rect.height()),
        text, ColorToken::Muted);
}

void paintMark(QPainter* painter, const QRect& rect, const ConversationRow& row,
               const QString& text, const CallSpan& span) {
    if (text.isEmpty())
        return;
    if (row.peer != 0) {
        painter->setFont(monoFont());
        paintText(painter, rect, text, ColorToken::Muted, Qt::AlignLeft, Qt::ElideMiddle);
        return;
    }
    const bool differs =
        row.sends > 0 || row.isUnfinished || (row.isMessage && (span.isCut() || span.isShared()));
    if (row.isMessage && !differs) { // the rule, which needs no sign
        painter->setFont(monoFont());
        paintText(painter, rect, text, ColorToken::Text);
        return;
    }
    const ColorToken token = differs ? ColorToken::Warning : ColorToken::Muted;
    paintIcon(painter, QRect(rect.left(), rect.top(), 14, rect.height()),
              row.isUnfinished ? QStringLiteral("hourglass") : QStringLiteral("chunks"), 14, token);
    paintText(painter, rect.adjusted(20, 0, 0, 0), text, token);
}

/// The cells of numbers and short words.
void paintCell(QPainter* painter, const QStyleOptionViewItem& option, const ConversationRow& row,
               int column, const QString& text) {
    const QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
    painter->setFont(column == ConversationModel::TypeColumn ? option.font : monoFont());
    switch (column) {
    case ConversationModel::TimeColumn:
        paintText(painter, rect.adjusted(4, 0, padding, 0), text, ColorToken::Muted);
        break;
    case ConversationModel::NumberColumn:
        paintText(painter, rect, text, ColorToken::Text, Qt::AlignRight);
        break;
    case ConversationModel::TypeColumn:
        paintText(painter, rect, text, ColorToken::Muted);
        break;
    case ConversationModel::SizeColumn:
        paintText(painter, rect, text, row.isPart ? ColorToken::Muted : signOf(row.kind).color,
                  Qt::AlignRight);
        break;
    case ConversationModel::LatencyColumn:
        paintText(painter, rect.adjusted(0, 0, padding - 12, 0), text, ColorToken::Muted,
                  Qt::AlignRight);
        break;
    default:
        break;
    }
}

} // namespace

void ConversationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    const auto* filter = qobject_cast<const ConversationFilter*>(index.model());
    if (!filter)
        return;
    const ConversationModel* model = &filter->conversation();
    const ConversationRow& row = model->at(filter->sourceRow(index.row()));
    const bool selected = option.state & QStyle::State_Selected;
    const int column = index.column();
    const QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
    painter->save();
    paintRowState(painter, option.rect, selected, false);
    if (selected && column == ConversationModel::TimeColumn)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                          themeColor(ColorToken::Accent));
    const bool isWide =
        column == ConversationModel::DataColumn || column == ConversationModel::MarkColumn;
    if (isWide && !row.isPayload()) {
        paintRemark(painter, option, row.text);
    } else if (column == ConversationModel::DataColumn) {
        paintData(painter, rect, row, *model);
    } else if (column == ConversationModel::MarkColumn) {
        paintMark(painter, rect, row, index.data().toString(), model->spanOf(row));
    } else if (column == ConversationModel::ArrowColumn) {
        // State colours fall short of the contrast that words need on a tint; icons may keep them.
        const Sign sign = signOf(row.kind);
        if (!row.isPart)
            paintIcon(painter, option.rect, QString::fromLatin1(sign.icon), 14, sign.color);
    } else {
        paintCell(painter, option, row, column, index.data().toString());
    }
    painter->restore();
}

} // namespace sscope
