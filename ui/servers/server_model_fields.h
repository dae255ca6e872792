#pragma once

#include <QLineEdit>
#include <QObject>

#include "core/server/server_config.h"

namespace sscope {

class FormGrid;
class RemarkComboBox;

/// The rows of the server form that say how its connections are served and its messages told
/// apart.
class ServerModelFields : public QObject {
    Q_OBJECT

public:
    ServerModelFields(FormGrid& grid, QObject* parent);

    void setConfig(const ServerConfig& config);
    void apply(ServerConfig& config) const;
    /// The framing that the service has where none is chosen.
    void setOwnFraming(const std::string& service);
    [[nodiscard]] QLineEdit* loopsField() const { return m_loops; }
    [[nodiscard]] QWidget* modelField() const;
    [[nodiscard]] QWidget* framingField() const;

Q_SIGNALS:
    void edited();

private:
    void fillModels();
    void fillFramings();
    void showLoops();
    [[nodiscard]] QString framingText() const;

    RemarkComboBox* m_model;
    QWidget* m_loopsGroup;
    QLineEdit* m_loops;
    RemarkComboBox* m_framing;
};

} // namespace sscope
