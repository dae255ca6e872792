#include "ui/clients/conversation_view.h"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include "ui/clients/conversation.h"
#include "ui/clients/conversation_choices.h"
#include "ui/clients/conversation_delegate.h"
#include "ui/clients/conversation_filter.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/table_setup.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int markWidth = 150;
constexpr int receivesWidth = 174; // of messages, which name each other
constexpr int leastContentWidth = 240;
// Where the view is narrower, the mark has its icon and number only as far as there is room.
constexpr int narrowWidth = 640;
constexpr int narrowMarkWidth = 128;
constexpr qint64 searchBudget = 4'000'000; // ns, of one slice
constexpr int rowsBetweenLooks = 64;       // at the clock
constexpr int sendersWidth = 176;          // "192.168.100.200:65432"
constexpr int numberWidth = 48;
constexpr int leastTypeWidth = 90;
constexpr int mostTypeWidth = 232;
// Of many rows that come at once these tell how wide the column must be.
constexpr int measuredRows = 8;
// Rows whose lines, or payloads, go into one copy.
constexpr int mostCopiedRows = 100'000;

} // namespace

ConversationView::ConversationView(QWidget* parent) : QTableView(parent) {
    setObjectName(QStringLiteral("conversationView"));
    setAccessibleName(tr("Conversation"));
    setUpTable(*this);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new ConversationDelegate(this));
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this,
            &ConversationView::showHeaderMenu);
    m_nextSlice.setSingleShot(true);
    connect(&m_nextSlice, &QTimer::timeout, this, [this] {
        if (!searchSome())
            Q_EMIT findMissed();
    });
    // A scroll bar that moves by itself as rows come says nothing about the person's wish.
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        m_isAtEnd = verticalScrollBar()->sliderPosition() >= verticalScrollBar()->maximum();
    });
}

void ConversationView::setConversation(Conversation& conversation, ConversationChoices& choices) {
    m_conversation = &conversation;
    m_choices = &choices;
    m_model = &conversation.model();
    m_filter = std::make_unique<ConversationFilter>(*m_model);
    setModel(m_filter.get());
    const auto choose = [this] {
        m_model->setTimes(m_choices->time());
        m_model->setRowLimit(static_cast<std::size_t>(m_choices->rowLimit()));
    };
    connect(&choices, &ConversationChoices::changed, this, choose);
    choose();
    connect(m_model, &ConversationModel::framingChanged, this, [this] {
        m_typeWidth = leastTypeWidth;
        fitColumns();
    });
    connect(m_model, &QAbstractItemModel::headerDataChanged, this, &ConversationView::fitColumns);
    connect(m_filter.get(), &QAbstractItemModel::rowsInserted, this, &ConversationView::fitTexts);
    connect(m_filter.get(), &QAbstractItemModel::rowsInserted, this, &ConversationView::followEnd);
    connect(m_filter.get(), &QAbstractItemModel::rowsRemoved, this, &ConversationView::followEnd);
    setUpColumns();
    scrollToBottom();
}

void ConversationView::setEmptyText(const QString& text) {
    m_emptyText = text;
    viewport()->update();
}

void ConversationView::setUpColumns() {
    using Model = ConversationModel;
    QHeaderView* header = horizontalHeader();
    header->setMinimumSectionSize(20);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(Model::DataColumn, QHeaderView::Stretch);
    header->resizeSection(Model::TimeColumn, 108);
    header->resizeSection(Model::ArrowColumn, 24);
    header->resizeSection(Model::SizeColumn, 80);
    header->resizeSection(Model::NumberColumn, numberWidth);
    header->resizeSection(Model::LatencyColumn, 80);
    fitColumns();
}

