#include "ui/servers/send_to_all_row.h"

#include <span>

#include "ui/clients/line_endings.h"
#include "ui/clients/recent_inputs.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"

namespace sscope {

SendToAllRow::SendToAllRow(RecentInputs& inputs, QWidget* parent)
    : PromptRow(QStringLiteral("sendToAll"), parent), m_inputs(inputs) {
    setWords(tr("Send"), tr("A message to all"), tr("Message to all"));
    line()->setFont(monoFont());
    connect(this, &PromptRow::given, this, &SendToAllRow::send);
    connect(this, &PromptRow::edited, this, &SendToAllRow::showEnding);
}

void SendToAllRow::openToSend() {
    showEnding();
    open();
}

void SendToAllRow::showEnding() {
    const LineEnding ending = lineEnding(m_inputs.ending());
    setHelp(ending.bytes.isEmpty()
                ? tr("Sent as it stands; Escape hides this.")
                : tr("Sent with %1 at its end; Escape hides this.").arg(ending.name));
}

void SendToAllRow::showSent(int clients, bool arePeers, std::size_t bytes) {
    const QString words = arePeers ? tr("Sent %1 to %n peer(s).", nullptr, clients)
                                   : tr("Sent %1 to %n client(s).", nullptr, clients);
    showOutcome(words.arg(bytesText(bytes)));
}

void SendToAllRow::send(const QString& text) {
    const QByteArray bytes = text.toUtf8() + lineEnding(m_inputs.ending()).bytes;
    const auto view =
        std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size())));
    Q_EMIT sendAsked({view.begin(), view.end()});
}

} // namespace sscope
