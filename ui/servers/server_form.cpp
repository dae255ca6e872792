#include "ui/servers/server_form.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPointer>
#include <QScrollArea>
#include <QThreadPool>
#include <QVBoxLayout>

#include "core/base/shell_words.h"
#include "core/qt/network_interfaces.h"
#include "core/server/execution_models.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/painting.h"
#include "ui/common/small_widgets.h"
#include "ui/servers/server_options_panel.h"

namespace sscope {

namespace {

constexpr int labelWidth = 84;
constexpr int pitch = 4; // between rows of 24
constexpr int formWidth = 344;

QLabel* fieldLabel(const QString& text, QWidget* field, QWidget* parent) {
    QLabel* label = makeLabel(text, parent);
    label->setWordWrap(false);
    label->setMinimumWidth(labelWidth);
    label->setBuddy(field);
    field->setAccessibleName(text);
    return label;
}

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

} // namespace

ServerForm::ServerForm(QWidget* parent)
    : QWidget(parent),
      m_transport(new QComboBox(this)),
      m_address(new QComboBox(this)),
      m_allowPublic(new QCheckBox(tr("Other machines may connect"), this)),
      m_port(new QLineEdit(this)),
      m_model(new QComboBox(this)),
      m_loops(new QLineEdit(this)),
      m_fault(new QWidget(this)),
      m_faultIcon(new QLabel(m_fault)),
      m_faultText(makeLabel({}, m_fault)),
      m_remedies(new QHBoxLayout),
      m_moreToggle(new QToolButton(this)),
      m_changed(makeNote({}, this)),
      m_resetOptions(makeLink(tr("Reset"), QStringLiteral("resetOptions"), this)),
      m_options(new ServerOptionsPanel(this)),
      m_command(makeLabel({}, this)),
      m_start(new QPushButton(lineIcon(QStringLiteral("play"), ColorToken::OnAccent), tr("Start"),
                              this)) {
    setObjectName(QStringLiteral("serverForm"));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(12, 4, 12, 8);
    column->setSpacing(8);
    buildFields(content);
    buildFault();
    connectFields();
    buildMore(content);
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Window);
    auto* foot = new QWidget(this);
    buildFoot(foot);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(scroll, 1);
    outer->addWidget(foot);
    fillAddresses();
    setConfig({});
}

void ServerForm::buildFields(QWidget* content) {
    m_fields = new QGridLayout;
    QGridLayout* grid = m_fields;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(pitch);
    m_transport->setObjectName(QStringLiteral("serverTransport"));
    m_transport->addItems({QStringLiteral("tcp"), QStringLiteral("udp")});
    m_address->setObjectName(QStringLiteral("serverAddress"));
    m_allowPublic->setObjectName(QStringLiteral("allowPublic"));
    m_allowPublic->setToolTip(tr("Needed for an address that is not loopback (--allow-public)"));
    m_port->setObjectName(QStringLiteral("serverPort"));
    m_port->setFont(monoFont());
    m_model->setObjectName(QStringLiteral("serverModel"));
    m_model->setToolTip(tr("What waits for the sockets: select(2), poll(2) or epoll(7)"));
    for (const ExecutionModel& model : executionModels())
        m_model->addItem(
            QString::fromLatin1(model.name.data(), static_cast<qsizetype>(model.name.size())));
    m_loops->setObjectName(QStringLiteral("serverLoops"));
    m_loops->setFont(monoFont());
    m_loops->setFixedWidth(40);
    m_loops->setToolTip(tr("Threads, each with a loop of its own"));

    auto* service = makeLabel(tr("echo: sends back what came"), content);
    grid->addWidget(fieldLabel(tr("Service"), service, content), 0, 0);
    grid->addWidget(service, 0, 1);
    grid->setRowMinimumHeight(0, 24);
    grid->addWidget(fieldLabel(tr("Transport"), m_transport, content), 1, 0);
    grid->addWidget(m_transport, 1, 1);
    grid->addWidget(fieldLabel(tr("Address"), m_address, content), 2, 0);
    grid->addWidget(m_address, 2, 1);
    grid->addWidget(m_allowPublic, 3, 1);
    auto* port = new QHBoxLayout;
    port->setSpacing(8);
    port->addWidget(m_port);
    port->addWidget(makeNote(tr("0 takes a free one"), content), 1);
    m_port->setFixedWidth(96);
    grid->addWidget(fieldLabel(tr("Port"), m_port, content), 5, 0);
    grid->addLayout(port, 5, 1);
    auto* model = new QHBoxLayout;
    model->setSpacing(8);
    model->addWidget(m_model, 1);
    model->addWidget(makeNote(tr("Loops"), content));
    model->addWidget(m_loops);
    m_loops->setAccessibleName(tr("Loops"));
    grid->addWidget(fieldLabel(tr("Model"), m_model, content), 7, 0);
    grid->addLayout(model, 7, 1);
    static_cast<QVBoxLayout*>(content->layout())->addLayout(grid);
}

