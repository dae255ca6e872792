#include "ui/clients/composer.h"

#include <chrono>

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QShortcut>
#include <QVBoxLayout>

#include "core/base/encoding.h"
#include "ui/clients/content_panel.h"
#include "ui/clients/line_endings.h"
#include "ui/clients/message_edit.h"
#include "ui/clients/message_fields.h"
#include "ui/clients/repeat_panel.h"
#include "ui/clients/snippet_panel.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/inline_message.h"
#include "ui/common/segments.h"
#include "ui/common/small_widgets.h"
#include "ui/common/tab_order.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr int sendHeight = 40;
constexpr auto restTime = 200ms;
constexpr auto pollTime = 100ms;
constexpr int leastBox = 68; // "UTF-8"; longer names are cut before anything else
constexpr int optionSpacing = 8;
constexpr int tightSpacing = 4; // two tabs beside each other at 1280
constexpr int sideMargin = 12;

QToolButton* makeTool(const QString& icon, const QString& text, const QString& tip,
                      const QString& objectName, QWidget* parent) {
    QToolButton* button = makeIconButton(icon, tip, objectName, parent);
    button->setText(text);
    button->setAccessibleName(text);
    button->setMinimumWidth(24);
    button->setMaximumWidth(QWIDGETSIZE_MAX);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

Composer::Composer(QWidget* parent)
    : QWidget(parent),
      m_forms(new Segments(tr("Form of the message"), this)),
      m_fields(new MessageFields(this)),
      m_encoding(new QComboBox(this)),
      m_ending(new QComboBox(this)),
      m_escapes(makeChip(QStringLiteral("\\n"),
                         tr("Escapes: %1; %2 is a byte, %3 a character")
                             .arg(QStringLiteral("\\n \\r \\t \\0 \\\\"), QStringLiteral("\\x41"),
                                  QStringLiteral("\\u4f60")),
                         QStringLiteral("escapes"), this)),
      m_macros(makeChip(QStringLiteral("${}"),
                        tr("Macros: ${seq} counts, ${time} and ${time:unix} are the time, "
                           "${rand:8} is 8 letters; $${seq} writes ${seq}"),
                        QStringLiteral("macros"), this)),
      m_compact(makeChip(tr("Compact"), tr("Send the JSON without its white space"),
                         QStringLiteral("compact"), this)),
      m_repeat(makeTool(QStringLiteral("repeat"), tr("Repeat"), QString(),
                        QStringLiteral("repeatButton"), this)),
      m_snippets(makeTool(QStringLiteral("bookmark"), tr("Snippets"),
                          tr("Messages that are kept under a name"),
                          QStringLiteral("snippetsButton"), this)),
      m_faultRow(new QWidget(this)),
      m_faultIcon(new QLabel(m_faultRow)),
      m_fault(makeLabel(QString(), m_faultRow)),
      m_question(new InlineMessage(this)),
      m_repeatPanel(new RepeatPanel(this)),
      m_edit(new MessageEdit(this)),
      m_content(new ContentPanel(this)),
      m_count(makeNote(QString(), m_edit)),
      m_send(new QPushButton(lineIcon(QStringLiteral("send"), ColorToken::OnAccent), tr("Send"),
                             this)),
      m_sendKey(new QShortcut(MessageEdit::sendKey(), this)) {
    m_sendKey->setContext(Qt::WidgetWithChildrenShortcut);
    buildForms();
    buildFields();
    buildTools();
    buildFault();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(sideMargin, 8, sideMargin, 8);
    column->setSpacing(8);
    column->addWidget(m_repeatPanel);
    column->addLayout(buildOptions());
    column->addWidget(m_question);
    column->addWidget(m_faultRow);
    column->addLayout(buildRow());
    m_question->hide();
    m_repeatPanel->hide();
    connectAll();
    orderKeys();
    setIsClient(true);
    setFraming({});
}

void Composer::buildForms() {
    const auto add = [this](MessageForm form, const QString& text, const QString& tip,
                            const char* name) {
        m_forms->add(static_cast<int>(form), text, tip, QString::fromLatin1(name));
    };
    m_forms->setObjectName(QStringLiteral("messageForm"));
    add(MessageForm::Text, tr("Text"), tr("Text, in an encoding"), "formText");
    add(MessageForm::Hex, tr("Hex"), tr("Bytes as hex digits, also dumps of other programs"),
        "formHex");
    add(MessageForm::Json, tr("JSON"), tr("JSON, checked while it is written"), "formJson");
    add(MessageForm::File, tr("File"), tr("A file, read as the other side takes it"), "formFile");
}

void Composer::buildFields() {
    m_encoding->setObjectName(QStringLiteral("encoding"));
    m_encoding->setAccessibleName(tr("Encoding"));
    m_encoding->setToolTip(tr("What the text becomes on the wire"));
    for (const std::string_view name : offeredEncodings())
        m_encoding->addItem(toQString(std::string(name)));
    m_encoding->setMinimumWidth(leastBox);
    m_ending->setMinimumWidth(leastBox);
    m_ending->setObjectName(QStringLiteral("ending"));
    m_ending->setAccessibleName(tr("Line ending"));
    m_ending->setToolTip(tr("What is sent after the text"));
    for (const LineEnding& ending : lineEndings())
        m_ending->addItem(ending.name, ending.bytes);
    m_escapes->setAccessibleName(tr("Escapes"));
    m_macros->setAccessibleName(tr("Macros"));
}

void Composer::buildTools() {
    m_repeat->setCheckable(true);
    auto* menu = new QMenu(m_snippets);
    menu->setObjectName(QStringLiteral("snippetMenu"));
    m_snippets->setMenu(menu);
    m_snippets->setPopupMode(QToolButton::InstantPopup);
    m_snippets->hide(); // until there is a store
    connect(menu, &QMenu::aboutToShow, this, &Composer::buildSnippetMenu);
}

void Composer::buildFault() {
    m_fault->setObjectName(QStringLiteral("composerFault"));
    m_fault->setWordWrap(false);
    m_fault->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_fault->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout(m_faultRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_faultIcon);
    row->addWidget(m_fault, 1);
    m_faultRow->hide();
}

QLayout* Composer::buildOptions() {
    m_options = new QHBoxLayout;
    m_options->setSpacing(optionSpacing);
    for (QWidget* field : std::initializer_list<QWidget*>{m_forms, m_fields, m_encoding, m_ending,
                                                          m_escapes, m_macros, m_compact})
        m_options->addWidget(field);
    m_options->addStretch(1);
    m_options->addWidget(m_repeat);
    m_options->addWidget(m_snippets);
    return m_options;
}

QLayout* Composer::buildRow() {
    m_send->setObjectName(QStringLiteral("sendButton"));
    m_send->setProperty("primary", true);
    m_send->setFixedSize(80, sendHeight);
    m_count->setFont(monoFont());
    m_count->setWordWrap(false);
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_count->setObjectName(QStringLiteral("byteCount"));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_edit, 1);
    row->addWidget(m_content, 1);
    row->addWidget(m_send, 0, Qt::AlignTop);
    return row;
}

