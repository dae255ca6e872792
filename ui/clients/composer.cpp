#include "ui/clients/composer.h"

#include <chrono>

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/clients/line_endings.h"
#include "ui/clients/message_edit.h"
#include "ui/clients/message_fields.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr int sendHeight = 40;
// Characters that are checked while they are typed.
constexpr qsizetype quickText = 16'384;
constexpr auto restTime = 200ms;

} // namespace

Composer::Composer(QWidget* parent)
    : QWidget(parent),
      m_kind(makeNote(tr("Text, UTF-8, ending"), this)),
      m_ending(new QComboBox(this)),
      m_fields(new MessageFields(this)),
      m_chooseFile(makeIconButton(QStringLiteral("folder"),
                                  tr("Send a file as the content, of up to 16 MiB"),
                                  QStringLiteral("chooseFile"), this)),
      m_fileChip(new QToolButton(this)),
      m_faultIcon(new QLabel(this)),
      m_fault(makeLabel({}, this)),
      m_edit(new MessageEdit(this)),
      m_count(makeNote({}, m_edit)),
      m_send(new QPushButton(lineIcon(QStringLiteral("send"), ColorToken::OnAccent), tr("Send"),
                             this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(8);
    column->addLayout(buildOptions());
    column->addLayout(buildRow());
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(restTime);
    connect(&m_checkTimer, &QTimer::timeout, this, &Composer::check);
    connect(m_edit, &MessageEdit::sendAsked, this, &Composer::send);
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::edited);
    connect(m_fields, &MessageFields::edited, this, &Composer::check);
    connect(m_ending, &QComboBox::currentIndexChanged, this, [this] {
        check();
        Q_EMIT endingChanged();
    });
    setFraming({});
}

QLayout* Composer::buildOptions() {
    m_ending->setObjectName(QStringLiteral("ending"));
    m_ending->setAccessibleName(tr("Line ending"));
    m_ending->setToolTip(tr("What is sent after the text"));
    for (const LineEnding& ending : lineEndings())
        m_ending->addItem(ending.name, ending.bytes);
    m_kind->setWordWrap(false);
    m_fault->setObjectName(QStringLiteral("composerFault"));
    m_fault->setWordWrap(false);
    m_fault->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_fault->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    buildFile();
    auto* options = new QHBoxLayout;
    options->setSpacing(8);
    options->addWidget(m_kind);
    options->addWidget(m_ending);
    options->addWidget(m_fields);
    options->addWidget(m_chooseFile);
    options->addWidget(m_fileChip);
    options->addWidget(m_faultIcon);
    options->addWidget(m_fault, 1);
    return options;
}

void Composer::buildFile() {
    m_fileChip->setObjectName(QStringLiteral("dropFile"));
    m_fileChip->setToolTip(tr("Write the content instead"));
    m_fileChip->setIcon(lineIcon(QStringLiteral("close")));
    m_fileChip->setIconSize({12, 12});
    m_fileChip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fileChip->setProperty("chip", true);
    m_fileChip->setFocusPolicy(Qt::TabFocus);
    m_fileChip->hide();
    connect(m_chooseFile, &QToolButton::clicked, this, &Composer::chooseFile);
    connect(m_fileChip, &QToolButton::clicked, this, [this] {
        dropFile();
        focusMessage();
    });
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
    row->addWidget(m_send, 0, Qt::AlignTop);
    return row;
}

void Composer::setFraming(const Framing& framing) {
    m_framing = framing;
    const bool hasHeader = input().hasHeader();
    m_ending->setVisible(framing.isRaw());
    m_kind->setText(framing.isRaw() ? tr("Text, UTF-8, ending")
                                    : tr("Text, UTF-8; the framing %1 tells messages apart")
                                          .arg(toQString(framing.text())));
    m_kind->setVisible(!hasHeader);
    m_fields->setVisible(hasHeader);
    m_chooseFile->setVisible(hasHeader);
    if (!hasHeader)
        dropFile(); // the focus stays where it is
    check();
}

void Composer::setHistory(const QStringList& history) {
    m_edit->setHistory(history);
}

