#pragma once

#include <functional>
#include <vector>

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QWidget>

#include "core/server/server_config.h"

namespace sscope {

/// "More" of the server form: socket options and limits, those that differ from the defaults
/// marked.
class ServerOptionsPanel : public QWidget {
    Q_OBJECT

public:
    explicit ServerOptionsPanel(QWidget* parent = nullptr);

    /// Shows the options of config.
    void setConfig(const ServerConfig& config);
    /// Puts what is shown into config. False where a field holds what cannot be.
    bool apply(ServerConfig& config) const;
    /// Marks the fields that hold what cannot be; the first gets the keyboard.
    void showFaults();
    [[nodiscard]] int changedCount() const;
    void reset();

Q_SIGNALS:
    void edited();

private:
    /// A field, how it is shown and how it is read.
    struct Field {
        QLabel* label;
        QLineEdit* edit;
        std::function<QString(const ServerConfig&)> show;
        std::function<bool(ServerConfig&, const QString&)> read;
    };
    struct Switch {
        QCheckBox* box;
        bool SocketOptions::*option;
    };

    void addField(QGridLayout* grid, int row, int column, const QString& label, const QString& tip,
                  const QString& objectName, std::function<QString(const ServerConfig&)> show,
                  std::function<bool(ServerConfig&, const QString&)> read);
    void addSwitch(QLayout* row, const QString& label, const QString& tip,
                   const QString& objectName, bool SocketOptions::*option);
    void buildSocketFields(QGridLayout* grid);
    void buildLimitFields(QGridLayout* grid);
    void markChanged();

    std::vector<Field> m_fields;
    std::vector<Switch> m_switches;
};

} // namespace sscope
