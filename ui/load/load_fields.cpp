#include "ui/load/load_fields.h"

#include <QLabel>

#include "core/base/units.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/remark_combo_box.h"
#include "ui/common/small_widgets.h"
#include "ui/load/load_text.h"

namespace sscope {

namespace {

constexpr std::uint32_t mostConnections = 60'000;
constexpr std::uint64_t mostSize = std::uint64_t{1} << 30;
constexpr int rateWidth = 112;

} // namespace

QString rateWords(const std::optional<double>& rate) {
    return rate ? QStringLiteral("%1/s").arg(perSecondText(*rate)) : LoadFields::tr("closed loop");
}

QString loadWords(const LoadConfig& config) {
    return LoadFields::tr("%1 connections, %2, %3, %4")
        .arg(countText(config.connections), sizeText(config.size), rateWords(config.rate),
             spanText(config.duration));
}

LoadFields::LoadFields(QWidget* bar) : QObject(bar), m_bar(bar) {}

QLineEdit* LoadFields::addField(QBoxLayout* row, const QString& label, const QString& tip,
                                const char* name, int width) {
    auto* edit = new QLineEdit(m_bar);
    edit->setObjectName(QString::fromLatin1(name));
    edit->setAccessibleName(label);
    edit->setToolTip(tip);
    edit->setFont(monoFont());
    edit->setFixedWidth(width);
    auto* text = makeNote(label, m_bar);
    text->setWordWrap(false);
    text->setBuddy(edit);
    m_labels.append(text);
    row->addWidget(text);
    row->addWidget(edit);
    connect(edit, &QLineEdit::textEdited, this, [this] {
        clearFaults();
        Q_EMIT edited();
    });
    connect(edit, &QLineEdit::returnPressed, this, &LoadFields::startAsked);
    return edit;
}

void LoadFields::addConnections(QBoxLayout* row) {
    m_connections = addField(row, tr("Connections"), tr("How many connections there are at a time"),
                             "loadConnections", 52);
}

void LoadFields::addSize(QBoxLayout* row) {
    m_size =
        addField(row, tr("Size"), tr("Bytes of each request, and of its reply"), "loadSize", 60);
}

void LoadFields::addDuration(QBoxLayout* row, const QString& label) {
    m_duration =
        addField(row, label, tr("How long is measured: 10 s, 500 ms, 2 m"), "loadDuration", 56);
}

void LoadFields::addRate(QBoxLayout* row) {
    m_rate = new RemarkComboBox(m_bar);
    m_rate->setObjectName(QStringLiteral("loadRate"));
    m_rate->setAccessibleName(tr("Rate"));
    m_rate->setToolTip(tr("Requests a second in all, whatever the server does; closed loop: each "
                          "reply asks for the next request"));
    m_rate->makeEditable();
    m_rate->addEntry(rateWords({}), tr("each reply asks for the next request"));
    for (const double rate : {100.0, 1'000.0, 10'000.0, 50'000.0})
        m_rate->addEntry(rateWords(rate), {});
    m_rate->setRemark(1, tr("any rate can be typed"));
    m_rate->setFixedWidth(rateWidth);
    m_rate->setCurrentIndex(0);
    auto* text = makeNote(tr("Rate"), m_bar);
    text->setWordWrap(false);
    text->setBuddy(m_rate);
    m_labels.append(text);
    row->addWidget(text);
    row->addWidget(m_rate);
    connect(m_rate, &QComboBox::editTextChanged, this, [this] {
        clearFaults();
        Q_EMIT edited();
    });
    connect(m_rate->lineEdit(), &QLineEdit::returnPressed, this, &LoadFields::startAsked);
}

void LoadFields::setConfig(const LoadConfig& config) {
    m_connections->setText(QString::number(config.connections));
    m_size->setText(sizeText(config.size));
    m_rate->showText(rateWords(config.rate));
    m_duration->setText(spanText(config.duration));
}

void LoadFields::clearFaults() {
    for (QWidget* field : {static_cast<QWidget*>(m_connections), static_cast<QWidget*>(m_size),
                           static_cast<QWidget*>(m_rate), static_cast<QWidget*>(m_duration)}) {
        field->setProperty("atFault", false);
        field->update();
    }
}

LoadFields::Fault LoadFields::parseRate(LoadConfig& config) const {
    config.rate.reset();
    const QString asked = m_rate->currentText().trimmed();
    if (asked.isEmpty() || asked == rateWords({}))
        return {};
    config.rate = parsePerSecond(asked);
    if (config.rate)
        return {};
    return {m_rate, tr("Rate is a number of requests a second, or %1. For example: 10 000/s")
                        .arg(rateWords({}))};
}

LoadFields::Fault LoadFields::parse(LoadConfig& config) const {
    QString digits = m_connections->text();
    digits.remove(QLatin1Char(' '));
    bool isNumber = false;
    config.connections = digits.toUInt(&isNumber);
    if (!isNumber || config.connections == 0 || config.connections > mostConnections)
        return {m_connections, tr("Connections is a number from 1 to %1. For example: 50")
                                   .arg(countText(mostConnections))};
    const auto size = parseBytes(m_size->text().trimmed().toStdString());
    if (!size || *size == 0 || *size > mostSize)
        return {m_size, tr("Size is from 1 B to 1 GiB. For example: 64 B, or 16 KiB")};
    config.size = *size;
    if (const Fault fault = parseRate(config); fault.field)
        return fault;
    const auto duration = parseSpan(m_duration->text());
    if (!duration)
        return {m_duration, tr("That is no time. For example: 10 s, 500 ms, or 2 m")};
    config.duration = *duration;
    return {};
}

QString LoadFields::read(LoadConfig& config) {
    clearFaults();
    const Fault fault = parse(config);
    if (fault.field) {
        fault.field->setProperty("atFault", true);
        fault.field->update();
        fault.field->setFocus();
    }
    return fault.sentence;
}

bool LoadFields::readQuietly(LoadConfig& config) const {
    return parse(config).field == nullptr;
}

void LoadFields::setEnabled(bool isEnabled) {
    for (QWidget* field : {static_cast<QWidget*>(m_connections), static_cast<QWidget*>(m_size),
                           static_cast<QWidget*>(m_rate), static_cast<QWidget*>(m_duration)})
        field->setEnabled(isEnabled);
}

void LoadFields::setLabelsShown(bool isShown) {
    for (QWidget* label : m_labels)
        label->setVisible(isShown);
}

void LoadFields::focusFirst() {
    m_connections->setFocus();
    m_connections->selectAll();
}

} // namespace sscope
