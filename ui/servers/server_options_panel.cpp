#include "ui/servers/server_options_panel.h"

#include <algorithm>
#include <limits>

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/common/error_text.h"
#include "ui/common/field_fault.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/option_values.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

using namespace option_values;

constexpr int labelWidth = 88;
constexpr int fieldWidth = 64;
constexpr int gap = 16;
constexpr int gridColumns = 5;
constexpr std::uint32_t mostCount = std::numeric_limits<int>::max();
constexpr std::uint64_t mostBytes = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t mostReceiveSize = 1 << 26;

QStringList endpointWords(const QString& text) {
    return text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QString moreEndpointsText(const ServerConfig& config) {
    QStringList words;
    for (std::size_t i = 1; i < config.listen.size(); ++i)
        words.append(toQString(config.listen[i].text()));
    return words.join(QLatin1Char(' '));
}

Result<std::vector<Endpoint>> parseEndpoints(const QString& text) {
    std::vector<Endpoint> endpoints;
    for (const QString& word : endpointWords(text)) {
        auto endpoint = parseEndpoint(word.toStdString(), {.host = "127.0.0.1"});
        if (!endpoint)
            return tl::unexpected(endpoint.error());
        endpoints.push_back(std::move(*endpoint));
    }
    return endpoints;
}

bool readMoreEndpoints(ServerConfig& config, const QString& text) {
    const auto more = parseEndpoints(text);
    config.listen.resize(1);
    if (more)
        config.listen.insert(config.listen.end(), more->begin(), more->end());
    return more.has_value();
}

} // namespace

