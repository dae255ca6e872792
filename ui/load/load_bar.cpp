#include "ui/load/load_bar.h"

#include <QLineEdit>
#include <QPainter>
#include <QSignalBlocker>

#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/framing_field.h"
#include "ui/common/icons.h"
#include "ui/common/remark_combo_box.h"
#include "ui/common/small_widgets.h"
#include "ui/load/load_command.h"
#include "ui/load/load_fields.h"

namespace sscope {

namespace {

constexpr int barHeight = 40;
constexpr int narrowWidth = 1100;  // below it the framing has no word before it
constexpr int labelledWidth = 880; // below it no field has a word before it
constexpr int denseWidth = 700;    // below it the fields stand closer
constexpr int leastWidth = 420;
constexpr int framingWidth = 108;
constexpr int denseFramingWidth = 84;

QString shownEndpoint(const Endpoint& endpoint) {
    const QString text = toQString(endpoint.text());
    return endpoint.transport == Transport::Tcp ? withoutScheme(text) : text;
}

void mark(QWidget* field, bool isAtFault) {
    field->setProperty("atFault", isAtFault);
    field->update();
}

} // namespace

LoadBar::LoadBar(QWidget* parent)
    : QWidget(parent),
      m_row(new QHBoxLayout(this)),
      m_endpoint(new QComboBox(this)),
      m_fields(new LoadFields(this)),
      m_framing(new RemarkComboBox(this)),
      m_go(new QPushButton(this)) {
    setFixedHeight(barHeight);
    setMinimumWidth(leastWidth);
    m_row->setContentsMargins(12, 0, 12, 0);
    m_row->setSpacing(8);
    buildEndpoint();
    m_fields->addConnections(m_row);
    m_fields->addSize(m_row);
    m_fields->addRate(m_row);
    buildFraming();
    m_fields->addDuration(m_row, tr("For"));
    m_go->setObjectName(QStringLiteral("loadStart"));
    m_go->setMinimumWidth(80);
    m_row->addWidget(m_go);
    m_row->addStretch(0); // the endpoint has what there is, up to its own limit
    connect(m_go, &QPushButton::clicked, this, [this] {
        if (m_state == State::Running)
            Q_EMIT cancelAsked();
        else
            Q_EMIT startAsked();
    });
    connect(m_fields, &LoadFields::startAsked, this, &LoadBar::askStart);
    connect(m_fields, &LoadFields::edited, this, &LoadBar::edited);
    setState(State::Ready);
}

void LoadBar::buildEndpoint() {
    m_endpoint->setObjectName(QStringLiteral("loadEndpoint"));
    m_endpoint->setAccessibleName(tr("Endpoint"));
    m_endpoint->setToolTip(
        tr("The server that is loaded: host:port, udp://host:port, or unix:PATH"));
    m_endpoint->setEditable(true);
    m_endpoint->setInsertPolicy(QComboBox::NoInsert);
    m_endpoint->setFont(monoFont());
    m_endpoint->setMinimumContentsLength(12);
    m_endpoint->setMaximumWidth(260);
    m_endpoint->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_endpoint->lineEdit()->setPlaceholderText(tr("host:port"));
    m_endpoint->lineEdit()->setFont(monoFont());
    m_endpoint->setCompleter(nullptr);
    m_row->addWidget(m_endpoint, 1);
    connect(m_endpoint, &QComboBox::editTextChanged, this, [this] {
        mark(m_endpoint, false);
        Q_EMIT edited();
    });
    connect(m_endpoint->lineEdit(), &QLineEdit::returnPressed, this, &LoadBar::askStart);
}

void LoadBar::buildFraming() {
    m_framing->setObjectName(QStringLiteral("loadFraming"));
    m_framing->setAccessibleName(tr("Framing"));
    m_framing->setToolTip(tr("How requests and replies are told apart; raw: a reply has as many "
                             "bytes as its request"));
    m_framing->makeEditable();
    addFramings(*m_framing);
    m_framing->setCurrentIndex(0);
    m_framing->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_row->addWidget(m_framing);
    connect(m_framing, &QComboBox::editTextChanged, this, [this] {
        mark(m_framing, false);
        Q_EMIT edited();
    });
    connect(m_framing->lineEdit(), &QLineEdit::returnPressed, this, &LoadBar::askStart);
}

void LoadBar::askStart() {
    if (m_state == State::Ready)
        Q_EMIT startAsked();
}

void LoadBar::addButton(QWidget* button) {
    m_row->addWidget(button);
}

void LoadBar::setEndpoints(const QStringList& endpoints) {
    const QSignalBlocker blocker(m_endpoint);
    const QString typed = m_endpoint->currentText();
    m_endpoint->clear();
    m_endpoint->addItems(endpoints);
    m_endpoint->setEditText(typed);
}

void LoadBar::setConfig(const LoadConfig& config) {
    m_endpoint->setEditText(shownEndpoint(config.endpoint));
    m_framing->showText(toQString(config.framing.text()));
    m_fields->setConfig(config);
}

QString LoadBar::read(LoadConfig& config) {
    const auto endpoint = parseEndpoint(m_endpoint->currentText().trimmed().toStdString());
    mark(m_endpoint, !endpoint);
    if (!endpoint) {
        m_endpoint->setFocus();
        return errorWords(endpoint.error());
    }
    const auto framing = Framing::parse(m_framing->currentText().trimmed().toStdString());
    mark(m_framing, !framing);
    if (!framing) {
        m_framing->setFocus();
        return tr("%1 is no framing. For example: raw, line, or length:u32be")
            .arg(m_framing->currentText().trimmed());
    }
    config.endpoint = *endpoint;
    config.framing = *framing;
    return m_fields->read(config);
}

bool LoadBar::readable(LoadConfig& config) const {
    const auto endpoint = parseEndpoint(m_endpoint->currentText().trimmed().toStdString());
    const auto framing = Framing::parse(m_framing->currentText().trimmed().toStdString());
    if (!endpoint || !framing)
        return false;
    config.endpoint = *endpoint;
    config.framing = *framing;
    return m_fields->readQuietly(config);
}

void LoadBar::setState(State state) {
    m_state = state;
    const bool isUnderWay = state != State::Ready;
    m_endpoint->setEnabled(!isUnderWay);
    m_framing->setEnabled(!isUnderWay);
    m_fields->setEnabled(!isUnderWay);
    m_go->setEnabled(state != State::Cancelling);
    m_go->setProperty("primary", !isUnderWay);
    m_go->setText(isUnderWay ? tr("Cancel") : tr("Start"));
    m_go->setIcon(isUnderWay ? lineIcon(QStringLiteral("stop"))
                             : lineIcon(QStringLiteral("play"), ColorToken::OnAccent));
    m_go->setToolTip(isUnderWay ? tr("End it here; what was measured stays")
                                : tipWithKey(tr("Load the server"), startKey()));
    m_go->update();
}

void LoadBar::focusFirst() {
    m_endpoint->setFocus();
    m_endpoint->lineEdit()->selectAll();
}

void LoadBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_fields->setLabelsShown(width() >= labelledWidth);
    const QString lead = width() < narrowWidth ? QString() : tr("Framing");
    m_framing->setLead(lead);
    const bool isDense = width() < denseWidth;
    m_row->setSpacing(isDense ? 4 : 8);
    m_framing->setFixedWidth((isDense ? denseFramingWidth : framingWidth) +
                             (lead.isEmpty() ? 0 : fontMetrics().horizontalAdvance(lead) + 6));
}

void LoadBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
