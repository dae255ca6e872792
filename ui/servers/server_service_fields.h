#pragma once

#include <QCheckBox>
#include <QLineEdit>
#include <QObject>

#include "core/server/server_config.h"

namespace sscope {

class FormGrid;
class RemarkComboBox;

/// The rows of the server form that choose the service and what it says.
class ServerServiceFields : public QObject {
    Q_OBJECT

public:
    ServerServiceFields(FormGrid& grid, QObject* parent);

    void setConfig(const ServerConfig& config);
    void apply(ServerConfig& config) const;
    [[nodiscard]] QWidget* serviceField() const;
    [[nodiscard]] QWidget* httpField() const { return m_http; }
    [[nodiscard]] QWidget* dictionaryField() const { return m_dictionary; }

Q_SIGNALS:
    void edited();

private:
    void addMessageRows();
    void chooseDictionary();
    void showRows();
    [[nodiscard]] QString service() const;

    FormGrid& m_grid;
    RemarkComboBox* m_service;
    QLineEdit* m_reply;
    QCheckBox* m_http;
    QLineEdit* m_welcome;
    QLineEdit* m_dictionary;
    QCheckBox* m_keepOpen;
};

} // namespace sscope
