#include "ui/clients/conversation_delegate.h"

#include <algorithm>

#include <QPainter>
#include <QTableView>

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

void paintData(QPainter* painter, QRect rect, const ConversationRow& row) {
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
    if (row.bytes == 0)
        paintText(painter, rect, ConversationModel::tr("empty"), ColorToken::Muted);
    else
        paintRuns(painter, rect, contentRuns(row));
}

/// What is said about the connection may run on through the column of marks, which is empty there.
/// Each of the two cells paints its part of the same line.
void paintRemark(QPainter* painter, const QStyleOptionViewItem& option, const QString& text) {
    const auto* view = qobject_cast<const QTableView*>(option.widget);
    if (!view)
        return;
    const int left = view->columnViewportPosition(ConversationModel::DataColumn);
    const int right = view->columnViewportPosition(ConversationModel::MarkColumn) +
                      view->columnWidth(ConversationModel::MarkColumn);
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

} // namespace

void ConversationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    const auto* model = qobject_cast<const ConversationModel*>(index.model());
    if (!model)
        return;
    const ConversationRow& row = model->at(index.row());
    const Sign sign = signOf(row.kind);
    const bool selected = option.state & QStyle::State_Selected;
    const QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
    painter->save();
    paintRowState(painter, option.rect, selected, false);
    switch (index.column()) {
    case ConversationModel::TimeColumn:
        if (selected)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                              themeColor(ColorToken::Accent));
        painter->setFont(monoFont());
        paintText(painter, rect.adjusted(4, 0, padding, 0), index.data().toString(),
                  ColorToken::Muted);
        break;
    case ConversationModel::ArrowColumn:
        // State colours fall short of the contrast that words need on a tint; icons may keep them.
        if (!row.isPart)
            paintIcon(painter, option.rect, QString::fromLatin1(sign.icon), 14, sign.color);
        break;
    case ConversationModel::NumberColumn:
        painter->setFont(monoFont());
        paintText(painter, rect, index.data().toString(), ColorToken::Text, Qt::AlignRight);
        break;
    case ConversationModel::TypeColumn:
        paintText(painter, rect, index.data().toString(), ColorToken::Muted);
        break;
    case ConversationModel::SizeColumn:
        painter->setFont(monoFont());
        paintText(painter, rect, index.data().toString(),
                  row.isPart ? ColorToken::Muted : sign.color, Qt::AlignRight);
        break;
    case ConversationModel::DataColumn:
        if (row.isPayload())
            paintData(painter, rect, row);
        else
            paintRemark(painter, option, row.text);
        break;
    case ConversationModel::MarkColumn:
        if (!row.isPayload())
            paintRemark(painter, option, row.text);
        paintMark(painter, rect, row, index.data().toString(), model->spanOf(row));
        break;
    case ConversationModel::LatencyColumn:
        painter->setFont(monoFont());
        paintText(painter, rect.adjusted(0, 0, padding - 12, 0), index.data().toString(),
                  ColorToken::Muted, Qt::AlignRight);
        break;
    default:
        break;
    }
    painter->restore();
}

} // namespace sscope
