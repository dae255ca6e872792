#include "ui/inspector/socket_header.h"

#include <QHBoxLayout>
#include <QKeySequence>

#include "core/base/display_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/small_widgets.h"
#include "ui/connections/closed_text.h"
#include "ui/connections/connection_text.h"
#include "ui/inspector/elided_label.h"
#include "ui/inspector/inspected_socket.h"

namespace sscope {

namespace {

constexpr int lineHeight = 24;
constexpr int rowHeight = 22;
constexpr int labelWidth = 60;
constexpr int gap = 8;

const QKeySequence otherEndKey(Qt::CTRL | Qt::Key_J);

bool hasProcess(const SocketRow& row) {
    return ownerWord(row) == OwnerWord::Named;
}

QString processText(const SocketRow& row) {
    switch (ownerWord(row)) {
    case OwnerWord::NoPermission:
        return EndRow::tr("no permission");
    case OwnerWord::Kernel:
        return EndRow::tr("kernel");
    case OwnerWord::None:
        return EndRow::tr("none");
    case OwnerWord::Named:
        break;
    }
    const QString name = toQString(displaySafe(row.owners.front().process->command));
    return row.owners.size() == 1 ? name
                                  : QStringLiteral("%1 +%2").arg(name).arg(row.owners.size() - 1);
}

QString ownersTip(const SocketRow& row) {
    if (ownerWord(row) == OwnerWord::NoPermission)
        return EndRow::tr("The owner belongs to another user. Run Socketscope as root to see it.");
    QStringList lines;
    for (const SocketOwner& owner : row.owners)
        lines.append(EndRow::tr("%1, pid %2, fd %3")
                         .arg(toQString(displaySafe(owner.process->command)))
                         .arg(owner.process->pid)
                         .arg(owner.fd));
    return lines.join(QLatin1Char('\n'));
}

/// Why there is no row for the other end.
QString missingText(const SocketRow& row) {
    const bool isHere = !isInet(row.protocol) || row.remoteAddress.isLoopback();
    return isHere ? EndRow::tr("gone") : EndRow::tr("not on this machine");
}

} // namespace

QString localEndText(const SocketRow& row) {
    if (row.protocol == SocketProtocol::Unix)
        return row.path.empty() ? SocketHeader::tr("without a name (inode %1)").arg(row.inode)
                                : toQString(displaySafe(row.path));
    return toQString(displaySafe(row.localText()));
}

QString remoteEndText(const SocketRow& row, const SocketRow* other) {
    if (row.protocol == SocketProtocol::Unix)
        return row.peerInode == 0 ? QString() : unixPeerText(row, other);
    return row.hasPeer() ? toQString(displaySafe(row.remoteText())) : QString();
}

EndRow::EndRow(const QString& label, const QString& objectName, QWidget* parent)
    : QWidget(parent),
      m_label(makeNote(label, this)),
      m_process(new ElidedLabel(Qt::ElideRight, this)),
      m_descriptor(new ElidedLabel(Qt::ElideRight, this)),
      m_link(makeLink({}, objectName + QStringLiteral("Link"), this)) {
    setObjectName(objectName);
    setFixedHeight(rowHeight);
    m_label->setFont(secondaryFont());
    m_label->setWordWrap(false);
    m_label->setMinimumWidth(labelWidth);
    m_descriptor->setFont(monoFont());
    m_descriptor->setToken(ColorToken::Muted);
    m_link->setFont(secondaryFont());
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gap);
    row->addWidget(m_label);
    row->addWidget(m_process);
    row->addWidget(m_descriptor);
    row->addStretch(1);
    row->addWidget(m_link);
    connect(m_link, &QPushButton::clicked, this, [this] { Q_EMIT linkActivated(m_target); });
}

void EndRow::show(const SocketRow* row, bool isOurs, const RowLink& link, const QString& missing) {
    m_target = link;
    const bool isNamed = row && hasProcess(*row);
    m_process->setFont(isOurs ? demiBold(secondaryFont()) : secondaryFont());
    m_process->setToken(isNamed ? ColorToken::Text : ColorToken::Muted);
    m_process->setText(row ? processText(*row) : missing);
    m_process->setTip(row ? ownersTip(*row) : QString());
    m_descriptor->setText(isNamed ? QStringLiteral("fd %1").arg(row->owners.front().fd)
                                  : QString());
    m_link->setText(link.text);
    m_link->setToolTip(link.text.isEmpty() ? QString() : plainTip(tr("Shows %1").arg(link.text)));
    m_link->setVisible(link.kind != RowLink::Kind::None);
}

