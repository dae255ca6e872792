#include "ui/clients/client_options_panel.h"

#include <algorithm>

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QSignalBlocker>

#include "core/base/shell_words.h"
#include "core/client/send_arguments.h"
#include "ui/common/field_fault.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/option_grid.h"
#include "ui/common/small_widgets.h"
#include "ui/common/tab_order.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

/// Nothing is asked for where all of its fields are empty.
void dropEmptyLocal(ClientOptions& options) {
    auto& local = options.config.local;
    if (local && local->host.empty() && local->port == 0 && local->path.empty())
        local.reset();
    else if (local && local->host.empty() && !isUnix(local->transport))
        local->host.assign(1, '*');
}

} // namespace

ClientOptionsPanel::ClientOptionsPanel(QWidget* parent)
    : QWidget(parent),
      m_scroll(new QScrollArea(this)),
      m_when(makeNote({}, this)),
      m_changed(makeNote({}, this)),
      m_command(makeLabel({}, this)),
      m_fault(new FieldFault(this)) {
    setObjectName(QStringLiteral("clientOptions"));
    auto* content = new QWidget(m_scroll);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(12, 0, 12, 8);
    m_column->setSpacing(4);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_scroll->setMinimumHeight(56);
    m_scroll->setFocusPolicy(Qt::NoFocus); // its fields have the keyboard
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 1);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(m_scroll, 1);
    column->addWidget(buildFoot());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    buildConnection();
    buildSocket();
    buildDatagrams();
    orderForTab(*column);
    connect(m_reset, &QPushButton::clicked, this, &ClientOptionsPanel::reset);
    setOptions({});
    setEndpoint({});
}

QWidget* ClientOptionsPanel::buildHead() {
    auto* head = new QWidget(this);
    m_reset = makeLink(tr("Reset"), QStringLiteral("resetOptions"), head);
    auto* close = makeIconButton(QStringLiteral("close"), tr("Close the options"),
                                 QStringLiteral("closeOptions"), head);
    connect(close, &QToolButton::clicked, this, &ClientOptionsPanel::closeAsked);
    m_changed->setObjectName(QStringLiteral("changedOptions"));
    m_changed->setWordWrap(false);
    m_when->setWordWrap(false);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(makeTitle(tr("Options"), head));
    row->addWidget(m_when);
    row->addStretch(1);
    row->addWidget(m_changed);
    row->addWidget(m_reset);
    row->addWidget(close);
    return head;
}

QWidget* ClientOptionsPanel::buildFoot() {
    auto* foot = new QWidget(this);
    auto* copy = makeIconButton(QStringLiteral("copy"), tr("Copy the command line"),
                                QStringLiteral("copySendCommand"), foot);
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(command()); });
    m_command->setObjectName(QStringLiteral("sendCommand"));
    m_command->setFont(monoFont());
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(m_command, 1);
    row->addWidget(copy, 0, Qt::AlignTop);
    return foot;
}

OptionGrid* ClientOptionsPanel::addGrid(const QString& title, Suits suits) {
    QLabel* note = makeNote(title, m_scroll->widget());
    m_sections.emplace_back(note, suits);
    m_column->addWidget(note);
    auto* grid = new OptionGrid(m_scroll->widget());
    m_column->addWidget(grid);
    return grid;
}

QHBoxLayout* ClientOptionsPanel::addSwitchRow() {
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addStretch(1);
    m_column->addLayout(row);
    return row;
}

void ClientOptionsPanel::addField(OptionGrid* grid, const Text& text, Suits suits, Show show,
                                  Read read, bool isWide) {
    auto* edit = new QLineEdit(grid);
    edit->setObjectName(text.objectName);
    edit->setAccessibleName(text.label);
    edit->setToolTip(text.tip);
    edit->setFont(monoFont());
    QLabel* label = makeLabel(text.label, grid);
    label->setToolTip(text.tip);
    grid->addField(label, edit, isWide);
    connect(edit, &QLineEdit::textChanged, this, &ClientOptionsPanel::fieldEdited);
    m_fields.push_back({label, edit, text.example, grid, suits, std::move(show), std::move(read)});
}

void ClientOptionsPanel::addSwitch(QHBoxLayout* row, const QString& label, const QString& tip,
                                   const QString& objectName, Suits suits,
                                   std::function<bool&(ClientOptions&)> option) {
    auto* box = new QCheckBox(label, m_scroll->widget());
    box->setObjectName(objectName);
    box->setToolTip(tip);
    row->insertWidget(row->count() - 1, box);
    connect(box, &QCheckBox::toggled, this, &ClientOptionsPanel::fieldEdited);
    m_switches.push_back({box, suits, std::move(option)});
}

void ClientOptionsPanel::fieldEdited() {
    markChanged();
    showCommand();
    Q_EMIT edited();
}

