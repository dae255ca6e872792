#include "ui/servers/server_service_fields.h"

#include <QFileDialog>

#include "core/service/services.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/remark_combo_box.h"
#include "ui/common/small_widgets.h"
#include "ui/servers/form_grid.h"
#include "ui/servers/server_chat_fields.h"
#include "ui/servers/server_command_fields.h"

namespace sscope {

namespace {

const QString replyService = QStringLiteral("reply");
const QString welcomeService = QStringLiteral("welcome");
const QString chatService = QStringLiteral("chat");
const QString messageService = QStringLiteral("message");

/// In a few words, for those services that this window knows.
QString serviceRemark(std::string_view name) {
    struct Remark {
        std::string_view service;
        const char* words;
    };
    static constexpr Remark remarks[]{
        {"echo", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "sends back what came")},
        {"upper", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "answers in upper case")},
        {"worker", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "says which worker serves")},
        {"reply", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "one fixed answer")},
        {"welcome", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "greets, then echoes")},
        {"manual", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "you answer by hand")},
        {"discard", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "takes all, answers nothing")},
        {"chargen", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "characters without end")},
        {"daytime", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "date and time as text")},
        {"time", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "seconds since 1900")},
        {"message", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "looks up what is asked")},
        {"command", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "runs commands")},
        {"chat", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "rooms for people")},
        {"exec", QT_TRANSLATE_NOOP("sscope::ServerServiceFields", "a program for each client")},
    };
    for (const Remark& remark : remarks) {
        if (remark.service == name)
            return ServerServiceFields::tr(remark.words);
    }
    return {};
}

} // namespace

ServerServiceFields::ServerServiceFields(FormGrid& grid, QObject* parent)
    : QObject(parent),
      m_grid(grid),
      m_service(new RemarkComboBox(&grid)),
      m_reply(new QLineEdit(&grid)),
      m_http(new QCheckBox(tr("as HTTP"), &grid)),
      m_welcome(new QLineEdit(&grid)),
      m_dictionary(new QLineEdit(&grid)),
      m_keepOpen(new QCheckBox(tr("Keep connections open"), &grid)) {
    m_service->setObjectName(QStringLiteral("serverService"));
    m_service->setToolTip(tr("What the server does with each message"));
    for (const Service& service : services()) {
        const auto size = static_cast<qsizetype>(service.name.size());
        m_service->addEntry(QString::fromUtf8(service.name.data(), size),
                            serviceRemark(service.name));
    }
    m_reply->setObjectName(QStringLiteral("serverReply"));
    m_reply->setToolTip(tr("What is sent in answer to each message"));
    m_reply->setFont(monoFont());
    m_http->setObjectName(QStringLiteral("replyAsHttp"));
    m_http->setToolTip(tr("Answers each request with a valid HTTP/1.1 response, then closes"));
    m_welcome->setObjectName(QStringLiteral("serverWelcome"));
    m_welcome->setToolTip(tr("What is sent as soon as a client is accepted"));
    m_welcome->setFont(monoFont());
    grid.addRow(tr("Service"), m_service);
    grid.addRow(tr("Reply"), m_reply, m_http);
    grid.addRow(tr("Welcome"), m_welcome);
    addMessageRows();
    m_chat = new ServerChatFields(grid, this);
    connect(m_chat, &ServerChatFields::edited, this, &ServerServiceFields::edited);
    connect(m_chat, &ServerChatFields::failed, this, &ServerServiceFields::failed);
    m_command = new ServerCommandFields(grid, this);
    connect(m_command, &ServerCommandFields::edited, this, &ServerServiceFields::edited);
    connect(m_service, &QComboBox::currentIndexChanged, this, [this] {
        showRows();
        Q_EMIT edited();
    });
    connect(m_reply, &QLineEdit::textChanged, this, &ServerServiceFields::edited);
    connect(m_http, &QCheckBox::toggled, this, &ServerServiceFields::edited);
    connect(m_welcome, &QLineEdit::textChanged, this, &ServerServiceFields::edited);
    showRows();
}

