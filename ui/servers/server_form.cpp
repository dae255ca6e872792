#include "ui/servers/server_form.h"

#include <algorithm>

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "core/base/chat_error.h"
#include "core/base/shell_words.h"
#include "core/server/chat_config.h"
#include "ui/common/error_text.h"
#include "ui/common/field_fault.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/servers/form_grid.h"
#include "ui/servers/server_address_fields.h"
#include "ui/servers/server_model_fields.h"
#include "ui/servers/server_options_panel.h"
#include "ui/servers/server_service_fields.h"

namespace sscope {

namespace {

constexpr int formWidth = 344;
constexpr int buttonHeight = 28;

/// A line of a shell for each option, so that it can be read in a narrow place.
QString commandText(const ServerConfig& config) {
    QString text = QStringLiteral("socketscope serve");
    const std::vector<std::string> words = serveArguments(config);
    for (const std::string& word : words) {
        const bool isOption = word.starts_with("--");
        text += isOption ? QStringLiteral(" \\\n  ") : QStringLiteral(" ");
        text += toQString(shellQuoted(word));
    }
    return text;
}

/// "port 70000 is not between 0 and 65535", or with what to try: "'x' is not valid here. For
/// example: 1 to 64."
QString faultText(const Error& error) {
    const QString hint = hintWords(error);
    return hint.isEmpty() ? reasonWords(error)
                          : QStringLiteral("%1. %2").arg(reasonWords(error), hint);
}

} // namespace

ServerForm::ServerForm(QWidget* parent)
    : QWidget(parent),
      m_scroll(new QScrollArea(this)),
      m_grid(new FormGrid(this)),
      m_service(new ServerServiceFields(*m_grid, this)),
      m_address(new ServerAddressFields(*m_grid, this)),
      m_model(new ServerModelFields(*m_grid, this)),
      m_fault(new FieldFault(m_grid)),
      m_moreToggle(new QToolButton(this)),
      m_changed(makeNote({}, this)),
      m_resetOptions(makeLink(tr("Reset"), QStringLiteral("resetOptions"), this)),
      m_options(new ServerOptionsPanel(this)),
      m_command(makeLabel({}, this)),
      m_start(new QPushButton(lineIcon(QStringLiteral("play"), ColorToken::OnAccent), tr("Start"),
                              this)) {
    setObjectName(QStringLiteral("serverForm"));
    m_scroll->setWidget(buildContent());
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_scroll, 1);
    outer->addWidget(makeHairline(this));
    outer->addWidget(buildFoot());
    connectFields();
    setConfig({});
}

QWidget* ServerForm::buildContent() {
    auto* content = new QWidget;
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Window);
    auto* options = new QVBoxLayout;
    options->setContentsMargins(12, 8, 12, 8);
    options->setSpacing(8);
    options->addLayout(buildMore());
    options->addWidget(m_options);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_grid);
    column->addWidget(makeHairline(content));
    column->addLayout(options);
    column->addStretch(1);
    m_grid->setContentsMargins(12, 4, 12, 8);
    return content;
}

QLayout* ServerForm::buildMore() {
    m_moreToggle->setObjectName(QStringLiteral("moreToggle"));
    m_moreToggle->setText(tr("More"));
    m_moreToggle->setFont(demiBold(m_moreToggle->font()));
    m_moreToggle->setCheckable(true);
    m_moreToggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_moreToggle->setIconSize({12, 12});
    m_moreToggle->setProperty("flush", true);
    m_moreToggle->setFocusPolicy(Qt::TabFocus);
    m_changed->setWordWrap(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_moreToggle);
    row->addStretch(1);
    row->addWidget(m_changed);
    row->addWidget(m_resetOptions);
    return row;
}