ServerOptionsPanel::ServerOptionsPanel(QWidget* parent)
    : QWidget(parent), m_moreEndpoints(new QLineEdit(this)), m_fault(new FieldFault(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    QGridLayout* socket = addGrid(tr("Socket"));
    buildQueueFields(socket);
    buildTimeFields(socket);
    buildSocketSwitches();
    QGridLayout* limits = addGrid(tr("Limits"));
    buildConnectionLimits(limits);
    buildSizeLimits(limits);
    buildEndSwitches();
    buildMoreEndpoints();
    setConfig({});
}

QGridLayout* ServerOptionsPanel::addGrid(const QString& title) {
    auto* column = static_cast<QVBoxLayout*>(layout());
    if (column->count() > 0)
        column->addSpacing(4);
    column->addWidget(makeNote(title, this));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(0);
    grid->setVerticalSpacing(4);
    grid->setColumnMinimumWidth(0, labelWidth);
    grid->setColumnMinimumWidth(2, gap);
    grid->setColumnMinimumWidth(3, labelWidth);
    column->addLayout(grid);
    return grid;
}

void ServerOptionsPanel::buildQueueFields(QGridLayout* grid) {
    addField(
        grid,
        {QStringLiteral("backlog"), tr("Backlog"),
         tr("Connections that may wait to be accepted (listen(2))"), QStringLiteral("128")},
        [](const ServerConfig& c) { return countText(static_cast<quint64>(c.backlog)); },
        [](ServerConfig& c, const QString& t) {
            std::uint32_t count = 0;
            const bool isGood = readCount(t, 0, mostCount, count);
            c.backlog = static_cast<int>(count);
            return isGood;
        });
    addField(
        grid,
        {QStringLiteral("receiveSize"), tr("Receive size"), tr("Bytes asked of one recv(2)"),
         QStringLiteral("64 KiB")},
        [](const ServerConfig& c) { return sizeText(c.receiveSize); },
        [](ServerConfig& c, const QString& t) {
            return readSize(t, mostReceiveSize, c.receiveSize);
        });
    addField(
        grid,
        {QStringLiteral("receiveBuffer"), tr("Receive buffer"), QStringLiteral("SO_RCVBUF"),
         QStringLiteral("64 KiB")},
        [](const ServerConfig& c) { return bufferText(c.options.receiveBuffer); },
        [](ServerConfig& c, const QString& t) { return readBuffer(t, c.options.receiveBuffer); });
    addField(
        grid,
        {QStringLiteral("sendBuffer"), tr("Send buffer"), QStringLiteral("SO_SNDBUF"),
         QStringLiteral("64 KiB")},
        [](const ServerConfig& c) { return bufferText(c.options.sendBuffer); },
        [](ServerConfig& c, const QString& t) { return readBuffer(t, c.options.sendBuffer); });
}

void ServerOptionsPanel::buildTimeFields(QGridLayout* grid) {
    addField(
        grid,
        {QStringLiteral("keepalive"), tr("Keepalive"),
         tr("Seconds of silence before TCP asks (SO_KEEPALIVE)"), QStringLiteral("60 s")},
        [](const ServerConfig& c) { return secondsText(c.options.keepaliveSeconds); },
        [](ServerConfig& c, const QString& t) {
            return readSeconds(t, 1, c.options.keepaliveSeconds);
        });
    addField(
        grid,
        {QStringLiteral("linger"), tr("Linger"), tr("SO_LINGER in seconds; 0 resets on close"),
         QStringLiteral("0 s")},
        [](const ServerConfig& c) { return secondsText(c.options.lingerSeconds); },
        [](ServerConfig& c, const QString& t) {
            return readSeconds(t, 0, c.options.lingerSeconds);
        });
    addField(
        grid,
        {QStringLiteral("pollInterval"), tr("Poll interval"),
         tr("The loop wakes up at least that often, as serve_forever does"),
         QStringLiteral("0.5 s")},
        [](const ServerConfig& c) { return durationText(c.pollInterval); },
        [](ServerConfig& c, const QString& t) { return readDuration(t, c.pollInterval); });
}

void ServerOptionsPanel::buildConnectionLimits(QGridLayout* grid) {
    addField(
        grid,
        {QStringLiteral("maxConnections"), tr("Connections"),
         tr("Connections at a time; more are rejected"), QStringLiteral("10 000")},
        [](const ServerConfig& c) { return countText(c.maxConnections); },
        [](ServerConfig& c, const QString& t) {
            return readCount(t, 1, mostCount, c.maxConnections);
        });
    addField(
        grid,
        {QStringLiteral("maxPerSource"), tr("Per source"),
         tr("Connections from one address, IPv6 /64 or Unix user; more are rejected"),
         QStringLiteral("100")},
        [](const ServerConfig& c) { return limitText(c.maxPerSource); },
        [](ServerConfig& c, const QString& t) { return readLimit(t, c.maxPerSource); });
    addField(
        grid,
        {QStringLiteral("idleTimeout"), tr("Idle time-out"),
         tr("Closes a connection after so long without a byte"), QStringLiteral("30 s")},
        [](const ServerConfig& c) { return durationText(c.idleTimeout); },
        [](ServerConfig& c, const QString& t) { return readDuration(t, c.idleTimeout); });
}

void ServerOptionsPanel::buildSizeLimits(QGridLayout* grid) {
    addField(
        grid,
        {QStringLiteral("maxMessage"), tr("Message"), tr("Bytes of one message's content"),
         QStringLiteral("16 MiB")},
        [](const ServerConfig& c) { return sizeText(c.settings.maxMessage); },
        [](ServerConfig& c, const QString& t) {
            return readSize(t, mostBytes, c.settings.maxMessage);
        });
    addField(
        grid,
        {QStringLiteral("maxHeader"), tr("Header"), tr("Bytes of what comes before the content"),
         QStringLiteral("16 KiB")},
        [](const ServerConfig& c) { return sizeText(c.settings.maxHeader); },
        [](ServerConfig& c, const QString& t) {
            return readSize(t, mostBytes, c.settings.maxHeader);
        });
    addField(
        grid,
        {QStringLiteral("maxQueue"), tr("Send queue"),
         tr("Bytes that may wait for a client that does not read"), QStringLiteral("1 MiB")},
        [](const ServerConfig& c) { return sizeText(c.maxQueue); },
        [](ServerConfig& c, const QString& t) { return readSize(t, mostBytes, c.maxQueue); });
}

void ServerOptionsPanel::buildSocketSwitches() {
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    addSwitch(row, tr("Reuse address"), QStringLiteral("SO_REUSEADDR"),
              QStringLiteral("reuseAddress"),
              [](ServerConfig& c) -> bool& { return c.options.reuseAddress; });
    addSwitch(row, tr("Reuse port"), QStringLiteral("SO_REUSEPORT"), QStringLiteral("reusePort"),
              [](ServerConfig& c) -> bool& { return c.options.reusePort; });
    addSwitch(row, tr("No delay"), QStringLiteral("TCP_NODELAY"), QStringLiteral("noDelay"),
              [](ServerConfig& c) -> bool& { return c.options.noDelay; });
    row->addStretch(1);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void ServerOptionsPanel::buildEndSwitches() {
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    addSwitch(row, tr("Close after reply"),
              tr("Closes a connection once the answer to its first message is sent"),
              QStringLiteral("closeAfterReply"),
              [](ServerConfig& c) -> bool& { return c.closeAfterReply; });
    addSwitch(row, tr("Serve once"), tr("Serves one connection, or one datagram, then stops"),
              QStringLiteral("serveOnce"), [](ServerConfig& c) -> bool& { return c.once; });
    row->addStretch(1);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void ServerOptionsPanel::buildMoreEndpoints() {
    const QString title = tr("Also listen on");
    m_moreEndpoints->setObjectName(QStringLiteral("moreEndpoints"));
    m_moreEndpoints->setPlaceholderText(QStringLiteral("[::1]:65432 unix:/tmp/echo.sock"));
    m_moreEndpoints->setToolTip(tr("Further endpoints, with spaces between them"));
    m_moreEndpoints->setAccessibleName(title);
    m_moreEndpoints->setFont(monoFont());
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addSpacing(4);
    QLabel* label = makeLabel(title, this);
    label->setBuddy(m_moreEndpoints);
    auto* grid = new QGridLayout;
    grid->setVerticalSpacing(4);
    grid->addWidget(label, 0, 0);
    grid->addWidget(m_moreEndpoints, 1, 0);
    column->addLayout(grid);
    connect(m_moreEndpoints, &QLineEdit::textChanged, this, [this] {
        markChanged();
        Q_EMIT edited();
    });
    m_fields.push_back({label, m_moreEndpoints, {}, grid, &moreEndpointsText, &readMoreEndpoints});
}

/// Two fields stand in a row of a grid; the row below is kept for a fault.
void ServerOptionsPanel::addField(QGridLayout* grid, const Text& text, Show show, Read read) {
    auto* edit = new QLineEdit(this);
    edit->setObjectName(text.objectName);
    edit->setAccessibleName(text.label);
    edit->setToolTip(text.tip);
    edit->setFont(monoFont());
    edit->setFixedWidth(fieldWidth);
    auto* name = makeLabel(text.label, this);
    name->setWordWrap(false);
    name->setToolTip(text.tip);
    name->setBuddy(edit);
    const auto inGrid = std::count_if(m_fields.begin(), m_fields.end(),
                                      [&](const Field& field) { return field.grid == grid; });
    const int row = static_cast<int>(inGrid) / 2 * 2;
    const int column = static_cast<int>(inGrid) % 2 * 3;
    grid->addWidget(name, row, column);
    grid->addWidget(edit, row, column + 1);
    connect(edit, &QLineEdit::textChanged, this, [this] {
        markChanged();
        Q_EMIT edited();
    });
    m_fields.push_back({name, edit, text.example, grid, std::move(show), std::move(read)});
}

void ServerOptionsPanel::addSwitch(QLayout* row, const QString& label, const QString& tip,
                                   const QString& objectName,
                                   std::function<bool&(ServerConfig&)> option) {
    auto* box = new QCheckBox(label, this);
    box->setObjectName(objectName);
    box->setToolTip(tip);
    row->addWidget(box);
    connect(box, &QCheckBox::toggled, this, [this] {
        markChanged();
        Q_EMIT edited();
    });
    m_switches.push_back({box, std::move(option)});
}

void ServerOptionsPanel::setConfig(const ServerConfig& config) {
    ServerConfig shown = config;
    for (const Field& field : m_fields) {
        const QSignalBlocker blocker(field.edit);
        field.edit->setText(field.show(config));
        field.edit->setCursorPosition(0);
    }
    for (const Switch& entry : m_switches) {
        const QSignalBlocker blocker(entry.box);
        entry.box->setChecked(entry.option(shown));
    }
    markChanged();
}

bool ServerOptionsPanel::apply(ServerConfig& config) const {
    bool isGood = true;
    for (const Field& field : m_fields)
        isGood = field.read(config, field.edit->text().trimmed()) && isGood;
    for (const Switch& entry : m_switches)
        entry.option(config) = entry.box->isChecked();
    return isGood;
}

QString ServerOptionsPanel::faultText(const Field& field) const {
    const QString text = field.edit->text().trimmed();
    if (field.edit == m_moreEndpoints) {
        const auto more = parseEndpoints(text);
        return more ? QString()
                    : QStringLiteral("%1: %2").arg(toQString(displaySafe(more.error().subject)),
                                                   reasonWords(more.error()));
    }
    return tr("'%1' is not valid here. For example: %2").arg(text, field.example);
}

QWidget* ServerOptionsPanel::showFault() {
    for (const Field& field : m_fields) {
        ServerConfig ignored;
        if (field.read(ignored, field.edit->text().trimmed()))
            continue;
        int row = 0;
        int column = 0;
        int rows = 0;
        int columns = 0;
        field.grid->getItemPosition(field.grid->indexOf(field.edit), &row, &column, &rows,
                                    &columns);
        field.grid->addWidget(m_fault, row + 1, 0, 1,
                              field.edit == m_moreEndpoints ? 1 : gridColumns);
        m_fault->show(field.edit, faultText(field));
        break;
    }
    return m_fault;
}

/// By what it means: "65536" is the default too.
bool ServerOptionsPanel::isChanged(const Field& field) {
    ServerConfig config;
    return !field.read(config, field.edit->text().trimmed()) ||
           field.show(config) != field.show(ServerConfig());
}

bool ServerOptionsPanel::isChanged(const Switch& entry) {
    ServerConfig defaults;
    return entry.box->isChecked() != entry.option(defaults);
}

int ServerOptionsPanel::changedCount() const {
    const auto count = [](const auto& entries) {
        return std::count_if(entries.begin(), entries.end(),
                             [](const auto& entry) { return isChanged(entry); });
    };
    return static_cast<int>(count(m_fields) + count(m_switches));
}

bool ServerOptionsPanel::hasMoreEndpoints() const {
    return !endpointWords(m_moreEndpoints->text()).isEmpty();
}

void ServerOptionsPanel::markChanged() {
    m_fault->clear();
    const QFont plain = font();
    for (const Field& field : m_fields) {
        const bool differs = isChanged(field);
        field.label->setFont(differs ? demiBold(plain) : plain);
        field.edit->setProperty("changed", differs);
        field.edit->update();
    }
    for (const Switch& entry : m_switches)
        entry.box->setFont(isChanged(entry) ? demiBold(plain) : plain);
}

void ServerOptionsPanel::reset() {
    setConfig({});
    Q_EMIT edited();
}

} // namespace sscope
