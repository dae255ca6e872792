#include "ui/servers/server_address_fields.h"

#include "core/qt/network_interfaces.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/remark_combo_box.h"
#include "ui/common/small_widgets.h"
#include "ui/common/worker.h"
#include "ui/servers/form_grid.h"

namespace sscope {

namespace {

constexpr int portWidth = 96;

} // namespace

Reach reachOf(const Endpoint& endpoint) {
    if (isUnix(endpoint.transport) || endpoint.host == "localhost")
        return Reach::Loopback;
    if (endpoint.host == "*")
        return Reach::Public;
    const auto address = SocketAddress::fromNumeric(endpoint.host, endpoint.port);
    if (!address)
        return Reach::Unknown;
    return address->isLoopback() ? Reach::Loopback : Reach::Public;
}

ServerAddressFields::ServerAddressFields(FormGrid& grid, QObject* parent)
    : QObject(parent),
      m_grid(grid),
      m_transport(new RemarkComboBox(&grid)),
      m_address(new RemarkComboBox(&grid)),
      m_allowPublic(new QCheckBox(tr("Other machines may connect"), &grid)),
      m_caution(new QWidget(&grid)),
      m_cautionIcon(new QLabel(m_caution)),
      m_cautionText(makeLabel(QString(), m_caution)),
      m_port(new QLineEdit(&grid)),
      m_path(new QLineEdit(&grid)) {
    setUpWidgets();
    grid.addRow(tr("Transport"), m_transport);
    grid.addRow(tr("Address"), m_address);
    grid.addRow(m_allowPublic);
    addCaution();
    grid.addRow(tr("Port"), m_port, makeNote(tr("0 takes a free one"), &grid));
    grid.addRow(tr("Path"), m_path);
    for (RemarkComboBox* box : {m_transport, m_address})
        connect(box, &QComboBox::currentIndexChanged, this, &ServerAddressFields::edited);
    for (QLineEdit* edit : {m_port, m_path})
        connect(edit, &QLineEdit::textChanged, this, &ServerAddressFields::edited);
    connect(m_transport, &QComboBox::currentIndexChanged, this, &ServerAddressFields::showRows);
    connect(m_allowPublic, &QCheckBox::toggled, this, &ServerAddressFields::edited);
    fillAddresses();
    showRows();
}

void ServerAddressFields::setUpWidgets() {
    m_transport->setObjectName(QStringLiteral("serverTransport"));
    addTransport(Transport::Tcp, tr("a stream of bytes"));
    addTransport(Transport::Udp, tr("datagrams"));
    addTransport(Transport::Unix, tr("a stream within this machine"));
    addTransport(Transport::Unixgram, tr("datagrams within this machine"));
    m_address->setObjectName(QStringLiteral("serverAddress"));
    m_address->setFont(monoFont());
    m_allowPublic->setObjectName(QStringLiteral("allowPublic"));
    m_allowPublic->setToolTip(tr("Needed for an address that is not loopback (--allow-public)"));
    m_port->setObjectName(QStringLiteral("serverPort"));
    m_port->setFont(monoFont());
    m_port->setFixedWidth(portWidth);
    m_path->setObjectName(QStringLiteral("serverPath"));
    m_path->setFont(monoFont());
    m_path->setPlaceholderText(QStringLiteral("/tmp/echo.sock"));
    m_path->setToolTip(tr("A file, at most 107 bytes; @name is in the abstract namespace"));
}

void ServerAddressFields::addCaution() {
    m_cautionText->setObjectName(QStringLiteral("addressCaution"));
    m_cautionText->setFont(secondaryFont());
    auto* row = new QHBoxLayout(m_caution);
    row->setContentsMargins(0, 0, 0, 4);
    row->setSpacing(6);
    row->addWidget(m_cautionIcon, 0, Qt::AlignTop);
    row->addWidget(m_cautionText, 1);
    m_grid.addRow(m_caution);
    m_grid.setRowShown(m_caution, false);
}

void ServerAddressFields::setCaution(const QString& words) {
    m_cautionIcon->setPixmap(iconPixmap(QStringLiteral("warning"), 16,
                                        themeColor(ColorToken::Danger),
                                        m_caution->devicePixelRatioF()));
    QPalette palette = m_cautionText->palette();
    palette.setColor(QPalette::WindowText, themeColor(ColorToken::Danger));
    m_cautionText->setPalette(palette);
    m_cautionText->setText(words);
    m_grid.setRowShown(m_caution, !words.isEmpty());
}

/// In the order of the enum, which is how transport() reads it back.
void ServerAddressFields::addTransport(Transport transport, const QString& remark) {
    const std::string_view name = transportName(transport);
    m_transport->addEntry(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())),
                          remark);
}