/// What a framing has, and how much room there is.
void ConversationView::fitColumns() {
    using Model = ConversationModel;
    if (!m_model)
        return;
    setColumnHidden(Model::NumberColumn, !m_model->isFramed());
    setColumnHidden(Model::TypeColumn, !m_model->hasTypes());
    const int room = width() < narrowWidth ? leastTypeWidth : mostTypeWidth;
    horizontalHeader()->resizeSection(Model::TypeColumn, qBound(leastTypeWidth, m_typeWidth, room));
    horizontalHeader()->resizeSection(Model::MarkColumn, m_model->hasSenders()   ? sendersWidth
                                                         : width() < narrowWidth ? narrowMarkWidth
                                                         : m_model->isFramed()   ? receivesWidth
                                                                                 : markWidth);
    foldColumns();
}

/// Of messages the content comes first: what says how they came goes where there is no room for it,
/// and stands in the details.
void ConversationView::foldColumns() {
    using Model = ConversationModel;
    const bool canFold = m_model->isFramed() && !m_model->hasSenders();
    for (const int column : {Model::LatencyColumn, Model::MarkColumn})
        setColumnHidden(column, false);
    for (const int column : {Model::LatencyColumn, Model::MarkColumn}) {
        int room = viewport()->width();
        for (int each = 0; each < m_filter->columnCount(); ++each)
            room -= each == Model::DataColumn ? 0 : columnWidth(each); // 0 where it is hidden
        if (canFold && room < leastContentWidth)
            setColumnHidden(column, true);
    }
}

/// A number, or a type, that is longer than the usual ones can be read too.
void ConversationView::fitTexts(const QModelIndex&, int first, int last) {
    if (!m_model->isFramed())
        return;
    const QString number = m_filter->index(last, ConversationModel::NumberColumn).data().toString();
    const int needed = QFontMetrics(monoFont()).horizontalAdvance(number) + 18;
    if (needed > columnWidth(ConversationModel::NumberColumn))
        setColumnWidth(ConversationModel::NumberColumn, needed);
    int widest = m_typeWidth;
    for (int row = qMax(first, last - measuredRows + 1); row <= last; ++row) {
        const QString type = m_filter->index(row, ConversationModel::TypeColumn).data().toString();
        widest = qMax(widest, fontMetrics().horizontalAdvance(type) + 20);
    }
    if (std::exchange(m_typeWidth, widest) != widest)
        fitColumns();
}

void ConversationView::followEnd() {
    if (m_isAtEnd)
        scrollToBottom();
}

bool ConversationView::find(const QString& text, bool backwards) {
    m_nextSlice.stop();
    m_search.reset();
    if (!m_filter || m_filter->rowCount() == 0 || text.isEmpty())
        return false;
    const int count = m_filter->rowCount();
    const int start = currentIndex().isValid() ? currentIndex().row() : (backwards ? 0 : count - 1);
    m_search = Search{text, backwards, m_filter->index(start, 0), count};
    return searchSome();
}

/// False where all rows have been looked at in vain.
bool ConversationView::searchSome() {
    QElapsedTimer timer;
    timer.start();
    int row = qMax(0, m_search->from.row());
    for (; m_search->left > 0 && m_filter->rowCount() > 0; --m_search->left) {
        if (m_search->left % rowsBetweenLooks == 0 && timer.nsecsElapsed() > searchBudget) {
            m_search->from = m_filter->index(row, 0);
            m_nextSlice.start(0);
            return true;
        }
        const int count = m_filter->rowCount();
        row = (row + (m_search->backwards ? count - 1 : 1)) % count;
        const int source = m_filter->sourceRow(row);
        if (m_model->searchedText(source).contains(m_search->text, Qt::CaseInsensitive)) {
            m_search.reset();
            showRow(source);
            return true;
        }
    }
    m_search.reset();
    return false;
}

void ConversationView::showRow(int row) {
    const int shown = m_filter->rowOf(row);
    if (shown < 0) {
        Q_EMIT rowChosen(row);
        return;
    }
    m_isAtEnd = shown == m_filter->rowCount() - 1;
    selectRow(shown);
    scrollTo(m_filter->index(shown, 0));
}

const ConversationRow& ConversationView::rowAt(int row) const {
    return m_model->at(m_filter->sourceRow(row));
}

