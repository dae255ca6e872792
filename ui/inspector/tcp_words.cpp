#include "ui/inspector/tcp_words.h"

#include <QCoreApplication>
#include <QStringList>

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::TcpWords)
};

QString nextWords(const TcpPath& path) {
    QStringList ways;
    for (const TcpEdge& edge : tcpEdges()) {
        if (path.isNext(edge))
            ways.append(
                Words::tr("%1 (%2)").arg(QLatin1String(boxText(edge.to)), stepWords(edge.step)));
    }
    return ways.join(Words::tr(" or "));
}

QString openedWords(OpenedBy openedBy) {
    switch (openedBy) {
    case OpenedBy::ThisEnd:
        return Words::tr("This end connected.");
    case OpenedBy::OtherEnd:
        return Words::tr("The other end connected.");
    case OpenedBy::Unknown:
        break;
    }
    return Words::tr("Which end connected was not seen.");
}

} // namespace

QString stepWords(TcpStep step) {
    switch (step) {
    case TcpStep::Listens:
        return Words::tr("listens");
    case TcpStep::Connects:
        return Words::tr("connects");
    case TcpStep::Syn:
        return QStringLiteral("SYN");
    case TcpStep::SynAck:
        return QStringLiteral("SYN, ACK");
    case TcpStep::Ack:
        return QStringLiteral("ACK");
    case TcpStep::Fin:
        return QStringLiteral("FIN");
    case TcpStep::ThisEndCloses:
        return Words::tr("this end closes");
    case TcpStep::OtherEndCloses:
        return Words::tr("other end closes");
    case TcpStep::Minute:
        return Words::tr("60 s");
    case TcpStep::SimultaneousOpen:
        break;
    }
    return QStringLiteral("SYN");
}

QString boxWords(TcpBox box) {
    switch (box) {
    case TcpBox::Listen:
        return Words::tr("Waits for connections.");
    case TcpBox::Closed:
        return Words::tr("There is no connection yet.");
    case TcpBox::SynSent:
        return Words::tr("Has asked for a connection and waits for the answer.");
    case TcpBox::SynRecv:
        return Words::tr("Was asked for a connection, has answered, and waits for the ACK.");
    case TcpBox::Established:
        return Words::tr("The connection is open: both ends may send.");
    case TcpBox::FinWait1:
        return Words::tr("This end has closed; its FIN is not acknowledged yet.");
    case TcpBox::FinWait2:
        return Words::tr("This end has closed, the other one has not; it may still send.");
    case TcpBox::CloseWait:
        return Words::tr(
            "The other end has closed; this one may still send, and has yet to close.");
    case TcpBox::Closing:
        return Words::tr("Both ends have closed at the same time; the ACK is still missing.");
    case TcpBox::LastAck:
        return Words::tr("Both ends have closed; the ACK of this end's FIN is still missing.");
    case TcpBox::TimeWait:
        return Words::tr("This end closed first. The kernel keeps the ends for 60 s, so that late "
                         "packets harm no new connection.");
    case TcpBox::Ended:
        break;
    }
    return Words::tr("The connection is over.");
}

QString pathWords(const TcpPath& path) {
    if (!path.current)
        return Words::tr("No TCP socket is selected.");
    QStringList states;
    for (const TcpBox box : path.own)
        states.append(QLatin1String(boxText(box)));
    QStringList sentences;
    sentences.append(states.size() == 1
                         ? Words::tr("This end is in %1.").arg(states.back())
                         : Words::tr("This end went %1.").arg(states.join(Words::tr(", then "))));
    sentences.append(boxWords(*path.current));
    if (path.isOwn(TcpBox::Established))
        sentences.append(openedWords(path.openedBy));
    if (const QString next = nextWords(path); !next.isEmpty())
        sentences.append(Words::tr("Next may be %1.").arg(next));
    if (!path.other.empty())
        sentences.append(
            Words::tr("The other end is in %1.").arg(QLatin1String(boxText(path.other.back()))));
    return sentences.join(QLatin1Char(' '));
}

} // namespace sscope
