#include "ui/servers/send_to_all_row.h"

#include <span>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include "ui/clients/line_endings.h"
#include "ui/clients/recent_inputs.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/small_widgets.h"

namespace sscope {

SendToAllRow::SendToAllRow(RecentInputs& inputs, QWidget* parent)
    : QWidget(parent),
      m_inputs(inputs),
      m_text(new QLineEdit(this)),
      m_send(new QPushButton(tr("Send"), this)),
      m_note(makeNote({}, this)) {
    m_text->setObjectName(QStringLiteral("sendToAllText"));
    m_text->setAccessibleName(tr("Message to all"));
    m_text->setPlaceholderText(tr("A message to all"));
    m_text->setFont(monoFont());
    m_send->setObjectName(QStringLiteral("sendToAllNow"));
    m_note->setObjectName(QStringLiteral("sendToAllNote"));
    m_note->setFont(secondaryFont());
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    row->addWidget(m_send);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 0, 12, 8);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_note);
    connect(m_text, &QLineEdit::returnPressed, this, &SendToAllRow::send);
    connect(m_text, &QLineEdit::textEdited, this, &SendToAllRow::showEnding);
    connect(m_send, &QPushButton::clicked, this, &SendToAllRow::send);
    hide();
}

void SendToAllRow::open() {
    show();
    showEnding();
    m_text->setFocus();
    m_text->selectAll();
}

void SendToAllRow::setReasonAgainst(const QString& reason) {
    m_send->setEnabled(reason.isEmpty());
    m_send->setToolTip(reason.isEmpty() ? tipWithKey(tr("Send"), QKeySequence(Qt::Key_Return))
                                        : reason);
    if (!reason.isEmpty())
        m_note->setText(reason);
    else if (m_note->text().isEmpty())
        showEnding();
}

void SendToAllRow::showEnding() {
    const LineEnding ending = lineEnding(m_inputs.ending());
    m_note->setText(ending.bytes.isEmpty()
                        ? tr("Sent as it stands; Escape hides this.")
                        : tr("Sent with %1 at its end; Escape hides this.").arg(ending.name));
}

void SendToAllRow::showSent(int clients, bool arePeers, std::size_t bytes) {
    const QString words = arePeers ? tr("Sent %1 to %n peer(s).", nullptr, clients)
                                   : tr("Sent %1 to %n client(s).", nullptr, clients);
    m_note->setText(words.arg(bytesText(bytes)));
}

void SendToAllRow::send() {
    if (!m_send->isEnabled())
        return;
    const QByteArray bytes = m_text->text().toUtf8() + lineEnding(m_inputs.ending()).bytes;
    const auto view =
        std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size())));
    Q_EMIT sendAsked({view.begin(), view.end()});
    m_text->selectAll(); // typing replaces it, Return sends it again
}

void SendToAllRow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sscope
