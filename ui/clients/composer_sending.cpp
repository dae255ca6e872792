// What the composer does with a message once it is written.

#include <QFileDialog>
#include <QMenu>

#include "ui/clients/composer.h"
#include "ui/clients/content_panel.h"
#include "ui/clients/message_edit.h"
#include "ui/clients/repeat_panel.h"
#include "ui/clients/snippet_panel.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/segments.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

// A larger one is not copied on the GUI thread.
constexpr std::size_t smallContent = 1 << 20;

} // namespace

void Composer::send() {
    if (m_checkTimer.isActive())
        check();
    if (!m_send->isEnabled())
        return;
    if (form() == MessageForm::File) {
        sendFile();
        return;
    }
    if (isHeld()) {
        if (m_heldStep)
            sendStep(*m_heldStep);
        return;
    }
    const auto step = composeStep(input());
    if (!step)
        return;
    sendStep(*step);
    Q_EMIT messageSent(written());
    m_edit->selectAll(); // typing replaces it, Ctrl+Return sends it again
}

void Composer::sendStep(const SendStep& step) {
    const bool isLarge = !step.content.hasMacros() && step.content.size() > smallContent;
    if (m_isClient && (step.content.hasMacros() || isLarge))
        Q_EMIT stepAsked(step);
    else
        Q_EMIT sendAsked(
            {.content = step.content.make(m_values, wallNow()), .header = step.header});
}

void Composer::sendFile() {
    const auto step = composeStep([this] {
        ComposerInput about = input();
        about.file = m_file.bytes ? m_file.bytes : std::make_shared<const std::vector<std::byte>>();
        about.framing = about.hasHeader() ? about.framing : Framing(); // its header only
        return about;
    }());
    if (!step)
        return;
    if (!m_isClient) {
        if (const auto message = composeMessage(input()))
            Q_EMIT sendAsked(*message);
        return;
    }
    m_fileProgress = std::make_shared<SendProgress>();
    m_fileProgress->total = *m_file.size;
    m_pollTimer.start();
    Q_EMIT fileAsked(m_file.path, step->header, m_fileProgress);
    poll();
    m_content->focusFirst();
}

void Composer::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Send a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &Composer::takeFile);
    dialog->open();
}

void Composer::takeFile(const QString& path) {
    m_file = {.path = path};
    m_forms->setCurrent(static_cast<int>(MessageForm::File));
    showFields();
    checkFileAgain();
}

void Composer::checkFileAgain() {
    if (m_file.path.isEmpty()) {
        check();
        return;
    }
    struct Looked {
        Result<std::uint64_t> size;
        FileBytes bytes;
    };
    m_file = {.path = m_file.path};
    m_content->showNote(tr("being looked at"));
    check();
    runOnWorker(
        this,
        [path = m_file.path.toStdString(), framing = m_framing, isHeld = !m_isClient]() -> Looked {
            auto size = checkFile(path, framing);
            if (!size || !isHeld)
                return {std::move(size), {}};
            auto bytes = readWholeFile(path);
            if (!bytes)
                return {Failure(bytes.error()), {}};
            return {(*bytes)->size(), *bytes};
        },
        [this, look = ++m_look](const Looked& looked) {
            if (look != m_look)
                return;
            if (looked.size) {
                m_file.size = *looked.size;
            } else {
                const QString name = m_file.path.section(QLatin1Char('/'), -1);
                m_file.fault = QStringLiteral("%1: %2").arg(
                    toQString(displaySafe(name.toStdString())), reasonWords(looked.size.error()));
                m_content->showNote({});
            }
            m_file.bytes = looked.bytes;
            check();
        });
}

/// A framing has told the other side how much comes: without the rest the connection is of no use.
void Composer::askToStopFile() {
    if (m_framing.isRaw()) {
        stopFile();
        return;
    }
    m_question->show(InlineMessage::Kind::Caution,
                     tr("The message has begun, and its rest would be missing: stopping it closes "
                        "the connection."));
    m_question->clearActions();
    m_question->addAction(tr("Close the connection"), true, [this] { stopFile(); });
    m_question->addAction(tr("Go on"), false, [this] { m_question->hide(); });
}

void Composer::stopFile() {
    m_question->hide();
    Q_EMIT fileStopAsked();
}

void Composer::hold(const QString& text) {
    m_held = text;
    m_edit->clear();
    showFields();
    check();
    m_send->setFocus();
}

void Composer::dropHeld() {
    m_held = QString();
    m_heldStep.reset();
    showFields();
    check();
    focusMessage();
}

tl::expected<std::vector<SendStep>, QString> Composer::planSteps() const {
    std::vector<SendStep> steps;
    if (!m_repeatPanel->isList()) {
        const auto step = isHeld() && m_heldStep ? tl::expected<SendStep, QString>(*m_heldStep)
                                                 : composeStep(input());
        if (!step)
            return tl::unexpected(step.error());
        steps.push_back(*step);
        return steps;
    }
    for (const ListedMessage& each : m_repeatPanel->messages()) {
        auto step = composeStep(inputOf(each.message));
        if (!step)
            return tl::unexpected(
                tr("message %1: %2")
                    .arg(steps.size() + 1)
                    .arg(step.error().isEmpty() ? tr("it is empty") : step.error()));
        step->delayAfter = std::chrono::milliseconds(each.delay);
        steps.push_back(*std::move(step));
    }
    return steps;
}

