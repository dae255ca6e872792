#include "ui/servers/server_options_panel.h"

#include <limits>

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "core/base/units.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

constexpr int labelWidth = 88;
constexpr int fieldWidth = 64;

QString offWord() {
    return ServerOptionsPanel::tr("off");
}

QString kernelWord() {
    return ServerOptionsPanel::tr("kernel");
}

QString sizeText(std::uint64_t bytes) {
    const bool isRound = bytes % 1024 == 0 && bytes >= 1024;
    if (isRound && bytes % (1 << 20) == 0)
        return QStringLiteral("%1 MiB").arg(bytes >> 20);
    return isRound ? QStringLiteral("%1 KiB").arg(bytes >> 10) : QStringLiteral("%1 B").arg(bytes);
}

QString secondsText(const std::optional<Duration>& duration) {
    if (!duration)
        return offWord();
    return QStringLiteral("%1 s").arg(std::chrono::duration<double>(*duration).count());
}

bool isWord(const QString& text, const QString& word) {
    return text.isEmpty() || text.compare(word, Qt::CaseInsensitive) == 0;
}

bool readNumber(QString text, double least, double most, double& value) {
    text.remove(QLatin1Char(' '));
    if (text.endsWith(QLatin1Char('s')))
        text.chop(1);
    bool isNumber = false;
    value = text.toDouble(&isNumber);
    return isNumber && value >= least && value <= most;
}

template <typename T>
bool readWhole(const QString& text, double least, double most, T& target) {
    double value = 0;
    if (!readNumber(text, least, most, value) ||
        value != static_cast<double>(static_cast<T>(value)))
        return false;
    target = static_cast<T>(value);
    return true;
}

bool readSize(const QString& text, std::size_t most, std::size_t& target) {
    const auto bytes = parseBytes(text.toStdString());
    if (!bytes || *bytes < 1 || *bytes > most)
        return false;
    target = *bytes;
    return true;
}

bool readBuffer(const QString& text, std::optional<int>& target) {
    std::size_t bytes = 0;
    target.reset();
    if (isWord(text, kernelWord()))
        return true;
    if (!readSize(text, std::numeric_limits<int>::max(), bytes))
        return false;
    target = static_cast<int>(bytes);
    return true;
}

bool readOptionalSeconds(const QString& text, double least, std::optional<int>& target) {
    int seconds = 0;
    target.reset();
    if (isWord(text, offWord()))
        return true;
    if (!readWhole(text, least, 32767, seconds))
        return false;
    target = seconds;
    return true;
}

bool readDuration(const QString& text, std::optional<Duration>& target) {
    double seconds = 0;
    target.reset();
    if (isWord(text, offWord()))
        return true;
    if (!readNumber(text, 0.001, 1e6, seconds))
        return false;
    target = fromSeconds(seconds);
    return true;
}

} // namespace

ServerOptionsPanel::ServerOptionsPanel(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    const auto addGrid = [&](const QString& title) {
        column->addWidget(makeNote(title, this));
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(0);
        grid->setVerticalSpacing(4);
        grid->setColumnMinimumWidth(0, labelWidth);
        grid->setColumnMinimumWidth(2, 16);
        grid->setColumnMinimumWidth(3, labelWidth);
        column->addLayout(grid);
        return grid;
    };
    buildSocketFields(addGrid(tr("Socket")));
    auto* switches = new QHBoxLayout;
    switches->setSpacing(12);
    addSwitch(switches, tr("Reuse address"), QStringLiteral("SO_REUSEADDR"),
              QStringLiteral("reuseAddress"), &SocketOptions::reuseAddress);
    addSwitch(switches, tr("Reuse port"), QStringLiteral("SO_REUSEPORT"),
              QStringLiteral("reusePort"), &SocketOptions::reusePort);
    addSwitch(switches, tr("No delay"), QStringLiteral("TCP_NODELAY"), QStringLiteral("noDelay"),
              &SocketOptions::noDelay);
    switches->addStretch(1);
    column->addLayout(switches);
    column->addSpacing(4);
    buildLimitFields(addGrid(tr("Limits")));
    setConfig({});
}

