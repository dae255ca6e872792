#include "ui/inspector/socket_report.h"

#include <QCoreApplication>
#include <QStringList>

#include "core/base/display_text.h"
#include "ui/common/formats.h"
#include "ui/inspector/inspected_socket.h"
#include "ui/inspector/meaning_words.h"
#include "ui/inspector/socket_figures.h"
#include "ui/inspector/socket_header.h"
#include "ui/inspector/tcp_words.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::SocketReport)
};

void addOwners(QStringList& lines, const QString& end, const SocketRow& row) {
    for (const SocketOwner& owner : row.owners)
        lines.append(Words::tr("%1: %2, pid %3, fd %4")
                         .arg(end, toQString(displaySafe(owner.process->command)))
                         .arg(owner.process->pid)
                         .arg(owner.fd));
    if (!row.ownersKnown)
        lines.append(Words::tr("%1: no permission").arg(end));
}

} // namespace

QString stayText(const InspectedSocket& socket, TimePoint now) {
    if (const auto goneAt = socket.goneAt())
        return Words::tr("gone at %1").arg(clockText(wallTime(*goneAt, wallOffset())).left(8));
    const InspectedSocket::Stay stay = socket.stay(now);
    const QString age = ageText(stay.time);
    return Words::tr("%1 for %2")
        .arg(QLatin1String(stateText(socket.row()->state)),
             stay.isAtLeast ? Words::tr("> %1").arg(age) : age);
}

QString socketReport(const InspectedSocket& socket, TimePoint now) {
    if (!socket.row())
        return {};
    const SocketRow& row = *socket.row();
    const QString remote = remoteEndText(row, socket.otherEnd());
    QStringList lines{
        QStringLiteral("%1 %2").arg(QLatin1String(protocolText(row.protocol)), localEndText(row))};
    if (!remote.isEmpty())
        lines.front() += QStringLiteral(" - ") + remote;
    lines.append(stayText(socket, now));
    addOwners(lines, Words::tr("This end"), row);
    if (const SocketRow* other = socket.otherEnd())
        addOwners(lines, Words::tr("Other end"), *other);
    if (row.protocol == SocketProtocol::Tcp)
        lines.append(pathWords(socket.path()));
    for (const auto& figures : {socketFigures(row), furtherFigures(row)}) {
        for (const SocketFigure& figure : figures)
            lines.append(QStringLiteral("%1: %2").arg(figure.name, figure.value));
    }
    for (const Meaning& meaning : socket.meanings(now))
        lines.append(meaningWords(meaning));
    return lines.join(QLatin1Char('\n'));
}

} // namespace sscope