QString ConversationView::setFilter(const QString& text, int direction) {
    const int chosen = currentIndex().isValid() ? m_filter->sourceRow(currentIndex().row()) : -1;
    QString fault =
        m_filter->setFilter(text, static_cast<ConversationFilter::Direction>(direction));
    if (fault.isEmpty() && chosen >= 0 && m_filter->rowOf(chosen) >= 0)
        showRow(chosen);
    else if (fault.isEmpty())
        followEnd();
    return fault;
}

void ConversationView::selectionChanged(const QItemSelection& selected,
                                        const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    const bool hasRow = selectionModel()->hasSelection() && currentIndex().isValid();
    Q_EMIT rowChosen(hasRow ? m_filter->sourceRow(currentIndex().row()) : -1);
}

/// In their order; not a list of indexes, of which there may be a million.
std::vector<int> ConversationView::selectedSourceRows(int most) const {
    std::vector<std::pair<int, int>> ranges;
    for (const QItemSelectionRange& range : selectionModel()->selection())
        ranges.emplace_back(range.top(), range.bottom());
    std::ranges::sort(ranges);
    std::vector<int> rows;
    for (const auto& [top, bottom] : ranges) {
        for (int row = top; row <= bottom && static_cast<int>(rows.size()) < most; ++row) {
            const int source = m_filter->sourceRow(row);
            if (rows.empty() || source > rows.back())
                rows.push_back(source);
        }
    }
    return rows;
}

void ConversationView::copySelection() {
    const std::vector<int> rows = selectedSourceRows(mostCopiedRows + 1);
    QStringList lines;
    for (const int row : std::span(rows).first(std::min<std::size_t>(rows.size(), mostCopiedRows)))
        lines.append(m_model->lineText(row));
    if (!lines.isEmpty())
        QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    if (rows.size() > mostCopiedRows)
        Q_EMIT remarked(tr("Only the first %1 rows are copied. Save what was received to a file "
                           "instead.")
                            .arg(countText(mostCopiedRows)),
                        false);
}

/// A receive of a burst that is selected too would be there twice.
std::vector<RowContent> ConversationView::selectedContents() const {
    std::vector<RowContent> contents;
    bool isInBurst = false;
    for (const int number : selectedSourceRows(mostCopiedRows + 1)) {
        const ConversationRow& row = m_model->at(number);
        if (!row.isPart)
            isInBurst = row.isOpen;
        if (row.isPayload() && !(row.isPart && isInBurst))
            contents.push_back(m_conversation->contentOf(row));
    }
    return contents;
}

void ConversationView::copyPayloads(PayloadForm form) {
    std::vector<RowContent> contents = selectedContents();
    if (contents.empty()) {
        Q_EMIT remarked(tr("None of these rows has data to copy."), false);
        return;
    }
    if (contents.size() > mostCopiedRows) {
        Q_EMIT remarked(tr("More than %1 rows are too many for the clipboard. Save what was "
                           "received to a file instead.")
                            .arg(countText(mostCopiedRows)),
                        true);
        return;
    }
    copyToClipboard(this, std::move(contents), form, [this](const PayloadCopy& copy) {
        if (!copy.problem.isEmpty())
            Q_EMIT remarked(copy.problem, true);
        else if (!copy.remark.isEmpty())
            Q_EMIT remarked(copy.remark, false);
    });
}

void ConversationView::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_filter && m_filter->rowCount() > 0)
        return;
    const bool isFiltered = m_filter && m_filter->isActive() && m_model->rowCount() > 0;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorToken::Muted));
    painter.drawText(viewport()->rect().adjusted(24, 0, -24, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     !isFiltered              ? m_emptyText
                     : m_filter->isScanning() ? tr("Looking…")
                                              : tr("No row passes the filter."));
}