void ServerForm::buildFault() {
    auto* fault = new QGridLayout(m_fault);
    fault->setContentsMargins(0, 0, 0, 4);
    fault->setHorizontalSpacing(6);
    fault->setVerticalSpacing(2);
    fault->setColumnStretch(1, 1);
    fault->addWidget(m_faultIcon, 0, 0, Qt::AlignTop);
    fault->addWidget(m_faultText, 0, 1);
    m_remedies->setSpacing(12);
    fault->addLayout(m_remedies, 1, 1, Qt::AlignLeft);
    m_faultText->setObjectName(QStringLiteral("serverFault"));
}

void ServerForm::connectFields() {
    for (QComboBox* box : {m_transport, m_address, m_model})
        connect(box, &QComboBox::currentIndexChanged, this, &ServerForm::showCommand);
    for (QLineEdit* edit : {m_port, m_loops}) {
        connect(edit, &QLineEdit::textChanged, this, &ServerForm::showCommand);
        connect(edit, &QLineEdit::returnPressed, this, &ServerForm::start);
    }
    connect(m_allowPublic, &QCheckBox::toggled, this, &ServerForm::showCommand);
    connect(m_allowPublic, &QCheckBox::toggled, this, &ServerForm::clearFault);
    connect(m_address, &QComboBox::currentTextChanged, this, &ServerForm::clearFault);
    connect(m_port, &QLineEdit::textEdited, this, &ServerForm::clearFault);
}

void ServerForm::buildMore(QWidget* content) {
    m_moreToggle->setObjectName(QStringLiteral("moreToggle"));
    m_moreToggle->setText(tr("More"));
    m_moreToggle->setCheckable(true);
    m_moreToggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_moreToggle->setIconSize({12, 12});
    m_moreToggle->setProperty("flush", true);
    m_moreToggle->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_moreToggle);
    row->addStretch(1);
    m_changed->setWordWrap(false);
    row->addWidget(m_changed);
    row->addWidget(m_resetOptions);
    auto* column = static_cast<QVBoxLayout*>(content->layout());
    column->addLayout(row);
    column->addWidget(m_options);
    connect(m_moreToggle, &QToolButton::toggled, this, &ServerForm::showMore);
    connect(m_resetOptions, &QPushButton::clicked, m_options, &ServerOptionsPanel::reset);
    connect(m_options, &ServerOptionsPanel::edited, this, [this] {
        showMore();
        showCommand();
    });
    showMore();
}

void ServerForm::buildFoot(QWidget* foot) {
    auto* copy = makeIconButton(QStringLiteral("copy"), tr("Copy the command line"),
                                QStringLiteral("copyCommand"), foot);
    connect(copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_command->text()); });
    m_command->setObjectName(QStringLiteral("serverCommand"));
    m_command->setFont(monoFont());
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_start->setObjectName(QStringLiteral("startServer"));
    m_start->setProperty("primary", true);
    m_start->setMinimumHeight(28);
    connect(m_start, &QPushButton::clicked, this, &ServerForm::start);
    auto* cancel = new QPushButton(tr("Cancel"), foot);
    cancel->setObjectName(QStringLiteral("cancelServer"));
    cancel->setMinimumHeight(28);
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
}

