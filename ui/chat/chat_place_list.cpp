#include "ui/chat/chat_place_list.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/chat/chat_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painted_tip.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int rowHeight = 28;
constexpr int iconLeft = 12;
constexpr int textLeft = 34;
constexpr int rightMargin = 16;
constexpr int barWidth = 3;

class PlaceDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {80, rowHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const auto& entry = static_cast<const ChatPlacesModel*>(index.model())->at(index.row());
        const bool isChosen = option.state & QStyle::State_Selected;
        const QRect row = option.rect;
        painter->save();
        paintRowState(painter, row, isChosen, option.state & QStyle::State_MouseOver);
        if (isChosen)
            painter->fillRect(QRect(row.topLeft(), QSize(barWidth, row.height())),
                              themeColor(ColorToken::Accent));
        const bool isRoom = entry.place.kind == ChatPlace::Kind::Room;
        paintIcon(painter, QRect(row.left() + iconLeft, row.top(), 14, row.height()),
                  isRoom ? QStringLiteral("hash") : QStringLiteral("at"), 14, ColorToken::Muted);
        QRect rest = row.adjusted(textLeft, 0, -rightMargin, 0);
        paintCount(painter, rest, entry);
        const bool isBold = isChosen || entry.unread > 0;
        painter->setFont(isBold ? demiBold(QApplication::font()) : QApplication::font());
        paintText(painter, rest, safeText(entry.place.name),
                  entry.isThere ? ColorToken::Text : ColorToken::Muted);
        painter->restore();
    }

private:
    /// At the right; the name keeps clear of it.
    static void paintCount(QPainter* painter, QRect& rest, const ChatPlacesModel::Entry& entry) {
        const bool isDirect = entry.place.kind == ChatPlace::Kind::Person;
        const int count = entry.mentions > 0 && !isDirect ? entry.mentions : entry.unread;
        if (count == 0)
            return;
        const bool isNamed = entry.mentions > 0 && !isDirect;
        const QString number = shortCountText(static_cast<quint64>(count));
        const QString text = isNamed ? QStringLiteral("@ ") + number : number;
        QFont font = demiBold(secondaryFont());
        painter->setFont(font);
        paintText(painter, rest, text, isNamed ? ColorToken::Warning : ColorToken::Text,
                  Qt::AlignRight);
        rest.setRight(rest.right() - painter->fontMetrics().horizontalAdvance(text) - 8);
    }
};

} // namespace

ChatPlaceList::ChatPlaceList(QWidget* parent) : QListView(parent) {
    setFrameShape(NoFrame);
    setItemDelegate(new PlaceDelegate(this));
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    viewport()->setBackgroundRole(QPalette::Window);
    const auto enter = [this](const QModelIndex& index) {
        Q_EMIT entered(m_places->at(index.row()).place);
    };
    connect(this, &QListView::clicked, this, enter);
    connect(this, &QListView::activated, this, enter);
}

void ChatPlaceList::setPlaces(ChatPlacesModel& places) {
    m_places = &places;
    m_isShowing = true;
    setModel(&places);
    m_isShowing = false;
    const auto fit = [this] { updateGeometry(); };
    connect(&places, &QAbstractItemModel::rowsInserted, this, fit);
    connect(&places, &QAbstractItemModel::rowsRemoved, this, fit);
}

void ChatPlaceList::showChosen(const ChatPlace& place) {
    const int row = m_places ? m_places->rowOf(place) : -1;
    m_isShowing = true;
    if (row < 0) {
        clearSelection();
        setCurrentIndex({});
    } else {
        setCurrentIndex(m_places->index(row));
    }
    m_isShowing = false;
}

QSize ChatPlaceList::sizeHint() const {
    const int rows = m_places ? m_places->rowCount() : 0;
    return {120, rows * rowHeight};
}

void ChatPlaceList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    // What follows from rows that come and go is not a person's choice.
    if (!m_isShowing && current.isValid() && hasFocus())
        Q_EMIT chosen(m_places->at(current.row()).place);
}

void ChatPlaceList::contextMenuEvent(QContextMenuEvent* event) {
    const bool isKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    Q_EMIT menuAsked(m_places->at(index.row()),
                     isKey ? viewport()->mapToGlobal(visualRect(index).center())
                           : event->globalPos());
}

void ChatPlaceList::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete && currentIndex().isValid()) {
        Q_EMIT closeAsked(m_places->at(currentIndex().row()).place);
        return;
    }
    QListView::keyPressEvent(event);
}

bool ChatPlaceList::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QModelIndex index = indexAt(help->pos());
        QString tip;
        if (index.isValid()) {
            const ChatPlacesModel::Entry& entry = m_places->at(index.row());
            tip = safeText(entry.place.name);
            if (!entry.topic.isEmpty())
                tip += QLatin1Char('\n') + safeText(entry.topic);
            if (!entry.isThere)
                tip += QLatin1Char('\n') + tr("not there now");
        }
        showTip(*help, viewport(), tip);
        return true;
    }
    return QListView::viewportEvent(event);
}

} // namespace sscope