void Composer::connectAll() {
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(restTime);
    m_pollTimer.setInterval(pollTime);
    connect(&m_checkTimer, &QTimer::timeout, this, &Composer::check);
    connect(&m_pollTimer, &QTimer::timeout, this, &Composer::poll);
    connect(m_edit, &MessageEdit::sendAsked, this, &Composer::send);
    connect(m_edit, &MessageEdit::draftLeft, this, [this] { m_draft = written(); });
    connect(m_edit, &MessageEdit::walked, this, &Composer::applyHistory);
    connect(m_edit, &MessageEdit::largePasted, this, &Composer::hold);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::edited);
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_sendKey, &QShortcut::activated, this, &Composer::send);
    connect(m_fields, &MessageFields::edited, this, [this] {
        fitTools();
        check();
    });
    connect(m_encoding, &QComboBox::currentIndexChanged, this, &Composer::check);
    for (QToolButton* chip : {m_escapes, m_macros, m_compact})
        connect(chip, &QToolButton::toggled, this, &Composer::check);
    connect(m_ending, &QComboBox::currentIndexChanged, this, [this] {
        check();
        Q_EMIT endingChanged();
    });
    connect(m_forms, &Segments::currentChanged, this, [this] {
        showFields();
        check();
    });
    connect(m_content, &ContentPanel::chooseAsked, this, &Composer::chooseFile);
    connect(m_content, &ContentPanel::dropAsked, this, &Composer::dropHeld);
    connect(m_content, &ContentPanel::cancelAsked, this, &Composer::askToStopFile);
    connect(m_repeat, &QToolButton::toggled, this, [this](bool isOn) {
        m_repeatPanel->setVisible(isOn);
        if (isOn)
            m_repeatPanel->focusFirst();
    });
    connect(m_repeatPanel, &RepeatPanel::startAsked, this, &Composer::startPlan);
    connect(m_repeatPanel, &RepeatPanel::stopAsked, this, &Composer::planStopAsked);
    connect(m_repeatPanel, &RepeatPanel::addAsked, this, [this] {
        if (form() != MessageForm::File && !isHeld() && m_isGood)
            m_repeatPanel->add(written());
        else
            m_repeatPanel->showFault(form() == MessageForm::File || isHeld()
                                         ? tr("Only what is written in the field can be added")
                                         : fault());
    });
    connect(m_repeatPanel, &RepeatPanel::listToggled, this, &Composer::showReadiness);
    connect(m_repeatPanel, &RepeatPanel::messagesChanged, this, &Composer::showReadiness);
}

