#include "ui/clients/stream_panel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "core/base/units.h"
#include "ui/clients/conversation_model.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/common/segments.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int titleHeight = 38;
constexpr int swatchWidth = 10;
constexpr int swatchHeight = 12;
constexpr int lengthWidth = 3;
constexpr int swatchGap = 6;
constexpr int entryGap = 14;
constexpr std::uint64_t mostReceiveSize = 1 << 26;
constexpr double mostPause = 60'000; // ms
// Less of the summary than this is not worth its place.
constexpr int leastSummary = 120;

enum Direction { Received, Sent };

/// "512 B", or in the largest unit that divides it.
QString sizeText(std::size_t bytes) {
    return bytes % 1024 == 0 ? bytesText(bytes).replace(QStringLiteral(".0 "), QStringLiteral(" "))
                             : QStringLiteral("%1 B").arg(bytes);
}

/// Ends in an ellipsis where it has not room for all; text() is all of it.
class SummaryLabel : public QLabel {
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        paintText(&painter, rect(), text(), ColorToken::Muted);
    }
};

void markFault(QLineEdit* edit, bool isAtFault) {
    edit->setProperty("atFault", isAtFault);
    edit->update();
}

} // namespace

StreamLegend::StreamLegend(QWidget* parent) : QWidget(parent) {
    setFont(secondaryFont());
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StreamLegend::setHeaderShown(bool isShown) {
    m_hasHeader = isShown;
    updateGeometry();
    update();
}

void StreamLegend::setSent(bool isSent) {
    m_isSent = isSent;
    update();
}

QStringList StreamLegend::words() const {
    return {tr("length"), m_hasHeader ? tr("header") : QString(), tr("content")};
}

QSize StreamLegend::sizeHint() const {
    int width = 0;
    for (const QString& word : words()) {
        if (!word.isEmpty())
            width += swatchWidth + swatchGap + fontMetrics().horizontalAdvance(word) + entryGap;
    }
    return {width, 24};
}

void StreamLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QColor color = themeColor(m_isSent ? ColorToken::Accent : ColorToken::Received);
    const QColor surface = themeColor(ColorToken::Window);
    const QColor fills[]{color, blended(surface, color, 0.34), blended(surface, color, 0.13)};
    const QStringList all = words();
    int x = 0;
    for (int i = 0; i < all.size(); ++i) {
        if (all[i].isEmpty())
            continue;
        const int wide = i == 0 ? lengthWidth : swatchWidth;
        painter.fillRect(QRect(x, (height() - swatchHeight) / 2, wide, swatchHeight), fills[i]);
        x += wide + swatchGap;
        paintText(&painter, QRect(x, 0, width(), height()), all[i], ColorToken::Muted);
        x += fontMetrics().horizontalAdvance(all[i]) + entryGap;
    }
}

StreamPanel::StreamPanel(bool isClient, QWidget* parent)
    : QWidget(parent),
      m_direction(new Segments(tr("Direction"), this)),
      m_summary(new SummaryLabel(this)),
      m_legend(new StreamLegend(this)),
      m_strip(new StreamStrip(this)) {
    setObjectName(QStringLiteral("streamPanel"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTitle(isClient));
    column->addWidget(m_strip);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_direction, &Segments::currentChanged, this, [this](int direction) {
        m_strip->setSent(direction == Sent);
        m_legend->setSent(direction == Sent);
        showSummary();
    });
    connect(m_strip, &StreamStrip::rangeChosen, this, [this](const StreamRange& range) {
        if (const int row = m_model->rowOf(m_strip->isSent(), range); row >= 0)
            Q_EMIT rowChosen(row);
    });
}

