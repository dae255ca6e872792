#include "ui/chat/chat_join_form.h"

#include <algorithm>

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/chat/chat_names.h"
#include "ui/chat/chat_text.h"
#include "ui/common/error_text.h"
#include "ui/common/field_fault.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int formWidth = 400;
constexpr int labelWidth = 96;
constexpr int rowSpacing = 4; // fields of 24 px, a pitch of 28

/// As it was typed: nothing is looked up, and a name may be any machine's.
bool isPrivate(const Endpoint& endpoint) {
    if (isUnix(endpoint.transport))
        return true;
    if (toQString(endpoint.host).compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
        return true;
    const auto address = SocketAddress::fromNumeric(endpoint.host, endpoint.port);
    return address && address->isLoopback();
}

/// What stands alone begins with a capital.
QString sentence(QString text, const QString& hint) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    if (!hint.isEmpty())
        text += QStringLiteral(". ") + hint;
    // An endpoint stays on one line.
    return text.replace(QStringLiteral("://"), QStringLiteral(":/\u2060/\u2060"));
}

} // namespace

ChatJoinForm::ChatJoinForm(QWidget* parent)
    : QScrollArea(parent),
      m_title(makeTitle(tr("Join a chat"), this)),
      m_note(makeNote(QString(), this)),
      m_problem(new InlineMessage(this)),
      m_readable(makeNote(chatInPublicWords(), this)),
      m_all(makeLink(tr("Change the name or the server"), QStringLiteral("joinAll"), this)),
      m_above(new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Fixed)) {
    setObjectName(QStringLiteral("joinForm"));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidgetResizable(true);
    auto* content = new QWidget(this);
    setMiddle(content, buildFields(content));
    setWidget(content);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    m_note->hide();
    connect(m_endpoint, &QLineEdit::textChanged, this, &ChatJoinForm::showWhoMayRead);
    showWhoMayRead();
}

QWidget* ChatJoinForm::buildFields(QWidget* content) {
    auto* form = new QWidget(content);
    form->setMaximumWidth(formWidth);
    form->setMinimumWidth(200);
    auto* grid = new QGridLayout(form);
    grid->setContentsMargins(12, 24, 12, 24);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(rowSpacing);
    grid->setColumnMinimumWidth(0, labelWidth);
    grid->setColumnStretch(1, 1);
    m_title->setFixedHeight(24);
    m_title->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    grid->addWidget(m_title, 0, 0, 1, 2);
    grid->addWidget(m_note, 1, 0, 1, 2);
    m_endpoint = addField(*grid, tr("Server"), tr("host:port"), QStringLiteral("joinEndpoint"));
    m_endpoint->setFont(monoFont());
    m_name = addField(*grid, tr("Your name"), tr("1 to 32 characters"), QStringLiteral("joinName"));
    m_room = addField(*grid, tr("Room"), tr("lobby"), QStringLiteral("joinRoom"));
    m_password = addField(*grid, tr("Password"), tr("if the server needs one"),
                          QStringLiteral("joinPassword"));
    m_password->setEchoMode(QLineEdit::Password);
    buildButtons(*grid);
    return form;
}

void ChatJoinForm::setMiddle(QWidget* content, QWidget* form) {
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->addSpacerItem(m_above);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(form, 100);
    row->addStretch(1);
    column->addLayout(row);
    column->addStretch(1);
}

void ChatJoinForm::buildButtons(QGridLayout& grid) {
    QWidget* parent = grid.parentWidget();
    m_join = new QPushButton(tr("Join"), parent);
    m_join->setObjectName(QStringLiteral("joinButton"));
    m_join->setProperty("primary", true);
    m_join->setMinimumWidth(80);
    m_join->setToolTip(tr("Join the chat (Enter)"));
    m_readable->setObjectName(QStringLiteral("joinReadable"));
    grid.addWidget(m_readable, grid.rowCount(), 1);
    grid.setRowMinimumHeight(grid.rowCount(), rowSpacing);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_join);
    row->addWidget(m_all);
    row->addStretch(1);
    grid.addLayout(row, grid.rowCount(), 1);
    grid.setRowMinimumHeight(grid.rowCount(), rowSpacing);
    grid.addWidget(m_problem, grid.rowCount(), 0, 1, 2);
    m_all->hide();
    connect(m_join, &QPushButton::clicked, this, &ChatJoinForm::join);
    connect(m_all, &QPushButton::clicked, this, &ChatJoinForm::askForAll);
}

/// Whom the server has refused may want another name, or another server.
void ChatJoinForm::askForAll() {
    setWants(ChatSession::Wants::Nothing);
    m_name->setFocus();
    m_name->selectAll();
}

/// Before the password goes out.
void ChatJoinForm::showWhoMayRead() {
    const auto endpoint = parseEndpoint(endpointText().toStdString(), {});
    m_readable->setVisible(endpoint && !m_password->isHidden() && !isPrivate(*endpoint));
}

