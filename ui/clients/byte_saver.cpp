#include "ui/clients/byte_saver.h"

#include <algorithm>
#include <chrono>

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QStandardPaths>
#include <QVBoxLayout>

#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/small_widgets.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 100ms;
constexpr int steps = 1000; // of the bar

/// A path in what is shown: its name may hold anything.
QString shownPath(const QString& path) {
    return toQString(displaySafe(path.toStdString()));
}

} // namespace

ByteSaver::ByteSaver(QWidget* parent)
    : QWidget(parent),
      m_row(new QWidget(this)),
      m_label(makeNote({}, m_row)),
      m_bar(new QProgressBar(m_row)),
      m_message(new InlineMessage(this)) {
    setObjectName(QStringLiteral("byteSaver"));
    m_label->setWordWrap(false);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(160, 6);
    m_bar->setAccessibleName(tr("Saved so far"));
    auto* cancel = makeLink(tr("Cancel"), QStringLiteral("cancelSave"), m_row);
    auto* row = new QHBoxLayout(m_row);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    row->addWidget(m_bar);
    row->addWidget(m_label, 1);
    row->addWidget(cancel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_row);
    column->addWidget(m_message);
    m_row->hide();
    m_look.setInterval(lookEvery);
    connect(&m_look, &QTimer::timeout, this, &ByteSaver::showProgress);
    connect(cancel, &QPushButton::clicked, this, [this] {
        if (m_progress)
            m_progress->isCancelled = true;
    });
}

ByteSaver::~ByteSaver() {
    if (m_progress)
        m_progress->isCancelled = true;
}

void ByteSaver::ask(const QString& title, const QString& name,
                    std::function<std::unique_ptr<ByteSource>()> source, std::uint64_t bytes) {
    if (isBusy()) {
        say(InlineMessage::Kind::Caution, tr("A file is being saved already. Wait, or cancel it."));
        return;
    }
    auto* dialog = new QFileDialog(this, title, QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, source = std::move(source), bytes](const QString& path) {
                save(path, source, bytes);
            });
    dialog->open();
}

void ByteSaver::save(const QString& path, std::function<std::unique_ptr<ByteSource>()> source,
                     std::uint64_t bytes) {
    m_progress = std::make_shared<ExportProgress>();
    m_path = path;
    m_bytes = bytes;
    m_message->hide();
    m_row->show();
    m_look.start();
    showProgress();
    runOnWorker(
        this,
        [progress = m_progress, path = QFile::encodeName(path).toStdString(),
         source = std::move(source)] {
            const std::unique_ptr<ByteSource> bytesToSave = source();
            return exportBytes(path, *bytesToSave, *progress);
        },
        [this, path](const Result<std::uint64_t>& saved) { finish(path, saved); });
}

void ByteSaver::showProgress() {
    const std::uint64_t done = m_progress ? m_progress->done.load() : 0;
    m_bar->setRange(0, m_bytes > 0 ? steps : 0);
    if (m_bytes > 0)
        m_bar->setValue(static_cast<int>(
            std::min(1.0, static_cast<double>(done) / static_cast<double>(m_bytes)) * steps));
    const QString name = shownPath(QFileInfo(m_path).fileName());
    m_label->setText(
        m_bytes > 0 ? tr("Saving %1 of %2 to %3").arg(bytesText(done), bytesText(m_bytes), name)
                    : tr("Saving to %1, %2 so far").arg(name, bytesText(done)));
}

void ByteSaver::finish(const QString& path, const Result<std::uint64_t>& saved) {
    m_progress.reset();
    m_look.stop();
    m_row->hide();
    if (saved)
        say(InlineMessage::Kind::Remark,
            tr("Saved %1 to %2.").arg(bytesText(*saved), shownPath(path)));
    else if (saved.error().isErrno(ECANCELED))
        say(InlineMessage::Kind::Remark,
            tr("Not saved: cancelled. %1 is as it was.").arg(shownPath(path)));
    else if (saved.error().isErrno(ENOSPC))
        say(InlineMessage::Kind::Problem,
            tr("Not saved: the disk of %1 is full (ENOSPC). Make room, or choose another folder.")
                .arg(shownPath(path)));
    else
        say(InlineMessage::Kind::Problem, tr("Not saved: %1").arg(errorWords(saved.error())));
}

void ByteSaver::say(InlineMessage::Kind kind, const QString& text) {
    m_message->show(kind, text);
    m_message->addLink(tr("Close"), QStringLiteral("closeSaveMessage"),
                       [this] { m_message->hide(); });
}

} // namespace sscope
