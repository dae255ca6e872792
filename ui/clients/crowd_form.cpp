#include "ui/clients/crowd_form.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonParseError>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/clients/line_endings.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/framing_field.h"
#include "ui/common/option_values.h"
#include "ui/common/remark_combo_box.h"
#include "ui/common/small_widgets.h"
#include "ui/common/tab_order.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int rowHeight = 36;
constexpr int messagesHeight = 64;
constexpr int comboMargins = 44; // its frame, and the arrow
constexpr std::uint32_t mostConnections = 1'000'000;
constexpr std::uint32_t mostRepeats = 1'000'000'000;

void mark(QWidget* field, bool isAtFault) {
    field->setProperty("atFault", isAtFault);
    field->update();
}

std::vector<std::byte> bytesOfText(const QByteArray& text) {
    const ByteView view = bytesOf({text.constData(), static_cast<std::size_t>(text.size())});
    return {view.begin(), view.end()};
}

int widestEntry(const QComboBox& box) {
    int widest = 0;
    for (int i = 0; i < box.count(); ++i)
        widest = std::max(widest, box.fontMetrics().horizontalAdvance(box.itemText(i)));
    return widest;
}

/// What stands there as its own message; nothing where it is no list of texts.
std::optional<QStringList> jsonList(const QString& text, QString& fault) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &error);
    if (error.error != QJsonParseError::NoError) {
        fault = CrowdForm::tr("The messages cannot be read as JSON at byte %1.").arg(error.offset);
        return std::nullopt;
    }
    QStringList list;
    for (const QJsonValue& value : document.array()) {
        if (!value.isString())
            break;
        list.append(value.toString());
    }
    if (!document.isArray() || list.size() != document.array().size()) {
        fault = CrowdForm::tr("The messages are not a JSON list of texts. For example: %1")
                    .arg(QStringLiteral("[\"Message 1\", \"Message 2\"]"));
        return std::nullopt;
    }
    return list;
}

} // namespace