void ServerOptionsPanel::buildSocketFields(QGridLayout* grid) {
    addField(
        grid, 0, 0, tr("Backlog"), tr("Connections that may wait to be accepted (listen(2))"),
        QStringLiteral("backlog"), [](const ServerConfig& c) { return QString::number(c.backlog); },
        [](ServerConfig& c, const QString& t) { return readWhole(t, 0, 1e9, c.backlog); });
    addField(
        grid, 0, 1, tr("Receive size"), tr("Bytes asked of one recv(2)"),
        QStringLiteral("receiveSize"),
        [](const ServerConfig& c) { return sizeText(c.receiveSize); },
        [](ServerConfig& c, const QString& t) {
            return readSize(t, std::size_t{1} << 26, c.receiveSize);
        });
    addField(
        grid, 1, 0, tr("Receive buffer"), QStringLiteral("SO_RCVBUF"),
        QStringLiteral("receiveBuffer"),
        [](const ServerConfig& c) {
            const auto& bytes = c.options.receiveBuffer;
            return bytes ? sizeText(static_cast<std::uint64_t>(*bytes)) : kernelWord();
        },
        [](ServerConfig& c, const QString& t) { return readBuffer(t, c.options.receiveBuffer); });
    addField(
        grid, 1, 1, tr("Send buffer"), QStringLiteral("SO_SNDBUF"), QStringLiteral("sendBuffer"),
        [](const ServerConfig& c) {
            const auto& bytes = c.options.sendBuffer;
            return bytes ? sizeText(static_cast<std::uint64_t>(*bytes)) : kernelWord();
        },
        [](ServerConfig& c, const QString& t) { return readBuffer(t, c.options.sendBuffer); });
    addField(
        grid, 2, 0, tr("Keepalive"), tr("Seconds of silence before TCP asks (SO_KEEPALIVE)"),
        QStringLiteral("keepalive"),
        [](const ServerConfig& c) {
            const auto& s = c.options.keepaliveSeconds;
            return s ? QStringLiteral("%1 s").arg(*s) : offWord();
        },
        [](ServerConfig& c, const QString& t) {
            return readOptionalSeconds(t, 1, c.options.keepaliveSeconds);
        });
    addField(
        grid, 2, 1, tr("Linger"), tr("SO_LINGER in seconds; 0 resets on close"),
        QStringLiteral("linger"),
        [](const ServerConfig& c) {
            const auto& s = c.options.lingerSeconds;
            return s ? QStringLiteral("%1 s").arg(*s) : offWord();
        },
        [](ServerConfig& c, const QString& t) {
            return readOptionalSeconds(t, 0, c.options.lingerSeconds);
        });
}

void ServerOptionsPanel::buildLimitFields(QGridLayout* grid) {
    addField(
        grid, 0, 0, tr("Connections"), tr("Connections at a time; more are rejected"),
        QStringLiteral("maxConnections"),
        [](const ServerConfig& c) { return QString::number(c.maxConnections); },
        [](ServerConfig& c, const QString& t) { return readWhole(t, 1, 1e9, c.maxConnections); });
    addField(
        grid, 0, 1, tr("Idle time-out"), tr("Closes a connection after so long without a byte"),
        QStringLiteral("idleTimeout"),
        [](const ServerConfig& c) { return secondsText(c.idleTimeout); },
        [](ServerConfig& c, const QString& t) { return readDuration(t, c.idleTimeout); });
    addField(
        grid, 1, 0, tr("Send queue"), tr("Bytes that may wait for a client that does not read"),
        QStringLiteral("maxQueue"), [](const ServerConfig& c) { return sizeText(c.maxQueue); },
        [](ServerConfig& c, const QString& t) {
            return readSize(t, std::numeric_limits<std::uint32_t>::max(), c.maxQueue);
        });
    addField(
        grid, 1, 1, tr("Poll interval"), tr("The loop wakes up at least that often"),
        QStringLiteral("pollInterval"),
        [](const ServerConfig& c) { return secondsText(c.pollInterval); },
        [](ServerConfig& c, const QString& t) { return readDuration(t, c.pollInterval); });
}

