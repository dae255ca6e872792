#include "ui/connections/snapshot_page.h"

#include <array>

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "core/storage/safe_file.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/row_search.h"
#include "ui/common/small_widgets.h"
#include "ui/common/table_setup.h"
#include "ui/common/worker.h"
#include "ui/connections/connection_text.h"
#include "ui/connections/snapshot_delegate.h"

namespace sscope {

namespace {

constexpr int barHeight = 32;
constexpr std::size_t mostSnapshots = 8; // the oldest is dropped
constexpr std::array widths{96, 120, 58, 56, 232, 160, 160, 112, 112, 84};

QString nameOf(const TableSnapshot& snapshot) {
    return SnapshotPage::tr("%1, %2").arg(toQString(displaySafe(snapshot.machine)),
                                          clockText(wallTimeOf(snapshot.time)).section(u'.', 0, 0));
}

std::string asPath(const QString& path) {
    return QFile::encodeName(path).toStdString();
}

} // namespace

SnapshotPage::SnapshotPage(std::function<std::vector<SocketRow>()> rows, InlineMessage& message,
                           QWidget* parent)
    : QWidget(parent),
      m_rows(std::move(rows)),
      m_message(message),
      m_model(new SnapshotModel(this)),
      m_table(new QTableView(this)),
      m_before(new QComboBox(this)),
      m_after(new QComboBox(this)),
      m_save(makeIconButton(QStringLiteral("download"), tr("Save the earlier snapshot to a file"),
                            QStringLiteral("saveSnapshot"), this)),
      m_again(makeIconButton(QStringLiteral("refresh"), tr("Compare again"),
                             QStringLiteral("compareAgain"), this)),
      m_summary(makeNote(QString(), this)) {
    setObjectName(QStringLiteral("snapshotPage"));
    buildBar();
    buildTable();
    fillChoices();
    showSummary();
}

void SnapshotPage::buildBar() {
    m_before->setObjectName(QStringLiteral("snapshotBefore"));
    m_before->setAccessibleName(tr("Earlier snapshot"));
    m_after->setObjectName(QStringLiteral("snapshotAfter"));
    m_after->setAccessibleName(tr("Later snapshot"));
    auto* take = makeIconButton(QStringLiteral("plus"), tr("Take a snapshot"),
                                QStringLiteral("newSnapshot"), this);
    auto* open = makeIconButton(QStringLiteral("folder"), tr("Open a snapshot"),
                                QStringLiteral("openSnapshot"), this);
    auto* leave = makeIconButton(QStringLiteral("close"), tr("Back to the table"),
                                 QStringLiteral("leaveSnapshots"), this);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(12, 0, 12, 0);
    bar->setSpacing(8);
    bar->addWidget(makeLabel(tr("From"), this));
    bar->addWidget(m_before);
    bar->addWidget(makeLabel(tr("to"), this));
    bar->addWidget(m_after);
    for (QToolButton* button : {m_again, take, open, m_save})
        bar->addWidget(button);
    // A narrow window cuts the summary, not the buttons.
    m_summary->setWordWrap(false);
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    for (QComboBox* box : {m_before, m_after}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
    }
    bar->addWidget(m_summary, 1);
    bar->addWidget(leave);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QWidget(this);
    row->setFixedHeight(barHeight);
    row->setLayout(bar);
    column->addWidget(row);
    column->addWidget(m_table, 1);
    connect(m_before, &QComboBox::activated, this, &SnapshotPage::compareNow);
    connect(m_after, &QComboBox::activated, this, &SnapshotPage::compareNow);
    connect(m_again, &QToolButton::clicked, this, &SnapshotPage::compareNow);
    connect(take, &QToolButton::clicked, this, &SnapshotPage::take);
    connect(open, &QToolButton::clicked, this, &SnapshotPage::askToOpen);
    connect(m_save, &QToolButton::clicked, this, &SnapshotPage::askToSave);
    connect(leave, &QToolButton::clicked, this, &SnapshotPage::leaveAsked);
}

void SnapshotPage::buildTable() {
    m_table->setObjectName(QStringLiteral("snapshotTable"));
    m_table->setAccessibleName(tr("Differences"));
    setUpTable(*m_table);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setItemDelegate(new SnapshotDelegate(*m_model, m_table));
    m_table->setModel(m_model);
    for (int column = 0; column < SnapshotModel::ColumnCount; ++column)
        m_table->horizontalHeader()->resizeSection(column,
                                                   widths[static_cast<std::size_t>(column)]);
    m_table->horizontalHeader()->setStretchLastSection(true);
}

void SnapshotPage::take() {
    const auto work = [rows = m_rows()]() mutable -> Snapshot {
        return std::make_shared<const TableSnapshot>(takeSnapshot(std::move(rows)));
    };
    runOnWorker(this, work, [this](const Snapshot& snapshot) {
        const QString name = nameOf(*snapshot);
        add(name, snapshot);
        Q_EMIT taken(name, static_cast<int>(snapshot->rows.size()));
        compareNow();
    });
}

void SnapshotPage::add(const QString& name, Snapshot snapshot) {
    m_snapshots.push_back({name, std::move(snapshot)});
    if (m_snapshots.size() > mostSnapshots)
        m_snapshots.erase(m_snapshots.begin());
    fillChoices();
    m_before->setCurrentIndex(m_before->count() - 1);
    m_after->setCurrentIndex(m_after->count() - 1);
}

/// The later one may be now.
void SnapshotPage::fillChoices() {
    const QString before = m_before->currentText();
    const QString after = m_after->currentText();
    m_before->clear();
    m_after->clear();
    for (const Named& named : m_snapshots) {
        m_before->addItem(named.name);
        m_after->addItem(named.name);
    }
    m_after->addItem(tr("now"));
    m_before->setCurrentIndex(qMax(0, m_before->findText(before)));
    m_after->setCurrentIndex(qMax(0, m_after->findText(after)));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_before, m_after, m_save, m_again})
        widget->setEnabled(!m_snapshots.empty());
}

