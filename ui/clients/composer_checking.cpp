// What the composer says of a message while it is written.

#include "ui/clients/composer.h"
#include "ui/clients/content_panel.h"
#include "ui/clients/message_edit.h"
#include "ui/clients/repeat_panel.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

// Characters that are checked while they are typed.
constexpr qsizetype quickText = 16'384;

} // namespace

void Composer::edited() {
    m_edit->fitHeight();
    if (m_edit->document()->characterCount() > quickText)
        m_checkTimer.start();
    else
        check();
}

void Composer::check() {
    m_checkTimer.stop();
    if (m_isApplying)
        return;
    if (form() == MessageForm::File) {
        m_isGood = m_file.size.has_value();
        if (m_isGood && !(m_fileProgress && m_pollTimer.isActive()))
            m_content->showNote(bytesText(*m_file.size));
        showFault(m_file.fault);
    } else if (isHeld()) {
        checkHeld();
    } else {
        showSize(checkMessage(input()));
    }
}

void Composer::showSize(const tl::expected<std::size_t, QString>& size) {
    m_isGood = size.has_value();
    const QString words = size ? bytesText(*size) : QString();
    m_count->setText(words);
    m_count->setToolTip(m_macros->isChecked() ? tr("Of the first message; a macro may grow")
                                              : QString());
    if (isHeld())
        m_content->showNote(words);
    showFault(size ? QString() : size.error());
    placeCount();
}

/// On a thread of its own: it takes as long as many turns of the window.
void Composer::checkHeld() {
    using Checked = tl::expected<std::shared_ptr<const SendStep>, QString>;
    m_isGood = false;
    m_heldStep.reset();
    m_content->showNote(tr("being checked"));
    showFault({});
    runOnWorker(
        this,
        [input = input()]() -> Checked {
            auto step = composeStep(input);
            if (!step)
                return tl::unexpected(step.error());
            return std::make_shared<const SendStep>(std::move(*step));
        },
        [this, look = ++m_look](const Checked& checked) {
            if (look != m_look || !isHeld())
                return;
            m_heldStep = checked ? *checked : nullptr;
            if (checked)
                showSize((*checked)->content.size());
            else
                showSize(tl::unexpected(checked.error()));
        });
}

void Composer::showFault(const QString& fault) {
    m_fault->setText(fault);
    m_fault->setToolTip(plainTip(fault));
    QPalette palette = m_fault->palette();
    palette.setColor(QPalette::WindowText, themeColor(ColorToken::Danger));
    m_fault->setPalette(palette);
    m_faultIcon->setPixmap(iconPixmap(QStringLiteral("error"), 16, themeColor(ColorToken::Danger),
                                      devicePixelRatioF()));
    m_faultRow->setVisible(!fault.isEmpty());
    showReadiness();
    update();
}

void Composer::showReadiness() {
    const QString& fault = m_fault->text();
    const bool isSending =
        m_fileProgress && m_fileProgress->state() == SendProgress::State::Running;
    const bool isFile = form() == MessageForm::File;
    const bool isReady = m_isLinkReady && m_isGood && !(isFile && isSending);
    m_send->setEnabled(isReady);
    m_send->setToolTip(isReady               ? tipWithKey(tr("Send"), MessageEdit::sendKey())
                       : !m_isLinkReady      ? m_linkReason
                       : !fault.isEmpty()    ? plainTip(fault)
                       : isFile && isSending ? tr("The file is being sent")
                       : isFile              ? tr("Choose a file first")
                       : isHeld()            ? tr("The text is being checked")
                                             : tr("Write a message first"));
    const bool needsMessage = !m_repeatPanel->isList();
    m_repeatPanel->setReasonAgainst(!m_isLinkReady              ? m_linkReason
                                    : needsMessage && isFile    ? tr("A file is sent once")
                                    : needsMessage && !m_isGood ? m_send->toolTip()
                                                                : QString());
}

} // namespace sscope
