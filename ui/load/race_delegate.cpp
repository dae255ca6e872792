#include "ui/load/race_delegate.h"

#include <algorithm>

#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>

#include "ui/common/fonts.h"
#include "ui/common/painting.h"
#include "ui/common/plot_labels.h"
#include "ui/load/race_model.h"

namespace sscope {

namespace {

using Model = RaceModel;

constexpr int barHeight = 12;
constexpr int mostBar = 150;
constexpr int leastBar = 2;
constexpr int reasonGap = 10;
constexpr int iconSize = 14;
constexpr int histogramHeight = 32;
constexpr int numberWidth = 64;

/// A remark of a row, with the sign that it stands for.
struct Remark {
    QString text;
    QString icon; // none: it only says what is being done
    ColorToken color = ColorToken::Muted;
};

Remark remarkOf(const Model& model, const RaceEntry& entry) {
    const QString text = model.reasonOf(entry);
    if (entry.state == RaceEntry::State::Failed)
        return {text, QStringLiteral("error"), ColorToken::Danger};
    if (entry.state == RaceEntry::State::Done && !text.isEmpty())
        return {text, QStringLiteral("warning"), ColorToken::Warning};
    return {text, {}, ColorToken::Muted};
}

int widthOf(const QPainter& painter, const Remark& remark) {
    return painter.fontMetrics().horizontalAdvance(remark.text) +
           (remark.icon.isEmpty() ? 0 : iconSize + 4);
}

/// On a selected row danger has too little contrast for words.
void paintRemark(QPainter* painter, QRect rect, const Remark& remark, bool isSelected) {
    if (!remark.icon.isEmpty()) {
        paintIcon(painter, QRect(rect.left(), rect.top(), iconSize, rect.height()), remark.icon,
                  iconSize, remark.color);
        rect.setLeft(rect.left() + iconSize + 4);
    }
    const bool isWords = isSelected && remark.color == ColorToken::Danger;
    paintText(painter, rect, remark.text, isWords ? ColorToken::Text : remark.color);
}

void paintRate(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
               const Model& model, bool isSelected) {
    const int row = index.row();
    const RaceEntry& entry = model.at(row);
    const QRect cell = option.rect.adjusted(RaceDelegate::padding, 0, -RaceDelegate::padding, 0);
    const int room = std::min(mostBar, cell.width() - numberWidth);
    const int wide = std::max(leastBar, qRound(model.barShare(row) * room));
    const Remark remark = remarkOf(model, entry);
    painter->setFont(QApplication::font());
    const QRect beside(cell.left() + wide + reasonGap, cell.top(),
                       cell.width() - wide - reasonGap - numberWidth, cell.height());
    const bool isBelow = !remark.text.isEmpty() && widthOf(*painter, remark) > beside.width();
    const QRect bar(cell.left(), cell.top() + (isBelow ? 6 : (cell.height() - barHeight) / 2), wide,
                    barHeight);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(isSelected ? themeColor(ColorToken::Accent) : quietBarColor());
    painter->drawRoundedRect(bar, 2, 2);
    painter->setRenderHint(QPainter::Antialiasing, false);
    if (isBelow) {
        painter->setFont(axisFont());
        paintRemark(painter, QRect(cell.left(), bar.bottom() + 1, cell.width() - numberWidth, 15),
                    remark, isSelected);
    } else {
        paintRemark(painter, beside, remark, isSelected);
    }
    painter->setFont(model.isBest(row, index.column()) ? demiBold(monoFont()) : monoFont());
    paintText(painter, cell, index.data().toString(), ColorToken::Text, Qt::AlignRight);
}

/// A row without figures says why over all its columns; each cell shows its part of that.
void paintAcross(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                 const Model& model, bool isSelected) {
    QRect all = option.rect;
    if (const auto* table = qobject_cast<const QTableView*>(option.widget)) {
        const QHeaderView* header = table->horizontalHeader();
        all.setLeft(header->sectionViewportPosition(Model::RateColumn));
        all.setRight(header->sectionViewportPosition(Model::ThreadsColumn) +
                     header->sectionSize(Model::ThreadsColumn) - 1);
    }
    painter->setClipRect(option.rect);
    painter->setFont(QApplication::font());
    paintRemark(painter, all.adjusted(RaceDelegate::padding, 0, -RaceDelegate::firstPadding, 0),
                remarkOf(model, model.at(index.row())), isSelected);
}

void paintHistogram(QPainter* painter, const QRect& cell, const Model& model, int row,
                    bool isSelected) {
    const QRect rect(cell.left() + RaceDelegate::padding,
                     cell.top() + (cell.height() - histogramHeight) / 2,
                     cell.width() - 2 * RaceDelegate::padding, histogramHeight);
    const QColor bars = isSelected ? themeColor(ColorToken::Accent) : quietBarColor();
    paintLatencyColumns(painter, rect, model.axis(), model.columns(row, columnsIn(rect.width())),
                        bars);
}

} // namespace

void RaceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const auto* model = qobject_cast<const RaceModel*>(index.model());
    if (!model)
        return;
    const RaceEntry& entry = model->at(index.row());
    const int column = index.column();
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(option.rect, themeColor(ColorToken::Surface));
    paintRowState(painter, option.rect, isSelected, option.state & QStyle::State_MouseOver);
    if (column == Model::NameColumn) {
        if (isSelected)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                              themeColor(ColorToken::Accent));
        painter->setFont(demiBold(QApplication::font()));
        paintText(painter, option.rect.adjusted(firstPadding, 0, -padding, 0),
                  index.data().toString(), ColorToken::Text);
    } else if (!RaceModel::hasFigures(entry)) {
        paintAcross(painter, option, index, *model, isSelected);
    } else if (column == Model::RateColumn) {
        paintRate(painter, option, index, *model, isSelected);
    } else if (column == Model::LatencyColumn) {
        paintHistogram(painter, option.rect, *model, index.row(), isSelected);
    } else {
        const bool isLatency = column == Model::P50Column || column == Model::P99Column;
        const bool isMuted =
            isLatency && entry.state == RaceEntry::State::Done && !RaceModel::isComparable(entry);
        const int right = column == Model::ThreadsColumn ? firstPadding : padding;
        painter->setFont(model->isBest(index.row(), column) ? demiBold(monoFont()) : monoFont());
        paintText(painter, option.rect.adjusted(0, 0, -right, 0), index.data().toString(),
                  isMuted ? ColorToken::Muted : ColorToken::Text, Qt::AlignRight);
    }
    painter->restore();
}

} // namespace sscope
