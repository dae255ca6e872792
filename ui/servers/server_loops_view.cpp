#include "ui/servers/server_loops_view.h"

#include <algorithm>
#include <array>

#include <QApplication>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/servers/server_loops_model.h"

namespace sscope {

namespace {

constexpr int margin = 12;
constexpr int lineHeight = 16;
constexpr int barHeight = 6;
constexpr int loopHeight = 116;

/// The title with the rate, the bar of waiting against working, and the lists.
class ServerLoopsDelegate : public QStyledItemDelegate {
    Q_DECLARE_TR_FUNCTIONS(sscope::ServerLoopsView)

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const auto& loop = static_cast<const ServerLoopsModel*>(index.model())->at(index.row());
        painter->save();
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          themeColor(ColorToken::Hairline));
        QRect line = option.rect.adjusted(margin, 8, -margin, 0);
        line.setHeight(lineHeight);
        paintTitle(painter, line, loop);
        paintShares(painter, line.translated(0, lineHeight + 4), loop);
        paintLists(painter, line.translated(0, 2 * lineHeight + barHeight + 12), loop);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {200, loopHeight};
    }

private:
    static void paintTitle(QPainter* painter, const QRect& line,
                           const ServerLoopsModel::Loop& loop) {
        painter->setFont(demiBold(QApplication::font()));
        paintText(painter, line, tr("Loop %1").arg(loop.number), ColorToken::Text);
        painter->setFont(monoFont());
        const QString rate = rateText(loop.perSecond);
        paintText(painter, line, rate, ColorToken::Text, Qt::AlignRight);
        const int used = painter->fontMetrics().horizontalAdvance(rate) + 8;
        painter->setFont(secondaryFont());
        paintText(painter, line.adjusted(0, 0, -used, 0), tr("wake-ups"), ColorToken::Muted,
                  Qt::AlignRight);
    }

    static void paintShares(QPainter* painter, const QRect& line,
                            const ServerLoopsModel::Loop& loop) {
        const QRectF bar(line.left(), line.top(), line.width(), barHeight);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(themeColor(ColorToken::Hairline));
        painter->drawRoundedRect(bar, barHeight / 2.0, barHeight / 2.0);
        const qreal worked = bar.width() * loop.workedShare;
        if (worked >= 1) {
            painter->setBrush(themeColor(ColorToken::Muted));
            painter->drawRoundedRect(
                QRectF(bar.left(), bar.top(), std::max<qreal>(worked, barHeight), barHeight),
                barHeight / 2.0, barHeight / 2.0);
        }
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setFont(secondaryFont());
        const QRect words = line.translated(0, barHeight + 2);
        const double percent = loop.workedShare * 100;
        paintText(painter, words, tr("works %1 %").arg(percent, 0, 'f', 1), ColorToken::Muted);
        paintText(painter, words, tr("waits %1 %").arg(100 - percent, 0, 'f', 1), ColorToken::Muted,
                  Qt::AlignRight);
    }

    static void paintLists(QPainter* painter, QRect line, const ServerLoopsModel::Loop& loop) {
        struct Entry {
            QString name;
            QString list;
        };
        const DescriptorLists lists = listsOf(loop.last, loop.descriptors);
        const bool isListed = loop.last.isListed;
        const std::array entries{
            Entry{tr("registered"),
                  ServerLoopsModel::descriptorsText(lists.registered, loop.registered, isListed)},
            Entry{tr("readable"),
                  ServerLoopsModel::descriptorsText(lists.readable, loop.last.readable, isListed)},
            Entry{tr("writable"),
                  ServerLoopsModel::descriptorsText(lists.writable, loop.last.writable, isListed)},
        };
        painter->setFont(monoFont());
        const QFontMetrics metrics = painter->fontMetrics();
        int indent = 0;
        for (const Entry& entry : entries)
            indent = std::max(indent, metrics.horizontalAdvance(entry.name) + 8);
        for (const Entry& entry : entries) {
            paintText(painter, line, entry.name, ColorToken::Muted);
            paintText(painter, line.adjusted(indent, 0, 0, 0), entry.list, ColorToken::Text);
            line.translate(0, lineHeight);
        }
        if (loop.timedOut == 0)
            return;
        painter->setFont(secondaryFont());
        paintText(painter, line.translated(0, -lineHeight),
                  tr("%n time-out(s)", nullptr,
                     static_cast<int>(std::min<quint64>(loop.timedOut, 1'000'000'000))),
                  ColorToken::Muted, Qt::AlignRight);
    }
};

} // namespace

ServerLoopsView::ServerLoopsView(QWidget* parent) : QListView(parent) {
    setObjectName(QStringLiteral("serverLoopsView"));
    setAccessibleName(tr("Loops of the server"));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(NoSelection);
    setUniformItemSizes(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new ServerLoopsDelegate(this));
}

void ServerLoopsView::setLoops(ServerLoopsModel* loops) {
    if (loops != model())
        setModel(loops);
}

void ServerLoopsView::setEmptyText(const QString& text) {
    m_emptyText = text;
    viewport()->update();
}

void ServerLoopsView::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    if (model() && model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorToken::Muted));
    painter.drawText(viewport()->rect().adjusted(margin, 8, -margin, -8),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
}

} // namespace sscope
