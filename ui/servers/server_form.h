#pragma once

#include <functional>
#include <optional>

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QWidget>

#include "core/server/server_config.h"

namespace sscope {

class FormGrid;
class ServerAddressFields;
class FieldFault;
class ServerModelFields;
class ServerOptionsPanel;
class ServerServiceFields;

/// The form for a server, new or known, in place in the Servers dock, with the command line that
/// does the same.
class ServerForm : public QWidget {
    Q_OBJECT

public:
    explicit ServerForm(QWidget* parent = nullptr);

    void setConfig(const ServerConfig& config);
    /// What the fields say; nothing where one is at fault, which is marked and explained.
    std::optional<ServerConfig> read();
    /// The start has failed: says so under the field that is at fault.
    void showFailure(const Error& error);
    void setBusy(bool busy);
    void focusFirst();
    /// Counts only while the form is shown; a fixed minimum would widen the dock always.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void startAsked(const ServerConfig& config);
    void cancelAsked();
    void showPortAsked(std::uint16_t port, bool isDatagram);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildContent();
    QLayout* buildMore();
    QWidget* buildFoot();
    void connectFields();
    void edited();
    void start();
    void showFieldFault(QWidget* field, const QString& text);
    void scrollTo(QWidget* widget);
    [[nodiscard]] QWidget* fieldAtFault(const Error& error) const;
    void showHeldPort(const Hint& hint, const Error& error);
    void addHolderLink();
    void showCommand();
    void showMore();
    void showAllowPublic(const ServerConfig& config);
    /// As far as the fields can be read; those that cannot are told of at the start.
    [[nodiscard]] ServerConfig readable() const;

    ServerConfig m_base; // what the form does not show is kept from here
    QScrollArea* m_scroll;
    FormGrid* m_grid;
    ServerServiceFields* m_service;
    ServerAddressFields* m_address;
    ServerModelFields* m_model;
    FieldFault* m_fault;
    QToolButton* m_moreToggle;
    QLabel* m_changed;
    QPushButton* m_resetOptions;
    ServerOptionsPanel* m_options;
    QLabel* m_command;
    QPushButton* m_start;
};

} // namespace sscope
