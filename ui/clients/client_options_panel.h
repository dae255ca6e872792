#pragma once

#include <functional>
#include <vector>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>

#include "core/client/client_session.h"

namespace sscope {

class FieldFault;
class OptionGrid;

/// What a client tab can be asked for beyond its endpoint.
struct ClientOptions {
    ClientConfig config;
    bool reconnect = false; // by itself, until the person ends it
};

/// The options of a client tab, those that differ from the defaults marked, and the command line
/// that does the same.
class ClientOptionsPanel : public QWidget {
    Q_OBJECT

public:
    explicit ClientOptionsPanel(QWidget* parent = nullptr);

    void setOptions(const ClientOptions& options);
    /// What suits the transport is offered; the command line names the endpoint.
    void setEndpoint(const Endpoint& endpoint);
    /// Puts what is shown into options, whose endpoint and framing stay. False where a field holds
    /// what cannot be.
    bool apply(ClientOptions& options) const;
    /// Marks and explains the first field that holds what cannot be.
    void showFault();
    /// Of the fields that are offered.
    [[nodiscard]] int changedCount() const;
    /// A connection keeps the options that it began with.
    void setConnected(bool isConnected);
    void focusFirst();
    /// "socketscope send ...", as far as the fields can be read.
    [[nodiscard]] QString command() const;

Q_SIGNALS:
    void edited();
    void closeAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    using Show = std::function<QString(const ClientOptions&)>;
    using Read = std::function<bool(ClientOptions&, const QString&)>;
    using Suits = bool (*)(Transport);

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
        OptionGrid* grid;
        Suits suits;
        Show show;
        Read read;
    };
    struct Switch {
        QCheckBox* box;
        Suits suits;
        std::function<bool&(ClientOptions&)> option;
    };

    QWidget* buildHead();
    QWidget* buildFoot();
    void buildConnection();
    void buildTimes(OptionGrid* grid);
    void buildSocket();
    void buildBuffers(OptionGrid* grid);
    void buildDatagrams();
    OptionGrid* addGrid(const QString& title, Suits suits);
    QHBoxLayout* addSwitchRow();
    void addField(OptionGrid* grid, const Text& text, Suits suits, Show show, Read read,
                  bool isWide = false);
    void addSwitch(QHBoxLayout* row, const QString& label, const QString& tip,
                   const QString& objectName, Suits suits,
                   std::function<bool&(ClientOptions&)> option);
    void fieldEdited();
    void markChanged();
    void showCommand();
    void reset();
    [[nodiscard]] bool isChanged(const Field& field) const;
    static bool isChanged(const Switch& entry);
    [[nodiscard]] ClientOptions defaults() const;

    ClientOptions m_base; // what is not shown is kept from here
    Endpoint m_endpoint;
    QScrollArea* m_scroll;
    QVBoxLayout* m_column;
    QLabel* m_when;
    QLabel* m_changed;
    QPushButton* m_reset = nullptr;
    QLabel* m_command;
    FieldFault* m_fault;
    std::vector<Field> m_fields;
    std::vector<Switch> m_switches;
    std::vector<std::pair<QWidget*, Suits>> m_sections; // titles
};

} // namespace sscope