/// As it is read, from the top.
void Composer::orderKeys() {
    if (m_snippetPanel)
        orderForTab({m_snippetPanel, m_repeatPanel});
    orderForTab({m_repeatPanel, m_forms, m_fields, m_encoding, m_ending, m_escapes, m_macros,
                 m_compact, m_repeat, m_snippets, m_edit, m_content, m_send});
}

MessageForm Composer::form() const {
    return static_cast<MessageForm>(m_forms->current());
}

void Composer::setFraming(const Framing& framing) {
    m_framing = framing;
    showFields();
    if (form() == MessageForm::File)
        checkFileAgain();
    else
        check();
}

void Composer::setIsClient(bool isClient) {
    m_isClient = isClient;
    m_repeat->setEnabled(isClient);
    m_repeat->setToolTip(isClient ? tr("Send a message again and again, or a list of messages")
                                  : tr("A server's connection sends one message at a time; a "
                                       "client tab can repeat"));
}

void Composer::showFields() {
    const bool hasHeader = input().hasHeader();
    const bool isText = form() == MessageForm::Text;
    const bool isJson = form() == MessageForm::Json;
    const bool isContent = form() == MessageForm::File || isHeld();
    m_fields->setVisible(hasHeader);
    m_encoding->setVisible(isText && !hasHeader);
    m_ending->setVisible(m_framing.isRaw() && (isText || isJson));
    m_escapes->setVisible(isText);
    m_macros->setVisible(isText || isJson);
    m_compact->setVisible(isJson);
    m_edit->setVisible(!isContent);
    m_content->setVisible(isContent);
    m_sendKey->setEnabled(isContent);
    if (isHeld())
        m_content->showPaste({});
    else if (m_file.path.isEmpty())
        m_content->showNoFile();
    else
        m_content->showFile(toQString(displaySafe(m_file.path.toStdString())), {});
    fitTools();
    update();
}

/// What there is no room for stands in a tooltip: the names of a header's fields first, then those
/// of the tools, then the end of a long type; at last all stands closer.
void Composer::fitTools() {
    struct Room {
        bool names;
        bool tools;
        bool type;
        int spacing = optionSpacing;
    };
    for (const Room& room :
         {Room{true, true, true}, Room{false, true, true}, Room{false, false, true},
          Room{false, false, false}, Room{false, false, false, tightSpacing}}) {
        m_options->setSpacing(room.spacing);
        m_fields->setRoom(room.names, room.type);
        for (QToolButton* tool : {m_repeat, m_snippets})
            tool->setToolButtonStyle(room.tools ? Qt::ToolButtonTextBesideIcon
                                                : Qt::ToolButtonIconOnly);
        m_options->invalidate();
        if (m_options->sizeHint().width() + 2 * sideMargin <= width())
            return;
    }
}

