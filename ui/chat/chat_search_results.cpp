#include "ui/chat/chat_search_results.h"

#include <algorithm>

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/chat/chat_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/common/segments.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

constexpr int titleHeight = 36;
constexpr int lineHeight = 20;
constexpr int padding = 5;
constexpr int margin = 12;
constexpr int shownBefore = 24; // characters of the text before what was found, where it is long

enum Role { Room = Qt::UserRole, Id, Time, Author, Text };
enum Scope { ThisRoom, AllRooms };

/// The search's words, each as often as it stands in the text; positions and lengths.
std::vector<std::pair<int, int>> hitsIn(const QString& text, const QStringList& words) {
    std::vector<std::pair<int, int>> hits;
    for (const QString& word : words) {
        for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
             at = text.indexOf(word, at + word.size(), Qt::CaseInsensitive))
            hits.emplace_back(static_cast<int>(at), static_cast<int>(word.size()));
    }
    std::ranges::sort(hits);
    return hits;
}

/// Two lines: when, where and who; and what.
class FoundDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {120, 2 * lineHeight + 2 * padding};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        paintRowState(painter, option.rect, option.state & QStyle::State_Selected,
                      option.state & QStyle::State_MouseOver);
        QRect line = option.rect.adjusted(margin, padding, -margin, 0);
        line.setHeight(lineHeight);
        paintFound(painter, line.translated(0, lineHeight), index.data(Text).toString());
        const auto piece = [&](const QFont& font, const QString& text, ColorToken token) {
            painter->setFont(font);
            paintText(painter, line, text, token);
            line.setLeft(line.left() + painter->fontMetrics().horizontalAdvance(text) + 12);
        };
        piece(demiBold(QApplication::font()), index.data(Author).toString(), ColorToken::Text);
        piece(secondaryFont(), QStringLiteral("# ") + safeText(index.data(Room).toString()),
              ColorToken::Muted);
        const auto time = index.data(Time).toLongLong();
        const QString when =
            dayText(dayOf(time), QDate::currentDate()) + QLatin1Char(' ') + secondText(time);
        painter->setFont(secondaryFont());
        paintText(painter, line, when, ColorToken::Muted, Qt::AlignRight);
        painter->restore();
    }

    void setSearched(const QString& text) {
        m_words = text.split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts);
    }

private:
    /// From a little before the first hit on, where the text is too long to have it in the line.
    void paintFound(QPainter* painter, const QRect& line, const QString& whole) const {
        const QFontMetrics metrics = painter->fontMetrics();
        QString text = whole;
        const auto found = hitsIn(text, m_words);
        if (!found.empty() && found.front().first > shownBefore &&
            metrics.horizontalAdvance(text.left(found.front().first + found.front().second)) >
                line.width() - metrics.horizontalAdvance(text.left(shownBefore)))
            text = QStringLiteral("…") + text.mid(found.front().first - shownBefore);
        text = metrics.elidedText(text, Qt::ElideRight, line.width());
        for (const auto& [at, length] : hitsIn(text, m_words)) {
            const int left = metrics.horizontalAdvance(text.left(at));
            const int right = metrics.horizontalAdvance(text.left(at + length));
            const QRect hit(line.left() + left, line.top() + 1, right - left, line.height() - 2);
            painter->fillRect(hit, themeColor(ColorToken::RowChanged));
            painter->fillRect(QRect(hit.left(), hit.bottom(), hit.width(), 1),
                              themeColor(ColorToken::Warning));
        }
        paintText(painter, line, text, ColorToken::Text);
    }

    QStringList m_words;
};

} // namespace

ChatSearchResults::ChatSearchResults(QWidget* parent)
    : QWidget(parent),
      m_title(makeLabel(QString(), this)),
      m_scope(new Segments(tr("Where to search"), this)),
      m_list(new QListWidget(this)),
      m_empty(makeNote(QString(), this)) {
    setObjectName(QStringLiteral("searchResults"));
    m_title->setObjectName(QStringLiteral("searchTitle"));
    m_title->setWordWrap(false);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_scope->add(ThisRoom, tr("This room"), tr("Search this room only"),
                 QStringLiteral("searchThisRoom"));
    m_scope->add(AllRooms, tr("All rooms"), tr("Search all rooms of the server"),
                 QStringLiteral("searchAllRooms"));
    buildList();
    auto* close = makeIconButton(QStringLiteral("close"), tr("Back to the messages (Escape)"),
                                 QStringLiteral("closeSearch"), this);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(margin, (titleHeight - 24) / 2, 8, (titleHeight - 24) / 2);
    row->setSpacing(8);
    row->addWidget(m_title, 1);
    row->addWidget(m_scope);
    row->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty, 1);
    connect(close, &QToolButton::clicked, this, &ChatSearchResults::closed);
    connect(m_scope, &Segments::currentChanged, this, [this] {
        if (!m_text.isEmpty())
            search();
    });
}

void ChatSearchResults::buildList() {
    m_list->setObjectName(QStringLiteral("foundMessages"));
    m_list->setAccessibleName(tr("Found messages"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new FoundDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty->setAlignment(Qt::AlignCenter);
    const auto choose = [this](const QListWidgetItem* item) {
        Q_EMIT chosen(item->data(Room).toString(), item->data(Id).toULongLong(),
                      item->data(Time).toLongLong());
    };
    connect(m_list, &QListWidget::itemActivated, this, choose);
    connect(m_list, &QListWidget::itemClicked, this, choose);
}

void ChatSearchResults::start(const QString& room, const QString& text) {
    m_room = room;
    m_text = text;
    search();
}

void ChatSearchResults::search() {
    static_cast<FoundDelegate*>(m_list->itemDelegate())->setSearched(safeText(m_text));
    m_list->clear();
    m_list->hide();
    m_empty->setText(tr("Searching…"));
    m_empty->show();
    m_title->setText(tr("“%1”").arg(safeText(m_text)));
    Q_EMIT searchAsked(m_scope->current() == AllRooms ? QString() : m_room, m_text);
}

void ChatSearchResults::setFound(const std::vector<ChatMessage>& messages, bool hasMore) {
    m_list->clear();
    for (const ChatMessage& message : messages) {
        auto* item = new QListWidgetItem(m_list);
        const QString author = safeText(toQString(message.author));
        const QString text = safeText(toQString(message.text));
        item->setData(Room, toQString(message.room));
        item->setData(Id, static_cast<quint64>(message.id));
        item->setData(Time, static_cast<qint64>(message.time));
        item->setData(Author, author);
        item->setData(Text, text);
        item->setData(Qt::AccessibleTextRole,
                      QStringLiteral("%1 %2: %3").arg(fullTimeText(message.time), author, text));
    }
    const int count = m_list->count();
    const QString words =
        hasMore ? tr("the newest %n found", nullptr, count) : tr("%n found", nullptr, count);
    m_title->setText(tr("“%1”: %2").arg(safeText(m_text), words));
    m_empty->setText(tr("Nobody has said “%1” here").arg(safeText(m_text)));
    m_empty->setVisible(count == 0);
    m_list->setVisible(count > 0);
    if (count > 0 && !m_list->currentItem())
        m_list->setCurrentRow(0);
}

void ChatSearchResults::setFault(const QString& reason) {
    m_list->hide();
    m_empty->setText(reason);
    m_empty->show();
}

void ChatSearchResults::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), themeColor(ColorToken::Surface));
}

void ChatSearchResults::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sscope