void ServerForm::addAddress(const QString& address, const QString& remark) {
    if (m_address->findData(address) < 0)
        m_address->addItem(QStringLiteral("%1  %2").arg(address, remark), address);
}

void ServerForm::fillAddresses() {
    addAddress(QStringLiteral("127.0.0.1"), tr("this machine only"));
    addAddress(QStringLiteral("::1"), tr("this machine only, IPv6"));
    addAddress(QStringLiteral("*"), tr("every address"));
    addAddress(QStringLiteral("0.0.0.0"), tr("every IPv4 address"));
    // The kernel is asked on another thread; the form may be gone when the answer comes.
    QThreadPool::globalInstance()->start([form = QPointer(this)] {
        const std::vector<LocalAddress> addresses = localAddresses();
        QMetaObject::invokeMethod(qApp, [form, addresses] {
            if (!form)
                return;
            for (const LocalAddress& local : addresses)
                form->addAddress(toQString(local.address), toQString(local.interface));
        });
    });
}

QString ServerForm::chosenAddress() const {
    return m_address->currentData().toString();
}

void ServerForm::setConfig(const ServerConfig& config) {
    m_base = config;
    const Endpoint& endpoint = config.listen.front();
    m_transport->setCurrentIndex(endpoint.transport == Transport::Udp ? 1 : 0);
    const QString address = toQString(endpoint.host);
    addAddress(address, tr("as given"));
    m_address->setCurrentIndex(m_address->findData(address));
    m_allowPublic->setChecked(config.allowPublic);
    m_port->setText(QString::number(endpoint.port));
    m_model->setCurrentText(toQString(config.model));
    m_loops->setText(QString::number(config.loops));
    m_options->setConfig(config);
    m_moreToggle->setChecked(m_options->changedCount() > 0);
    setBusy(false);
    clearFault();
    showMore();
    showCommand();
}

std::optional<ServerConfig> ServerForm::read() {
    clearFault();
    ServerConfig config = m_base;
    const Transport transport = m_transport->currentIndex() == 1 ? Transport::Udp : Transport::Tcp;
    const QString host = chosenAddress();
    const bool isIpv6 = host.contains(QLatin1Char(':'));
    const QString text = QStringLiteral("%1:%2").arg(
        isIpv6 ? QStringLiteral("[%1]").arg(host) : host, m_port->text().trimmed());
    const auto endpoint = parseEndpoint(text.toStdString(), {.transport = transport});
    if (!endpoint) {
        showFieldFault(m_port, reasonWords(endpoint.error()));
        return std::nullopt;
    }
    config.listen = {*endpoint};
    config.allowPublic = m_allowPublic->isChecked() && !m_allowPublic->isHidden();
    if (!m_allowPublic->isHidden() && !config.allowPublic) {
        showFieldFault(m_allowPublic, tr("Other machines can reach this address. Tick the box if "
                                         "that is meant."));
        return std::nullopt;
    }
    config.model = m_model->currentText().toStdString();
    config.loops = m_loops->text().trimmed().toInt();
    if (!m_options->apply(config)) {
        m_moreToggle->setChecked(true);
        m_options->showFaults();
        return std::nullopt;
    }
    if (const auto valid = validate(config); !valid) {
        showFieldFault(m_loops, QStringLiteral("%1: %2. %3")
                                    .arg(toQString(valid.error().subject),
                                         reasonWords(valid.error()), hintWords(valid.error())));
        return std::nullopt;
    }
    return config;
}

void ServerForm::start() {
    if (const auto config = read()) {
        setBusy(true);
        Q_EMIT startAsked(*config);
    }
}

