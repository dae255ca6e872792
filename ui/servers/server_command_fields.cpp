#include "ui/servers/server_command_fields.h"

#include <limits>

#include "core/base/shell_words.h"
#include "core/server/command_config.h"
#include "core/service/command_line.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/option_values.h"
#include "ui/servers/form_grid.h"

namespace sscope {

namespace {

const QString commandService = QStringLiteral("command");
const QString execService = QStringLiteral("exec");

template <typename Names>
QString joined(const Names& names, const QString& between) {
    QStringList list;
    for (const auto& name : names)
        list << toQString(std::string(name));
    return list.join(between);
}

QString programText(const std::vector<std::string>& program) {
    std::vector<std::string> words;
    for (const std::string& word : program)
        words.push_back(shellQuoted(word));
    return joined(words, QStringLiteral(" "));
}

} // namespace

ServerCommandFields::ServerCommandFields(FormGrid& grid, QObject* parent)
    : QObject(parent),
      m_grid(grid),
      m_allowed(makeCheck(tr("Run programs for whoever connects"),
                          tr("Programs run with your rights. Without this the server does not "
                             "start"),
                          QStringLiteral("allowCommand"))),
      m_program(nullptr),
      m_shell(makeCheck(tr("in a shell"),
                        tr("Each message is a line for /bin/sh, whatever it says. Only on this "
                           "machine"),
                        QStringLiteral("commandShell"))) {
    grid.addRow(m_allowed);
    m_program = addEdit(tr("Program"),
                        tr("The program that is given each connection as its input and output, "
                           "with its arguments"),
                        QStringLiteral("execProgram"));
    m_program->setPlaceholderText(QStringLiteral("python3 handler.py"));
    m_allow = addEdit(tr("Commands"),
                      tr("The programs that may be run, with a comma between. None: %1")
                          .arg(joined(usualCommands(), QStringLiteral(", "))),
                      QStringLiteral("commandAllow"), m_shell);
    m_allow->setPlaceholderText(tr("harmless ones"));
    m_timeout = addEdit(tr("Time-out"), tr("A command that takes longer is ended"),
                        QStringLiteral("commandTimeout"));
    m_outputCap = addEdit(tr("Output cap"), tr("A command that writes more is ended"),
                          QStringLiteral("commandOutputCap"));
    m_encoding =
        addEdit(tr("Encoding"), tr("What commands write their output in; it is sent as UTF-8"),
                QStringLiteral("commandEncoding"));
    m_encoding->setPlaceholderText(tr("as it is"));
    m_tokenFile = addEdit(tr("Token file"),
                          tr("A client must send the line in this file first. Needed where other "
                             "machines can connect"),
                          QStringLiteral("commandTokenFile"));
    m_tokenFile->setPlaceholderText(tr("none"));
}

QLineEdit* ServerCommandFields::addEdit(const QString& label, const QString& tip,
                                        const QString& name, QWidget* beside) {
    auto* edit = new QLineEdit(&m_grid);
    edit->setObjectName(name);
    edit->setToolTip(tip);
    edit->setFont(monoFont());
    m_grid.addRow(label, edit, beside);
    connect(edit, &QLineEdit::textChanged, this, &ServerCommandFields::edited);
    return edit;
}

QCheckBox* ServerCommandFields::makeCheck(const QString& text, const QString& tip,
                                          const QString& name) {
    auto* check = new QCheckBox(text, &m_grid);
    check->setObjectName(name);
    check->setToolTip(tip);
    connect(check, &QCheckBox::toggled, this, &ServerCommandFields::edited);
    return check;
}

void ServerCommandFields::showRows(const QString& service) {
    const bool isCommand = service == commandService;
    const bool isExec = service == execService;
    for (QWidget* field : {static_cast<QWidget*>(m_allowed), static_cast<QWidget*>(m_tokenFile)})
        m_grid.setRowShown(field, isCommand || isExec);
    for (QLineEdit* field : {m_allow, m_timeout, m_outputCap, m_encoding})
        m_grid.setRowShown(field, isCommand);
    m_grid.setRowShown(m_program, isExec);
}

void ServerCommandFields::setSettings(const CommandSettings& settings) {
    m_allowed->setChecked(settings.isAllowed);
    m_program->setText(programText(settings.program));
    m_shell->setChecked(settings.shell);
    m_allow->setText(joined(settings.allow, QStringLiteral(",")));
    m_timeout->setText(option_values::durationText(settings.timeout));
    m_outputCap->setText(option_values::sizeText(settings.outputCap));
    m_encoding->setText(toQString(settings.outputEncoding));
    m_tokenFile->setText(toQString(settings.tokenFile));
    for (QLineEdit* edit : {m_program, m_allow, m_tokenFile})
        edit->setCursorPosition(0);
}

void ServerCommandFields::apply(const ServerConfig& config, CommandSettings& settings) const {
    // What is not the service's stays as it is by default, so that no hidden field matters.
    settings = {};
    if (!runsPrograms(config))
        return;
    settings.isAllowed = m_allowed->isChecked();
    settings.tokenFile = m_tokenFile->text().trimmed().toStdString();
    if (toQString(config.service) == execService) {
        if (auto words = splitShellWords(m_program->text().toStdString()))
            settings.program = std::move(*words);
        return;
    }
    settings.shell = m_shell->isChecked();
    const std::string names = m_allow->text().trimmed().toStdString();
    settings.allow = names.empty() ? std::vector<std::string>() : commandNames(names);
    std::optional<Duration> timeout;
    const bool isTime = option_values::readDuration(m_timeout->text(), timeout);
    settings.timeout = isTime && timeout ? *timeout : Duration(0);
    if (!option_values::readSize(m_outputCap->text(), std::numeric_limits<std::int64_t>::max(),
                                 settings.outputCap))
        settings.outputCap = 0;
    settings.outputEncoding = m_encoding->text().trimmed().toStdString();
}

QWidget* ServerCommandFields::fieldAtFault(const Error& error) const {
    const std::pair<const char*, QWidget*> fields[] = {
        {"--allow-command", m_allowed},
        {"--command-allow", m_allow},
        {"--command-timeout", m_timeout},
        {"--command-output-cap", m_outputCap},
        {"--shell", m_shell},
        {"--output-encoding", m_encoding},
        {"--token-file", m_tokenFile},
        {"exec", m_program},
    };
    for (const auto& [subject, field] : fields) {
        if (error.subject == subject)
            return field;
    }
    return error.operation == "read token file" ? m_tokenFile : nullptr;
}

} // namespace sscope
