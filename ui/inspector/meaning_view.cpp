#include "ui/inspector/meaning_view.h"

#include <QHBoxLayout>
#include <QRegularExpression>

#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/inspector/meaning_words.h"

namespace sscope {

namespace {

constexpr int signSize = 14;

struct Text {
    QString words;
    bool hasSign = false;
};

/// A number and its unit stay in one line.
QString whole(QString words) {
    static const QRegularExpression inNumber(QStringLiteral("(?<=\\d) (?=\\d|[KMGT]?i?B\\b)"));
    return words.replace(inNumber, QString(QChar::Nbsp));
}

/// What needs no sign is one paragraph as far as it follows itself.
std::vector<Text> paragraphsOf(const std::vector<Meaning>& meanings) {
    std::vector<Text> all;
    for (const Meaning& meaning : meanings) {
        const bool hasSign = meaning.weight == MeaningWeight::Trouble;
        const QString words = whole(meaningWords(meaning));
        if (!all.empty() && !hasSign && !all.back().hasSign)
            all.back().words += QLatin1Char(' ') + words;
        else
            all.push_back({words, hasSign});
    }
    return all;
}

} // namespace

MeaningView::MeaningView(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("meanings"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
}

MeaningView::Paragraph& MeaningView::paragraph(std::size_t number) {
    while (m_paragraphs.size() <= number) {
        auto* line = new QWidget(this);
        auto* sign = new QLabel(line);
        sign->setFixedWidth(signSize);
        sign->setAccessibleName(tr("Caution"));
        QLabel* text = makeLabel({}, line);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(6);
        row->addWidget(sign, 0, Qt::AlignTop);
        row->addWidget(text, 1);
        m_column->addWidget(line);
        m_paragraphs.push_back({line, sign, text});
    }
    return m_paragraphs[number];
}

void MeaningView::setMeanings(const std::vector<Meaning>& meanings) {
    const std::vector<Text> texts = paragraphsOf(meanings);
    m_shown = texts.size();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        Paragraph& each = paragraph(i);
        each.text->setText(texts[i].words);
        each.sign->setVisible(texts[i].hasSign);
        if (texts[i].hasSign)
            each.sign->setPixmap(lineIcon(QStringLiteral("warning"), ColorToken::Warning)
                                     .pixmap(signSize, signSize));
        each.line->show();
    }
    for (std::size_t i = texts.size(); i < m_paragraphs.size(); ++i)
        m_paragraphs[i].line->hide();
}

QString MeaningView::text() const {
    QStringList all;
    for (std::size_t i = 0; i < m_shown; ++i)
        all.append(m_paragraphs[i].text->text());
    return all.join(QLatin1Char('\n'));
}

} // namespace sscope