void ServerForm::setBusy(bool busy) {
    m_start->setEnabled(!busy);
}

void ServerForm::showFieldFault(QWidget* field, const QString& text) {
    field->setProperty("atFault", true);
    field->update();
    field->setFocus();
    // In the row under the field's, which is kept free for it.
    m_fields->addWidget(m_fault, field == m_allowPublic ? 4 : field == m_port ? 6 : 8, 1);
    m_faultText->setText(text);
    m_faultIcon->setPixmap(iconPixmap(QStringLiteral("error"), 16, themeColor(ColorToken::Danger),
                                      devicePixelRatioF()));
    QPalette palette = m_faultText->palette();
    palette.setColor(QPalette::WindowText, themeColor(ColorToken::Danger));
    m_faultText->setPalette(palette);
    m_fault->show();
}

void ServerForm::clearFault() {
    for (QWidget* field : {static_cast<QWidget*>(m_port), static_cast<QWidget*>(m_loops),
                           static_cast<QWidget*>(m_allowPublic)}) {
        field->setProperty("atFault", false);
        field->update();
    }
    m_fault->hide();
    while (QLayoutItem* item = m_remedies->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

void ServerForm::addRemedy(const QString& text, const std::function<void()>& action) {
    auto* link = makeLink(text, QStringLiteral("remedyLink"), m_fault);
    connect(link, &QPushButton::clicked, this, action);
    m_remedies->addWidget(link);
}

void ServerForm::showFailure(const Error& error) {
    setBusy(false);
    clearFault();
    const Hint& hint = error.hint;
    const auto port = static_cast<std::uint16_t>(m_port->text().toUInt());
    if (hint.kind == Hint::Kind::PortHeld) {
        showFieldFault(m_port, tr("Port %1 is held by %2, pid %3 (%4)")
                                   .arg(port)
                                   .arg(toQString(displaySafe(hint.text)))
                                   .arg(hint.number)
                                   .arg(toQString(errorName(error.code))));
        addRemedy(tr("Show its row"), [this, port] { Q_EMIT showPortAsked(port); });
    } else {
        const QString words = hintWords(error);
        showFieldFault(m_port, words.isEmpty()
                                   ? reasonWords(error)
                                   : QStringLiteral("%1. %2").arg(reasonWords(error), words));
    }
    const auto other =
        hint.kind == Hint::Kind::PrivilegedPort ? static_cast<int>(hint.number) : hint.port;
    if (other > 0)
        addRemedy(tr("Use port %1").arg(other), [this, other] {
            m_port->setText(QString::number(other));
            start();
        });
    static_cast<QHBoxLayout*>(m_remedies)->addStretch(1);
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
    const QString host = chosenAddress();
    const bool isLoopback =
        host.startsWith(QStringLiteral("127.")) || host == QStringLiteral("::1");
    m_allowPublic->setVisible(!isLoopback);
    // As far as the fields can be read; those that cannot are told of at the start.
    ServerConfig config = m_base;
    const bool isUdp = m_transport->currentIndex() == 1;
    const QString port = m_port->text().trimmed();
    bool isPort = false;
    const std::uint16_t number = port.toUShort(&isPort);
    config.listen = {{.transport = isUdp ? Transport::Udp : Transport::Tcp,
                      .host = host.toStdString(),
                      .port = isPort ? number : std::uint16_t{1}}};
    config.allowPublic = m_allowPublic->isChecked() && !isLoopback;
    config.model = m_model->currentText().toStdString();
    config.loops = qMax(1, m_loops->text().toInt());
    m_options->apply(config);
    QString command = commandText(config);
    if (!isPort) { // what was typed, not what could be made of it
        const QString readable = toQString(config.listen.front().text());
        command.replace(readable, readable.chopped(1) + port);
    }
    m_command->setText(command);
}

void ServerForm::focusFirst() {
    m_port->setFocus();
    m_port->selectAll();
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
