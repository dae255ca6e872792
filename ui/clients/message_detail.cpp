#include "ui/clients/message_detail.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "core/client/http_body_source.h"
#include "ui/clients/content_text.h"
#include "ui/clients/conversation.h"
#include "ui/clients/lines_view.h"
#include "ui/clients/stream_words.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/segments.h"
#include "ui/common/small_widgets.h"
#include "ui/common/table_setup.h"
#include "ui/common/theme.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr int headerWidth = 260;
// Beside another tab there is less room, for the fields and for the words over the content.
constexpr int narrowWidth = 700;
constexpr int narrowHeader = 168;
constexpr int nameWidth = 128;
constexpr int titleHeight = 32;
// A header may name as many fields as it likes.
constexpr std::size_t mostFields = 64;
// What grows, or is to be wrapped anew, waits so long for more.
constexpr auto refreshDelay = 200ms;
// More than that is read and laid out seldom.
constexpr std::uint64_t quickBytes = 1 << 20;
constexpr auto longRefreshDelay = 2s;
// A longer dump is made line by line, as it is looked at.
constexpr std::uint64_t mostHexAtOnce = 4096;

bool isJson(const ConversationRow& row) {
    return row.contentType.ends_with("json");
}

QStandardItem* cell(const QString& text, const QFont& font, ColorToken token) {
    auto* item = new QStandardItem(text);
    item->setFont(font);
    item->setForeground(themeColor(token));
    item->setToolTip(plainTip(text));
    item->setEditable(false);
    return item;
}

} // namespace

MessageDetail::MessageDetail(QWidget* parent)
    : QWidget(parent),
      m_rowContent(contentOfBytes({})),
      m_left(new QWidget(this)),
      m_title(makeTitle(QString(), m_left)),
      m_size(makeNote(QString(), m_left)),
      m_fields(new QTableView(m_left)),
      m_form(new Segments(tr("Content as"), this)),
      m_encoding(new QComboBox(this)),
      m_contentTitle(makeTitle(tr("Content"), this)),
      m_note(makeNote(QString(), this)),
      m_save(makeLink(tr("Save…"), QStringLiteral("saveContent"), this)),
      m_content(new QPlainTextEdit(this)),
      m_lines(new LinesView(this)) {
    setObjectName(QStringLiteral("messageDetail"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 1, 0, 0);
    row->setSpacing(0);
    row->addWidget(buildHeader());
    row->addSpacing(1);
    row->addWidget(buildContent(), 1);
    setMinimumHeight(titleHeight + 2 * 22);
    connectParts();
    showRow(-1);
}

void MessageDetail::connectParts() {
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refreshDelay);
    m_wrap.setSingleShot(true);
    m_wrap.setInterval(refreshDelay);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        if (m_isBusy) // with what it was before
            m_refresh.start();
        else
            showRow(m_shown.row());
    });
    connect(&m_wrap, &QTimer::timeout, this, &MessageDetail::showContent);
    connect(m_lines, &LinesView::columnsChanged, this, [this] {
        if (dynamic_cast<TextLines*>(m_lines->source()))
            m_wrap.start();
    });
    connect(m_lines, &LinesView::copyCutShort, this, [this](int lines) {
        m_note->setText(tr("only %1 lines are copied: save it to a file")
                            .arg(countText(static_cast<quint64>(lines))));
    });
    connect(m_save, &QPushButton::clicked, this, &MessageDetail::save);
    connect(m_encoding, &QComboBox::activated, this, &MessageDetail::showContent);
    connect(m_form, &Segments::currentChanged, this, [this] {
        m_isChosen = true;
        showHeader();
        showContent();
    });
    connect(&Theme::instance(), &Theme::changed, this, &MessageDetail::showHeader);
}

MessageDetail::~MessageDetail() {
    if (m_cancel)
        *m_cancel = true;
}