void Composer::setSendEnabled(bool enabled, const QString& reason) {
    m_isLinkReady = enabled;
    m_linkReason = reason;
    showFault(m_fault->text());
}

void Composer::setText(const QString& text) {
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
}

void Composer::setEnding(const QString& name) {
    m_ending->setCurrentIndex(qMax(0, m_ending->findText(name)));
}

QString Composer::ending() const {
    return m_ending->currentText();
}

void Composer::focusMessage() {
    m_edit->setFocus();
}

ComposerInput Composer::input() const {
    return {.text = m_edit->toPlainText(),
            .framing = m_framing,
            .ending = m_ending->currentData().toByteArray(),
            .contentType = m_fields->contentType().toStdString(),
            .contentEncoding = m_fields->contentEncoding().toStdString(),
            .file = m_file};
}

void Composer::edited() {
    m_edit->fitHeight();
    if (m_edit->document()->characterCount() > quickText)
        m_checkTimer.start();
    else
        check();
}

void Composer::check() {
    m_checkTimer.stop();
    const auto size = checkMessage(input());
    m_isGood = size.has_value();
    m_count->setText(size ? bytesText(*size) : QString());
    showFault(size ? QString() : size.error());
    placeCount();
}

void Composer::showFault(const QString& fault) {
    m_fault->setText(fault);
    m_fault->setToolTip(plainTip(fault));
    QPalette palette = m_fault->palette();
    palette.setColor(QPalette::WindowText, themeColor(ColorToken::Danger));
    m_fault->setPalette(palette);
    m_faultIcon->setVisible(!fault.isEmpty());
    m_faultIcon->setPixmap(iconPixmap(QStringLiteral("error"), 16, themeColor(ColorToken::Danger),
                                      devicePixelRatioF()));
    const bool isReady = m_isLinkReady && m_isGood;
    m_send->setEnabled(isReady);
    m_send->setToolTip(isReady           ? tipWithKey(tr("Send"), MessageEdit::sendKey())
                       : !m_isLinkReady  ? m_linkReason
                       : fault.isEmpty() ? tr("Write a message first")
                                         : plainTip(fault));
}

void Composer::send() {
    if (m_checkTimer.isActive())
        check();
    if (!m_send->isEnabled())
        return;
    const auto message = composeMessage(input());
    if (!message)
        return;
    Q_EMIT sendAsked(*message);
    if (m_file)
        return;
    Q_EMIT messageSent(m_edit->toPlainText());
    m_edit->selectAll(); // typing replaces it, Ctrl+Return sends it again
}

void Composer::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Send a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &Composer::takeFile);
    dialog->open();
}

void Composer::takeFile(const QString& path) {
    const QString name = path.section(QLatin1Char('/'), -1);
    readFileContent(path, this,
                    [this, name](const Result<FileBytes>& content) { fileRead(name, content); });
}

void Composer::fileRead(const QString& name, const Result<FileBytes>& content) {
    if (!input().hasHeader()) // the framing has changed meanwhile
        return;
    if (!content) {
        m_isGood = false;
        const QString why = content.error().is(Fault::BadValue) ? tr("it is not a regular file")
                                                                : reasonWords(content.error());
        showFault(QStringLiteral("%1: %2").arg(toQString(displaySafe(name.toStdString())), why));
        return;
    }
    if (!m_file)
        m_draft = m_edit->toPlainText();
    m_file = *content;
    m_fileChip->setText(toQString(displaySafe(name.toStdString())));
    m_fileChip->setAccessibleName(tr("Write the content instead of the file %1").arg(name));
    m_fileChip->show();
    m_edit->setReadOnly(true);
    m_edit->setPlainText(tr("The content is the file, %1.").arg(bytesText(m_file->size())));
    check();
}

void Composer::dropFile() {
    if (!m_file)
        return;
    m_file.reset();
    m_fileChip->hide();
    m_edit->setReadOnly(false);
    setText(m_draft);
}

void Composer::placeCount() {
    m_count->setGeometry(m_edit->width() - MessageEdit::countWidth - 8, 4, MessageEdit::countWidth,
                         20);
}

void Composer::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeCount();
}

void Composer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorToken::Hairline));
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
