#pragma once

#include <optional>

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QObject>

#include "core/server/server_config.h"

namespace sscope {

class FormGrid;
class RemarkComboBox;

/// Whether other machines can reach an address; a name is not known before it is resolved.
enum class Reach { Loopback, Public, Unknown };
Reach reachOf(const Endpoint& endpoint);

/// The rows of the server form that say where to listen.
class ServerAddressFields : public QObject {
    Q_OBJECT

public:
    ServerAddressFields(FormGrid& grid, QObject* parent);

    void setConfig(const ServerConfig& config);
    /// The first endpoint, as it was typed; an error names the part at fault.
    [[nodiscard]] Result<Endpoint> endpoint() const;
    /// The same as a command line has it, whether it can be read or not.
    [[nodiscard]] QString typedEndpoint() const;
    /// The same with port 0 where what was typed is no port.
    [[nodiscard]] Endpoint nearestEndpoint() const;
    /// Takes the place of the port, or of the path.
    [[nodiscard]] QLineEdit* endField() const;
    void setPort(int port);
    [[nodiscard]] QCheckBox* allowPublicField() const { return m_allowPublic; }
    /// Shown where an address is not known to be loopback.
    void setAllowPublicShown(bool isShown);
    /// What a person is to know of this address and this service; mostly empty.
    void setCaution(const QString& words);
    [[nodiscard]] bool allowsPublic() const;

Q_SIGNALS:
    void edited();

private:
    void fillAddresses();
    void addTransport(Transport transport, const QString& remark);
    void addAddress(const QString& address, const QString& remark);
    void setUpWidgets();
    void addCaution();
    [[nodiscard]] Transport transport() const;
    void showRows();

    FormGrid& m_grid;
    RemarkComboBox* m_transport;
    RemarkComboBox* m_address;
    QCheckBox* m_allowPublic;
    QWidget* m_caution;
    QLabel* m_cautionIcon;
    QLabel* m_cautionText;
    QLineEdit* m_port;
    QLineEdit* m_path;
    bool m_isAllowPublicShown = false;
};

} // namespace sscope