void ServerAddressFields::addAddress(const QString& address, const QString& remark) {
    if (m_address->findData(address) < 0)
        m_address->addEntry(address, remark, address);
}

void ServerAddressFields::fillAddresses() {
    addAddress(QStringLiteral("127.0.0.1"), tr("this machine only"));
    addAddress(QStringLiteral("::1"), tr("this machine only, IPv6"));
    addAddress(QStringLiteral("*"), tr("every address"));
    addAddress(QStringLiteral("0.0.0.0"), tr("every IPv4 address"));
    // The kernel is asked on another thread.
    runOnWorker(this, &localAddresses, [this](const std::vector<LocalAddress>& addresses) {
        for (const LocalAddress& local : addresses)
            addAddress(toQString(local.address), toQString(local.interface));
    });
}

Transport ServerAddressFields::transport() const {
    return static_cast<Transport>(m_transport->currentIndex());
}

QLineEdit* ServerAddressFields::endField() const {
    return isUnix(transport()) ? m_path : m_port;
}

void ServerAddressFields::setPort(int port) {
    m_port->setText(QString::number(port));
}

void ServerAddressFields::showRows() {
    const bool hasPath = isUnix(transport());
    m_grid.setRowShown(m_address, !hasPath);
    m_grid.setRowShown(m_port, !hasPath);
    m_grid.setRowShown(m_path, hasPath);
}

void ServerAddressFields::setAllowPublicShown(bool isShown) {
    m_isAllowPublicShown = isShown;
    m_grid.setRowShown(m_allowPublic, isShown);
}

bool ServerAddressFields::allowsPublic() const {
    return m_isAllowPublicShown && m_allowPublic->isChecked();
}

Endpoint ServerAddressFields::nearestEndpoint() const {
    if (isUnix(transport()))
        return {.transport = transport(), .path = m_path->text().trimmed().toStdString()};
    return {.transport = transport(),
            .host = m_address->currentData().toString().toStdString(),
            .port = m_port->text().trimmed().toUShort()};
}

QString ServerAddressFields::typedEndpoint() const {
    QString text = toQString(nearestEndpoint().text());
    if (isUnix(transport()))
        return text;
    return text.left(text.lastIndexOf(QLatin1Char(':')) + 1) + m_port->text().trimmed();
}

Result<Endpoint> ServerAddressFields::endpoint() const {
    auto endpoint = parseEndpoint(typedEndpoint().toStdString());
    if (!endpoint)
        endpoint.error().hint = {}; // the other fields say the rest of an endpoint
    return endpoint;
}

void ServerAddressFields::setConfig(const ServerConfig& config) {
    const Endpoint& first = config.listen.front();
    m_transport->setCurrentIndex(static_cast<int>(first.transport));
    m_path->setText(toQString(first.path));
    const bool hasPath = isUnix(first.transport);
    const Endpoint inet = hasPath ? ServerConfig().listen.front() : first;
    const QString address = toQString(inet.host);
    addAddress(address, tr("as given"));
    m_address->setCurrentIndex(m_address->findData(address));
    m_port->setText(QString::number(inet.port));
    m_allowPublic->setChecked(config.allowPublic);
}

} // namespace sscope
