#include "ui/servers/server_card_delegate.h"

#include <algorithm>
#include <span>

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "core/server/chat_config.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/servers/server_clients_model.h"
#include "ui/servers/server_list_model.h"

namespace sscope {

namespace {

constexpr int cardHeight = 52;
constexpr int textLeft = 28;
constexpr int rightMargin = 12;
constexpr int lineHeight = 18;

bool hasThirdLine(const ServerEntry& server) {
    return server.status == ServerStatus::Failed || server.isPublic ||
           !server.cautionText().isEmpty();
}

int badgeWidth() {
    return QFontMetrics(secondaryFont())
               .horizontalAdvance(ServerCardDelegate::tr("public", "badge")) +
           10;
}

/// Where the pieces of a card stand.
struct CardLayout {
    explicit CardLayout(const QRect& card, bool hasJoin)
        : toggle(card.right() - rightMargin - 19, card.top() + 6, 24, 20),
          menu(toggle.left() - 26, toggle.top(), 24, 20),
          join(menu.left() - 26, toggle.top(), hasJoin ? 24 : 0, 20),
          first(card.left() + textLeft, card.top() + 7,
                (hasJoin ? join : menu).left() - card.left() - textLeft - 4, lineHeight),
          second(card.left() + textLeft, card.top() + 27, card.width() - textLeft - rightMargin,
                 lineHeight),
          third(second.translated(0, lineHeight)),
          badge(third.left(), third.top() + 1, badgeWidth(), lineHeight - 2) {}

