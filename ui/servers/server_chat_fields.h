#pragma once

#include <QLineEdit>
#include <QObject>
#include <QToolButton>

#include "core/server/server_config.h"

namespace sscope {

class FormGrid;

/// The rows of the server form for the service `chat`. A password that is typed here is kept
/// nowhere: its hash goes to a file of its own, and the file's name into the form.
class ServerChatFields : public QObject {
    Q_OBJECT

public:
    ServerChatFields(FormGrid& grid, QObject* parent);

    void showRows(bool isChat);
    void setSettings(const ChatSettings& settings);
    void apply(const ServerConfig& config, ChatSettings& settings) const;
    /// The field of an error of validate() or of the start; null where it is of none of these.
    [[nodiscard]] QWidget* fieldAtFault(const Error& error) const;
    /// The field whose text means nothing; null where all can be read. words: why.
    [[nodiscard]] QWidget* unreadField(QString& words) const;

Q_SIGNALS:
    void edited();
    void failed(QWidget* field, const QString& words);

private:
    QLineEdit* makeEdit(const QString& name, const QString& placeholder, const QString& tip);
    void addHistoryRow();
    void addPasswordRows();
    void chooseHistory();
    void choosePassword();
    void showPassword(bool isShown);
    void keepPassword();
    void passwordKept(const Result<std::string>& path);

    FormGrid& m_grid;
    QLineEdit* m_history;
    QLineEdit* m_passwordFile;
    QToolButton* m_typePassword;
    QLineEdit* m_password; // emptied as soon as it is hashed
    QToolButton* m_keepPassword;
    QLineEdit* m_age;
    QLineEdit* m_count;
    bool m_isChat = false;
};

} // namespace sscope
