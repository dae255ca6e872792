#include "ui/clients/conversation_list.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/storage/record_source.h"
#include "ui/clients/byte_saver.h"
#include "ui/clients/conversation.h"
#include "ui/clients/conversation_filter.h"
#include "ui/clients/conversation_view.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/segments.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int filterHeight = 32;
constexpr int countWidth = 168;
const QKeySequence filterKey(Qt::CTRL | Qt::SHIFT | Qt::Key_F);

} // namespace

ConversationList::ConversationList(QWidget* parent)
    : QWidget(parent),
      m_filterRow(new QWidget(this)),
      m_filter(new QLineEdit(m_filterRow)),
      m_direction(new Segments(tr("Direction"), m_filterRow)),
      m_count(makeNote({}, m_filterRow)),
      m_view(new ConversationView(this)),
      m_saver(new ByteSaver(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildFilter());
    column->addWidget(m_saver);
    column->addWidget(m_view, 1);
    m_filterRow->hide();
    setFocusProxy(m_view);
    auto* key = new QShortcut(filterKey, this);
    key->setContext(Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, this, &ConversationList::showFilter);
    connect(m_view, &ConversationView::filterAsked, this, &ConversationList::showFilter);
    connect(m_view, &ConversationView::saveAsked, this, &ConversationList::saveAll);
    connect(m_view, &ConversationView::remarked, this, [this](const QString& text, bool isProblem) {
        m_saver->say(isProblem ? InlineMessage::Kind::Problem : InlineMessage::Kind::Remark, text);
    });
}

QWidget* ConversationList::buildFilter() {
    m_filterRow->setFixedHeight(filterHeight);
    m_filter->setObjectName(QStringLiteral("rowFilter"));
    m_filter->setAccessibleName(tr("Filter rows"));
    m_filter->setPlaceholderText(tr("Text, or /regular expression/"));
    m_filter->setToolTip(
        tipWithKey(tr("Shows the rows whose data hold this text, in any case, or match this "
                      "/regular expression/"),
                   filterKey));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(lineIcon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    using Direction = ConversationFilter::Direction;
    const auto add = [this](Direction direction, const QString& text, const QString& tip,
                            const char* name) {
        m_direction->add(static_cast<int>(direction), text, tip, QLatin1String(name));
    };
    add(Direction::Both, tr("All"), tr("Both directions, and what is said of the connection"),
        "filterBoth");
    add(Direction::Sent, tr("Sent"), tr("What this side has sent"), "filterSent");
    add(Direction::Received, tr("Received"), tr("What this side has received"), "filterReceived");
    m_count->setObjectName(QStringLiteral("filterCount"));
    m_count->setWordWrap(false);
    m_count->setFont(secondaryFont());
    m_count->setMinimumWidth(countWidth);
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* close = makeIconButton(QStringLiteral("close"), tr("Show all rows again (Esc)"),
                                 QStringLiteral("closeFilter"), m_filterRow);
    auto* row = new QHBoxLayout(m_filterRow);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(m_filter, 1);
    row->addWidget(m_direction);
    row->addWidget(m_count);
    row->addWidget(close);
    connect(m_filter, &QLineEdit::textChanged, this, &ConversationList::applyFilter);
    connect(m_direction, &Segments::currentChanged, this, &ConversationList::applyFilter);
    connect(close, &QToolButton::clicked, this, &ConversationList::hideFilter);
    return m_filterRow;
}

void ConversationList::setConversation(Conversation& conversation, ConversationChoices& choices) {
    m_conversation = &conversation;
    m_view->setConversation(conversation, choices);
    connect(m_view->filter(), &ConversationFilter::scanned, this, &ConversationList::showCount);
}

void ConversationList::showFilter() {
    m_filterRow->show();
    m_filter->setFocus();
    m_filter->selectAll();
    applyFilter();
}

void ConversationList::hideFilter() {
    m_filterRow->hide();
    m_view->setFilter({}, static_cast<int>(ConversationFilter::Direction::Both));
    m_view->setFocus();
}

void ConversationList::applyFilter() {
    if (!m_conversation || m_filterRow->isHidden())
        return;
    const QString fault = m_view->setFilter(m_filter->text(), m_direction->current());
    m_filter->setProperty("atFault", !fault.isEmpty());
    m_filter->update();
    if (fault.isEmpty())
        showCount();
    else
        m_count->setText(tr("not an expression: %1").arg(fault));
    m_count->setToolTip(plainTip(fault));
}

void ConversationList::showCount() {
    if (m_filterRow->isHidden() || m_filter->property("atFault").toBool())
        return;
    const ConversationFilter& filter = *m_view->filter();
    const QString shown = countText(static_cast<quint64>(filter.rowCount()));
    const QString all = countText(static_cast<quint64>(filter.conversation().rowCount()));
    m_count->setText(filter.isScanning() ? tr("%1 of %2 rows, looking…").arg(shown, all)
                                         : tr("%1 of %2 rows").arg(shown, all));
}

void ConversationList::saveAll(bool isSent) {
    const auto record = m_conversation->record(m_conversation->model().stream());
    if (!record)
        return;
    const RecordSide side = isSent ? RecordSide::Sent : RecordSide::Received;
    const RecordRange range{record->begun(side), record->kept(side)}; // what there is now
    if (record->passed(side) == range.begin) {
        m_saver->say(InlineMessage::Kind::Remark, isSent ? tr("Nothing has been sent yet.")
                                                         : tr("Nothing has been received yet."));
        return;
    }
    if (range.begin > 0)
        m_saver->say(
            InlineMessage::Kind::Remark,
            tr("Kept from byte %1 on, since this tab was opened.").arg(countText(range.begin + 1)));
    m_saver->ask(
        isSent ? tr("Save what was sent") : tr("Save what was received"),
        isSent ? QStringLiteral("sent.bin") : QStringLiteral("received.bin"),
        [record, side, range] { return std::make_unique<RecordSource>(record, side, range); },
        range.end - range.begin);
}

void ConversationList::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !m_filterRow->isHidden())
        hideFilter();
    else if (event->key() == Qt::Key_Down && m_filter->hasFocus())
        m_view->setFocus();
    else
        QWidget::keyPressEvent(event);
}

void ConversationList::paintEvent(QPaintEvent*) {
    if (m_filterRow->isHidden())
        return;
    QPainter painter(this);
    const QRect row = m_filterRow->geometry();
    painter.fillRect(row, themeColor(ColorToken::Window));
    painter.fillRect(QRect(0, row.bottom(), width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
