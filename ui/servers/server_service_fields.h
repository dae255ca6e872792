#pragma once

#include <QCheckBox>
#include <QLineEdit>
#include <QObject>

#include "core/server/server_config.h"

namespace sscope {

class FormGrid;
class RemarkComboBox;
class ServerChatFields;
class ServerCommandFields;

/// The rows of the server form that choose the service and what it says.
class ServerServiceFields : public QObject {
    Q_OBJECT

public:
    ServerServiceFields(FormGrid& grid, QObject* parent);

    void setConfig(const ServerConfig& config);
    void apply(ServerConfig& config) const;
    [[nodiscard]] QWidget* serviceField() const;
    /// The field of an error of validate(); null where it is of none of these.
    [[nodiscard]] QWidget* fieldAtFault(const Error& error) const;
    /// The field whose text means nothing; null where all can be read. words: why.
    [[nodiscard]] QWidget* unreadField(QString& words) const;

Q_SIGNALS:
    void edited();
    /// Something that the form did for a field has failed.
    void failed(QWidget* field, const QString& words);

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
    ServerChatFields* m_chat;
    ServerCommandFields* m_command;
};

} // namespace sscope