SnapshotPage::Snapshot SnapshotPage::chosen(const QComboBox& box) const {
    const auto at = static_cast<std::size_t>(box.currentIndex());
    return at < m_snapshots.size() ? m_snapshots[at].snapshot : nullptr;
}

void SnapshotPage::compareNow() {
    const Snapshot before = chosen(*m_before);
    const Snapshot after = chosen(*m_after);
    if (!before)
        return;
    const quint64 comparison = ++m_comparison;
    const auto work = [before, after,
                       rows = after ? std::vector<SocketRow>() : m_rows()]() mutable {
        return compare(*before, after ? *after : takeSnapshot(std::move(rows)));
    };
    runOnWorker(this, work, [this, comparison](SnapshotDifference difference) {
        if (comparison == m_comparison)
            showDifference(std::move(difference));
    });
}

void SnapshotPage::showDifference(SnapshotDifference difference) {
    m_model->setDifference(std::move(difference));
    showSummary();
    Q_EMIT compared();
}

void SnapshotPage::showSummary() {
    if (m_snapshots.empty()) {
        m_summary->setText(tr("Take a snapshot, or open one, to see what opens, closes and changes "
                              "from then on."));
        return;
    }
    const SnapshotDifference& difference = m_model->difference();
    m_summary->setText(tr("%1 opened, %2 closed, %3 changed, %4 the same")
                           .arg(countText(difference.opened.size()),
                                countText(difference.closed.size()),
                                countText(difference.changed.size()), countText(difference.same)));
}

void SnapshotPage::askToSave() {
    auto* dialog = new QFileDialog(this, tr("Save a snapshot"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->setNameFilter(tr("Snapshots (*.json)"));
    dialog->selectFile(QStringLiteral("sockets.json"));
    connect(dialog, &QFileDialog::fileSelected, this, &SnapshotPage::saveTo);
    dialog->open();
}

void SnapshotPage::saveTo(const QString& path) {
    const Snapshot snapshot = chosen(*m_before);
    if (!snapshot)
        return;
    const QString shown = toQString(displaySafe(QFileInfo(path).fileName().toStdString()));
    const auto work = [snapshot, path] {
        const auto written = replaceFile(asPath(path), toJson(*snapshot));
        return written ? QString() : errorWords(written.error());
    };
    runOnWorker(this, work, [this, shown](const QString& failure) {
        if (!failure.isEmpty()) {
            fail(failure);
            return;
        }
        m_message.show(InlineMessage::Kind::Remark, tr("Saved as %1.").arg(shown));
        m_message.addAction(tr("Dismiss"), false, [this] { m_message.hide(); });
    });
}

void SnapshotPage::askToOpen() {
    auto* dialog = new QFileDialog(this, tr("Open a snapshot"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptOpen);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Snapshots (*.json)"));
    connect(dialog, &QFileDialog::fileSelected, this, &SnapshotPage::openFile);
    dialog->open();
}

void SnapshotPage::openFile(const QString& path) {
    struct Read {
        Snapshot snapshot;
        QString failure;
    };
    const QString shown = QFileInfo(path).fileName();
    const auto work = [path, name = shown.toStdString()] {
        const auto text = readFile(asPath(path));
        if (!text)
            return Read{nullptr, errorWords(text.error())};
        auto snapshot = snapshotFromJson(*text, name);
        if (!snapshot)
            return Read{nullptr, errorWords(snapshot.error())};
        return Read{std::make_shared<const TableSnapshot>(std::move(*snapshot)), QString()};
    };
    runOnWorker(this, work, [this](const Read& read) {
        if (!read.snapshot) {
            fail(read.failure);
            return;
        }
        add(nameOf(*read.snapshot), read.snapshot);
        compareNow();
    });
}

bool SnapshotPage::find(const QString& text, bool backwards) {
    if (text.isEmpty())
        return false;
    const auto suits = [&](int row) {
        return m_model->lineText(row).contains(text, Qt::CaseInsensitive);
    };
    const int row = nextRow(m_model->rowCount(), m_table->currentIndex().row(), backwards, suits);
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
    return row >= 0;
}

void SnapshotPage::fail(const QString& sentence) {
    m_message.show(InlineMessage::Kind::Problem, sentence);
    m_message.addAction(tr("Dismiss"), false, [this] { m_message.hide(); });
}

} // namespace sscope
