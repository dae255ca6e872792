#include "ui/clients/session_copy.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>

#include "core/client/session_script.h"
#include "core/framing/message_header.h"
#include "ui/clients/client_conversation.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::SessionCopy)
};

// A program with more in it is none that a person reads.
constexpr std::uint64_t mostBytes = 4 << 20;

/// A session whose sent contents are still to be read.
struct Draft {
    SessionSteps session;
    struct Content {
        std::size_t step;
        RowContent content;
    };
    std::vector<Content> contents;
    std::uint64_t sentBytes = 0;
    bool beginsLate = false; // the first rows have gone
};

using Copied = tl::expected<std::string, QString>;

void addReceived(SessionSteps& session, const ConversationRow& row) {
    auto* last = session.steps.empty() ? nullptr
                                       : std::get_if<session_step::Received>(&session.steps.back());
    const bool isWithin = last && !isDatagram(session.endpoint.transport);
    if (isWithin) {
        last->bytes += row.size();
        ++last->messages;
    } else {
        session.steps.emplace_back(session_step::Received{.bytes = row.size()});
    }
}

/// The fields that the framing does not make itself.
std::vector<HeaderField> ownFields(const ConversationRow& row) {
    std::vector<HeaderField> fields = headerFields(row);
    std::erase_if(fields, [](const HeaderField& field) {
        return field.name == message_header::byteOrder ||
               field.name == message_header::contentLength;
    });
    return fields;
}

Draft draftOf(ClientConversation& conversation) {
    const ClientConfig& config = conversation.config();
    Draft draft{.session = {.endpoint = config.endpoint,
                            .local = config.local,
                            .framing = config.framing,
                            .options = config.options,
                            .datagrams = config.datagrams}};
    const ConversationModel& model = conversation.model();
    auto ending = conversation.endings().begin();
    const auto addEndings = [&](TimePoint until) {
        for (; ending != conversation.endings().end() && ending->time <= until; ++ending)
            draft.session.steps.push_back(ending->step);
    };
    bool isFirstSent = true;
    for (int i = 0; i < model.rowCount(); ++i) {
        const ConversationRow& row = model.at(i);
        if (!model.isCurrent(row) || row.isPart || row.isUnfinished)
            continue;
        addEndings(row.time);
        if (row.kind == ConversationRow::Kind::Received) {
            addReceived(draft.session, row);
            continue;
        }
        draft.beginsLate = draft.beginsLate || (isFirstSent && row.number > 1);
        isFirstSent = false;
        draft.contents.push_back({draft.session.steps.size(), conversation.contentOf(row)});
        draft.sentBytes += row.bytes;
        draft.session.steps.emplace_back(session_step::Sent{.header = ownFields(row)});
    }
    addEndings(TimePoint::max());
    return draft;
}

Copied write(Draft draft, SessionForm form) {
    for (const auto& [step, content] : draft.contents) {
        const auto bytes = content.first(mostBytes);
        if (!bytes)
            return tl::unexpected(errorWords(bytes.error()));
        if (bytes->size() != content.size())
            return tl::unexpected(
                Words::tr("Not all that was sent is kept any more, so it cannot be copied."));
        const ByteView view = bytesOf(*bytes);
        std::get<session_step::Sent>(draft.session.steps[step]).content = {view.begin(),
                                                                           view.end()};
    }
    switch (form) {
    case SessionForm::Python:
        return pythonScript(draft.session);
    case SessionForm::Pipe:
        return pipeCommand(draft.session);
    case SessionForm::SendLine:
        break;
    }
    return sendLine(draft.session);
}

} // namespace

void copySession(ClientConversation& conversation, SessionForm form,
                 std::function<void(const QString& fault)> done) {
    Draft draft = draftOf(conversation);
    if (draft.beginsLate) {
        done(Words::tr("The first rows of this connection have made room for later ones, so it "
                       "cannot be copied as a whole."));
        return;
    }
    if (draft.sentBytes > mostBytes) {
        done(Words::tr("%1 were sent, and a program of at most %2 is made of it. Save what was "
                       "sent to a file instead.")
                 .arg(bytesText(draft.sentBytes), bytesText(mostBytes)));
        return;
    }
    runOnWorker(
        &conversation,
        [draft = std::move(draft), form]() mutable { return write(std::move(draft), form); },
        [done = std::move(done)](const Copied& copied) {
            if (copied)
                QGuiApplication::clipboard()->setText(toQString(*copied));
            done(copied ? QString() : copied.error());
        });
}

} // namespace sscope
