#include "ui/clients/repeat_panel.h"

#include <algorithm>
#include <utility>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/common/table_setup.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int mostInterval = 3'600'000;
constexpr int mostCount = 1'000'000'000;
constexpr int numberWidth = 112;
constexpr int listHeight = 22 * 4 + 24;
constexpr int delayColumn = 1;
constexpr int formColumn = 2;
constexpr qsizetype previewSize = 200;

void setIconOf(QPushButton* button, bool isRunning) {
    button->setIcon(lineIcon(isRunning ? QStringLiteral("stop") : QStringLiteral("play")));
}

QString previewOf(const WrittenMessage& message) {
    return toQString(displaySafe(message.text.left(previewSize).toStdString()));
}

} // namespace

RepeatPanel::RepeatPanel(QWidget* parent)
    : QWidget(parent),
      m_interval(makeNumber(tr("Interval"),
                            tr("From one message, or one round of the list, to the next"),
                            QStringLiteral("repeatInterval"), mostInterval)),
      m_count(makeNumber(tr("Count"), tr("How often; until it is stopped with 0"),
                         QStringLiteral("repeatCount"), mostCount)),
      m_start(new QPushButton(this)),
      m_state(makeNote(QString(), this)),
      m_listChip(makeChip(tr("List"), tr("Send a list of messages in order, with delays"),
                          QStringLiteral("repeatList"), this)),
      m_list(new QWidget(this)),
      m_table(new QTableWidget(0, 3, m_list)),
      m_add(makeIconButton(QStringLiteral("plus"), tr("Add the message that is written"),
                           QStringLiteral("listAdd"), m_list)),
      m_up(makeIconButton(QStringLiteral("arrow-up"), tr("Move up"), QStringLiteral("listUp"),
                          m_list)),
      m_down(makeIconButton(QStringLiteral("chevron-down"), tr("Move down"),
                            QStringLiteral("listDown"), m_list)),
      m_remove(makeIconButton(QStringLiteral("remove"), tr("Remove from the list"),
                              QStringLiteral("listRemove"), m_list)) {
    setObjectName(QStringLiteral("repeatPanel"));
    buildTable();
    auto* lower = new QHBoxLayout(m_list);
    lower->setContentsMargins(0, 0, 0, 0);
    lower->setSpacing(4);
    lower->addWidget(m_table, 1);
    lower->addLayout(buildListButtons());
    m_list->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(buildRow());
    column->addWidget(m_list);
    connect(m_start, &QPushButton::clicked, this,
            [this] { isRunning() ? Q_EMIT stopAsked() : Q_EMIT startAsked(); });
    connect(m_listChip, &QToolButton::toggled, this, [this](bool isShown) {
        m_list->setVisible(isShown);
        showState();
        Q_EMIT listToggled(isShown);
    });
    m_interval->setValue(1000);
    m_interval->setSuffix(tr(" ms"));
    m_count->setValue(10);
    m_count->setSuffix(tr(" times"));
    m_count->setSpecialValueText(tr("until stopped"));
    showMessages(-1);
}

QSpinBox* RepeatPanel::makeNumber(const QString& name, const QString& tip,
                                  const QString& objectName, int most) {
    auto* number = new QSpinBox(this);
    number->setObjectName(objectName);
    number->setAccessibleName(name);
    number->setToolTip(tip);
    number->setRange(0, most);
    number->setButtonSymbols(QAbstractSpinBox::NoButtons);
    number->setFixedWidth(numberWidth);
    return number;
}

QLayout* RepeatPanel::buildRow() {
    m_start->setObjectName(QStringLiteral("repeatStart"));
    m_state->setObjectName(QStringLiteral("repeatState"));
    m_state->setWordWrap(false);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QLabel* every = makeNote(tr("Every"), this);
    every->setWordWrap(false);
    every->setBuddy(m_interval);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(every);
    row->addWidget(m_interval);
    row->addWidget(m_count);
    row->addWidget(m_start);
    row->addWidget(m_state, 1);
    row->addWidget(m_listChip);
    return row;
}

QLayout* RepeatPanel::buildListButtons() {
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    for (QToolButton* button : {m_add, m_up, m_down, m_remove})
        column->addWidget(button);
    column->addStretch(1);
    connect(m_add, &QToolButton::clicked, this, &RepeatPanel::addAsked);
    connect(m_up, &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { move(1); });
    connect(m_remove, &QToolButton::clicked, this, &RepeatPanel::removeCurrent);
    return column;
}

void RepeatPanel::buildTable() {
    m_table->setObjectName(QStringLiteral("messageList"));
    m_table->setAccessibleName(tr("List of messages"));
    m_table->setHorizontalHeaderLabels({tr("Message"), tr("Then wait, ms"), tr("Form")});
    setUpTable(*m_table);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setColumnWidth(delayColumn, 112);
    m_table->setColumnWidth(formColumn, 64);
    m_table->setFixedHeight(listHeight);
    connect(m_table, &QTableWidget::currentCellChanged, this, &RepeatPanel::showState);
    connect(m_table, &QTableWidget::cellChanged, this, [this](int row, int column) {
        if (column != delayColumn)
            return;
        bool isNumber = false;
        const int delay = m_table->item(row, column)->text().trimmed().toInt(&isNumber);
        int& kept = m_messages.at(static_cast<std::size_t>(row)).delay;
        kept = isNumber ? qBound(0, delay, mostInterval) : kept;
        showMessages(row);
        Q_EMIT messagesChanged();
    });
}

