#include "ui/load/findings_view.h"

#include <cmath>

#include <QPainter>
#include <QTextLayout>

#include "ui/common/fonts.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int margin = 12;
constexpr int lineHeight = 18;
constexpr int gap = 18;
constexpr int iconSize = 14;
constexpr int iconIndent = 18;

} // namespace

FindingsView::FindingsView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("raceFindings"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FindingsView::setFindings(std::vector<Finding> findings) {
    m_findings = std::move(findings);
    describe();
    updateGeometry();
    update();
}

void FindingsView::setEmptyText(const QString& text) {
    m_emptyText = text;
    describe();
    updateGeometry();
    update();
}

void FindingsView::describe() {
    QStringList texts;
    for (const Finding& finding : m_findings)
        texts.append(finding.text);
    setAccessibleName(texts.isEmpty() ? m_emptyText : texts.join(QLatin1Char('\n')));
}

/// Draws only where there is a painter; gives where the next one begins.
int FindingsView::layOut(QPainter* painter, const Finding& finding, int top, int width) const {
    QTextLayout layout(finding.text, font());
    QList<QTextLayout::FormatRange> formats;
    for (const auto& [begin, length] : finding.names) {
        QTextCharFormat format;
        format.setFont(demiBold(font()));
        formats.append({begin, length, format});
    }
    layout.setFormats(formats);
    layout.beginLayout();
    int height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        const int indent = finding.isCaution && height == 0 ? iconIndent : 0;
        line.setLineWidth(std::max(40, width - 2 * margin - indent));
        line.setPosition({static_cast<qreal>(indent), static_cast<qreal>(height)});
        height += std::max(lineHeight, static_cast<int>(std::ceil(line.height())));
    }
    layout.endLayout();
    if (painter) {
        painter->setPen(themeColor(ColorToken::Text));
        layout.draw(painter, QPointF(margin, top));
        if (finding.isCaution)
            paintIcon(painter, QRect(margin, top + 1, iconSize, lineHeight - 2),
                      QStringLiteral("warning"), iconSize, ColorToken::Warning);
    }
    return top + height + gap;
}

int FindingsView::layOut(QPainter* painter, int width) const {
    int top = 0;
    for (const Finding& finding : m_findings)
        top = layOut(painter, finding, top, width);
    return top;
}

int FindingsView::heightForWidth(int width) const {
    if (!m_findings.empty())
        return layOut(nullptr, width);
    return layOut(nullptr, {.text = m_emptyText}, 0, width);
}

QSize FindingsView::sizeHint() const {
    return {280, heightForWidth(280)};
}

void FindingsView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!m_findings.empty()) {
        layOut(&painter, width());
        return;
    }
    painter.setPen(themeColor(ColorToken::Muted));
    painter.drawText(rect().adjusted(margin, 0, -margin, 0), Qt::TextWordWrap, m_emptyText);
}

} // namespace sscope