QWidget* StreamPanel::buildTitle(bool isClient) {
    auto* title = new QWidget(this);
    title->setFixedHeight(titleHeight);
    m_direction->add(Received, tr("Received"), tr("What came from the other side"),
                     QStringLiteral("streamReceived"));
    m_direction->add(Sent, tr("Sent"), tr("What this side has sent"), QStringLiteral("streamSent"));
    m_summary->setObjectName(QStringLiteral("streamSummary"));
    m_summary->setFont(secondaryFont());
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* out = makeIconButton(QStringLiteral("minus"), tipWithKey(tr("Zoom out"), Qt::Key_Minus),
                               QStringLiteral("streamZoomOut"), title);
    auto* in = makeIconButton(QStringLiteral("plus"), tipWithKey(tr("Zoom in"), Qt::Key_Plus),
                              QStringLiteral("streamZoomIn"), title);
    connect(out, &QToolButton::clicked, this, [this] { m_strip->zoom(-1); });
    connect(in, &QToolButton::clicked, this, [this] { m_strip->zoom(1); });
    auto* row = new QHBoxLayout(title);
    row->setContentsMargins(12, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(makeTitle(tr("Stream"), title));
    row->addWidget(m_direction);
    row->addSpacing(4);
    row->addWidget(m_summary, 1);
    row->addWidget(m_legend);
    if (isClient)
        buildTuning(row);
    auto* zoom = new QHBoxLayout;
    zoom->setSpacing(0);
    zoom->addWidget(out);
    zoom->addWidget(in);
    row->addLayout(zoom);
    return title;
}

void StreamPanel::buildTuning(QLayout* row) {
    m_tuning = new QWidget(this);
    const auto field = [&](const QString& label, const QString& tip, const char* name, int width,
                           QLabel*& text) {
        auto* edit = new QLineEdit(m_tuning);
        edit->setObjectName(QString::fromLatin1(name));
        edit->setAccessibleName(label);
        edit->setToolTip(tip);
        edit->setFont(monoFont());
        edit->setFixedWidth(width);
        text = makeNote(label, m_tuning);
        text->setFont(secondaryFont());
        text->setWordWrap(false);
        text->setBuddy(edit);
        return edit;
    };
    m_receiveSize = field(tr("Receive size"), tr("Bytes asked of one recv(2), from the next on"),
                          "streamReceiveSize", 72, m_sizeLabel);
    m_pause = field(tr("Pause between sends"), tr("Time between two messages, from the next on"),
                    "streamPause", 64, m_pauseLabel);
    auto* fields = new QHBoxLayout(m_tuning);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(8);
    fields->addWidget(m_sizeLabel);
    fields->addWidget(m_receiveSize);
    fields->addSpacing(4);
    fields->addWidget(m_pauseLabel);
    fields->addWidget(m_pause);
    row->addWidget(m_tuning);
    connect(m_receiveSize, &QLineEdit::editingFinished, this, &StreamPanel::readReceiveSize);
    connect(m_pause, &QLineEdit::editingFinished, this, &StreamPanel::readPause);
    connect(m_receiveSize, &QLineEdit::textEdited, this,
            [this] { markFault(m_receiveSize, false); });
    connect(m_pause, &QLineEdit::textEdited, this, [this] { markFault(m_pause, false); });
}

void StreamPanel::setConversation(ConversationModel& model) {
    m_model = &model;
    m_strip->setConversation(model);
    connect(&model, &ConversationModel::streamChanged, this, &StreamPanel::showSummary);
    connect(&model, &ConversationModel::framingChanged, this, &StreamPanel::showFraming);
    showFraming();
}

void StreamPanel::showFraming() {
    const std::string_view name = m_model->framing().kind().name;
    m_legend->setHeaderShown(name == "message");
    m_legend->setProperty("hasParts", name == "message" || name == "length");
    foldTitle();
    showSummary();
}

void StreamPanel::showSummary() {
    const StreamTrack& track = m_model->track(m_strip->isSent());
    const QString text = StreamWords(m_strip->isSent()).summary(track, m_model->isFramed());
    m_summary->setText(text);
    m_summary->setToolTip(plainTip(text));
}

void StreamPanel::showRow(int row) {
    if (row < 0 || !m_model->isCurrent(m_model->at(row))) {
        m_strip->selectMessage(0);
        return;
    }
    const ConversationRow& chosen = m_model->at(row);
    m_direction->setCurrent(chosen.kind == ConversationRow::Kind::Sent ? Sent : Received);
    const StreamTrack::Ranges& messages = m_model->track(m_strip->isSent()).messages();
    // A row may stand for several, of which one has been chosen.
    const StreamRange* selected = StreamTrack::byNumber(messages, m_strip->selectedMessage());
    if (selected && selected->begin >= chosen.begin &&
        selected->end <= chosen.begin + chosen.size())
        return;
    const StreamRange* message = StreamTrack::at(messages, chosen.begin);
    m_strip->selectMessage(message ? message->number : 0);
}

void StreamPanel::setTuning(std::size_t receiveSize, Duration pause) {
    if (!m_tuning)
        return;
    m_receiveSize->setText(sizeText(receiveSize));
    m_pause->setText(tr("%1 ms").arg(std::chrono::duration<double, std::milli>(pause).count()));
}

void StreamPanel::readReceiveSize() {
    const auto size = parseBytes(m_receiveSize->text().trimmed().toStdString());
    const bool isGood = size && *size > 0 && *size <= mostReceiveSize;
    markFault(m_receiveSize, !isGood);
    m_receiveSize->setToolTip(isGood ? tr("Bytes asked of one recv(2), from the next on")
                                     : tr("Not a size from 1 B to 64 MiB. For example: 512 B"));
    if (!isGood)
        return;
    m_receiveSize->setText(sizeText(*size));
    Q_EMIT receiveSizeChanged(*size);
}

void StreamPanel::readPause() {
    QString text = m_pause->text().trimmed();
    const bool isSeconds = text.endsWith(QLatin1Char('s')) && !text.endsWith(QStringLiteral("ms"));
    while (!text.isEmpty() && text.back().isLetter())
        text.chop(1);
    bool isGood = false;
    const double value = text.trimmed().toDouble(&isGood) * (isSeconds ? 1000 : 1);
    isGood = isGood && value >= 0 && value <= mostPause;
    markFault(m_pause, !isGood);
    m_pause->setToolTip(isGood ? tr("Time between two messages, from the next on")
                               : tr("Not a time from 0 to 60 s. For example: 250 ms"));
    if (!isGood)
        return;
    m_pause->setText(tr("%1 ms").arg(value));
    Q_EMIT sendPauseChanged(fromSeconds(value / 1000));
}

/// What there is room for: first the legend goes, then the words beside the fields, then the
/// fields.
void StreamPanel::foldTitle() {
    const int fixed = 12 + 8 + 4 + m_direction->sizeHint().width() + 48 + 64 + 5 * 8 + leastSummary;
    int room = width() - fixed;
    if (m_tuning) {
        const int labels =
            m_sizeLabel->sizeHint().width() + m_pauseLabel->sizeHint().width() + 2 * 8;
        const int fields = m_receiveSize->width() + m_pause->width() + 2 * 8 + 4;
        m_tuning->setVisible(room >= fields);
        room -= m_tuning->isHidden() ? 0 : fields;
        const bool hasLabels = room >= labels;
        m_sizeLabel->setVisible(hasLabels);
        m_pauseLabel->setVisible(hasLabels);
        room -= hasLabels ? labels : 0;
    }
    const bool hasParts = m_legend->property("hasParts").toBool();
    m_legend->setVisible(hasParts && room >= m_legend->sizeHint().width() + leastSummary);
}

void StreamPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    foldTitle();
}

void StreamPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
