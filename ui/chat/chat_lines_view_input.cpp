// What a person does with the lines: choose, copy, find, answer.

#include <algorithm>

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QScrollBar>
#include <QUrl>

#include "ui/chat/chat_line_layout.h"
#include "ui/chat/chat_line_painter.h"
#include "ui/chat/chat_lines_view.h"
#include "ui/chat/chat_link.h"
#include "ui/chat/chat_text.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/painted_tip.h"

namespace sscope {

namespace {

bool holds(const ChatLine& line, const QString& text) {
    return line.text.contains(text, Qt::CaseInsensitive) ||
           line.author.contains(text, Qt::CaseInsensitive);
}

QStringList addressesOf(const ChatLine& line) {
    constexpr qsizetype most = 3; // in one menu
    QStringList addresses;
    for (const WebAddress& address : webAddresses(line.text)) {
        if (addresses.size() < most)
            addresses.append(line.text.mid(address.start, address.length));
    }
    return addresses;
}

} // namespace

bool ChatLinesView::find(const QString& text, bool backwards) {
    const int count = m_lines ? m_lines->rowCount() : 0;
    if (text.isEmpty() || count == 0)
        return false;
    const bool hasStart = currentIndex().isValid();
    int row = hasStart ? currentIndex().row() : backwards ? count : -1;
    for (int looked = 0; looked < count; ++looked) {
        row = (row + (backwards ? -1 : 1) + count) % count;
        if (!holds(m_lines->at(row), text))
            continue;
        showRow(row);
        return true;
    }
    return false;
}

void ChatLinesView::showRow(int row) {
    const QModelIndex index = model()->index(row, 0);
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    scrollTo(index, PositionAtCenter);
}

int ChatLinesView::rowOf(quint64 id) const {
    const int count = m_lines ? m_lines->rowCount() : 0;
    for (int row = count - 1; row >= 0; --row) {
        if (m_lines->at(row).id == id && m_lines->at(row).kind == ChatLine::Kind::Message)
            return row;
    }
    return -1;
}

QModelIndexList ChatLinesView::selectedRows() const {
    QModelIndexList rows = selectionModel() ? selectionModel()->selectedRows() : QModelIndexList();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    return rows;
}

void ChatLinesView::copySelection() const {
    if (!m_characters.isEmpty()) {
        QGuiApplication::clipboard()->setText(selectedText(*m_lines, m_characters.range()));
        return;
    }
    QStringList lines;
    for (const QModelIndex& index : selectedRows())
        lines.append(copyText(m_lines->at(index.row())));
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void ChatLinesView::scrollPage(int pages) {
    QScrollBar* bar = verticalScrollBar();
    bar->setValue(bar->value() + pages * (bar->pageStep() - 2 * ChatLineLayout::step()));
}

void ChatLinesView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    if (extendByKey(*event))
        return;
    if (event->key() == Qt::Key_Escape && !m_characters.isEmpty()) {
        clearCharacters();
        return;
    }
    if (event->key() == Qt::Key_End && event->modifiers() == Qt::NoModifier)
        goToEnd(); // the last line becomes the current one too
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && currentIndex().isValid()) {
        const ChatLine& line = m_lines->at(currentIndex().row());
        if (line.state == ChatLine::State::Refused)
            Q_EMIT sendAgainAsked(line.tag);
        else if (line.kind == ChatLine::Kind::Message && !line.isOwn)
            Q_EMIT replyAsked(line.author);
        return;
    }
    QListView::keyPressEvent(event);
}

/// Where the mark of what was refused stands.
bool ChatLinesView::sendAgainAt(QPoint at) {
    const QModelIndex index = indexAt(at);
    if (!index.isValid() || partAt(at) != ChatLinePainter::Part::Mark)
        return false;
    const ChatLine& line = m_lines->at(index.row());
    if (line.state != ChatLine::State::Refused)
        return false;
    Q_EMIT sendAgainAsked(line.tag);
    return true;
}