QWidget* MessageDetail::buildHeader() {
    m_left->setFixedWidth(headerWidth);
    m_size->setWordWrap(false);
    m_size->setFont(secondaryFont());
    m_fields->setObjectName(QStringLiteral("headerFields"));
    m_fields->setAccessibleName(tr("Header"));
    setUpTable(*m_fields);
    m_fields->setModel(&m_fieldModel);
    m_fields->horizontalHeader()->hide();
    m_fields->horizontalHeader()->setStretchLastSection(true);
    m_fields->setSelectionMode(QAbstractItemView::NoSelection);
    m_fields->setFocusPolicy(Qt::TabFocus);
    m_fields->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_fields->viewport()->setBackgroundRole(QPalette::Window);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 12, 0);
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_size);
    auto* headRow = new QWidget(m_left);
    headRow->setFixedHeight(titleHeight);
    headRow->setLayout(head);
    auto* column = new QVBoxLayout(m_left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(headRow);
    auto* fields = new QHBoxLayout;
    fields->setContentsMargins(9, 0, 0, 0); // a cell has 3 of its own
    fields->addWidget(m_fields);
    column->addLayout(fields, 1);
    return m_left;
}

QWidget* MessageDetail::buildBar(QWidget* parent) {
    const auto add = [this](DetailForm form, const QString& text, const QString& tip,
                            const char* name) {
        m_form->add(static_cast<int>(form), text, tip, QLatin1String(name));
    };
    add(DetailForm::Http, QStringLiteral("HTTP"), tr("The head and the body of the response"),
        "contentHttp");
    add(DetailForm::Json, QStringLiteral("JSON"), tr("A line for each member"), "contentJson");
    add(DetailForm::Text, tr("Text"), tr("Decoded as the header says, or as is chosen"),
        "contentText");
    add(DetailForm::Hex, tr("Hex"), tr("Byte by byte"), "contentHex");
    fillEncodings();
    m_note->setObjectName(QStringLiteral("contentNote"));
    m_note->setFont(secondaryFont());
    m_note->setWordWrap(false);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_save->setToolTip(tr("Saves this content, byte for byte, to a file"));
    auto* close = makeIconButton(QStringLiteral("close"), tr("Hide the details (Esc)"),
                                 QStringLiteral("closeDetail"), parent);
    connect(close, &QToolButton::clicked, this, &MessageDetail::closeAsked);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 8, 0);
    head->setSpacing(8);
    head->addWidget(m_contentTitle);
    head->addWidget(m_form);
    head->addWidget(m_encoding);
    head->addWidget(m_note, 1);
    head->addWidget(m_save);
    head->addWidget(close);
    auto* headRow = new QWidget(parent);
    headRow->setFixedHeight(titleHeight);
    headRow->setLayout(head);
    return headRow;
}

/// What people meet; a message's header may name others.
void MessageDetail::fillEncodings() {
    m_encoding->setObjectName(QStringLiteral("contentEncoding"));
    m_encoding->setAccessibleName(tr("Encoding"));
    m_encoding->setToolTip(tr("The encoding that the bytes are read in"));
    m_encoding->addItem(tr("As it says"), QString());
    for (const char* name :
         {"UTF-8", "GBK", "GB18030", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR", "UTF-16LE",
          "UTF-16BE", "ISO-8859-1", "ISO-8859-15", "windows-1251", "windows-1252", "KOI8-R"})
        m_encoding->addItem(QLatin1String(name), QLatin1String(name));
}

QWidget* MessageDetail::buildContent() {
    auto* right = new QWidget(this);
    m_content->setObjectName(QStringLiteral("messageContent"));
    m_content->setAccessibleName(tr("Content"));
    m_content->setReadOnly(true);
    m_content->setFrameShape(QFrame::NoFrame);
    m_content->setFont(monoFont());
    m_content->setTabChangesFocus(true);
    m_content->setUndoRedoEnabled(false);
    m_content->document()->setDocumentMargin(0);
    m_content->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_lines->setObjectName(QStringLiteral("contentLines"));
    m_lines->setAccessibleName(tr("Content"));
    m_lines->hide();
    auto* body = new QHBoxLayout;
    body->setContentsMargins(12, 0, 0, 4);
    body->addWidget(m_content);
    body->addWidget(m_lines);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar(right));
    column->addLayout(body, 1);
    return right;
}

void MessageDetail::setConversation(Conversation& conversation) {
    m_conversation = &conversation;
    setConversation(conversation.model());
}