void RepeatPanel::showMessages(int current) {
    const QSignalBlocker quiet(m_table);
    m_table->setRowCount(static_cast<int>(m_messages.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const ListedMessage& each = m_messages[static_cast<std::size_t>(row)];
        const QString words[]{previewOf(each.message), QString::number(each.delay),
                              each.message.form == MessageForm::Hex    ? tr("Hex")
                              : each.message.form == MessageForm::Json ? tr("JSON")
                                                                       : tr("Text")};
        for (int column = 0; column < 3; ++column) {
            auto* item = new QTableWidgetItem(words[column]);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable |
                           (column == delayColumn ? Qt::ItemIsEditable : Qt::NoItemFlags));
            if (column == delayColumn)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            if (column == 0) {
                item->setFont(monoFont());
                item->setToolTip(plainTip(words[0]));
            }
            m_table->setItem(row, column, item);
        }
    }
    if (current >= 0)
        m_table->setCurrentCell(qMin(current, m_table->rowCount() - 1), 0);
    showState();
}

void RepeatPanel::setMessages(const std::vector<ListedMessage>& messages) {
    m_messages = messages;
    m_listChip->setChecked(true);
    showMessages(0);
    Q_EMIT messagesChanged();
}

void RepeatPanel::add(const WrittenMessage& message) {
    m_messages.push_back({message, 0});
    showMessages(static_cast<int>(m_messages.size()) - 1);
    Q_EMIT messagesChanged();
}

void RepeatPanel::move(int step) {
    const int row = m_table->currentRow();
    const int target = row + step;
    if (row < 0 || target < 0 || target >= m_table->rowCount())
        return;
    std::swap(m_messages[static_cast<std::size_t>(row)],
              m_messages[static_cast<std::size_t>(target)]);
    showMessages(target);
    Q_EMIT messagesChanged();
}

void RepeatPanel::removeCurrent() {
    const int row = m_table->currentRow();
    if (row < 0)
        return;
    m_messages.erase(m_messages.begin() + row);
    showMessages(row);
    Q_EMIT messagesChanged();
}

void RepeatPanel::setReasonAgainst(const QString& reason) {
    m_reasonAgainst = reason;
    showState();
}

void RepeatPanel::showFault(const QString& fault) {
    m_progress.reset();
    showState();
    m_state->setText(fault);
    m_state->setToolTip(plainTip(fault));
}

void RepeatPanel::setProgress(std::shared_ptr<SendProgress> progress, quint64 total) {
    m_progress = std::move(progress);
    m_total = total;
    showState();
}

bool RepeatPanel::isRunning() const {
    return m_progress && m_progress->state() == SendProgress::State::Running;
}

void RepeatPanel::poll() {
    if (m_progress)
        showState();
}

void RepeatPanel::showState() {
    const bool runs = isRunning();
    const int row = m_table->currentRow();
    m_start->setText(runs ? tr("Stop") : tr("Start"));
    setIconOf(m_start, runs);
    const QString reason = !m_reasonAgainst.isEmpty()       ? m_reasonAgainst
                           : isList() && m_messages.empty() ? tr("Add messages to the list first")
                                                            : QString();
    m_start->setEnabled(runs || reason.isEmpty());
    m_start->setToolTip(runs                ? tr("Send no more")
                        : !reason.isEmpty() ? reason
                        : isList()          ? tr("Send the list")
                                            : tr("Send what is written, again and again"));
    m_interval->setEnabled(!runs);
    m_count->setEnabled(!runs);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_table->rowCount());
    m_remove->setEnabled(row >= 0);
    m_state->setText(progressWords());
    m_state->setToolTip(plainTip(m_state->text()));
}

QString RepeatPanel::progressWords() const {
    if (m_listChip->isChecked() && m_messages.empty())
        return tr("The list is empty: write a message and add it with +.");
    if (!m_progress)
        return {};
    const quint64 sent = m_progress->messages;
    const quint64 failed = m_progress->failed;
    QString words = m_total > 0 ? tr("sent %1 of %2").arg(countText(sent), countText(m_total))
                                : tr("sent %1").arg(countText(sent));
    if (failed > 0)
        words += tr(", %1 not taken").arg(countText(failed));
    switch (m_progress->state()) {
    case SendProgress::State::Stopped:
        return tr("%1, stopped").arg(words);
    case SendProgress::State::Ended:
        return tr("%1, ended with the connection").arg(words);
    case SendProgress::State::Running:
    case SendProgress::State::Done:
    case SendProgress::State::Failed:
        return words;
    }
    return words;
}

} // namespace sscope
