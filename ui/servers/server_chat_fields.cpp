#include "ui/servers/server_chat_fields.h"

#include <algorithm>
#include <cerrno>
#include <cmath>

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QRandomGenerator>
#include <QRegularExpression>

#include "core/server/chat_password.h"
#include "core/storage/safe_file.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/settings.h"
#include "ui/common/small_widgets.h"
#include "ui/common/worker.h"
#include "ui/servers/form_grid.h"

namespace sscope {

namespace {

constexpr int longestPassword = 256; // characters; a password file's line has at most 1024 bytes

struct Unit {
    const char* name;
    int seconds;
};
constexpr Unit units[]{{"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}};
constexpr double longestAge = 100.0 * 365 * 86400; // seconds

/// "30 d", "36 h": exact, in the largest unit that divides it.
QString ageOptionText(const std::optional<Duration>& age) {
    if (!age)
        return {};
    const double seconds = std::chrono::duration<double>(*age).count();
    for (const Unit& unit : units) {
        if (std::fmod(seconds, unit.seconds) == 0)
            return QStringLiteral("%1 %2")
                .arg(seconds / unit.seconds, 0, 'f', 0)
                .arg(QLatin1String(unit.name));
    }
    return QStringLiteral("%1 s").arg(seconds);
}

/// False where the text is no time; a number alone is of seconds, as in the command line.
bool readAgeOption(const QString& text, std::optional<Duration>& target) {
    target.reset();
    QString number = text.trimmed();
    if (number.isEmpty())
        return true;
    int factor = 1;
    for (const Unit& unit : units) {
        if (number.endsWith(QLatin1String(unit.name), Qt::CaseInsensitive)) {
            number.chop(static_cast<int>(std::string_view(unit.name).size()));
            factor = unit.seconds;
            break;
        }
    }
    bool isNumber = false;
    const double seconds = number.trimmed().toDouble(&isNumber) * factor;
    if (!isNumber || !(seconds >= 1 && seconds <= longestAge))
        return false;
    target = std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
    return true;
}

bool readCountOption(const QString& text, std::optional<std::uint64_t>& target) {
    target.reset();
    if (text.trimmed().isEmpty())
        return true;
    bool isNumber = false;
    const qulonglong count = text.trimmed().toULongLong(&isNumber);
    if (!isNumber || count == 0)
        return false;
    target = count;
    return true;
}

/// Only the hash is written. Takes a tenth of a second, on a worker.
Result<std::string> keepHash(std::string password, const std::string& path) {
    const auto hash = hashPassword(password);
    std::fill(password.begin(), password.end(), '\0');
    if (!hash)
        return Failure(systemError(ENOMEM, "hash password", path));
    if (auto written = replaceFile(path, *hash + '\n'); !written)
        return Failure(std::move(written.error()));
    return path;
}

/// A file that is not there yet, beside the settings.
QString freshPasswordPath() {
    return QStringLiteral("%1/chat-password-%2")
        .arg(QFileInfo(Settings::defaultPath()).path())
        .arg(QRandomGenerator::global()->generate(), 8, 16, QLatin1Char('0'));
}

} // namespace

ServerChatFields::ServerChatFields(FormGrid& grid, QObject* parent)
    : QObject(parent),
      m_grid(grid),
      m_history(makeEdit(QStringLiteral("chatHistory"), tr("in memory only"),
                         tr("The file that keeps what is said, and who is banned (SQLite); without "
                            "it both are gone when the server stops"))),
      m_passwordFile(makeEdit(QStringLiteral("chatPasswordFile"), tr("no password"),
                              tr("A file with one line: the password, or its hash. People must say "
                                 "it before they are let in"))),
      m_typePassword(makeIconButton(QStringLiteral("key"),
                                    tr("Type a password; only its hash is kept, in a file"),
                                    QStringLiteral("typePassword"), &grid)),
      m_password(makeEdit(QStringLiteral("chatPassword"), tr("a new password"),
                          tr("It is hashed (scrypt) and forgotten; the hash goes to a file of its "
                             "own"))),
      m_keepPassword(makeIconButton(QStringLiteral("check"),
                                    tipWithKey(tr("Keep its hash"), QKeySequence(Qt::Key_Return)),
                                    QStringLiteral("keepPassword"), &grid)),
      m_age(makeEdit(QStringLiteral("chatRetainAge"), tr("for ever"),
                     tr("What is older goes: 30 d, 12 h, 45 min, or seconds"))),
      m_count(makeEdit(QStringLiteral("chatRetainCount"), tr("all"),
                       tr("Of each room so many messages stay; the oldest go"))) {
    addHistoryRow();
    addPasswordRows();
    grid.addRow(tr("Keep for"), m_age);
    grid.addRow(tr("Keep last"), m_count, makeNote(tr("in each room"), &grid));
    m_count->setFixedWidth(80);
}

QLineEdit* ServerChatFields::makeEdit(const QString& name, const QString& placeholder,
                                      const QString& tip) {
    auto* edit = new QLineEdit(&m_grid);
    edit->setObjectName(name);
    edit->setPlaceholderText(placeholder);
    edit->setToolTip(tip);
    edit->setFont(monoFont());
    connect(edit, &QLineEdit::textChanged, this, &ServerChatFields::edited);
    return edit;
}

void ServerChatFields::addHistoryRow() {
    auto* choose = makeIconButton(QStringLiteral("folder"), tr("Choose the file of the history"),
                                  QStringLiteral("chooseHistory"), &m_grid);
    connect(choose, &QToolButton::clicked, this, &ServerChatFields::chooseHistory);
    m_grid.addRow(tr("History file"), m_history, choose);
}

void ServerChatFields::addPasswordRows() {
    auto* choose = makeIconButton(QStringLiteral("folder"), tr("Choose the password's file"),
                                  QStringLiteral("choosePassword"), &m_grid);
    connect(choose, &QToolButton::clicked, this, &ServerChatFields::choosePassword);
    auto* buttons = new QWidget(&m_grid);
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_typePassword);
    row->addWidget(choose);
    m_typePassword->setCheckable(true);
    connect(m_typePassword, &QToolButton::toggled, this, &ServerChatFields::showPassword);
    connect(m_typePassword, &QToolButton::clicked, this, [this](bool isOn) {
        if (isOn)
            m_password->setFocus();
    });
    m_grid.addRow(tr("Password file"), m_passwordFile, buttons);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setMaxLength(longestPassword);
    m_password->setProperty("takesReturn", true);
    connect(m_password, &QLineEdit::returnPressed, this, &ServerChatFields::keepPassword);
    connect(m_keepPassword, &QToolButton::clicked, this, &ServerChatFields::keepPassword);
    m_grid.addRow(tr("Password"), m_password, m_keepPassword);
}

void ServerChatFields::chooseHistory() {
    auto* dialog = new QFileDialog(&m_grid, tr("History file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // one that is there goes on
    connect(dialog, &QFileDialog::fileSelected, m_history, &QLineEdit::setText);
    dialog->open();
}

void ServerChatFields::choosePassword() {
    auto* dialog = new QFileDialog(&m_grid, tr("Password file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_passwordFile, &QLineEdit::setText);
    dialog->open();
}

void ServerChatFields::showRows(bool isChat) {
    m_isChat = isChat;
    for (QLineEdit* field : {m_history, m_passwordFile, m_age, m_count})
        m_grid.setRowShown(field, isChat);
    showPassword(m_typePassword->isChecked());
}

void ServerChatFields::showPassword(bool isShown) {
    m_grid.setRowShown(m_password, isShown && m_isChat);
    if (!isShown)
        m_password->clear();
}

void ServerChatFields::keepPassword() {
    std::string password = m_password->text().toStdString();
    if (password.empty()) {
        m_typePassword->setChecked(false);
        return;
    }
    m_password->setEnabled(false);
    m_keepPassword->setEnabled(false);
    runOnWorker(
        this,
        [password = std::move(password), path = freshPasswordPath().toStdString()]() mutable {
            return keepHash(std::move(password), path);
        },
        [this](const Result<std::string>& path) { passwordKept(path); });
}

void ServerChatFields::passwordKept(const Result<std::string>& path) {
    m_password->setEnabled(true);
    m_keepPassword->setEnabled(true);
    if (!path) {
        Q_EMIT failed(m_password, errorWords(path.error()));
        return;
    }
    m_typePassword->setChecked(false);
    m_passwordFile->setText(toQString(*path));
    m_passwordFile->setFocus();
}

void ServerChatFields::setSettings(const ChatSettings& settings) {
    m_history->setText(toQString(settings.historyFile));
    m_passwordFile->setText(toQString(settings.passwordFile));
    m_typePassword->setChecked(false);
    m_age->setText(ageOptionText(settings.retention.age));
    m_count->setText(settings.retention.count ? QString::number(*settings.retention.count)
                                              : QString());
    for (QLineEdit* edit : {m_history, m_passwordFile})
        edit->setCursorPosition(0);
}

void ServerChatFields::apply(const ServerConfig& config, ChatSettings& settings) const {
    // What is not the service's stays as it is by default, so that no hidden field matters.
    settings = {};
    if (config.service != "chat")
        return;
    settings.historyFile = m_history->text().trimmed().toStdString();
    settings.passwordFile = m_passwordFile->text().trimmed().toStdString();
    (void)readAgeOption(m_age->text(), settings.retention.age);
    (void)readCountOption(m_count->text(), settings.retention.count);
}

QWidget* ServerChatFields::unreadField(QString& words) const {
    std::optional<Duration> age;
    std::optional<std::uint64_t> count;
    if (!m_isChat)
        return nullptr;
    if (!m_password->text().isEmpty()) {
        words = tr("The password is not kept yet: press Return in it, or empty it.");
        return m_password;
    }
    if (!readAgeOption(m_age->text(), age)) {
        words = tr("That is no time. For example: 30 d, 12 h, 45 min.");
        // A number and its unit stay on one line.
        words.replace(QRegularExpression(QStringLiteral("(\\d) ")), QStringLiteral("\\1\u00a0"));
        return m_age;
    }
    if (!readCountOption(m_count->text(), count)) {
        words = tr("That is no number of messages. For example: 100000.");
        return m_count;
    }
    return nullptr;
}

QWidget* ServerChatFields::fieldAtFault(const Error& error) const {
    if (!m_isChat)
        return nullptr;
    const QString history = m_history->text().trimmed();
    const QString password = m_passwordFile->text().trimmed();
    if (error.operation == "open history" ||
        (!history.isEmpty() && error.subject == history.toStdString()))
        return m_history;
    if (error.operation == "read password file" || error.subject == "--password-file" ||
        (!password.isEmpty() && error.subject == password.toStdString()))
        return m_passwordFile;
    if (error.subject == "--retain-age")
        return m_age;
    return error.subject == "--retain-count" ? m_count : nullptr;
}

} // namespace sscope