void ClientOptionsPanel::setOptions(const ClientOptions& options) {
    m_base = options;
    for (const Field& field : m_fields) {
        const QSignalBlocker blocker(field.edit);
        field.edit->setText(field.show(options));
        field.edit->setCursorPosition(0);
    }
    ClientOptions shown = options;
    for (const Switch& entry : m_switches) {
        const QSignalBlocker blocker(entry.box);
        entry.box->setChecked(entry.option(shown));
    }
    markChanged();
    showCommand();
}

void ClientOptionsPanel::setEndpoint(const Endpoint& endpoint) {
    m_endpoint = endpoint;
    const Transport transport = endpoint.transport;
    for (const Field& field : m_fields)
        field.grid->setFieldShown(field.edit, field.suits(transport));
    for (const Switch& entry : m_switches)
        entry.box->setVisible(entry.suits(transport));
    for (const auto& [title, suits] : m_sections)
        title->setVisible(suits(transport));
    markChanged();
    showCommand();
}

bool ClientOptionsPanel::apply(ClientOptions& options) const {
    bool isGood = true;
    const Transport transport = options.config.endpoint.transport;
    options.config.local.reset();
    for (const Field& field : m_fields) {
        if (field.suits(transport))
            isGood = field.read(options, field.edit->text().trimmed()) && isGood;
    }
    for (const Switch& entry : m_switches) {
        if (entry.suits(transport))
            entry.option(options) = entry.box->isChecked();
    }
    dropEmptyLocal(options);
    return isGood;
}

ClientOptions ClientOptionsPanel::defaults() const {
    ClientOptions options;
    options.config.endpoint = m_endpoint;
    return options;
}

void ClientOptionsPanel::showFault() {
    for (const Field& field : m_fields) {
        ClientOptions ignored = defaults();
        const QString text = field.edit->text().trimmed();
        if (!field.suits(m_endpoint.transport) || field.read(ignored, text))
            continue;
        field.grid->placeFault(m_fault, field.edit);
        m_fault->show(field.edit,
                      tr("'%1' is not valid here. For example: %2")
                          .arg(toQString(displaySafe(text.toStdString())), field.example));
        // It has its place once the event loop has laid it out.
        QMetaObject::invokeMethod(
            this, [this] { m_scroll->ensureWidgetVisible(m_fault, 0, 40); }, Qt::QueuedConnection);
        return;
    }
}

/// By what it means: "65536" is the default too.
bool ClientOptionsPanel::isChanged(const Field& field) const {
    ClientOptions options = defaults();
    return !field.read(options, field.edit->text().trimmed()) ||
           field.show(options) != field.show(defaults());
}

bool ClientOptionsPanel::isChanged(const Switch& entry) {
    ClientOptions defaults;
    return entry.box->isChecked() != entry.option(defaults);
}

int ClientOptionsPanel::changedCount() const {
    const auto transport = m_endpoint.transport;
    const auto fields = std::ranges::count_if(
        m_fields, [&](const Field& field) { return field.suits(transport) && isChanged(field); });
    const auto switches = std::ranges::count_if(m_switches, [&](const Switch& entry) {
        return entry.suits(transport) && isChanged(entry);
    });
    return static_cast<int>(fields + switches);
}

void ClientOptionsPanel::markChanged() {
    m_fault->clear();
    const QFont plain = font();
    for (const Field& field : m_fields) {
        const bool differs = isChanged(field);
        field.label->setFont(differs ? demiBold(plain) : plain);
        field.edit->setProperty("changed", differs);
        field.edit->update();
    }
    for (const Switch& entry : m_switches)
        entry.box->setFont(isChanged(entry) ? demiBold(plain) : plain);
    const int changed = changedCount();
    m_changed->setText(tr("%n changed", nullptr, changed));
    m_changed->setVisible(changed > 0);
    m_reset->setVisible(changed > 0);
}

QString ClientOptionsPanel::command() const {
    ClientOptions options = m_base;
    options.config.endpoint = m_endpoint;
    (void)apply(options);
    QString text = QStringLiteral("socketscope send");
    for (const std::string& word : sendArguments(options.config))
        text += QLatin1Char(' ') + toQString(shellQuoted(word));
    return text;
}

void ClientOptionsPanel::showCommand() {
    m_command->setText(command());
}

void ClientOptionsPanel::reset() {
    ClientOptions options = defaults();
    options.config.framing = m_base.config.framing;
    setOptions(options);
    Q_EMIT edited();
}

void ClientOptionsPanel::setConnected(bool isConnected) {
    m_when->setText(isConnected ? tr("for the next connection") : QString());
}

void ClientOptionsPanel::focusFirst() {
    for (const Field& field : m_fields) {
        if (field.suits(m_endpoint.transport)) {
            field.edit->setFocus();
            return;
        }
    }
}

void ClientOptionsPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeAsked();
    else
        QWidget::keyPressEvent(event);
}

void ClientOptionsPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