QWidget* ServerForm::buildFoot() {
    auto* foot = new QWidget(this);
    auto* copy = makeIconButton(QStringLiteral("copy"), tr("Copy the command line"),
                                QStringLiteral("copyCommand"), foot);
    connect(copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_command->text()); });
    m_command->setObjectName(QStringLiteral("serverCommand"));
    m_command->setFont(monoFont());
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_start->setObjectName(QStringLiteral("startServer"));
    m_start->setProperty("primary", true);
    m_start->setMinimumHeight(buttonHeight);
    auto* cancel = new QPushButton(tr("Cancel"), foot);
    cancel->setObjectName(QStringLiteral("cancelServer"));
    cancel->setMinimumHeight(buttonHeight);
    connect(cancel, &QPushButton::clicked, this, &ServerForm::cancelAsked);
    auto* head = new QHBoxLayout;
    head->addWidget(makeNote(tr("The same from the command line"), foot), 1);
    head->addWidget(copy);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_start);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(foot);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_command);
    column->addSpacing(8);
    column->addLayout(buttons);
    return foot;
}

void ServerForm::connectFields() {
    connect(m_service, &ServerServiceFields::edited, this, &ServerForm::edited);
    connect(m_address, &ServerAddressFields::edited, this, &ServerForm::edited);
    connect(m_model, &ServerModelFields::edited, this, &ServerForm::edited);
    connect(m_options, &ServerOptionsPanel::edited, this, &ServerForm::edited);
    connect(m_moreToggle, &QToolButton::toggled, this, &ServerForm::showMore);
    connect(m_resetOptions, &QPushButton::clicked, m_options, &ServerOptionsPanel::reset);
    connect(m_start, &QPushButton::clicked, this, &ServerForm::start);
    connect(m_service, &ServerServiceFields::failed, this, &ServerForm::showFieldFault);
    for (QLineEdit* edit : findChildren<QLineEdit*>()) {
        if (!edit->property("takesReturn").toBool())
            connect(edit, &QLineEdit::returnPressed, this, &ServerForm::start);
    }
}

void ServerForm::edited() {
    m_fault->clear();
    showMore();
    showCommand();
}

void ServerForm::setConfig(const ServerConfig& config) {
    m_base = config;
    m_service->setConfig(config);
    m_address->setConfig(config);
    m_model->setConfig(config);
    m_options->setConfig(config);
    m_moreToggle->setChecked(m_options->changedCount() > 0);
    setBusy(false);
    edited();
}

ServerConfig ServerForm::readable() const {
    ServerConfig config = m_base;
    m_service->apply(config);
    m_model->apply(config);
    config.loops = qMax(1, config.loops);
    config.listen = {m_address->nearestEndpoint()};
    m_options->apply(config);
    config.allowPublic = m_address->allowsPublic();
    return config;
}

std::optional<ServerConfig> ServerForm::read() {
    ServerConfig config = m_base;
    m_service->apply(config);
    m_model->apply(config);
    const auto endpoint = m_address->endpoint();
    if (!endpoint) {
        showFieldFault(m_address->endField(), faultText(endpoint.error()));
        return std::nullopt;
    }
    config.listen = {*endpoint};
    if (!m_options->apply(config)) {
        m_moreToggle->setChecked(true);
        scrollTo(m_options->showFault());
        return std::nullopt;
    }
    config.allowPublic = m_address->allowsPublic();
    QString unread;
    if (QWidget* field = m_service->unreadField(unread)) {
        showFieldFault(field, unread);
        return std::nullopt;
    }
    const auto isPublic = [](const Endpoint& each) { return reachOf(each) == Reach::Public; };
    if (!config.allowPublic && std::ranges::any_of(config.listen, isPublic)) {
        showFieldFault(m_address->allowPublicField(),
                       tr("Other machines can reach this address. Tick the box if that is meant."));
        return std::nullopt;
    }
    if (const auto valid = validate(config); !valid) {
        showFieldFault(fieldAtFault(valid.error()), faultText(valid.error()));
        return std::nullopt;
    }
    return config;
}

QWidget* ServerForm::fieldAtFault(const Error& error) const {
    if (error.subject == "--loops")
        return m_model->loopsField();
    if (error.subject == "--model" || isChatFault(error, ChatFault::ModelHasNoRooms))
        return m_model->modelField();
    if (error.subject == "--framing")
        return m_model->framingField();
    if (QWidget* field = m_service->fieldAtFault(error))
        return field;
    if (error.is(Fault::NotAllowedInPublic))
        return m_address->allowPublicField();
    return m_address->endField();
}