QLineEdit* ChatJoinForm::addField(QGridLayout& grid, const QString& label,
                                  const QString& placeholder, const QString& objectName) {
    QWidget* parent = grid.parentWidget();
    auto* text = makeLabel(label, parent);
    auto* edit = new QLineEdit(parent);
    auto* fault = new FieldFault(parent);
    edit->setObjectName(objectName);
    edit->setAccessibleName(label);
    edit->setPlaceholderText(placeholder);
    const int row = grid.rowCount();
    grid.addWidget(text, row, 0);
    grid.addWidget(edit, row, 1);
    grid.addWidget(fault, row + 1, 1);
    connect(edit, &QLineEdit::returnPressed, this, &ChatJoinForm::join);
    connect(edit, &QLineEdit::textEdited, fault, &FieldFault::clear);
    m_fields.push_back({text, edit, fault});
    return edit;
}

void ChatJoinForm::setConfig(const ChatClientConfig& config) {
    m_config = config;
    const Endpoint& endpoint = config.client.endpoint;
    const bool isKnown = !endpoint.host.empty() || !endpoint.path.empty();
    const QString text = isKnown ? toQString(endpoint.text()) : QString();
    m_endpoint->setText(isUnix(endpoint.transport) ? text : withoutScheme(text));
    m_name->setText(toQString(config.name));
    m_room->setText(toQString(config.room));
    m_password->setText(toQString(config.password));
}

void ChatJoinForm::setWants(ChatSession::Wants wants) {
    using Wants = ChatSession::Wants;
    m_wants = wants;
    for (const Field& field : m_fields) {
        const bool isAsked = wants == Wants::Nothing ||
                             (wants == Wants::Name && field.edit == m_name) ||
                             (wants == Wants::Password && field.edit == m_password);
        field.label->setVisible(isAsked);
        field.edit->setVisible(isAsked);
        if (!isAsked)
            field.fault->clear();
    }
    m_title->setText(wants == Wants::Name       ? tr("Another name")
                     : wants == Wants::Password ? tr("The password, please")
                                                : tr("Join a chat"));
    m_note->setText(endpointText());
    m_note->setVisible(wants != Wants::Nothing);
    m_all->setVisible(wants != Wants::Nothing);
    showWhoMayRead();
    m_password->setPlaceholderText(wants == Wants::Password ? QString()
                                                            : tr("if the server needs one"));
    if (wants == Wants::Password)
        m_password->selectAll();
    if (wants == Wants::Name)
        m_name->selectAll();
}

void ChatJoinForm::setProblem(const QString& problem) {
    if (problem.isEmpty())
        m_problem->hide();
    else
        m_problem->show(InlineMessage::Kind::Problem, sentence(problem, {}));
}

/// What the server has refused; else the server that was not reached; else what is still empty.
void ChatJoinForm::focusFirst() {
    using Wants = ChatSession::Wants;
    QLineEdit* field = m_name;
    if (m_wants == Wants::Password)
        field = m_password;
    else if (m_wants == Wants::Nothing && (!m_problem->isHidden() || m_endpoint->text().isEmpty()))
        field = m_endpoint;
    field->setFocus();
    field->selectAll();
}

FieldFault& ChatJoinForm::faultOf(const QLineEdit* edit) const {
    return *std::ranges::find(m_fields, edit, &Field::edit)->fault;
}

void ChatJoinForm::clearFaults() {
    for (const Field& field : m_fields)
        field.fault->clear();
}

bool ChatJoinForm::checkEndpoint() {
    const auto endpoint = parseEndpoint(endpointText().toStdString(), {});
    if (!endpoint) {
        faultOf(m_endpoint)
            .show(m_endpoint, sentence(reasonWords(endpoint.error()), hintWords(endpoint.error())));
        return false;
    }
    if (endpoint->transport != Transport::Tcp && endpoint->transport != Transport::Unix) {
        faultOf(m_endpoint).show(m_endpoint, tr("A chat needs a stream: tcp or unix"));
        return false;
    }
    m_config.client.endpoint = *endpoint;
    return true;
}

bool ChatJoinForm::checkName(QLineEdit* edit) {
    const QString fault = nameFault(edit->text());
    if (!fault.isEmpty())
        faultOf(edit).show(edit, fault);
    return fault.isEmpty();
}

/// From the last field to the first: the keyboard stays at the first that is wrong.
bool ChatJoinForm::check() {
    clearFaults();
    if (m_room->text().trimmed().isEmpty())
        m_room->setText(toQString(std::string(firstChatRoom)));
    bool isGood = checkName(m_room);
    isGood = checkName(m_name) && isGood;
    return checkEndpoint() && isGood;
}

void ChatJoinForm::join() {
    if (!check()) {
        m_problem->hide(); // of another attempt
        return;
    }
    m_config.name = normalName(m_name->text()).toStdString();
    m_config.room = normalName(m_room->text()).toStdString();
    m_config.password = m_password->text().toStdString();
    Q_EMIT joinAsked(m_config);
}

void ChatJoinForm::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    // A fixed place: centred, the form would move with each line that comes or goes.
    m_above->changeSize(0, height() / 6, QSizePolicy::Minimum, QSizePolicy::Fixed);
    widget()->layout()->invalidate();
}

void ChatJoinForm::paintEvent(QPaintEvent*) {
    QPainter(viewport()).fillRect(viewport()->rect(), themeColor(ColorToken::Surface));
}

} // namespace sscope
