#include "ui/clients/lines_view.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include "core/base/bytes.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

constexpr std::uint64_t bytesInLine = 16;
constexpr std::uint64_t pageBytes = 64 << 10;
constexpr std::size_t mostPages = 64;
constexpr int mostCopied = 20'000; // lines
constexpr int leading = 2;         // pixels between lines

std::string hexLine(std::uint64_t offset, ByteView bytes) {
    std::string out = fmt::format("{:08x} ", offset);
    std::string characters;
    for (std::size_t i = 0; i < bytesInLine; ++i) {
        if (i == bytesInLine / 2)
            out += ' ';
        if (i >= bytes.size()) {
            out += "   ";
            continue;
        }
        const auto value = std::to_integer<unsigned>(bytes[i]);
        out += fmt::format(" {:02x}", value);
        characters += value >= 0x20 && value < 0x7f ? static_cast<char>(value) : '.';
    }
    return out + "  " + characters;
}

} // namespace

std::optional<DisplayText> TextLines::line(std::uint64_t number) {
    const auto at = static_cast<std::size_t>(number);
    const std::size_t begin = m_starts[at];
    std::size_t end = at + 1 < m_starts.size() ? m_starts[at + 1] : m_text->size();
    if (end > begin && (*m_text)[end - 1] == '\n')
        --end;
    std::string text = m_text->substr(begin, end - begin);
    for (std::size_t tab = text.find('\t'); tab != std::string::npos; tab = text.find('\t', tab))
        text.replace(tab, 1, 4, ' ');
    return displayRuns(text);
}

std::uint64_t HexLines::count() const {
    return (m_bytes + bytesInLine - 1) / bytesInLine;
}

std::optional<DisplayText> HexLines::line(std::uint64_t number) {
    const std::uint64_t offset = number * bytesInLine;
    const std::uint64_t page = offset / pageBytes;
    const auto it = m_pages.find(page);
    if (it == m_pages.end())
        fetch(page);
    if (it == m_pages.end() || !it->second)
        return std::nullopt;
    const ByteView bytes = bytesOf(*it->second);
    const auto begin = static_cast<std::size_t>(offset % pageBytes);
    if (begin >= bytes.size())
        return DisplayText();
    const ByteView part =
        bytes.subspan(begin, std::min<std::size_t>(bytesInLine, bytes.size() - begin));
    return DisplayText{{{hexLine(offset, part), false}}};
}

void HexLines::fetch(std::uint64_t page) {
    if (m_pages.size() >= mostPages)
        m_pages.clear();
    m_pages[page] = std::nullopt;
    runOnWorker(
        this,
        [content = m_content, page] {
            std::string bytes(pageBytes, '\0');
            const auto count = content.read(
                page * pageBytes, std::as_writable_bytes(std::span(bytes.data(), bytes.size())));
            bytes.resize(count.value_or(0));
            return bytes;
        },
        [this, page](std::string bytes) {
            m_pages[page] = std::move(bytes);
            Q_EMIT changed();
        });
}

LinesView::LinesView(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFont(monoFont());
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
}

void LinesView::setSource(std::unique_ptr<LineSource> source) {
    if (m_source)
        m_source.release()->deleteLater(); // it may be what calls
    m_source = std::move(source);
    m_anchor = m_cursor = -1;
    if (m_source)
        connect(m_source.get(), &LineSource::changed, viewport(), qOverload<>(&QWidget::update));
    fitScrollBar();
    viewport()->update();
}

int LinesView::lineHeight() const {
    return QFontMetrics(font()).height() + leading;
}

int LinesView::columns() const {
    return std::max(20, viewport()->width() / QFontMetrics(font()).horizontalAdvance(u'0') - 1);
}

int LinesView::visibleLines() const {
    return std::max(1, viewport()->height() / lineHeight());
}

int LinesView::lineCount() const {
    const std::uint64_t count = m_source ? m_source->count() : 0;
    return static_cast<int>(
        std::min<std::uint64_t>(count, std::numeric_limits<int>::max() / 2)); // of a scroll bar
}

int LinesView::lineAt(int y) const {
    return std::clamp(verticalScrollBar()->value() + y / lineHeight(), 0,
                      std::max(0, lineCount() - 1));
}

void LinesView::fitScrollBar() {
    verticalScrollBar()->setPageStep(visibleLines());
    verticalScrollBar()->setRange(0, std::max(0, lineCount() - visibleLines()));
}

void LinesView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    fitScrollBar();
    if (event->oldSize().width() != event->size().width())
        Q_EMIT columnsChanged();
}

void LinesView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setFont(font());
    const int first = verticalScrollBar()->value();
    const int height = lineHeight();
    const auto [from, to] = std::minmax(m_anchor, m_cursor);
    for (int i = 0; i <= visibleLines() && first + i < lineCount(); ++i) {
        const QRect rect(0, i * height, viewport()->width(), height);
        if (m_anchor >= 0 && first + i >= from && first + i <= to)
            painter.fillRect(rect, themeColor(ColorToken::Selection));
        const auto text = m_source->line(static_cast<std::uint64_t>(first + i));
        if (text)
            paintRuns(&painter, rect, *text);
        else
            paintText(&painter, rect, QStringLiteral("…"), ColorToken::Muted);
    }
}

void LinesView::keyPressEvent(QKeyEvent* event) {
    QScrollBar* bar = verticalScrollBar();
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (event->key() == Qt::Key_Home)
        bar->setValue(0);
    else if (event->key() == Qt::Key_End)
        bar->setValue(bar->maximum());
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void LinesView::selectAll() {
    m_anchor = 0;
    m_cursor = lineCount() - 1;
    viewport()->update();
}

void LinesView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_cursor = lineAt(event->pos().y());
    if (!(event->modifiers() & Qt::ShiftModifier) || m_anchor < 0)
        m_anchor = m_cursor;
    viewport()->update();
}

void LinesView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton) || m_anchor < 0)
        return;
    QScrollBar* bar = verticalScrollBar();
    if (event->pos().y() < 0)
        bar->setValue(bar->value() - 1);
    else if (event->pos().y() > viewport()->height())
        bar->setValue(bar->value() + 1);
    m_cursor = lineAt(event->pos().y());
    viewport()->update();
}

void LinesView::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addAction(tr("Copy lines"), QKeySequence(QKeySequence::Copy), this, &LinesView::copy)
        ->setEnabled(m_anchor >= 0);
    menu.addAction(tr("Select all"), QKeySequence(QKeySequence::SelectAll), this,
                   &LinesView::selectAll);
    menu.exec(event->globalPos());
}

/// As they are shown, as far as they are there.
void LinesView::copy() {
    if (m_anchor < 0 || lineCount() == 0)
        return;
    const auto [from, to] = std::minmax(m_anchor, m_cursor);
    const int last = std::min(to, from + mostCopied - 1);
    QStringList lines;
    for (int line = from; line <= last; ++line) {
        const auto text = m_source->line(static_cast<std::uint64_t>(line));
        if (!text)
            break;
        lines.append(plainText(*text));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    if (lines.size() < to - from + 1)
        Q_EMIT copyCutShort(static_cast<int>(lines.size()));
}

} // namespace sscope
