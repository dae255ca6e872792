#include "ui/clients/snippet_panel.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QVBoxLayout>

#include "core/storage/safe_file.h"
#include "ui/clients/file_content.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/small_widgets.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

constexpr int rowHeight = 22;
constexpr int treeHeight = rowHeight * 7;
constexpr int fieldWidth = 168;
constexpr int indexRole = Qt::UserRole;
constexpr qsizetype previewSize = 200;

QString previewOf(const Snippet& snippet) {
    if (snippet.isList)
        return SnippetPanel::tr("%n message(s)", nullptr,
                                static_cast<int>(snippet.messages.size()));
    return toQString(displaySafe(snippet.message.text.left(previewSize).toStdString()));
}

} // namespace

SnippetPanel::SnippetPanel(SnippetStore& store, QWidget* parent)
    : QWidget(parent),
      m_store(store),
      m_tree(new QTreeWidget(this)),
      m_folder(new QComboBox(this)),
      m_name(new QLineEdit(this)),
      m_note(makeNote({}, this)) {
    setObjectName(QStringLiteral("snippetPanel"));
    m_tree->setObjectName(QStringLiteral("snippetTree"));
    m_tree->setAccessibleName(tr("Snippets"));
    m_tree->setColumnCount(2);
    m_tree->header()->hide();
    m_tree->header()->setStretchLastSection(true);
    m_tree->setColumnWidth(0, 176);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setFixedHeight(treeHeight);
    m_note->setObjectName(QStringLiteral("snippetNote"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(8);
    grid->addWidget(m_tree, 0, 0);
    grid->addLayout(buildSide(), 0, 1);
    grid->addWidget(m_note, 1, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &SnippetPanel::showChosen);
    connect(m_tree, &QTreeWidget::itemActivated, this, &SnippetPanel::insert);
    connect(m_name, &QLineEdit::textChanged, this, &SnippetPanel::showChosen);
    connect(m_name, &QLineEdit::returnPressed, this, &SnippetPanel::saveAsked);
    connect(m_folder, &QComboBox::editTextChanged, this, &SnippetPanel::showChosen);
    connect(&store, &SnippetStore::changed, this, &SnippetPanel::showAll);
    showAll();
}

QPushButton* SnippetPanel::makeButton(const QString& text, const QString& tip,
                                      const QString& objectName, void (SnippetPanel::*action)()) {
    auto* button = new QPushButton(text, this);
    button->setObjectName(objectName);
    button->setToolTip(tip);
    connect(button, &QPushButton::clicked, this, action);
    return button;
}

QLayout* SnippetPanel::buildSide() {
    m_folder->setObjectName(QStringLiteral("snippetFolder"));
    m_folder->setAccessibleName(tr("Folder"));
    m_folder->setToolTip(tr("The folder; empty for none"));
    m_folder->setEditable(true);
    m_folder->setCompleter(nullptr); // a name is taken as it is typed
    m_folder->setInsertPolicy(QComboBox::NoInsert);
    m_folder->lineEdit()->setPlaceholderText(tr("Folder"));
    m_folder->setFixedWidth(fieldWidth);
    m_name->setObjectName(QStringLiteral("snippetName"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("Name"));
    m_save = makeButton(tr("Save"), tr("Keep what is written under this folder and name"),
                        QStringLiteral("snippetSave"), &SnippetPanel::saveAsked);
    m_rename = makeButton(tr("Rename"), tr("Give the chosen snippet this folder and name"),
                          QStringLiteral("snippetRename"), &SnippetPanel::rename);
    m_insert = makeButton(tr("Insert"), tr("Write the chosen snippet into the composer"),
                          QStringLiteral("snippetInsert"), &SnippetPanel::insert);
    m_send = makeButton(tr("Send"), tr("Send the chosen snippet as it is"),
                        QStringLiteral("snippetSend"), &SnippetPanel::send);
    m_remove = makeButton(tr("Delete"), tr("Remove the chosen snippet"),
                          QStringLiteral("snippetDelete"), &SnippetPanel::remove);
    auto* side = new QGridLayout;
    side->setHorizontalSpacing(8);
    side->setVerticalSpacing(4);
    side->addWidget(m_folder, 0, 0, 1, 2);
    side->addWidget(m_name, 1, 0, 1, 2);
    side->addWidget(m_save, 2, 0);
    side->addWidget(m_rename, 2, 1);
    side->addWidget(m_insert, 3, 0);
    side->addWidget(m_send, 3, 1);
    side->addWidget(makeButton(tr("Import…"), tr("Add the snippets of a file"),
                               QStringLiteral("snippetImport"), &SnippetPanel::chooseImport),
                    4, 0);
    side->addWidget(makeButton(tr("Export…"), tr("Write all snippets to a file"),
                               QStringLiteral("snippetExport"), &SnippetPanel::chooseExport),
                    4, 1);
    side->addWidget(m_remove, 5, 0);
    side->addWidget(makeButton(tr("Close"), tipWithKey(tr("Close"), QKeySequence(Qt::Key_Escape)),
                               QStringLiteral("snippetClose"), &SnippetPanel::closeAsked),
                    5, 1);
    return side;
}

void SnippetPanel::open(bool toSave) {
    show();
    m_note->setText(m_store.all().empty() && !toSave
                        ? tr("There are no snippets yet. Write a message, give it a name here, "
                             "and save it.")
                        : QString());
    if (toSave || m_store.all().empty())
        m_name->setFocus();
    else
        m_tree->setFocus();
}

void SnippetPanel::showAll() {
    const int index = chosen();
    const QSignalBlocker quiet(m_tree);
    m_tree->clear();
    const QString folder = m_folder->currentText();
    m_folder->clear();
    m_folder->addItems(m_store.folders());
    m_folder->setEditText(folder);
    QTreeWidgetItem* parent = nullptr;
    for (int i = 0; i < static_cast<int>(m_store.all().size()); ++i) {
        const Snippet& snippet = m_store.all()[static_cast<std::size_t>(i)];
        if (!snippet.folder.isEmpty() && (!parent || parent->text(0) != snippet.folder)) {
            parent = new QTreeWidgetItem(m_tree, {snippet.folder});
            parent->setData(0, indexRole, -1);
            parent->setExpanded(true);
            parent->setSizeHint(0, {0, rowHeight});
        }
        const QStringList words{snippet.name, previewOf(snippet)};
        auto* item = snippet.folder.isEmpty() ? new QTreeWidgetItem(m_tree, words)
                                              : new QTreeWidgetItem(parent, words);
        item->setData(0, indexRole, i);
        item->setSizeHint(0, {0, rowHeight});
        item->setFont(1, monoFont());
        item->setForeground(1, palette().color(QPalette::PlaceholderText));
        item->setToolTip(1, plainTip(words[1]));
        if (i == index)
            m_tree->setCurrentItem(item);
    }
    showChosen();
}

int SnippetPanel::chosen() const {
    const QTreeWidgetItem* item = m_tree->currentItem();
    const int index = item ? item->data(0, indexRole).toInt() : -1;
    return index < static_cast<int>(m_store.all().size()) ? index : -1;
}

void SnippetPanel::showChosen() {
    const int index = chosen();
    if (sender() == m_tree && index >= 0) {
        const Snippet& snippet = m_store.all()[static_cast<std::size_t>(index)];
        m_folder->setEditText(snippet.folder);
        m_name->setText(snippet.name);
    }
    const bool hasName = !m_name->text().trimmed().isEmpty();
    m_save->setEnabled(hasName);
    m_rename->setEnabled(hasName && index >= 0);
    for (QPushButton* button : {m_insert, m_send, m_remove})
        button->setEnabled(index >= 0);
}

void SnippetPanel::save(Snippet written) {
    written.folder = m_folder->currentText().trimmed();
    written.name = m_name->text().trimmed();
    const bool isThere = m_store.find(written.folder, written.name) >= 0;
    m_store.save(written);
    m_note->setText(isThere ? tr("%1 was replaced.").arg(written.name)
                            : tr("%1 was saved.").arg(written.name));
}

void SnippetPanel::insert() {
    if (const int index = chosen(); index >= 0)
        Q_EMIT insertAsked(m_store.all()[static_cast<std::size_t>(index)]);
}

void SnippetPanel::send() {
    if (const int index = chosen(); index >= 0)
        Q_EMIT sendAsked(m_store.all()[static_cast<std::size_t>(index)]);
}

void SnippetPanel::rename() {
    const QString folder = m_folder->currentText().trimmed();
    const QString name = m_name->text().trimmed();
    m_note->setText(m_store.rename(chosen(), folder, name)
                        ? tr("It is called %1 now.").arg(name)
                        : tr("There is another %1 in that folder.").arg(name));
}

void SnippetPanel::remove() {
    const QString name = m_store.all().at(static_cast<std::size_t>(chosen())).name;
    m_store.remove(chosen());
    m_note->setText(tr("%1 was removed.").arg(name));
}

void SnippetPanel::chooseImport() {
    auto* dialog = new QFileDialog(this, tr("Import snippets"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Snippets (*.json)"));
    connect(dialog, &QFileDialog::fileSelected, this, &SnippetPanel::importFrom);
    dialog->open();
}

void SnippetPanel::chooseExport() {
    auto* dialog = new QFileDialog(this, tr("Export snippets"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Snippets (*.json)"));
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &SnippetPanel::exportTo);
    dialog->open();
}

void SnippetPanel::importFrom(const QString& path) {
    using Read = tl::expected<std::vector<Snippet>, QString>;
    runOnWorker(
        this,
        [path = path.toStdString()]() -> Read {
            const auto content = readWholeFile(path);
            if (!content)
                return tl::unexpected(errorWords(content.error()));
            return snippetsFromJson(QByteArray(reinterpret_cast<const char*>((*content)->data()),
                                               static_cast<qsizetype>((*content)->size())));
        },
        [this](const Read& read) { takeImported(read); });
}

void SnippetPanel::takeImported(const tl::expected<std::vector<Snippet>, QString>& snippets) {
    if (!snippets) {
        m_note->setText(snippets.error());
        return;
    }
    const SnippetStore::Merged merged = m_store.merge(*snippets);
    QString words = tr("%n snippet(s) added", nullptr, merged.added);
    if (merged.renamed > 0)
        words += tr(", %n under another name because its own was taken", nullptr, merged.renamed);
    if (merged.known > 0)
        words += tr(", %n there already", nullptr, merged.known);
    m_note->setText(words + QLatin1Char('.'));
}

void SnippetPanel::exportTo(const QString& path) {
    const std::string json = snippetsToJson(m_store.all()).toStdString();
    const int count = static_cast<int>(m_store.all().size());
    runOnWorker(
        this, [path = path.toStdString(), json] { return replaceFile(path, json); },
        [this, count, path](const Result<void>& written) {
            m_note->setText(written ? tr("%n snippet(s) written to %1.", nullptr, count).arg(path)
                                    : errorWords(written.error()));
        });
}

void SnippetPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeAsked();
    else if (event->key() == Qt::Key_Delete && m_tree->hasFocus() && chosen() >= 0)
        remove();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sscope