SocketHeader::SocketHeader(QWidget* parent)
    : QWidget(parent),
      m_local(new ElidedLabel(Qt::ElideMiddle, this)),
      m_remote(new ElidedLabel(Qt::ElideMiddle, this)),
      m_swap(makeIconButton(QStringLiteral("swap"),
                            tipWithKey(tr("Go to the other end"), otherEndKey),
                            QStringLiteral("inspectOtherEnd"), this)),
      m_thisEnd(new EndRow(tr("This end"), QStringLiteral("thisEnd"), this)),
      m_otherEnd(new EndRow(tr("Other end"), QStringLiteral("otherEnd"), this)) {
    setObjectName(QStringLiteral("socketHeader"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(0);
    column->addWidget(buildEnds());
    column->addWidget(m_thisEnd);
    column->addWidget(m_otherEnd);
    for (EndRow* end : {m_thisEnd, m_otherEnd})
        connect(end, &EndRow::linkActivated, this, &SocketHeader::linkActivated);
    connect(m_swap, &QToolButton::clicked, this, &SocketHeader::otherEndAsked);
}

QWidget* SocketHeader::buildEnds() {
    auto* ends = new QWidget(this);
    m_ends = new QGridLayout(ends);
    m_ends->setContentsMargins(0, 0, 0, 0);
    m_ends->setHorizontalSpacing(4);
    m_ends->setVerticalSpacing(0);
    m_local->setFont(monoFont());
    m_remote->setFont(monoFont());
    m_local->setObjectName(QStringLiteral("inspectedLocal"));
    m_remote->setObjectName(QStringLiteral("inspectedRemote"));
    arrange();
    return ends;
}

/// In one line where there is room, else below each other.
void SocketHeader::arrange() {
    constexpr int swapWidth = 24 + 2 * 4;
    const int needed = m_local->sizeHint().width() + swapWidth + m_remote->sizeHint().width();
    const bool isOneLine = needed <= width();
    for (QWidget* each : {static_cast<QWidget*>(m_local), static_cast<QWidget*>(m_swap),
                          static_cast<QWidget*>(m_remote)})
        m_ends->removeWidget(each);
    for (int column = 0; column < 4; ++column)
        m_ends->setColumnStretch(column, 0);
    m_ends->setRowMinimumHeight(0, lineHeight);
    const bool hasSecond = !isOneLine && !m_remote->text().isEmpty();
    m_ends->setRowMinimumHeight(1, hasSecond ? lineHeight : 0);
    if (isOneLine || !hasSecond) {
        m_ends->addWidget(m_local, 0, 0);
        m_ends->addWidget(m_swap, 0, 1);
        m_ends->addWidget(m_remote, 0, 2);
        m_ends->setColumnStretch(3, 1);
    } else {
        m_ends->addWidget(m_local, 0, 0, 1, 3);
        m_ends->addWidget(m_swap, 1, 0);
        m_ends->addWidget(m_remote, 1, 1, 1, 2);
        m_ends->setColumnStretch(2, 1);
    }
}

void SocketHeader::show(const InspectedSocket& socket) {
    const SocketRow& row = *socket.row();
    const QString local = localEndText(row);
    const QString remote = remoteEndText(row, socket.otherEnd());
    const bool isOther = local != m_local->text() || remote != m_remote->text();
    m_local->setText(local);
    m_remote->setText(remote);
    const bool hasOther = !remote.isEmpty();
    m_remote->setVisible(hasOther);
    m_swap->setVisible(hasOther);
    m_swap->setEnabled(socket.otherEnd());
    // Of one that lived between two refreshes nobody knows who held it.
    const bool isUnknown = socket.closed() && row.owners.empty() && row.ownersKnown;
    m_thisEnd->show(isUnknown ? nullptr : &row, socket.isOurs(), socket.link(),
                    isUnknown ? closed_text::processText(*socket.closed()) : QString());
    m_otherEnd->setVisible(hasOther);
    m_otherEnd->show(socket.otherEnd(), socket.isOtherOurs(), socket.otherLink(), missingText(row));
    if (isOther)
        arrange();
}

void SocketHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace sscope