QString ChatLinesView::tipAt(QPoint at) const {
    const QModelIndex index = indexAt(at);
    if (!index.isValid())
        return {};
    const ChatLine& line = m_lines->at(index.row());
    switch (partAt(at)) {
    case ChatLinePainter::Part::Time:
        return fullTimeText(line.time);
    case ChatLinePainter::Part::Name: {
        const QString name = safeText(line.author);
        return ChatLinePainter::isNameCut(name, m_room) ? name : QString();
    }
    case ChatLinePainter::Part::Mark:
        return markText(line);
    case ChatLinePainter::Part::Text:
        return linkAt(at).address;
    case ChatLinePainter::Part::None:
        return {};
    }
    return {};
}

bool ChatLinesView::viewportEvent(QEvent* event) {
    switch (event->type()) {
    case QEvent::ToolTip: {
        const auto* help = static_cast<QHelpEvent*>(event);
        showTip(*help, viewport(), tipAt(help->pos()));
        return true;
    }
    case QEvent::HoverMove:
    case QEvent::HoverLeave:
        viewport()->update();
        break;
    default:
        break;
    }
    return QListView::viewportEvent(event);
}

void ChatLinesView::contextMenuEvent(QContextMenuEvent* event) {
    const bool isKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const bool isChosen = m_characters.isEmpty() ? selectionModel()->isSelected(index)
                                                 : index.row() >= m_characters.range().from.row &&
                                                       index.row() <= m_characters.range().to.row;
    if (!isChosen)
        setCurrentIndex(index);
    QStringList addresses;
    if (isKey)
        addresses = addressesOf(m_lines->at(index.row()));
    else if (const Link link = linkAt(event->pos()); link.row >= 0)
        addresses.append(link.address);
    QMenu menu(this);
    fillMenu(menu, m_lines->at(index.row()));
    addAddresses(menu, addresses);
    const QPoint at =
        isKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos();
    menu.exec(at);
}

void ChatLinesView::fillMenu(QMenu& menu, const ChatLine& line) {
    const auto copy = [](const QString& text) { QGuiApplication::clipboard()->setText(text); };
    if (!m_characters.isEmpty())
        menu.addAction(lineIcon(QStringLiteral("copy")), tr("Copy"), QKeySequence::Copy, this,
                       &ChatLinesView::copySelection);
    menu.addAction(m_characters.isEmpty() ? lineIcon(QStringLiteral("copy")) : QIcon(),
                   tr("Copy text"), this, [=] { copy(copyText(line.text)); });
    if (m_characters.isEmpty())
        menu.addAction(tr("Copy lines with time and name"), QKeySequence::Copy, this,
                       &ChatLinesView::copySelection);
    if (line.kind == ChatLine::Kind::Message && !line.isOwn) {
        const QString name = menuText(safeText(line.author));
        menu.addSeparator();
        menu.addAction(lineIcon(QStringLiteral("reply")), tr("Reply to %1").arg(name), this,
                       [this, line] { Q_EMIT replyAsked(line.author); });
        menu.addAction(lineIcon(QStringLiteral("at")), tr("Message %1 directly").arg(name), this,
                       [this, line] { Q_EMIT talkAsked(line.author); });
    }
    if (line.state == ChatLine::State::Refused) {
        menu.addSeparator();
        menu.addAction(lineIcon(QStringLiteral("refresh")), tr("Send again"), this,
                       [this, line] { Q_EMIT sendAgainAsked(line.tag); });
    }
}

/// Whoever opens one from here has read where it leads.
void ChatLinesView::addAddresses(QMenu& menu, const QStringList& addresses) {
    for (const QString& address : addresses) {
        menu.addSeparator();
        menu.addAction(tr("Open %1").arg(menuText(address)), this,
                       [address] { QDesktopServices::openUrl(QUrl(address, QUrl::StrictMode)); });
        menu.addAction(tr("Copy address"), this,
                       [address] { QGuiApplication::clipboard()->setText(address); })
            ->setObjectName(QStringLiteral("copyAddress"));
    }
}

} // namespace sscope