    QRect toggle;
    QRect menu;
    QRect join; // empty where there is none
    QRect first;
    QRect second;
    QRect third;
    QRect badge; // at its begin
};

ColorToken dotColor(ServerStatus status) {
    switch (status) {
    case ServerStatus::Running:
        return ColorToken::Success;
    case ServerStatus::Failed:
        return ColorToken::Danger;
    case ServerStatus::Starting:
    case ServerStatus::Stopping:
        return ColorToken::Warning;
    case ServerStatus::Stopped:
        break;
    }
    return ColorToken::Muted;
}

QString toggleIcon(ServerStatus status) {
    if (status == ServerStatus::Stopped)
        return QStringLiteral("play");
    return status == ServerStatus::Failed ? QStringLiteral("refresh") : QStringLiteral("stop");
}

void paintSparkline(QPainter* painter, const QRect& rect, const RateHistory& history) {
    // A second is a pixel; where there are fewer of these the oldest are left out.
    const auto rates = std::span(history.rates()).last(static_cast<std::size_t>(rect.width()));
    const double top = std::max(1.0, *std::ranges::max_element(rates));
    QPolygonF line;
    for (std::size_t i = 0; i < rates.size(); ++i)
        line.append(QPointF(rect.left() + static_cast<double>(i) + 0.5,
                            rect.bottom() - rates[i] / top * (rect.height() - 2)));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QPolygonF area = line;
    area.append(rect.bottomRight());
    area.append(rect.bottomLeft());
    QColor fill = themeColor(ColorToken::Muted);
    fill.setAlphaF(0.2F);
    painter->setPen(Qt::NoPen);
    painter->setBrush(fill);
    painter->drawPolygon(area);
    painter->setPen(QPen(themeColor(ColorToken::Muted), 1.2));
    painter->drawPolyline(line);
    painter->restore();
}

void paintFirstLine(QPainter* painter, QRect rect, const ServerEntry& server) {
    const QString name = toQString(server.config.service);
    painter->setFont(demiBold(QApplication::font()));
    paintText(painter, rect, name, ColorToken::Text);
    rect.setLeft(rect.left() + painter->fontMetrics().horizontalAdvance(name) + 8);
    painter->setFont(monoFont());
    const QString address = server.addressText();
    const QString whole = server.transportText() + QLatin1Char(' ') + address;
    // Where there is room for one of them only, the address says more.
    const bool fits = painter->fontMetrics().horizontalAdvance(whole) < rect.width() - 1;
    paintText(painter, rect, fits ? whole : address, ColorToken::Text, Qt::AlignLeft,
              Qt::ElideMiddle);
}

/// The words come first; the sparkline shows as many of the last seconds as there is room for.
void paintSecondLine(QPainter* painter, QRect line, const ServerEntry& server) {
    constexpr int rateWidth = 44;
    constexpr int leastSpark = 16;
    constexpr int gap = 8;
    const QString words = server.statusText();
    const int wordsWidth = painter->fontMetrics().horizontalAdvance(words);
    if (server.status == ServerStatus::Running) {
        paintText(painter, QRect(line.right() - rateWidth, line.top(), rateWidth, line.height()),
                  rateText(server.rates.latest()), ColorToken::Muted, Qt::AlignRight);
        line.setRight(line.right() - rateWidth - gap);
        const int room =
            std::min(static_cast<int>(RateHistory::length), line.width() - wordsWidth - gap);
        if (room >= leastSpark && !server.rates.isFlat())
            paintSparkline(painter, QRect(line.right() - room + 1, line.top(), room, 16),
                           server.rates);
    }
    paintText(painter, line, words, ColorToken::Muted);
}

void paintCautions(QPainter* painter, const CardLayout& layout, const ServerEntry& server) {
    QRect rest = layout.third;
    if (server.isPublic) {
        // A badge keeps the surface below it, for contrast on any tint.
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(themeColor(ColorToken::Danger));
        painter->setBrush(themeColor(ColorToken::Surface));
        painter->drawRoundedRect(QRectF(layout.badge).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter->drawText(layout.badge, Qt::AlignCenter, ServerCardDelegate::tr("public", "badge"));
        painter->restore();
        rest.setLeft(layout.badge.right() + 8);
    }
    const QString caution = server.cautionText();
    if (caution.isEmpty()) {
        if (server.isPublic)
            paintText(painter, rest,
                      isChatInPublic(server.config)
                          ? ServerCardDelegate::tr("not encrypted: others can read it")
                          : ServerCardDelegate::tr("other machines can connect"),
                      ColorToken::Muted);
        return;
    }
    paintIcon(painter, QRect(rest.left(), rest.top(), 14, rest.height()), QStringLiteral("warning"),
              14, ColorToken::Warning);
    rest.setLeft(rest.left() + 18);
    paintText(painter, rest, caution, ColorToken::Warning);
}

void paintFailure(QPainter* painter, const CardLayout& layout, const ServerEntry& server,
                  bool selected) {
    // Danger falls short of the contrast that words need on a tint.
    paintText(painter, layout.second, server.statusText(),
              selected ? ColorToken::Text : ColorToken::Danger);
    const QString remedy = ServerCardDelegate::remedyText(server.error);
    const QString link = ServerCardDelegate::remedyLink(server.error);
    QRect line = layout.third;
    const QFontMetrics metrics = painter->fontMetrics();
    const int linkWidth = link.isEmpty() ? 0 : metrics.horizontalAdvance(link) + 8;
    paintText(painter, line.adjusted(0, 0, -linkWidth, 0), remedy, ColorToken::Text);
    const int used = std::min(metrics.horizontalAdvance(remedy), line.width() - linkWidth);
    line.setLeft(line.left() + used + (remedy.isEmpty() ? 0 : 8));
    paintText(painter, line, link, ColorToken::Accent);
}

} // namespace

QString ServerCardDelegate::tipText(const ServerEntry& server) {
    const ServerTotals& sum = server.totals;
    QStringList lines = server.allEndpoints();
    lines.append(tr("%1 connections so far, %2 rejected")
                     .arg(countText(sum.accepted), countText(sum.rejected)));
    lines.append(
        tr("received %1 in %2 messages")
            .arg(bytesText(sum.counters.receivedBytes), countText(sum.counters.receivedMessages)));
    lines.append(tr("sent %1 in %2 messages")
                     .arg(bytesText(sum.counters.sentBytes), countText(sum.counters.sentMessages)));
    if (server.acceptQueue.waiting > 0)
        lines.append(
            tr("%1 connections wait to be accepted; the backlog takes %2")
                .arg(countText(server.acceptQueue.waiting), countText(server.acceptQueue.backlog)));
    if (sum.kernelDrops > 0)
        lines.append(reasonWords(
            faultError(Fault::DatagramsDropped, {}, {}, std::to_string(sum.kernelDrops))));
    if (sum.skippedRepeats > 0)
        lines.append(tr("%1 more failures like the last one").arg(countText(sum.skippedRepeats)));
    return lines.join(QLatin1Char('\n'));
}

QString ServerCardDelegate::publicText(const ServerEntry& server) {
    QString words = tr("Other machines can reach this server.");
    if (isChatInPublic(server.config))
        words += QLatin1Char('\n') + chatInPublicWords();
    return words;
}

QString ServerCardDelegate::remedyText(const Error& error) {
    switch (error.hint.kind) {
    case Hint::Kind::PrivilegedPort:
        return tr("Ports below 1024 are reserved.");
    case Hint::Kind::PortHeld:
        return tr("Held by %1, pid %2.")
            .arg(toQString(displaySafe(error.hint.text)))
            .arg(error.hint.number);
    case Hint::Kind::PortTaken:
        return tr("Another socket holds it.");
    default:
        return hintWords(error);
    }
}

QString ServerCardDelegate::remedyLink(const Error& error) {
    const Hint& hint = error.hint;
    if (hint.kind == Hint::Kind::PrivilegedPort)
        return tr("Use port %1").arg(hint.number);
    const bool isTaken = hint.kind == Hint::Kind::PortHeld || hint.kind == Hint::Kind::PortTaken;
    return isTaken && hint.port > 0 ? tr("Use port %1").arg(hint.port) : QString();
}

QSize ServerCardDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const auto* model = qobject_cast<const ServerListModel*>(index.model());
    const bool isTall = model && index.isValid() && hasThirdLine(model->at(index.row()));
    return {200, isTall ? cardHeight + lineHeight : cardHeight};
}

void ServerCardDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const {
    const auto* model = qobject_cast<const ServerListModel*>(index.model());
    if (!model)
        return;
    const ServerEntry& server = model->at(index.row());
    const CardLayout layout(option.rect, server.canBeJoined());
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    paintRowState(painter, option.rect, selected, option.state & QStyle::State_MouseOver);
    if (selected)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                          themeColor(ColorToken::Accent));
    paintDot(painter, {option.rect.left() + 15, layout.first.center().y()}, 8,
             themeColor(dotColor(server.status)), server.status != ServerStatus::Stopped);
    paintFirstLine(painter, layout.first, server);
    if (server.canBeJoined())
        paintIcon(painter, layout.join, QStringLiteral("enter"), 16, ColorToken::Text);
    paintIcon(painter, layout.menu, QStringLiteral("more"), 16, ColorToken::Text);
    if (server.status != ServerStatus::Stopping && server.status != ServerStatus::Starting)
        paintIcon(painter, layout.toggle, toggleIcon(server.status), 16, ColorToken::Text);
    painter->setFont(secondaryFont());
    if (server.status == ServerStatus::Failed) {
        paintFailure(painter, layout, server, selected);
        painter->restore();
        return;
    }
    paintSecondLine(painter, layout.second, server);
    paintCautions(painter, layout, server);
    painter->restore();
}