void Composer::startPlan() {
    auto steps = planSteps();
    if (!steps) {
        m_repeatPanel->showFault(steps.error());
        return;
    }
    const auto count = static_cast<quint64>(m_repeatPanel->count());
    const quint64 total = count * steps->size();
    auto progress = std::make_shared<SendProgress>();
    m_repeatPanel->setProgress(progress, total);
    m_pollTimer.start();
    Q_EMIT planAsked({.steps = *std::move(steps),
                      .count = count,
                      .interval = std::chrono::milliseconds(m_repeatPanel->interval())},
                     progress);
    if (!m_repeatPanel->isList() && !isHeld())
        Q_EMIT messageSent(written());
}

void Composer::setSnippets(SnippetStore& store) {
    m_store = &store;
    m_snippets->show();
    m_snippetPanel = new SnippetPanel(store, this);
    m_snippetPanel->hide();
    static_cast<QBoxLayout*>(layout())->insertWidget(0, m_snippetPanel);
    orderKeys();
    connect(m_snippetPanel, &SnippetPanel::saveAsked, this, &Composer::saveSnippet);
    connect(m_snippetPanel, &SnippetPanel::insertAsked, this, &Composer::insertSnippet);
    connect(m_snippetPanel, &SnippetPanel::sendAsked, this, &Composer::sendSnippet);
    connect(m_snippetPanel, &SnippetPanel::closeAsked, this, [this] {
        m_snippetPanel->hide();
        focusMessage();
    });
}

void Composer::buildSnippetMenu() {
    QMenu* menu = m_snippets->menu();
    menu->clear();
    qDeleteAll(menu->findChildren<QMenu*>(Qt::FindDirectChildrenOnly)); // folders of before
    QMenu* folder = nullptr;
    QString folderName;
    for (const Snippet& snippet : m_store->all()) {
        if (!snippet.folder.isEmpty() && (!folder || folderName != snippet.folder)) {
            folder = menu->addMenu(menuText(snippet.folder));
            folderName = snippet.folder;
        }
        QMenu* place = snippet.folder.isEmpty() ? menu : folder;
        place->addAction(menuText(snippet.name), this, [this, snippet] { insertSnippet(snippet); });
    }
    menu->addSeparator();
    menu->addAction(tr("Save what is written…"), this, [this] { m_snippetPanel->open(true); });
    menu->addAction(tr("Manage snippets…"), this, [this] { m_snippetPanel->open(false); });
}

/// The list, while it is shown; else what is written.
void Composer::saveSnippet() {
    const bool isList =
        m_repeatPanel->isVisible() && m_repeatPanel->isList() && !m_repeatPanel->messages().empty();
    Snippet snippet;
    if (isList) {
        snippet.isList = true;
        snippet.messages = m_repeatPanel->messages();
        snippet.interval = m_repeatPanel->interval();
        snippet.count = m_repeatPanel->count();
    } else if (form() == MessageForm::File || isHeld()) {
        showFault(tr("Only what is written in the field can be saved"));
        return;
    } else {
        snippet.message = written();
    }
    m_snippetPanel->save(snippet);
}

void Composer::insertSnippet(const Snippet& snippet) {
    if (!snippet.isList) {
        setWritten(snippet.message);
        focusMessage();
        return;
    }
    if (!m_isClient) {
        m_question->show(InlineMessage::Kind::Remark, m_repeat->toolTip());
        return;
    }
    m_repeat->setChecked(true);
    m_repeatPanel->setMessages(snippet.messages);
    m_repeatPanel->setInterval(snippet.interval);
    m_repeatPanel->setCount(snippet.count);
}

void Composer::sendSnippet(const Snippet& snippet) {
    if (!m_isLinkReady) {
        showFault(m_linkReason);
        return;
    }
    if (snippet.isList) {
        insertSnippet(snippet);
        if (m_isClient)
            startPlan();
        return;
    }
    const auto step = composeStep(inputOf(snippet.message));
    if (step)
        sendStep(*step);
    else
        showFault(step.error());
}

/// How far a file and a plan have come.
void Composer::poll() {
    m_repeatPanel->poll();
    using State = SendProgress::State;
    const State state = m_fileProgress ? m_fileProgress->state() : State::Done;
    const bool isFile = form() == MessageForm::File;
    if (m_fileProgress && state == State::Running) {
        if (isFile)
            m_content->showProgress(m_fileProgress->bytes, m_fileProgress->total);
    } else if (m_fileProgress) {
        const auto progress = std::exchange(m_fileProgress, nullptr);
        const QString done = bytesText(progress->bytes);
        const QString all = bytesText(progress->total);
        m_content->hideProgress();
        m_question->hide();
        if (state != State::Done && progress->total > 0)
            Q_EMIT fileCutShort(progress->bytes, progress->total);
        if (isFile)
            m_content->showNote(state == State::Done ? tr("%1 sent").arg(done)
                                : state == State::Stopped
                                    ? tr("stopped after %1 of %2").arg(done, all)
                                    : tr("ended after %1 of %2").arg(done, all));
        if (const auto error = progress->error())
            showFault(errorWords(*error));
        if (isFile)
            m_send->setFocus();
    }
    showReadiness();
    if (!m_fileProgress && !m_repeatPanel->isRunning())
        m_pollTimer.stop();
}

} // namespace sscope