void ServerForm::start() {
    if (!m_start->isEnabled())
        return;
    m_fault->clear();
    if (const auto config = read()) {
        setBusy(true);
        Q_EMIT startAsked(*config);
    }
}

void ServerForm::setBusy(bool busy) {
    m_start->setEnabled(!busy);
}

void ServerForm::showFieldFault(QWidget* field, const QString& text) {
    m_grid->placeFault(m_fault, field);
    m_fault->show(field, text);
    scrollTo(m_fault);
}

void ServerForm::scrollTo(QWidget* widget) {
    // It has its place once the event loop has laid it out.
    QMetaObject::invokeMethod(
        this, [this, widget] { m_scroll->ensureWidgetVisible(widget, 0, 40); },
        Qt::QueuedConnection);
}

void ServerForm::showHeldPort(const Hint& hint, const Error& error) {
    const auto port = static_cast<std::uint16_t>(m_address->endField()->text().toUInt());
    showFieldFault(m_address->endField(), tr("Port %1 is held by %2, pid %3 (%4)")
                                              .arg(port)
                                              .arg(toQString(displaySafe(hint.text)))
                                              .arg(hint.number)
                                              .arg(toQString(errorName(error.code))));
    addHolderLink();
}

void ServerForm::addHolderLink() {
    const Endpoint endpoint = m_address->nearestEndpoint();
    m_fault->addLink(tr("Show its row"), [this, endpoint] {
        Q_EMIT showPortAsked(endpoint.port, isDatagram(endpoint.transport));
    });
}

void ServerForm::showFailure(const Error& error) {
    setBusy(false);
    const Hint& hint = error.hint;
    QWidget* field = fieldAtFault(error);
    if (field == m_address->allowPublicField())
        m_address->setAllowPublicShown(true);
    if (hint.kind == Hint::Kind::PortHeld && field == m_address->endField())
        showHeldPort(hint, error);
    else
        showFieldFault(field, m_options->hasMoreEndpoints() ? errorWords(error) : faultText(error));
    if (hint.kind == Hint::Kind::PortTaken && field == m_address->endField())
        addHolderLink();
    const auto other =
        hint.kind == Hint::Kind::PrivilegedPort ? static_cast<int>(hint.number) : hint.port;
    if (other > 0)
        m_fault->addLink(tr("Use port %1").arg(other), [this, other] {
            m_address->setPort(other);
            start();
        });
}

void ServerForm::showMore() {
    const bool isOpen = m_moreToggle->isChecked();
    m_moreToggle->setIcon(
        lineIcon(isOpen ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    m_options->setVisible(isOpen);
    const int changed = m_options->changedCount();
    m_changed->setText(tr("%n changed", nullptr, changed));
    m_changed->setVisible(changed > 0);
    m_resetOptions->setVisible(changed > 0);
}

void ServerForm::showCommand() {
    const ServerConfig config = readable();
    m_model->setOwnFraming(config.service);
    const auto isLoopback = [](const Endpoint& each) { return reachOf(each) == Reach::Loopback; };
    m_address->setAllowPublicShown(!std::ranges::all_of(config.listen, isLoopback));
    m_address->setCaution(isChatInPublic(config) ? chatInPublicWords() : QString());
    QString command = commandText(config);
    if (!m_address->endpoint()) // what was typed, not what could be made of it
        command.replace(toQString(shellQuoted(config.listen.front().text())),
                        toQString(shellQuoted(m_address->typedEndpoint().toStdString())));
    m_command->setText(command);
}

void ServerForm::focusFirst() {
    m_address->endField()->setFocus();
    m_address->endField()->selectAll();
}

QSize ServerForm::minimumSizeHint() const {
    return {formWidth, QWidget::minimumSizeHint().height()};
}

void ServerForm::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT cancelAsked();
    else
        QWidget::keyPressEvent(event);
}

void ServerForm::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
}

} // namespace sscope
