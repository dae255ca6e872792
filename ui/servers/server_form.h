#pragma once

#include <optional>

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QWidget>

#include "core/server/server_config.h"

namespace sscope {

class ServerOptionsPanel;

/// The form for a new server, in place in the Servers dock, with the command line that does the
/// same.
class ServerForm : public QWidget {
    Q_OBJECT

public:
    explicit ServerForm(QWidget* parent = nullptr);

    void setConfig(const ServerConfig& config);
    /// The start has failed: says so under the field that is at fault.
    void showFailure(const Error& error);
    void setBusy(bool busy);
    void focusFirst();
    /// Counts only while the form is shown; a fixed minimum would widen the dock always.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void startAsked(const ServerConfig& config);
    void cancelAsked();
    void showPortAsked(std::uint16_t port);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildFields(QWidget* content);
    void buildFault();
    void connectFields();
    void buildMore(QWidget* content);
    void buildFoot(QWidget* foot);
    void fillAddresses();
    void addAddress(const QString& address, const QString& remark);
    /// What the fields say; nothing where one is at fault, which is marked and explained.
    std::optional<ServerConfig> read();
    void start();
    void showFieldFault(QWidget* field, const QString& text);
    void clearFault();
    void addRemedy(const QString& text, const std::function<void()>& action);
    void showCommand();
    void showMore();
    [[nodiscard]] QString chosenAddress() const;

    ServerConfig m_base; // what the form does not show is kept from here
    QComboBox* m_transport;
    QComboBox* m_address;
    QCheckBox* m_allowPublic;
    QLineEdit* m_port;
    QComboBox* m_model;
    QLineEdit* m_loops;
    QGridLayout* m_fields = nullptr;
    QWidget* m_fault;
    QLabel* m_faultIcon;
    QLabel* m_faultText;
    QLayout* m_remedies;
    QToolButton* m_moreToggle;
    QLabel* m_changed;
    QPushButton* m_resetOptions;
    ServerOptionsPanel* m_options;
    QLabel* m_command;
    QPushButton* m_start;
};

} // namespace sscope
