#include "ui/common/figure_row.h"

#include <algorithm>

#include <QPainter>

#include "ui/common/fonts.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int rowHeight = 56;
constexpr int margin = 12;
constexpr int iconSize = 14;
constexpr int valuePixels = 17;
constexpr int leastGap = 16;

QFont valueFont() {
    QFont font = monoFont();
    font.setPixelSize(valuePixels);
    return font;
}

} // namespace

FigureRow::FigureRow(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("loadFigures"));
    setFixedHeight(rowHeight);
}

void FigureRow::setFigures(std::vector<Figure> figures) {
    m_figures = std::move(figures);
    QStringList words;
    for (const Figure& figure : m_figures)
        words.append(QStringLiteral("%1 %2").arg(figure.name, figure.value));
    setAccessibleName(words.join(QStringLiteral(", ")));
    update();
}

QSize FigureRow::sizeHint() const {
    return {640, rowHeight};
}

void FigureRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
    if (m_figures.empty())
        return;
    const int room = width() - 2 * margin;
    const auto count = static_cast<int>(m_figures.size());
    // The first one is the widest: a count, where the others are times.
    const QFontMetrics names(secondaryFont());
    const int first =
        std::max(room / count, names.horizontalAdvance(m_figures.front().name) + leastGap);
    const int each = count > 1 ? (room - first) / (count - 1) : 0;
    int x = margin;
    for (int i = 0; i < count; ++i) {
        const Figure& figure = m_figures[static_cast<std::size_t>(i)];
        const int wide = i == 0 ? first : each;
        painter.setFont(secondaryFont());
        paintText(&painter, QRect(x, 7, wide - 4, 18), figure.name, ColorToken::Muted);
        QRect place(x, 25, wide - 4, 24);
        if (figure.isTrouble) {
            paintIcon(&painter, QRect(x, 25, iconSize, 24), QStringLiteral("warning"), iconSize,
                      ColorToken::Warning);
            place.setLeft(x + iconSize + 4);
        }
        painter.setFont(valueFont());
        paintText(&painter, place, figure.value, ColorToken::Text);
        x += wide;
    }
}

} // namespace sscope
