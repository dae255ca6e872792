#include "ui/connections/closed_view.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include "core/diagnostics/closed_export.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/common/row_search.h"
#include "ui/common/table_setup.h"
#include "ui/connections/closed_model.h"
#include "ui/connections/closed_text.h"
#include "ui/connections/column_layout.h"
#include "ui/connections/connection_copies.h"
#include "ui/connections/connections_delegate.h"

namespace sscope {

namespace {

using Model = ClosedModel;

constexpr int padding = 8;
constexpr int gapWidth = 1'000;
// Beside the inspector its last figure folds at 1440, and the last two at 1280: the inspector has
// them. Only addresses may be cut.
constexpr std::array widths{112, 160, 72, 56, 128, 160, 160, 84, 92, 92, 84, 112};
constexpr std::array middleWidths{104, 147, 68, 48, 112, 146, 146, 76, 76, 76, 68, 88};
constexpr std::array narrowWidths{103, 147, 67, 47, 110, 125, 125, 72, 74, 74, 68, 88};
constexpr int narrowView = 1'090;
constexpr int middleView = 1'260;

std::span<const int> widthsFor(int room) {
    if (room < narrowView)
        return narrowWidths;
    return room < middleView ? std::span<const int>(middleWidths) : widths;
}

/// A socket as in the table; a gap in the colour of a caution, over all of its row.
class ClosedDelegate : public QStyledItemDelegate {
public:
    explicit ClosedDelegate(const Model& model, QObject* parent)
        : QStyledItemDelegate(parent), m_model(model) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        const ClosedSocket* closed = m_model.socketAt(index.row());
        const bool selected = option.state & QStyle::State_Selected;
        painter->fillRect(option.rect, themeColor(selected ? ColorToken::Selection
                                                  : closed ? ColorToken::Surface
                                                           : ColorToken::RowChanged));
        QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
        const QString text = index.data().toString();
        if (!closed) {
            if (index.column() >= Model::ProcessColumn)
                paintGap(painter, option, index);
            else
                paintPlain(painter, rect, text, index);
        } else if (index.column() == Model::StateColumn) {
            const StateDot dot = stateDot(closed->row.state);
            paintDot(painter, {rect.left() + 3, rect.center().y()}, 8, themeColor(dot.color),
                     dot.isFilled);
            rect.setLeft(rect.left() + 14);
            paintText(painter, rect, text, ColorToken::Text);
        } else {
            paintPlain(painter, rect, text, index);
        }
        painter->restore();
    }

private:
    static void paintPlain(QPainter* painter, const QRect& rect, const QString& text,
                           const QModelIndex& index) {
        const bool isWord = index.column() == Model::ProcessColumn ||
                            index.column() == Model::ProtocolColumn ||
                            index.column() == Model::LivedColumn;
        const bool isAddress =
            index.column() == Model::LocalColumn || index.column() == Model::RemoteColumn;
        painter->setFont(isWord ? QApplication::font() : monoFont());
        const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
        paintText(painter, rect, text, text.size() == 1 ? ColorToken::Muted : ColorToken::Text,
                  alignment & Qt::AlignHorizontal_Mask,
                  isAddress ? Qt::ElideMiddle : Qt::ElideRight);
    }
    /// Beside the time where that is the first column, else where the row begins.
    static int sentenceStart(const QTableView& view) {
        const int time = view.columnViewportPosition(Model::TimeColumn);
        const bool isFirst = view.horizontalHeader()->visualIndex(Model::TimeColumn) == 0;
        return isFirst ? time + view.columnWidth(Model::TimeColumn)
                       : -view.horizontalHeader()->offset();
    }
    /// Each cell paints its part of the sentence.
    static void paintGap(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) {
        const auto* view = qobject_cast<const QTableView*>(option.widget);
        if (!view)
            return;
        painter->setClipRect(option.rect);
        QRect line = option.rect;
        line.setLeft(sentenceStart(*view) + padding);
        line.setWidth(gapWidth);
        painter->setFont(QApplication::font());
        paintText(painter, line, index.siblingAtColumn(Model::ProcessColumn).data().toString(),
                  ColorToken::Text);
    }

    const Model& m_model;
};

} // namespace

ClosedView::ClosedView(ClosedModel& model, QWidget* parent) : QTableView(parent), m_model(model) {
    setObjectName(QStringLiteral("closedView"));
    setAccessibleName(tr("Closed sockets"));
    setUpTable(*this);
    setSelectionMode(ExtendedSelection);
    setItemDelegate(new ClosedDelegate(model, this));
    setModel(&model);
    m_columns = new ColumnLayout(*this, [this] { layFirst(); });
    m_columns->setFixed(Model::TimeColumn);
    m_columns->useFirst();
    connect(&model, &ClosedModel::aboutToArrange, this, &ClosedView::holdPlace);
    connect(&model, &ClosedModel::arranged, this, &ClosedView::keepPlace);
    connect(&model, &ClosedModel::modelReset, this, &ClosedView::selectKept);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ClosedView::takeCurrent);
}

void ClosedView::layFirst() {
    useFirstWidths();
    sortByColumn(Model::TimeColumn, Qt::DescendingOrder);
}

void ClosedView::useFirstWidths() {
    const auto sizes = widthsFor(width());
    setColumnHidden(Model::RttColumn, width() < narrowView);
    setColumnHidden(Model::RetransmitsColumn, width() < middleView);
    for (int column = 0; column < Model::ColumnCount; ++column)
        horizontalHeader()->resizeSection(column, sizes[static_cast<std::size_t>(column)]);
}