void ConversationView::keyPressEvent(QKeyEvent* event) {
    const int row = currentIndex().isValid() ? m_filter->sourceRow(currentIndex().row()) : -1;
    const bool isBurst = row >= 0 && m_model->at(row).canOpen();
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool opens = event->key() == Qt::Key_Right;
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
    } else if (isBurst && (opens || event->key() == Qt::Key_Left)) {
        if (m_model->at(row).isOpen != opens)
            m_model->toggle(row);
    } else if (isEnter && event->modifiers() == Qt::NoModifier && row >= 0) {
        Q_EMIT detailAsked();
    } else {
        QTableView::keyPressEvent(event);
        m_isAtEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    }
}

void ConversationView::mouseReleaseEvent(QMouseEvent* event) {
    QTableView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    const int chevronEnd = columnViewportPosition(ConversationModel::DataColumn) + 24;
    if (event->button() == Qt::LeftButton && index.column() == ConversationModel::DataColumn &&
        event->pos().x() < chevronEnd)
        m_model->toggle(m_filter->sourceRow(index.row()));
}

void ConversationView::mouseDoubleClickEvent(QMouseEvent* event) {
    QTableView::mouseDoubleClickEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && rowAt(index.row()).isPayload())
        Q_EMIT detailAsked();
}

void ConversationView::addCopyMenu(QMenu& menu) {
    menu.addAction(tr("Copy rows"), QKeySequence(QKeySequence::Copy), this,
                   &ConversationView::copySelection);
    QMenu* copy = menu.addMenu(tr("Copy data as"));
    const auto add = [this, copy](const QString& text, const char* name, PayloadForm form) {
        copy->addAction(text, this, [this, form] { copyPayloads(form); })
            ->setObjectName(QLatin1String(name));
    };
    add(tr("Text"), "copyText", PayloadForm::Text);
    add(tr("Hex"), "copyHex", PayloadForm::Hex);
    add(tr("C array"), "copyCArray", PayloadForm::CArray);
    add(tr("Python bytes"), "copyPython", PayloadForm::PythonBytes);
}

void ConversationView::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    if (selectionModel()->hasSelection()) {
        addCopyMenu(menu);
        menu.addAction(tr("Show details"), QKeySequence(Qt::Key_Return), this,
                       &ConversationView::detailAsked);
        menu.addSeparator();
    }
    if (const auto record = m_conversation->record(m_model->stream());
        record && record->isBegun()) {
        menu.addAction(tr("Save all that was received…"), this,
                       [this] { Q_EMIT saveAsked(false); });
        menu.addAction(tr("Save all that was sent…"), this, [this] { Q_EMIT saveAsked(true); });
        menu.addSeparator();
    }
    menu.addAction(tr("Filter rows"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), this,
                   &ConversationView::filterAsked);
    addShownMenu(menu);
    menu.exec(event->globalPos());
}

void ConversationView::showHeaderMenu(const QPoint& at) {
    QMenu menu(this);
    addShownMenu(menu);
    menu.exec(horizontalHeader()->mapToGlobal(at));
}

/// How it is shown, which holds for all conversations.
void ConversationView::addShownMenu(QMenu& menu) {
    using Time = ConversationChoices::Time;
    const auto add = [](QMenu* to, const QString& text, bool isOn, const auto& action) {
        QAction* entry = to->addAction(text, to, action);
        entry->setCheckable(true);
        entry->setChecked(isOn);
    };
    QMenu* times = menu.addMenu(tr("Time"));
    const auto time = [&](const QString& text, Time each) {
        add(times, text, m_choices->time() == each, [this, each] { m_choices->setTime(each); });
    };
    time(tr("Time of day"), Time::Clock);
    time(tr("Since the first row"), Time::Start);
    time(tr("Since the row before"), Time::RowBefore);
    QMenu* rows = menu.addMenu(tr("Rows that are kept"));
    for (const int limit : ConversationChoices::rowLimits())
        add(rows, countText(static_cast<quint64>(limit)), m_choices->rowLimit() == limit,
            [this, limit] { m_choices->setRowLimit(limit); });
}

void ConversationView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
    followEnd();
}

} // namespace sscope
