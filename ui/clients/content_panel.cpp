#include "ui/clients/content_panel.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>

#include "ui/common/control_painting.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int panelHeight = 40;
constexpr int barWidth = 120;
// The bar counts in thousandths: a file may be larger than an int.
constexpr int barSteps = 1000;

/// As much of the end as there is room for, with what is before it left out in the middle.
class PathLabel : public QLabel {
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text(), Qt::ElideMiddle, width()));
    }
};

class ThinBar : public QProgressBar {
public:
    using QProgressBar::QProgressBar;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(themeColor(ColorToken::Hairline));
        painter.drawRoundedRect(rect(), 4, 4);
        painter.setBrush(themeColor(ColorToken::Accent));
        painter.setClipRect(0, 0, width() * value() / qMax(1, maximum()), height());
        painter.drawRoundedRect(rect(), 4, 4);
    }
};

} // namespace

ContentPanel::ContentPanel(QWidget* parent)
    : QFrame(parent),
      m_choose(makeIconButton(QStringLiteral("folder"), tr("Choose a file to send"),
                              QStringLiteral("chooseFile"), this)),
      m_name(new PathLabel(this)),
      m_note(makeNote({}, this)),
      m_bar(new ThinBar(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_drop(makeIconButton(QStringLiteral("close"), tr("Write a message instead"),
                            QStringLiteral("dropContent"), this)) {
    setObjectName(QStringLiteral("contentPanel"));
    setFixedHeight(panelHeight);
    m_name->setObjectName(QStringLiteral("contentName"));
    m_name->setTextFormat(Qt::PlainText);
    m_name->setFont(monoFont());
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_note->setObjectName(QStringLiteral("contentNote"));
    m_note->setWordWrap(false);
    m_bar->setObjectName(QStringLiteral("fileProgress"));
    m_bar->setAccessibleName(tr("Progress of the file"));
    m_bar->setTextVisible(false);
    m_bar->setRange(0, barSteps);
    m_bar->setFixedSize(barWidth, 8);
    m_cancel->setObjectName(QStringLiteral("cancelFile"));
    m_cancel->setToolTip(tr("Send no more of the file"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(m_choose);
    row->addWidget(m_name, 1);
    row->addWidget(m_note);
    row->addWidget(m_bar);
    row->addWidget(m_cancel);
    row->addWidget(m_drop);
    connect(m_choose, &QToolButton::clicked, this, &ContentPanel::chooseAsked);
    connect(m_cancel, &QPushButton::clicked, this, &ContentPanel::cancelAsked);
    connect(m_drop, &QToolButton::clicked, this, &ContentPanel::dropAsked);
    showNoFile();
    hideProgress();
}

void ContentPanel::show(bool isFile, const QString& text, const QString& note) {
    setCursor(isFile ? Qt::PointingHandCursor : Qt::ArrowCursor);
    m_choose->setVisible(isFile);
    m_drop->setVisible(!isFile);
    m_name->setText(text);
    m_name->setToolTip(plainTip(text));
    m_note->setText(note);
}

void ContentPanel::mouseReleaseEvent(QMouseEvent* event) {
    const bool isAsked = event->button() == Qt::LeftButton && m_choose->isVisibleTo(this) &&
                         m_choose->isEnabled() && rect().contains(event->position().toPoint());
    if (isAsked)
        Q_EMIT chooseAsked();
}

void ContentPanel::showNoFile() {
    show(true, tr("Choose a file to send"), {});
}

void ContentPanel::showFile(const QString& path, const QString& note) {
    show(true, path, note);
}

void ContentPanel::showPaste(const QString& note) {
    show(false, tr("The text that was pasted, too large to be shown"), note);
}

void ContentPanel::showNote(const QString& note) {
    m_note->setText(note);
}

void ContentPanel::showProgress(quint64 done, quint64 total) {
    m_choose->setEnabled(false);
    m_bar->show();
    m_cancel->show();
    const double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0;
    m_bar->setValue(static_cast<int>(share * barSteps));
    m_note->setText(tr("%1 of %2").arg(bytesText(done), bytesText(total)));
}

void ContentPanel::hideProgress() {
    m_choose->setEnabled(true);
    m_bar->hide();
    m_cancel->hide();
}

void ContentPanel::focusFirst() {
    QWidget* first = m_cancel->isVisibleTo(this)   ? static_cast<QWidget*>(m_cancel)
                     : m_choose->isVisibleTo(this) ? static_cast<QWidget*>(m_choose)
                                                   : m_drop;
    first->setFocus();
}

void ContentPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintBox(&painter, rect(), themeColor(ColorToken::Surface),
             themeColor(ColorToken::FieldBorder));
}

} // namespace sscope
