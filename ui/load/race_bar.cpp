#include "ui/load/race_bar.h"

#include <QPainter>

#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/load/load_command.h"
#include "ui/load/load_fields.h"

namespace sscope {

namespace {

constexpr int barHeight = 40;
constexpr int labelledWidth = 760; // below it no field has a word before it
constexpr int leastWidth = 420;

} // namespace

RaceBar::RaceBar(QWidget* parent)
    : QWidget(parent),
      m_row(new QHBoxLayout(this)),
      m_label(makeNote(tr("Service"), this)),
      m_service(new QComboBox(this)),
      m_fields(new LoadFields(this)),
      m_go(new QPushButton(this)) {
    setFixedHeight(barHeight);
    setMinimumWidth(leastWidth);
    m_row->setContentsMargins(12, 0, 12, 0);
    m_row->setSpacing(8);
    m_service->setObjectName(QStringLiteral("raceService"));
    m_service->setAccessibleName(tr("Service"));
    m_service->setToolTip(tr("What the servers do with a request; a reply is as long as it"));
    m_service->addItems({QStringLiteral("echo"), QStringLiteral("upper")});
    m_service->setFixedWidth(84);
    m_label->setWordWrap(false);
    m_label->setBuddy(m_service);
    m_row->addWidget(m_label);
    m_row->addWidget(m_service);
    m_fields->addConnections(m_row);
    m_fields->addSize(m_row);
    m_fields->addRate(m_row);
    m_fields->addDuration(m_row, tr("Each"));
    m_row->addSpacing(8);
    m_go->setObjectName(QStringLiteral("raceStart"));
    m_go->setProperty("primary", true);
    m_row->addWidget(m_go);
    m_row->addStretch(1);
    connect(m_go, &QPushButton::clicked, this, &RaceBar::go);
    connect(m_fields, &LoadFields::startAsked, this, [this] {
        if (m_state == State::Ready || m_state == State::Done)
            Q_EMIT startAsked();
    });
    setState(State::Ready);
}

void RaceBar::addButton(QWidget* button) {
    m_row->addWidget(button);
}

void RaceBar::setConfig(const RaceConfig& config) {
    m_service->setCurrentText(toQString(config.service));
    m_fields->setConfig(config.load);
}

QString RaceBar::read(RaceConfig& config) {
    config.service = m_service->currentText().toStdString();
    return m_fields->read(config.load);
}

void RaceBar::go() {
    if (m_state == State::Running)
        Q_EMIT cancelAsked();
    else
        Q_EMIT startAsked();
}

void RaceBar::setState(State state) {
    m_state = state;
    const bool isUnderWay = state == State::Running || state == State::Cancelling;
    m_service->setEnabled(!isUnderWay);
    m_fields->setEnabled(!isUnderWay);
    m_go->setEnabled(state != State::Cancelling);
    m_go->setProperty("primary", !isUnderWay);
    m_go->setText(state == State::Ready  ? tr("Start the race")
                  : state == State::Done ? tr("Run again")
                                         : tr("Cancel"));
    m_go->setIcon(isUnderWay ? lineIcon(QStringLiteral("stop"))
                             : lineIcon(QStringLiteral("play"), ColorToken::OnAccent));
    m_go->setToolTip(isUnderWay
                         ? tr("End the race here; what is done stays")
                         : tipWithKey(tr("Start each server in turn and measure it"), startKey()));
    m_go->update();
}

void RaceBar::focusFirst() {
    m_fields->focusFirst();
}

void RaceBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_fields->setLabelsShown(width() >= labelledWidth);
    m_label->setVisible(width() >= labelledWidth);
}

void RaceBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
