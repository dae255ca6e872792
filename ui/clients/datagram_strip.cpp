#include "ui/clients/datagram_strip.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int stripHeight = 28;
constexpr int margin = 12;
constexpr int gap = 16;
constexpr int labelGap = 4;
const QString unknown = QStringLiteral("?");

} // namespace

DatagramStrip::DatagramStrip(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("datagramStrip"));
    setAccessibleName(tr("Datagrams"));
    setFixedHeight(stripHeight);
    setMouseTracking(true);
    setFigures({});
}

void DatagramStrip::setFigures(const DatagramFigures& figures) {
    const bool isFirst = accessibleDescription().isEmpty();
    if (!isFirst && figures == m_figures)
        return;
    m_figures = figures;
    setAccessibleDescription(text());
    update();
}

std::vector<DatagramStrip::Entry> DatagramStrip::entries() const {
    const DatagramFigures& f = m_figures;
    const bool isEcho = f.areOfAnEcho();
    // What cannot be known is not 0.
    const auto ofEcho = [isEcho](std::uint64_t count) {
        return isEcho ? countText(count) : unknown;
    };
    const QString notEcho =
        isEcho ? QString()
               : QLatin1Char(' ') + tr("Not known here: what comes back is not what was sent.");
    return {
        {tr("Sent"), countText(f.sent), tr("Datagrams that the kernel took from this client.")},
        {tr("Received"), countText(f.received), tr("Datagrams that have come, empty ones too.")},
        {tr("Lost"), ofEcho(f.lost),
         tr("Sent, and not echoed within two seconds. UDP does not tell where they were dropped.") +
             notEcho,
         false, true},
        {tr("Reordered"), ofEcho(f.reordered),
         tr("Echoes that one sent later has overtaken (RFC 4737).") + notEcho, true, true},
        {tr("Duplicated"), ofEcho(f.duplicated), tr("Received more often than sent.") + notEcho,
         true, true},
        {tr("Truncated"), countText(f.truncated),
         tr("Longer than the receive size: the rest is gone. The row has the real size."), true,
         true},
        {tr("Dropped here"), countText(f.dropped),
         tr("Arrived, and dropped by this machine's kernel because our receive buffer was full "
            "(SO_RCVBUF)."),
         true, true},
        {QStringLiteral("ICMP"), countText(f.icmpErrors),
         tr("Errors that hosts have reported, such as “port unreachable”; each is a row."), true,
         true},
    };
}

QString DatagramStrip::text() const {
    QStringList parts;
    for (const Entry& entry : entries())
        parts.append(QStringLiteral("%1 %2").arg(entry.label, entry.value));
    return parts.join(QStringLiteral(", "));
}

/// From the left; rare ones that are 0 give way first, then the last.
std::vector<DatagramStrip::Placed> DatagramStrip::place(const std::vector<Entry>& entries) const {
    const QFontMetrics labels(secondaryFont());
    const QFontMetrics values(monoFont());
    const auto widthOf = [&](const Entry& entry) {
        return labels.horizontalAdvance(entry.label) + labelGap +
               values.horizontalAdvance(entry.value) + gap;
    };
    const auto isQuiet = [](const Entry& entry) {
        return entry.isRare && (entry.value == QLatin1String("0") || entry.value == unknown);
    };
    int needed = 2 * margin - gap;
    for (const Entry& entry : entries)
        needed += widthOf(entry);
    std::vector<Placed> placed;
    int x = margin;
    for (const Entry& entry : entries) {
        const int entryWidth = widthOf(entry);
        const bool isLeftOut =
            (needed > width() && isQuiet(entry)) || x + entryWidth - gap > width() - margin;
        if (isLeftOut)
            continue;
        placed.push_back({&entry, QRect(x, 0, entryWidth - gap, height() - 1)});
        x += entryWidth;
    }
    return placed;
}

void DatagramStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
    const std::vector<Entry> all = entries();
    for (const auto& [entry, rect] : place(all)) {
        const bool isMarked =
            entry->isTrouble && entry->value != QLatin1String("0") && entry->value != unknown;
        painter.setFont(secondaryFont());
        paintText(&painter, rect, entry->label, ColorToken::Muted);
        painter.setFont(isMarked ? demiBold(monoFont()) : monoFont());
        paintText(&painter, rect, entry->value, isMarked ? ColorToken::Warning : ColorToken::Text,
                  Qt::AlignRight);
    }
}

bool DatagramStrip::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const std::vector<Entry> all = entries();
    for (const auto& [entry, rect] : place(all)) {
        if (rect.adjusted(-gap / 2, 0, gap / 2, 0).contains(help->pos())) {
            QToolTip::showText(help->globalPos(), plainTip(entry->tip), this, rect);
            return true;
        }
    }
    QToolTip::showText(help->globalPos(), plainTip(text()), this);
    return true;
}

} // namespace sscope
