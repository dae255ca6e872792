#include "ui/common/export_button.h"

#include <utility>

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

#include "core/base/display_text.h"
#include "core/storage/safe_file.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/inline_message.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

QString endingOf(ExportButton::Form form) {
    return form == ExportButton::Form::Csv ? QStringLiteral("csv") : QStringLiteral("json");
}

} // namespace

ExportButton::ExportButton(const QString& name, InlineMessage& message, QWidget* parent)
    : QToolButton(parent), m_name(name), m_message(message) {
    setObjectName(QStringLiteral("exportButton"));
    setIcon(lineIcon(QStringLiteral("download")));
    setIconSize({16, 16});
    setToolTip(tr("Save the figures to a file"));
    setAccessibleName(toolTip());
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setFixedSize(28, 28);
    auto* menu = new QMenu(this);
    menu->addAction(tr("Save as CSV..."), this, [this] { ask(Form::Csv); })
        ->setObjectName(QStringLiteral("exportCsv"));
    menu->addAction(tr("Save as JSON..."), this, [this] { ask(Form::Json); })
        ->setObjectName(QStringLiteral("exportJson"));
    setMenu(menu);
    setPopupMode(InstantPopup);
}

void ExportButton::ask(Form form) {
    auto* dialog = new QFileDialog(this, tr("Save the figures"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(endingOf(form));
    dialog->setNameFilter(form == Form::Csv ? tr("CSV (*.csv)") : tr("JSON (*.json)"));
    dialog->selectFile(QStringLiteral("%1.%2").arg(m_name, endingOf(form)));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, form](const QString& path) { saveAs(path, form); });
    dialog->open();
}

void ExportButton::saveAs(const QString& path, Form form) {
    if (!m_source)
        return;
    setEnabled(false);
    const QString shown = toQString(displaySafe(QFileInfo(path).fileName().toStdString()));
    auto write = [path, makeText = m_source(form)] {
        const auto written = replaceFile(QFile::encodeName(path).toStdString(), makeText());
        return written ? QString() : errorWords(written.error());
    };
    runOnWorker(this, std::move(write), [this, shown](const QString& failure) {
        setEnabled(true);
        if (failure.isEmpty())
            m_message.show(InlineMessage::Kind::Remark, tr("Saved as %1.").arg(shown));
        else
            m_message.show(InlineMessage::Kind::Problem, failure);
        m_message.addAction(tr("Close"), false, [this] { m_message.hide(); });
    });
}

} // namespace sscope