void ServerServiceFields::addMessageRows() {
    m_dictionary->setObjectName(QStringLiteral("serverDictionary"));
    m_dictionary->setPlaceholderText(tr("built-in entries"));
    m_dictionary->setToolTip(
        tr("A file with a JSON object: what can be asked for, and the answers"));
    m_dictionary->setFont(monoFont());
    m_keepOpen->setObjectName(QStringLiteral("serverKeepOpen"));
    m_keepOpen->setToolTip(tr("Answers more than one message on a connection"));
    auto* choose = makeIconButton(QStringLiteral("folder"), tr("Choose the dictionary's file"),
                                  QStringLiteral("chooseDictionary"), &m_grid);
    connect(choose, &QToolButton::clicked, this, &ServerServiceFields::chooseDictionary);
    connect(m_dictionary, &QLineEdit::textChanged, this, &ServerServiceFields::edited);
    connect(m_keepOpen, &QCheckBox::toggled, this, &ServerServiceFields::edited);
    m_grid.addRow(tr("Dictionary"), m_dictionary, choose);
    m_grid.addRow(m_keepOpen);
}

void ServerServiceFields::chooseDictionary() {
    auto* dialog = new QFileDialog(&m_grid, tr("Dictionary"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_dictionary, &QLineEdit::setText);
    dialog->open();
}

QWidget* ServerServiceFields::serviceField() const {
    return m_service;
}

QString ServerServiceFields::service() const {
    return m_service->currentText();
}

void ServerServiceFields::showRows() {
    m_grid.setRowShown(m_reply, service() == replyService);
    m_grid.setRowShown(m_welcome, service() == welcomeService);
    m_grid.setRowShown(m_dictionary, service() == messageService);
    m_grid.setRowShown(m_keepOpen, service() == messageService);
    m_chat->showRows(service() == chatService);
    m_command->showRows(service());
}

void ServerServiceFields::setConfig(const ServerConfig& config) {
    m_service->setCurrentText(toQString(config.service));
    m_reply->setText(toQString(config.settings.reply));
    m_reply->setCursorPosition(0);
    m_http->setChecked(config.settings.http);
    m_welcome->setText(toQString(config.settings.welcome));
    m_welcome->setCursorPosition(0);
    m_dictionary->setText(toQString(config.settings.dictionaryFile));
    m_keepOpen->setChecked(config.settings.keepOpen);
    m_chat->setSettings(config.settings.chat);
    m_command->setSettings(config.settings.command);
}

QWidget* ServerServiceFields::fieldAtFault(const Error& error) const {
    if (error.is(Fault::NeedsReply) || error.detail == "--http")
        return m_http;
    const QString dictionary = m_dictionary->text().trimmed();
    if (!dictionary.isEmpty() && error.subject == dictionary.toStdString())
        return m_dictionary;
    if (QWidget* field = m_chat->fieldAtFault(error))
        return field;
    return m_command->fieldAtFault(error);
}

QWidget* ServerServiceFields::unreadField(QString& words) const {
    return m_chat->unreadField(words);
}

void ServerServiceFields::apply(ServerConfig& config) const {
    // What is not the service's stays as it is by default, so that no hidden field matters.
    const ServiceSettings defaults;
    config.service = service().toStdString();
    const bool isReply = service() == replyService;
    config.settings.reply = isReply ? m_reply->text().toStdString() : defaults.reply;
    config.settings.http = isReply && m_http->isChecked();
    config.settings.welcome =
        service() == welcomeService ? m_welcome->text().toStdString() : defaults.welcome;
    const bool isMessage = service() == messageService;
    config.settings.dictionaryFile =
        isMessage ? m_dictionary->text().trimmed().toStdString() : defaults.dictionaryFile;
    config.settings.keepOpen = isMessage && m_keepOpen->isChecked();
    m_chat->apply(config, config.settings.chat);
    m_command->apply(config, config.settings.command);
}

} // namespace sscope