void MessageDetail::setConversation(ConversationModel& model) {
    m_model = &model;
    // What is not complete yet goes on while it is looked at.
    connect(&model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                const int row = m_shown.row();
                if (!m_shown.isValid() || row < first.row() || row > last.row())
                    return;
                if (m_row.isUnfinished)
                    showRow(row);
                else if (m_model->at(row).bytes != m_row.bytes && !m_refresh.isActive())
                    m_refresh.start(m_row.bytes > quickBytes ? longRefreshDelay : refreshDelay);
            });
}

void MessageDetail::showRow(int row) {
    const bool isPayload = row >= 0 && m_model && m_model->at(row).isPayload();
    m_refresh.stop();
    m_shown = isPayload ? m_model->index(row, 0) : QModelIndex();
    m_row = isPayload ? m_model->at(row) : ConversationRow();
    m_row.parts = {};
    m_rowContent = !isPayload       ? contentOfBytes({})
                   : m_conversation ? m_conversation->contentOf(m_row)
                                    : contentOfRow(m_row, nullptr);
    offerForms();
    showHeader();
    showContent();
}

/// The first receive of a response; what follows of it is in the record.
bool MessageDetail::isResponse() const {
    return m_row.isPayload() && !m_row.isMessage && m_row.kind == ConversationRow::Kind::Received &&
           m_model && !m_model->isDatagram() && HttpResponseReader::isBeginning(m_row.head);
}

/// From the row's first byte to where the response ends, which may be many rows on.
RowContent MessageDetail::response() const {
    RowContent content = m_rowContent;
    if (content.record)
        content.range.end = std::max(content.range.end, content.record->kept(content.side));
    return content;
}

void MessageDetail::offerForms() {
    const bool isHttp = isResponse();
    const QSignalBlocker blocker(m_form);
    m_form->setShown(static_cast<int>(DetailForm::Http), isHttp);
    const bool isOffered = isHttp || m_form->current() != static_cast<int>(DetailForm::Http);
    if (!isOffered || (m_row.isPayload() && !m_isChosen))
        m_form->setCurrent(static_cast<int>(isHttp          ? DetailForm::Http
                                            : isJson(m_row) ? DetailForm::Json
                                                            : DetailForm::Text));
    m_form->update();
}

void MessageDetail::showHeader() {
    const auto form = static_cast<DetailForm>(m_form->current());
    const bool isHttp = isResponse() && form == DetailForm::Http;
    m_left->setVisible(isHttp || (m_row.isMessage && m_row.headerBytes > 0));
    if (isHttp)
        return; // its head comes with its text
    m_title->setText(m_row.isMessage ? StreamWords::messageTitle(m_row.number) : QString());
    m_size->setText(tr("header, %1").arg(bytesText(m_row.headerBytes)));
    showFields(headerFields(m_row));
}

void MessageDetail::showFields(const std::vector<HeaderField>& fields) {
    m_fieldModel.clear();
    for (const HeaderField& field : std::span(fields).first(std::min(fields.size(), mostFields)))
        m_fieldModel.appendRow(
            {cell(toQString(displaySafe(field.name)), font(), ColorToken::Muted),
             cell(toQString(displaySafe(field.value)), monoFont(), ColorToken::Text)});
    m_fields->setColumnWidth(0, nameWidth);
}

void MessageDetail::showContent() {
    const auto form = static_cast<DetailForm>(m_form->current());
    fitWidth();
    m_save->setVisible(m_row.isPayload() && !m_row.isUnfinished && m_rowContent.available() > 0);
    m_save->setText(form == DetailForm::Http ? tr("Save body…") : tr("Save…"));
    if (m_cancel)
        *m_cancel = true;
    m_isBusy = false;
    if (m_row.isPayload() && !m_row.isUnfinished) {
        ask();
        return;
    }
    m_lines->hide();
    m_lines->setSource(nullptr);
    m_content->show();
    m_content->setPlainText({});
    m_content->setPlaceholderText(
        m_row.isUnfinished ? partText(m_row.have, m_row.bytes)
                           : tr("Choose a row, or a message of the stream, to see all of it."));
    m_note->clear();
}