void ServerOptionsPanel::addField(QGridLayout* grid, int row, int column, const QString& label,
                                  const QString& tip, const QString& objectName,
                                  std::function<QString(const ServerConfig&)> show,
                                  std::function<bool(ServerConfig&, const QString&)> read) {
    auto* edit = new QLineEdit(this);
    edit->setObjectName(objectName);
    edit->setAccessibleName(label);
    edit->setToolTip(tip);
    edit->setFont(monoFont());
    edit->setFixedWidth(fieldWidth);
    auto* name = makeLabel(label, this);
    name->setWordWrap(false);
    name->setToolTip(tip);
    name->setBuddy(edit);
    grid->addWidget(name, row, column * 3);
    grid->addWidget(edit, row, column * 3 + 1);
    connect(edit, &QLineEdit::textChanged, this, [this, edit] {
        edit->setProperty("atFault", false);
        markChanged();
        Q_EMIT edited();
    });
    m_fields.push_back({name, edit, std::move(show), std::move(read)});
}

void ServerOptionsPanel::addSwitch(QLayout* row, const QString& label, const QString& tip,
                                   const QString& objectName, bool SocketOptions::*option) {
    auto* box = new QCheckBox(label, this);
    box->setObjectName(objectName);
    box->setToolTip(tip);
    row->addWidget(box);
    connect(box, &QCheckBox::toggled, this, [this] {
        markChanged();
        Q_EMIT edited();
    });
    m_switches.push_back({box, option});
}

void ServerOptionsPanel::setConfig(const ServerConfig& config) {
    for (const Field& field : m_fields) {
        const QSignalBlocker blocker(field.edit);
        field.edit->setText(field.show(config));
        field.edit->setCursorPosition(0);
    }
    for (const Switch& entry : m_switches) {
        const QSignalBlocker blocker(entry.box);
        entry.box->setChecked(config.options.*entry.option);
    }
    markChanged();
}

bool ServerOptionsPanel::apply(ServerConfig& config) const {
    bool isGood = true;
    for (const Field& field : m_fields)
        isGood = field.read(config, field.edit->text().trimmed()) && isGood;
    for (const Switch& entry : m_switches)
        config.options.*entry.option = entry.box->isChecked();
    return isGood;
}

void ServerOptionsPanel::showFaults() {
    ServerConfig ignored;
    QLineEdit* first = nullptr;
    for (const Field& field : m_fields) {
        const bool isGood = field.read(ignored, field.edit->text().trimmed());
        field.edit->setProperty("atFault", !isGood);
        field.edit->update();
        if (!isGood && !first)
            first = field.edit;
    }
    if (first)
        first->setFocus();
}

int ServerOptionsPanel::changedCount() const {
    const ServerConfig defaults;
    int count = 0;
    for (const Field& field : m_fields)
        count += field.edit->text().trimmed() != field.show(defaults) ? 1 : 0;
    for (const Switch& entry : m_switches)
        count += entry.box->isChecked() != defaults.options.*entry.option ? 1 : 0;
    return count;
}

void ServerOptionsPanel::markChanged() {
    const ServerConfig defaults;
    const QFont plain = font();
    for (const Field& field : m_fields) {
        const bool differs = field.edit->text().trimmed() != field.show(defaults);
        field.label->setFont(differs ? demiBold(plain) : plain);
        field.edit->setProperty("changed", differs);
        field.edit->update();
    }
    for (const Switch& entry : m_switches)
        entry.box->setFont(
            entry.box->isChecked() != defaults.options.*entry.option ? demiBold(plain) : plain);
}

void ServerOptionsPanel::reset() {
    setConfig({});
    Q_EMIT edited();
}

} // namespace sscope