bool ServerCardDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                                     const QStyleOptionViewItem& option, const QModelIndex& index) {
    const auto* servers = qobject_cast<const ServerListModel*>(model);
    if (event->type() != QEvent::MouseButtonRelease || !servers)
        return false;
    const auto* mouse = static_cast<QMouseEvent*>(event);
    const CardLayout layout(option.rect, servers->at(index.row()).canBeJoined());
    if (mouse->button() != Qt::LeftButton)
        return false;
    if (layout.toggle.contains(mouse->pos())) {
        Q_EMIT toggleAsked(index);
        return true;
    }
    if (layout.join.contains(mouse->pos())) {
        Q_EMIT joinAsked(index);
        return true;
    }
    if (layout.menu.contains(mouse->pos())) {
        Q_EMIT menuAsked(index, mouse->globalPosition().toPoint());
        return true;
    }
    if (servers->at(index.row()).status == ServerStatus::Failed &&
        layout.third.contains(mouse->pos()) &&
        !remedyLink(servers->at(index.row()).error).isEmpty()) {
        Q_EMIT remedyAsked(index);
        return true;
    }
    return false;
}

bool ServerCardDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                   const QStyleOptionViewItem& option, const QModelIndex& index) {
    const auto* model = qobject_cast<const ServerListModel*>(index.model());
    if (!model || event->type() != QEvent::ToolTip)
        return false;
    const ServerEntry& server = model->at(index.row());
    const CardLayout layout(option.rect, server.canBeJoined());
    QString tip;
    if (layout.toggle.contains(event->pos()))
        tip = server.status == ServerStatus::Stopped  ? tr("Start")
              : server.status == ServerStatus::Failed ? tr("Try again")
                                                      : tr("Stop");
    else if (layout.menu.contains(event->pos()))
        tip = tr("More for this server");
    else if (layout.join.contains(event->pos()))
        tip = server.joinText();
    else if (server.isPublic && layout.badge.contains(event->pos()))
        tip = publicText(server);
    else if (server.status == ServerStatus::Failed)
        tip = errorWords(server.error);
    else
        tip = tipText(server);
    // Qt guesses rich text from tags; what is here is plain.
    QToolTip::showText(event->globalPos(), plainTip(tip), view);
    return true;
}

} // namespace sscope