void MessageDetail::ask() {
    DetailAsk wanted{.content = m_rowContent,
                     .form = static_cast<DetailForm>(m_form->current()),
                     .said = m_row.contentEncoding,
                     .chosen = m_encoding->currentData().toString().toStdString(),
                     .columns = m_lines->columns()};
    if (wanted.form == DetailForm::Http)
        wanted.content = response();
    if (isAtHand(wanted)) {
        show(detailText(wanted));
        return;
    }
    m_isStale = !isVisible();
    if (m_isStale)
        return;
    m_cancel = wanted.isCancelled;
    m_isBusy = true;
    runOnWorker(
        this, [wanted] { return detailText(wanted); },
        [this, cancel = m_cancel](const DetailText& detail) {
            if (*cancel)
                return; // another row has been chosen since
            m_isBusy = false;
            show(detail);
        });
}

void MessageDetail::show(const DetailText& detail) {
    const bool isLong = detail.utf8 || (detail.isHex && detail.content.available() > mostHexAtOnce);
    m_content->setVisible(!isLong);
    m_lines->setVisible(isLong);
    m_content->setPlaceholderText(m_rowContent.size() == 0 ? tr("empty") : QString());
    if (isLong) {
        m_content->setPlainText({});
        showLines(detail);
    } else {
        m_lines->setSource(nullptr);
        m_content->setPlainText(
            detail.isHex ? hexDump(bytesOf(*detail.content.head)
                                       .first(static_cast<std::size_t>(detail.content.available())))
                         : detail.text);
    }
    QStringList notes;
    if (detail.http) {
        m_title->setText(toQString(displaySafe(detail.http->statusLine)));
        m_title->setToolTip(plainTip(m_title->text()));
        m_size->setText(bytesText(detail.http->headBytes));
        showFields(detail.http->fields);
        notes << detail.http->body;
        if (!detail.http->fault.isEmpty())
            notes << tr("broken: %1").arg(detail.http->fault);
    }
    if (!detail.note.isEmpty())
        notes << detail.note;
    m_note->setText(notes.join(QStringLiteral("; ")));
    m_note->setToolTip(plainTip(m_note->text()));
}

/// A row that grows stays where it is looked at.
void MessageDetail::showLines(const DetailText& detail) {
    if (detail.isHex)
        m_lines->setSource(std::make_unique<HexLines>(detail.content, detail.content.available()));
    else
        m_lines->setSource(std::make_unique<TextLines>(detail.utf8, detail.lineStarts));
}

void MessageDetail::save() {
    const bool isBody = static_cast<DetailForm>(m_form->current()) == DetailForm::Http;
    if (isBody)
        Q_EMIT saveAsked(
            tr("Save the body"), QStringLiteral("body.bin"),
            [content = response()]() -> std::unique_ptr<ByteSource> {
                return std::make_unique<HttpBodySource>(
                    std::make_unique<RowContentSource>(content));
            },
            0);
    else
        Q_EMIT saveAsked(
            tr("Save the content"), QStringLiteral("content.bin"),
            [content = m_rowContent]() -> std::unique_ptr<ByteSource> {
                return std::make_unique<RowContentSource>(content);
            },
            m_rowContent.available());
}

/// Nothing is read from the disk for what nobody sees.
void MessageDetail::fitWidth() {
    const bool isNarrow = width() < narrowWidth;
    const auto form = static_cast<DetailForm>(m_form->current());
    m_left->setFixedWidth(isNarrow ? narrowHeader : headerWidth);
    m_contentTitle->setVisible(!isNarrow);
    m_encoding->setVisible(isNarrow ? form == DetailForm::Text : form != DetailForm::Hex);
}

void MessageDetail::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitWidth();
}

void MessageDetail::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (std::exchange(m_isStale, false))
        showContent();
}

void MessageDetail::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeAsked();
    else
        QWidget::keyPressEvent(event);
}

void MessageDetail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    if (m_left->isVisible()) {
        painter.fillRect(m_left->geometry(), themeColor(ColorToken::Window));
        painter.fillRect(QRect(m_left->geometry().right() + 1, 0, 1, height()),
                         themeColor(ColorToken::Hairline));
    }
    painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
