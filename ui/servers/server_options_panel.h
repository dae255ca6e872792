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

class FieldFault;

/// "More" of the server form: socket options, limits and further endpoints, those that differ
/// from the defaults marked.
class ServerOptionsPanel : public QWidget {
    Q_OBJECT

public:
    explicit ServerOptionsPanel(QWidget* parent = nullptr);

    /// Shows the options of config.
    void setConfig(const ServerConfig& config);
    /// Puts what is shown into config, whose first endpoint stays. False where a field holds what
    /// cannot be.
    bool apply(ServerConfig& config) const;
    /// Marks and explains the first field that holds what cannot be; the explanation.
    QWidget* showFault();
    [[nodiscard]] int changedCount() const;
    [[nodiscard]] bool hasMoreEndpoints() const;
    void reset();

Q_SIGNALS:
    void edited();

private:
    using Show = std::function<QString(const ServerConfig&)>;
    using Read = std::function<bool(ServerConfig&, const QString&)>;

    /// What a field is about.
    struct Text {
        QString objectName;
        QString label;
        QString tip;
        QString example;
    };
    /// A field, how it is shown and how it is read.
    struct Field {
        QLabel* label;
        QLineEdit* edit;
        QString example;
        QGridLayout* grid;
        Show show;
        Read read;
    };
    struct Switch {
        QCheckBox* box;
        std::function<bool&(ServerConfig&)> option;
    };

    QGridLayout* addGrid(const QString& title);
    void addField(QGridLayout* grid, const Text& text, Show show, Read read);
    void addSwitch(QLayout* row, const QString& label, const QString& tip,
                   const QString& objectName, std::function<bool&(ServerConfig&)> option);
    void buildQueueFields(QGridLayout* grid);
    void buildTimeFields(QGridLayout* grid);
    void buildSocketSwitches();
    void buildConnectionLimits(QGridLayout* grid);
    void buildSizeLimits(QGridLayout* grid);
    void buildEndSwitches();
    void buildMoreEndpoints();
    void markChanged();
    [[nodiscard]] QString faultText(const Field& field) const;
    static bool isChanged(const Field& field);
    static bool isChanged(const Switch& entry);

    std::vector<Field> m_fields;
    std::vector<Switch> m_switches;
    QLineEdit* m_moreEndpoints;
    FieldFault* m_fault;
};

} // namespace sscope