void Composer::setHistory(const std::vector<WrittenMessage>& history) {
    m_history = history;
    QStringList texts;
    for (const WrittenMessage& each : history)
        texts.append(each.text);
    m_edit->setHistory(texts);
}

/// The text stands there already; its form follows.
void Composer::applyHistory(int position) {
    const auto index = static_cast<std::size_t>(position);
    setWritten(index < m_history.size() ? m_history[index] : m_draft);
}

void Composer::setSendEnabled(bool enabled, const QString& reason) {
    m_isLinkReady = enabled;
    m_linkReason = reason;
    if (!enabled)
        m_question->hide();
    showReadiness();
}

void Composer::setText(const QString& text) {
    if (!MessageEdit::fits(text)) {
        hold(text);
        return;
    }
    m_held = QString();
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
}

void Composer::setEnding(const QString& name) {
    m_ending->setCurrentIndex(qMax(0, m_ending->findText(name)));
}

QString Composer::ending() const {
    return m_ending->currentText();
}

WrittenMessage Composer::written() const {
    return {.form = form(),
            .text = form() == MessageForm::File ? m_file.path : m_edit->toPlainText(),
            .encoding = m_encoding->currentText(),
            .ending = m_ending->currentText(),
            .escapes = m_escapes->isChecked(),
            .macros = m_macros->isChecked(),
            .compact = m_compact->isChecked()};
}

void Composer::setWritten(const WrittenMessage& message) {
    m_isApplying = true;
    m_forms->setCurrent(static_cast<int>(message.form));
    m_encoding->setCurrentIndex(qMax(0, m_encoding->findText(message.encoding)));
    setEnding(message.ending);
    m_escapes->setChecked(message.escapes);
    m_macros->setChecked(message.macros);
    m_compact->setChecked(message.compact);
    if (message.text != m_edit->toPlainText() || isHeld())
        setText(message.text);
    m_isApplying = false;
    showFields();
    check();
}

void Composer::focusMessage() {
    if (m_edit->isVisibleTo(this))
        m_edit->setFocus();
    else
        m_content->focusFirst();
}

ComposerInput Composer::inputOf(const WrittenMessage& message) const {
    return {.text = message.text,
            .framing = m_framing,
            .ending = lineEnding(message.ending).bytes,
            .contentType = m_fields->contentType().toStdString(),
            .contentEncoding = m_fields->contentEncoding().toStdString(),
            .form = message.form,
            .encoding = message.encoding.toStdString(),
            .escapes = message.escapes,
            .macros = message.macros,
            .compact = message.compact};
}

ComposerInput Composer::input() const {
    WrittenMessage message = written();
    if (isHeld())
        message.text = m_held;
    ComposerInput input = inputOf(message);
    if (form() == MessageForm::File)
        input.file = m_file.bytes;
    return input;
}

void Composer::placeCount() {
    m_count->setGeometry(m_edit->width() - MessageEdit::countWidth - 8, 4, MessageEdit::countWidth,
                         20);
}

void Composer::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitTools();
    placeCount();
}

void Composer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorToken::Hairline));
    if (!m_edit->isVisible())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const bool focused = m_edit->hasFocus();
    const bool isAtFault = !m_fault->text().isEmpty();
    painter.setPen(QPen(themeColor(isAtFault ? ColorToken::Danger
                                   : focused ? ColorToken::Accent
                                             : ColorToken::FieldBorder),
                        focused ? 2 : 1));
    const qreal inset = focused ? 0 : 0.5;
    painter.drawRoundedRect(
        QRectF(m_edit->geometry()).adjusted(-1 + inset, -1 + inset, 1 - inset, 1 - inset), 4, 4);
}

} // namespace sscope
