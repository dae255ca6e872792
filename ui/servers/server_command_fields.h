#pragma once

#include <QCheckBox>
#include <QLineEdit>
#include <QObject>

#include "core/server/server_config.h"

namespace sscope {

class FormGrid;

/// The rows of the server form for the services that run programs: `command` and `exec`.
class ServerCommandFields : public QObject {
    Q_OBJECT

public:
    ServerCommandFields(FormGrid& grid, QObject* parent);

    void setSettings(const CommandSettings& settings);
    /// What a field holds that cannot be read becomes a value that validate() refuses.
    void apply(const ServerConfig& config, CommandSettings& settings) const;
    /// Shows the rows of the service, and of no other.
    void showRows(const QString& service);
    /// The field of an error of validate(); null where it is of none.
    [[nodiscard]] QWidget* fieldAtFault(const Error& error) const;

Q_SIGNALS:
    void edited();

private:
    QLineEdit* addEdit(const QString& label, const QString& tip, const QString& name,
                       QWidget* beside = nullptr);
    QCheckBox* makeCheck(const QString& text, const QString& tip, const QString& name);

    FormGrid& m_grid;
    QCheckBox* m_allowed;
    QLineEdit* m_program;
    QCheckBox* m_shell;
    QLineEdit* m_allow;
    QLineEdit* m_timeout;
    QLineEdit* m_outputCap;
    QLineEdit* m_tokenFile;
    QLineEdit* m_encoding;
};

} // namespace sscope
