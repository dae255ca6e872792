#include "ui/clients/message_detail.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "core/base/strict_json.h"
#include "ui/clients/content_text.h"
#include "ui/clients/conversation_model.h"
#include "ui/clients/stream_words.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/json_fault_text.h"
#include "ui/common/segments.h"
#include "ui/common/small_widgets.h"
#include "ui/common/table_setup.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int headerWidth = 260;
constexpr int nameWidth = 128;
constexpr int titleHeight = 32;
// A header may name as many fields as it likes.
constexpr std::size_t mostFields = 64;

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
      m_left(new QWidget(this)),
      m_title(makeTitle({}, m_left)),
      m_size(makeNote({}, m_left)),
      m_fields(new QTableView(m_left)),
      m_form(new Segments(tr("Content as"), this)),
      m_note(makeNote({}, this)),
      m_content(new QPlainTextEdit(this)) {
    setObjectName(QStringLiteral("messageDetail"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 1, 0, 0);
    row->setSpacing(0);
    row->addWidget(buildHeader());
    row->addSpacing(1);
    row->addWidget(buildContent(), 1);
    setMinimumHeight(titleHeight + 2 * 22);
    connect(m_form, &Segments::currentChanged, this, [this] {
        m_isChosen = true;
        showContent();
    });
    connect(&Theme::instance(), &Theme::changed, this, &MessageDetail::showHeader);
    showRow(-1);
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

QWidget* MessageDetail::buildContent() {
    auto* right = new QWidget(this);
    m_form->add(Json, QStringLiteral("JSON"), tr("A line for each member"),
                QStringLiteral("contentJson"));
    m_form->add(Text, tr("Text"), tr("Decoded as the header says"), QStringLiteral("contentText"));
    m_form->add(Hex, tr("Hex"), tr("Byte by byte"), QStringLiteral("contentHex"));
    m_note->setObjectName(QStringLiteral("contentNote"));
    m_note->setFont(secondaryFont());
    m_note->setWordWrap(false);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_content->setObjectName(QStringLiteral("messageContent"));
    m_content->setAccessibleName(tr("Content"));
    m_content->setReadOnly(true);
    m_content->setFrameShape(QFrame::NoFrame);
    m_content->setFont(monoFont());
    m_content->setTabChangesFocus(true);
    m_content->setUndoRedoEnabled(false);
    m_content->document()->setDocumentMargin(0);
    m_content->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 12, 0);
    head->setSpacing(8);
    head->addWidget(makeTitle(tr("Content"), right));
    head->addWidget(m_form);
    head->addSpacing(4);
    head->addWidget(m_note, 1);
    auto* headRow = new QWidget(right);
    headRow->setFixedHeight(titleHeight);
    headRow->setLayout(head);
    auto* body = new QHBoxLayout;
    body->setContentsMargins(12, 0, 0, 4);
    body->addWidget(m_content);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(headRow);
    column->addLayout(body, 1);
    return right;
}

void MessageDetail::setConversation(ConversationModel& model) {
    m_model = &model;
    // What is not complete yet goes on while it is looked at.
    connect(&model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                const int row = m_shown.row();
                if (m_row.isUnfinished && row >= first.row() && row <= last.row())
                    showRow(row);
            });
}

void MessageDetail::showRow(int row) {
    const bool isPayload = row >= 0 && m_model && m_model->at(row).isPayload();
    m_shown = isPayload ? m_model->index(row, 0) : QModelIndex();
    m_row = isPayload ? m_model->at(row) : ConversationRow();
    m_left->setVisible(m_row.isMessage && m_row.headerBytes > 0);
    if (isPayload && !m_isChosen) {
        const QSignalBlocker blocker(m_form);
        m_form->setCurrent(isJson(m_row) ? Json : Text);
    }
    showHeader();
    showContent();
}

void MessageDetail::showHeader() {
    m_title->setText(m_row.isMessage ? StreamWords::messageTitle(m_row.number) : QString());
    m_size->setText(tr("header, %1").arg(bytesText(m_row.headerBytes)));
    m_fieldModel.clear();
    const std::vector<HeaderField> fields = headerFields(m_row);
    for (const HeaderField& field : std::span(fields).first(std::min(fields.size(), mostFields)))
        m_fieldModel.appendRow(
            {cell(toQString(displaySafe(field.name)), font(), ColorToken::Muted),
             cell(toQString(displaySafe(field.value)), monoFont(), ColorToken::Text)});
    m_fields->setColumnWidth(0, nameWidth);
}

QString MessageDetail::contentAs(Form form, QString& fault) const {
    QString hex = hexDump(bytesOf(m_row.head));
    const ContentText content = decodedContent(m_row);
    if (form == Hex)
        return hex;
    if (!content.isText) {
        if (content.badByte)
            fault = tr("bad byte at %1, so it is shown in hex").arg(countText(*content.badByte));
        else
            fault = tr("not text, so it is shown in hex");
        return hex;
    }
    if (form == Text)
        return safeLines(content.utf8);
    if (!m_row.isWhole()) {
        fault = tr("not all of it is kept, so it is shown as text");
        return safeLines(content.utf8);
    }
    if (const auto bad = findJsonFault(content.utf8)) {
        fault = jsonFaultText(*bad);
        return safeLines(content.utf8);
    }
    return safeLines(indentedJson(content.utf8));
}

void MessageDetail::showContent() {
    if (!m_row.isPayload() || m_row.isUnfinished) {
        m_content->setPlainText({});
        m_content->setPlaceholderText(
            m_row.isUnfinished ? partText(m_row.have, m_row.bytes)
                               : tr("Choose a row, or a message of the stream, to see all of it."));
        m_note->clear();
        return;
    }
    QString fault;
    m_content->setPlainText(contentAs(static_cast<Form>(m_form->current()), fault));
    showNote(fault);
}

void MessageDetail::showNote(const QString& fault) {
    QStringList parts;
    if (!m_row.isWhole())
        parts.append(
            tr("first %1 of %2").arg(bytesText(m_row.head.size()), bytesText(m_row.bytes)));
    if (!fault.isEmpty())
        parts.append(fault);
    m_note->setText(parts.join(QStringLiteral("; ")));
    m_note->setToolTip(plainTip(m_note->text()));
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