CrowdForm::CrowdForm(QWidget* parent)
    : QWidget(parent),
      m_endpoint(new QLineEdit(this)),
      m_framing(new RemarkComboBox(this)),
      m_go(new QPushButton(this)),
      m_together(new QCheckBox(tr("All open first"), this)),
      m_form(new QComboBox(this)),
      m_ending(new QComboBox(this)),
      m_messages(new QPlainTextEdit(this)) {
    setObjectName(QStringLiteral("crowdForm"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 2, 12, 8);
    column->setSpacing(0);
    m_first = new QHBoxLayout;
    auto* second = new QHBoxLayout;
    for (QBoxLayout* row : std::initializer_list<QBoxLayout*>{m_first, second}) {
        row->setSpacing(8);
        row->addStrut(rowHeight);
        column->addLayout(row);
    }
    buildEndpointRow(m_first);
    buildCountsRow(second);
    buildMessages();
    column->addWidget(m_messages);
    setState(State::Ready);
}

void CrowdForm::buildEndpointRow(QBoxLayout* row) {
    m_endpoint->setObjectName(QStringLiteral("crowdEndpoint"));
    m_endpoint->setAccessibleName(tr("Endpoint"));
    m_endpoint->setToolTip(tr("Where all connections go: host:port, udp://host:port, unix:PATH"));
    m_endpoint->setPlaceholderText(tr("host:port"));
    m_endpoint->setFont(monoFont());
    m_endpoint->setText(QStringLiteral("127.0.0.1:65432"));
    row->addWidget(m_endpoint, 1);
    m_framing->setObjectName(QStringLiteral("crowdFraming"));
    m_framing->setAccessibleName(tr("Framing"));
    m_framing->setToolTip(tr("How messages and replies are told apart; raw: as many bytes as were "
                             "sent must come back"));
    m_framing->makeEditable();
    addFramings(*m_framing);
    m_framing->setCurrentIndex(0);
    m_framing->setFixedWidth(132);
    row->addWidget(m_framing);
    m_go->setObjectName(QStringLiteral("crowdStart"));
    m_go->setMinimumWidth(80);
    row->addWidget(m_go);
    connect(m_go, &QPushButton::clicked, this, [this] {
        if (m_state == State::Running)
            Q_EMIT cancelAsked();
        else if (m_state == State::Ready)
            Q_EMIT startAsked();
    });
    connect(m_endpoint, &QLineEdit::textChanged, this, &CrowdForm::edited);
    connect(m_endpoint, &QLineEdit::returnPressed, this, &CrowdForm::startAsked);
    connect(m_framing, &QComboBox::editTextChanged, this, &CrowdForm::edited);
}

QLineEdit* CrowdForm::addField(QBoxLayout* row, const QString& text, const QString& tip,
                               const QString& objectName, const QString& value, int width) {
    auto* field = new QLineEdit(value, this);
    field->setObjectName(objectName);
    field->setAccessibleName(text);
    field->setToolTip(tip);
    field->setFixedWidth(width);
    field->setAlignment(Qt::AlignRight);
    QLabel* label = makeLabel(text, this);
    label->setWordWrap(false);
    label->setBuddy(field);
    row->addWidget(label);
    row->addWidget(field);
    connect(field, &QLineEdit::textChanged, this, &CrowdForm::edited);
    connect(field, &QLineEdit::returnPressed, this, &CrowdForm::startAsked);
    return field;
}

void CrowdForm::buildCountsRow(QBoxLayout* row) {
    m_connections = addField(row, tr("Connections"), tr("How many, 1 to 1 000 000"),
                             QStringLiteral("crowdConnections"), QStringLiteral("2"), 56);
    m_repeat = addField(row, tr("Repeat"), tr("How often each sends the list of messages"),
                        QStringLiteral("crowdRepeat"), QStringLiteral("1"), 48);
    m_timeout = addField(row, tr("Time-out"),
                         tr("How long each waits for what is still to come, in seconds"),
                         QStringLiteral("crowdTimeout"), QStringLiteral("10 s"), 48);
    m_together->setObjectName(QStringLiteral("crowdTogether"));
    m_together->setToolTip(tr("Nothing is sent before all connections are open"));
    row->addWidget(m_together);
    row->addStretch(1);
    m_form->setObjectName(QStringLiteral("crowdMessageForm"));
    m_form->setAccessibleName(tr("Messages"));
    m_form->setToolTip(tr("How the messages below are written"));
    m_form->addItems({tr("Lines"), tr("JSON list")});
    row->addWidget(m_form);
    m_ending->setObjectName(QStringLiteral("crowdEnding"));
    m_ending->setAccessibleName(tr("Ending"));
    m_ending->setToolTip(tr("What is sent after each message"));
    for (const LineEnding& ending : lineEndings()) {
        m_ending->addItem(ending.name);
        if (ending.bytes.isEmpty())
            m_ending->setCurrentIndex(m_ending->count() - 1);
    }
    row->addWidget(m_ending);
    for (QComboBox* box : {m_form, m_ending})
        box->setMinimumWidth(widestEntry(*box) + comboMargins);
    connect(m_together, &QCheckBox::toggled, this, &CrowdForm::edited);
    connect(m_form, &QComboBox::currentIndexChanged, this, &CrowdForm::edited);
    connect(m_ending, &QComboBox::currentIndexChanged, this, &CrowdForm::edited);
}

void CrowdForm::buildMessages() {
    m_messages->setObjectName(QStringLiteral("crowdMessages"));
    m_messages->setAccessibleName(tr("Messages"));
    m_messages->setToolTip(tr("What each connection sends, a message on each line"));
    m_messages->setPlaceholderText(tr("A message on each line; none: connect and close"));
    m_messages->setFont(monoFont());
    m_messages->setTabChangesFocus(true);
    m_messages->setFixedHeight(messagesHeight);
    m_messages->setPlainText(QStringLiteral("Message 1 from client.\nMessage 2 from client."));
    connect(m_messages, &QPlainTextEdit::textChanged, this, &CrowdForm::edited);
}

void CrowdForm::setEndpoint(const Endpoint& endpoint) {
    const QString text = toQString(endpoint.text());
    m_endpoint->setText(endpoint.transport == Transport::Tcp ? withoutScheme(text) : text);
}

void CrowdForm::setMessages(const QStringList& messages) {
    m_form->setCurrentIndex(1);
    m_messages->setPlainText(QString::fromUtf8(
        QJsonDocument(QJsonArray::fromStringList(messages)).toJson(QJsonDocument::Compact)));
}

void CrowdForm::setCounts(std::uint32_t connections, std::uint64_t repeat) {
    m_connections->setText(QString::number(connections));
    m_repeat->setText(QString::number(repeat));
}

void CrowdForm::setState(State state) {
    m_state = state;
    m_go->setText(state == State::Running      ? tr("Cancel")
                  : state == State::Cancelling ? tr("Cancelling")
                                               : tr("Start"));
    m_go->setToolTip(state == State::Ready
                         ? tipWithKey(tr("Open the connections"), {Qt::CTRL | Qt::Key_Return})
                         : tr("Reset what is open and begin no more"));
    m_go->setProperty("primary", state == State::Ready);
    m_go->setEnabled(state != State::Cancelling);
    m_go->update();
    for (QWidget* field :
         std::initializer_list<QWidget*>{m_endpoint, m_framing, m_connections, m_repeat, m_timeout,
                                         m_together, m_form, m_ending, m_messages})
        field->setEnabled(state == State::Ready);
}

void CrowdForm::addButton(QWidget* button) {
    m_first->addWidget(button);
    orderForTab({m_endpoint, m_framing, m_go, button, m_connections, m_repeat, m_timeout,
                 m_together, m_form, m_ending, m_messages});
}

void CrowdForm::focusFirst() {
    m_endpoint->setFocus();
    m_endpoint->selectAll();
}

void CrowdForm::clearMarks() {
    for (QWidget* field : std::initializer_list<QWidget*>{m_endpoint, m_framing, m_connections,
                                                          m_repeat, m_timeout, m_messages})
        mark(field, false);
}

QString CrowdForm::read(CrowdConfig& config) {
    clearMarks();
    const Problem fault = parse(config);
    if (fault.field) {
        mark(fault.field, true);
        fault.field->setFocus();
    }
    return fault.sentence;
}

bool CrowdForm::readable(CrowdConfig& config) const {
    return !parse(config).field;
}

CrowdForm::Problem CrowdForm::parse(CrowdConfig& config) const {
    const auto endpoint = parseEndpoint(m_endpoint->text().trimmed().toStdString());
    if (!endpoint)
        return {m_endpoint, errorWords(endpoint.error())};
    const std::string framingText = m_framing->currentText().trimmed().toStdString();
    const auto framing = Framing::parse(framingText);
    if (!framing)
        return {m_framing, errorWords(unknownFraming("send", framingText))};
    const bool datagrams = isDatagram(endpoint->transport);
    if (datagrams && !framing->kind().suitsDatagrams)
        return {m_framing, errorWords(faultError(Fault::NeedsStream, "send", endpoint->text(),
                                                 framing->text()))};
    config.client.endpoint = *endpoint;
    config.client.framing = *framing;
    config.together = m_together->isChecked();
    config.plan.bytesReturn = framing->isRaw() && !datagrams;
    if (const Problem fault = parseCounts(config); fault.field)
        return fault;
    return parseMessages(config);
}

CrowdForm::Problem CrowdForm::parseCounts(CrowdConfig& config) const {
    std::uint32_t repeat = 0;
    if (!option_values::readCount(m_connections->text(), 1, mostConnections, config.connections))
        return {m_connections, tr("Connections is not a number from 1 to 1 000 000.")};
    if (!option_values::readCount(m_repeat->text(), 1, mostRepeats, repeat))
        return {m_repeat, tr("Repeat is not a number from 1.")};
    config.plan.repeat = repeat;
    std::optional<Duration> wait;
    if (!option_values::readDuration(m_timeout->text(), wait) || !wait || *wait <= Duration::zero())
        return {m_timeout, tr("The time-out is not a number of seconds. For example: 10")};
    config.plan.wait = *wait;
    return {};
}

CrowdForm::Problem CrowdForm::parseMessages(CrowdConfig& config) const {
    QStringList texts;
    const QString text = m_messages->toPlainText();
    if (m_form->currentIndex() == 1 && !text.trimmed().isEmpty()) {
        QString fault;
        const auto list = jsonList(text, fault);
        if (!list)
            return {m_messages, fault};
        texts = *list;
    } else if (!text.isEmpty()) {
        texts = text.split(QLatin1Char('\n'));
        if (texts.last().isEmpty())
            texts.removeLast();
    }
    const QByteArray ending = lineEnding(m_ending->currentText()).bytes;
    config.plan.messages.clear();
    for (const QString& each : texts) {
        ExchangeMessage message{.content = bytesOfText(each.toUtf8() + ending)};
        if (config.client.framing.kind().name == "message")
            message.header = {{"content-type", "text/json"}, {"content-encoding", "utf-8"}};
        const auto fits = config.client.framing.accepts(message.content, message.header);
        if (!fits)
            return {m_messages, errorWords(fits.error())};
        config.plan.messages.push_back(std::move(message));
    }
    return {};
}

void CrowdForm::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(0, height() - 1, width(), 1, themeColor(ColorToken::Hairline));
}

} // namespace sscope