void ClosedView::takeCurrent(const QModelIndex& current) {
    if (!current.isValid())
        return;
    m_kept = m_model.numberAt(current.row());
    if (const ClosedSocket* closed = m_model.socketAt(current.row()))
        Q_EMIT chosen(*closed);
}

/// After a filter, which makes all rows anew.
void ClosedView::selectKept() {
    if (const int row = m_kept ? m_model.rowOf(*m_kept) : -1; row >= 0)
        setCurrentIndex(m_model.index(row, Model::TimeColumn));
}

/// The current row where it is seen, else the first one that is; at the top what comes is seen.
void ClosedView::holdPlace() {
    const QRect current = visualRect(currentIndex());
    const bool isSeen = currentIndex().isValid() && viewport()->rect().intersects(current);
    const bool isScrolled = verticalScrollBar()->value() > 0;
    m_anchor = isSeen ? currentIndex() : isScrolled ? indexAt({0, 0}) : QModelIndex();
    m_anchorY = m_anchor.isValid() ? rowViewportPosition(m_anchor.row()) : 0;
}

void ClosedView::keepPlace() {
    if (m_anchor.isValid()) {
        executeDelayedItemsLayout();
        const int moved = rowViewportPosition(m_anchor.row()) - m_anchorY;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + moved);
    }
    m_anchor = QPersistentModelIndex();
}

void ClosedView::setFailure(const QString& sentence) {
    m_failure = sentence;
    viewport()->update();
}

bool ClosedView::find(const QString& text, bool backwards) {
    if (text.isEmpty())
        return false;
    const auto suits = [&](int row) {
        return m_model.lineText(row).contains(text, Qt::CaseInsensitive);
    };
    const int row = nextRow(m_model.rowCount(), currentIndex().row(), backwards, suits);
    if (row >= 0)
        setCurrentIndex(m_model.index(row, Model::ProcessColumn));
    return row >= 0;
}

std::vector<int> ClosedView::selectedRowNumbers() const {
    std::vector<int> rows;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::ranges::sort(rows);
    return rows;
}

std::vector<SharedEntry> ClosedView::selectedEntries() const {
    std::vector<SharedEntry> entries;
    for (const int row : selectedRowNumbers())
        entries.push_back(m_model.sharedAt(row));
    return entries;
}

std::vector<SharedEntry> ClosedView::selectedSockets() const {
    std::vector<SharedEntry> sockets = selectedEntries();
    std::erase_if(sockets, [](const SharedEntry& entry) {
        return !std::holds_alternative<ClosedSocket>(*entry);
    });
    return sockets;
}

std::vector<SocketRow> ClosedView::selectedSocketRows() const {
    std::vector<SocketRow> rows;
    for (const int row : selectedRowNumbers()) {
        if (const ClosedSocket* closed = m_model.socketAt(row))
            rows.push_back(closed->row);
    }
    return rows;
}

void ClosedView::copyRows() {
    auto entries = selectedEntries();
    const std::size_t count = entries.size();
    if (count == 0)
        return;
    connection_copies::copyMade(this, count, [entries = std::move(entries)] {
        QStringList lines;
        for (const SharedEntry& entry : entries)
            lines.append(closed_text::line(*entry));
        return lines.join(QLatin1Char('\n'));
    });
}

void ClosedView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        copyRows();
    else
        QTableView::keyPressEvent(event);
}

void ClosedView::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index =
        event->reason() == QContextMenuEvent::Keyboard ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("closedMenu"));
    fillMenu(*menu, index);
    menu->popup(event->globalPos());
}

void ClosedView::fillMenu(QMenu& menu, const QModelIndex& index) {
    // The selection follows its rows while others close.
    const auto selected = static_cast<int>(std::ranges::count_if(
        selectedRowNumbers(), [this](int row) { return m_model.socketAt(row) != nullptr; }));
    connection_copies::fillMenu(menu,
                                {.cell = index.data().toString(),
                                 .line = m_model.lineText(index.row()),
                                 .selected = selected,
                                 .copyText = [this] { copyRows(); },
                                 .rows = [this] { return selectedSocketRows(); },
                                 .csv =
                                     [this] {
                                         return [sockets = selectedSockets()] {
                                             return toQString(printClosedCsv(sockets));
                                         };
                                     },
                                 .json =
                                     [this] {
                                         return [sockets = selectedSockets()] {
                                             return toQString(printClosedJson(sockets));
                                         };
                                     },
                                 .hasSsFilter = selected > 0},
                                this);
    menu.addSeparator();
    menu.addAction(tr("Forget all"), &m_model, &ClosedModel::clear);
}

void ClosedView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    // Until a person has set the columns they follow the window.
    if (!m_columns->isOwn() && event->size().width() != event->oldSize().width())
        m_columns->arrange([this] { useFirstWidths(); });
}

void ClosedView::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_model.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorToken::Muted));
    const QString text = !m_failure.isEmpty()  ? m_failure
                         : m_model.isBusy()    ? tr("Filtering…")
                         : m_model.total() > 0 ? tr("No closed socket passes the filter.")
                                               : tr("Sockets that close from now on are listed "
                                                    "here, also those that live for a moment.");
    painter.drawText(viewport()->rect().adjusted(padding, 0, -padding, 0),
                     Qt::AlignCenter | Qt::TextWordWrap, text);
}

} // namespace sscope
