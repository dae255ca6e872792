#include "ui/chat/chat_saver.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>

#include "core/storage/safe_file.h"
#include "ui/chat/chat_text.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

QString endingOf(TranscriptForm form) {
    return form == TranscriptForm::Text ? QStringLiteral("txt") : QStringLiteral("jsonl");
}

/// A name of a room or a person as one of a file; in a dialog quotes part several.
QString fileName(const QString& name) {
    QString safe = safeText(name);
    safe.replace(u'/', u'_').replace(u'"', u'_');
    return safe.startsWith(u'.') ? u'_' + safe : safe;
}

} // namespace

ChatSaver::ChatSaver(ChatSession& session, InlineMessage& message, QWidget* parent)
    : QObject(parent), m_session(session), m_message(message), m_window(parent) {
    connect(&session, &ChatSession::pastRead, this, &ChatSaver::take);
    connect(&session, &ChatSession::pastRefused, this, &ChatSaver::giveUp);
    connect(&session, &ChatSession::stateChanged, this, [this] {
        if (m_session.state() != ChatSession::State::In)
            giveUp(tr("the connection has ended; try again once it is back"));
    });
}

void ChatSaver::ask(TranscriptForm form) {
    const ChatPlace place = m_session.place();
    auto* dialog = new QFileDialog(m_window, tr("Save what was said"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(endingOf(form));
    dialog->setNameFilter(form == TranscriptForm::Text ? tr("Text (*.txt)")
                                                       : tr("JSON lines (*.jsonl)"));
    dialog->selectFile(QStringLiteral("%1.%2").arg(fileName(place.name), endingOf(form)));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, place, form](const QString& path) { save(place, form, path); });
    dialog->open();
}

void ChatSaver::save(const ChatPlace& place, TranscriptForm form, const QString& path) {
    if (m_job)
        return;
    m_job = Job{place, form, path};
    Q_EMIT busyChanged();
    const bool isOnServer = place.kind == ChatPlace::Kind::Room;
    if (isOnServer && m_session.state() == ChatSession::State::In) {
        showProgress();
        m_session.readPast(place.name, 0);
        return;
    }
    const std::vector<ChatMessage> held = heldOf(place);
    m_job->messages = held.size();
    m_job->pages.push_back(transcript(form, held));
    write(!isOnServer);
}

/// What this tab has, where no server can be asked.
std::vector<ChatMessage> ChatSaver::heldOf(const ChatPlace& place) const {
    const ChatLinesModel& lines = m_session.lines(place);
    std::vector<ChatMessage> messages;
    for (int row = 0; row < lines.rowCount(); ++row) {
        const ChatLine& line = lines.at(row);
        const bool isSaid =
            line.state != ChatLine::State::Refused && line.state != ChatLine::State::Waiting;
        if (line.kind == ChatLine::Kind::Message && isSaid)
            messages.push_back({.room = place.name.toStdString(),
                                .id = line.id,
                                .time = line.time,
                                .author = line.author.toStdString(),
                                .text = line.text.toStdString()});
    }
    return messages;
}

void ChatSaver::take(const QString& room, const std::vector<ChatMessage>& messages, bool hasMore) {
    if (!m_job || m_job->isRead || room.compare(m_job->place.name, Qt::CaseInsensitive) != 0)
        return;
    m_job->messages += messages.size();
    m_job->pages.push_back(transcript(m_job->form, messages));
    m_job->bytes += m_job->pages.back().size();
    const bool canGoOn = hasMore && !messages.empty() && m_job->bytes < mostBytes;
    if (!canGoOn) {
        write(!hasMore);
        return;
    }
    showProgress();
    m_session.readPast(m_job->place.name, messages.front().id);
}

void ChatSaver::showProgress() {
    const QString words = tr("Reading what was said in %1: %2 messages")
                              .arg(safeText(m_job->place.name), countText(m_job->messages));
    if (m_job->messages > 0) {
        m_message.setText(words);
        return;
    }
    m_message.show(InlineMessage::Kind::Remark, words);
    m_message.addAction(tr("Cancel"), false, [this] {
        end();
        m_message.hide();
    });
}

void ChatSaver::write(bool isWhole) {
    const QString shown = safeText(QFileInfo(m_job->path).fileName());
    const QString count = countText(m_job->messages);
    auto work = [path = m_job->path, pages = std::move(m_job->pages)] {
        std::string text;
        for (auto page = pages.rbegin(); page != pages.rend(); ++page)
            text += *page;
        const auto written = replaceFile(QFile::encodeName(path).toStdString(), text);
        return written ? QString() : errorWords(written.error());
    };
    m_job->isRead = true;
    m_message.clearActions();
    runOnWorker(this, std::move(work), [this, shown, count, isWhole](const QString& failure) {
        end();
        if (!failure.isEmpty())
            m_message.show(InlineMessage::Kind::Problem, failure);
        else if (isWhole)
            m_message.show(InlineMessage::Kind::Remark,
                           tr("Saved as %1: %2 messages.").arg(shown, count));
        else
            m_message.show(
                InlineMessage::Kind::Caution,
                tr("Saved as %1: the latest %2 messages. Older ones may be on the server.")
                    .arg(shown, count));
        m_message.addAction(tr("Close"), false, [this] { m_message.hide(); });
    });
}

void ChatSaver::giveUp(const QString& reason) {
    if (!m_job || m_job->isRead)
        return;
    end();
    m_message.show(InlineMessage::Kind::Problem, tr("Not saved: %1.").arg(withoutEnd(reason)));
    m_message.addAction(tr("Close"), false, [this] { m_message.hide(); });
}

void ChatSaver::end() {
    m_job.reset();
    Q_EMIT busyChanged();
}

} // namespace sscope
