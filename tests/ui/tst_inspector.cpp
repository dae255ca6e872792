// The inspector with sockets of the live kernel: what it shows of each, what it keeps, and that it
// asks only while it is seen.

#include <array>
#include <cstddef>
#include <set>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QClipboard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>

#include "core/base/unique_fd.h"
#include "tests/support/test_socket.h"
#include "tests/ui/window_fixture.h"
#include "ui/common/formats.h"
#include "ui/connections/closed_model.h"
#include "ui/connections/closed_view.h"
#include "ui/inspector/elided_label.h"
#include "ui/inspector/inspected_socket.h"
#include "ui/inspector/inspector_dock.h"
#include "ui/inspector/meaning_view.h"
#include "ui/inspector/meaning_words.h"
#include "ui/inspector/series_plots.h"
#include "ui/inspector/socket_figures.h"
#include "ui/inspector/socket_header.h"
#include "ui/inspector/socket_plots.h"
#include "ui/inspector/tcp_state_widget.h"

using namespace sscope;
using namespace sscope::test;

namespace {

/// A connection of this process with itself.
struct Pair {
    TestSocket listener = TestSocket::listenTcp();
    TestSocket client = TestSocket::connectTcp(listener.port());
    TestSocket server = listener.accept();
};

quint64 cookieOf(int fd) {
    std::uint64_t cookie = 0;
    socklen_t length = sizeof(cookie);
    if (::getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &length) < 0)
        qFatal("SO_COOKIE");
    return cookie;
}

class Inspecting : public WindowFixture {
public:
    InspectorDock& dock() { return window.inspector(); }
    const InspectedSocket& socket() { return dock().socket(); }
    QString meanings() { return dock().findChild<MeaningView*>()->text(); }
    TcpStateWidget& diagram() {
        return *dock().findChild<QScrollArea*>()->findChild<TcpStateWidget*>();
    }
    /// Inspects it once the table knows it.
    void inspect(quint64 cookie) {
        [&] { QTRY_VERIFY(window.connections().model().find(cookie)); }();
        dock().inspect(cookie);
        [&] { QTRY_VERIFY(!socket().series().points().empty()); }();
    }
};

} // namespace

class TestInspector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatIsSelected() {
        Inspecting f;
        QVERIFY(f.find<QWidget>("inspectorEmpty"));
        Pair pair;
        const quint64 cookie = cookieOf(pair.client.fd());
        QTRY_VERIFY(f.window.connections().model().rowOfCookie(cookie) >= 0);
        f.window.connections().view().selectCookie(cookie);
        QTRY_VERIFY(f.socket().series().points().size() > 2);
        QVERIFY(!f.find<QWidget>("inspectorEmpty"));
        QVERIFY(f.socket().row()->details && f.socket().row()->details->tcpInfo);
        QCOMPARE(f.diagram().path().current, TcpBox::Established);
        QTRY_COMPARE(f.diagram().path().openedBy, OpenedBy::ThisEnd);
        QVERIFY(f.socket().otherEnd());
        QCOMPARE(f.socket().otherEnd()->cookie, cookieOf(pair.server.fd()));
        auto* plots = f.find<SeriesPlots>("socketPlots");
        QVERIFY(plots);
        QCOMPARE(plots->plots().size(), std::size_t{3});
        QVERIFY(f.meanings().startsWith("Both sides may send."));
        QVERIFY(f.find<QLabel>("stateStay")->text().startsWith("ESTABLISHED for "));
    }

    void whatWasSentAgainCountsOnce() {
        SocketRow row;
        auto details = std::make_shared<SocketDetails>();
        TcpInfo& info = details->tcpInfo.emplace();
        info.bytesSent = 3'000;
        info.bytesRetransmitted = 1'000;
        info.bytesAcked = 2'002; // with SYN and FIN
        info.dataSegmentsOut = 3;
        row.details = details;
        row.state = SocketState::Established;
        const auto sent = [&] {
            for (const SocketFigure& figure : socketFigures(row)) {
                if (figure.name == "Sent")
                    return figure.value;
            }
            return QString();
        };
        QCOMPARE(sent(), bytesText(2'000));
        info.bytesSent = info.bytesRetransmitted = 0; // an old kernel
        QCOMPARE(sent(), bytesText(2'002));
        info.dataSegmentsOut = 0; // only SYN and FIN
        QCOMPARE(sent(), bytesText(0));
    }

    void jumpsToTheOtherEnd() {
        Inspecting f;
        Pair pair;
        const quint64 other = cookieOf(pair.server.fd());
        f.inspect(cookieOf(pair.client.fd()));
        QTRY_VERIFY(f.socket().otherEnd());
        QTRY_VERIFY(f.find<QToolButton>("inspectOtherEnd"));
        QVERIFY(f.click("inspectOtherEnd"));
        QTRY_COMPARE(f.socket().cookie(), other);
        QTRY_COMPARE(f.diagram().path().openedBy, OpenedBy::OtherEnd);
    }

    void linksToOurServersAndTabs() {
        Inspecting f;
        f.connectTo(f.serve());
        const auto& model = f.window.connections().model();
        const Conversation& conversation = f.window.tabs().currentPage()->conversation();
        quint64 cookie = 0;
        QTRY_VERIFY([&] {
            for (const SocketRow& row : model.allRows()) {
                // Not what was on that port before, and is in TIME_WAIT.
                if ("tcp://" + toQString(row.localText()) == conversation.local() &&
                    row.hasPeer() && row.inode != 0)
                    cookie = row.cookie;
            }
            return cookie != 0;
        }());
        f.inspect(cookie);
        QTRY_VERIFY(f.find<QPushButton>("thisEndLink"));
        QVERIFY(f.find<QPushButton>("thisEndLink")->text().startsWith("tab "));
        QTRY_VERIFY(f.find<QPushButton>("otherEndLink"));
        QCOMPARE(f.find<QPushButton>("otherEndLink")->text(), "server echo");
        f.window.tabs().addClient();
        QVERIFY(&f.window.tabs().currentPage()->conversation() != &conversation);
        QVERIFY(f.click("thisEndLink"));
        QCOMPARE(&f.window.tabs().currentPage()->conversation(), &conversation);
    }

    void thePinKeepsTheSocket() {
        Inspecting f;
        Pair pair;
        const quint64 client = cookieOf(pair.client.fd());
        const quint64 server = cookieOf(pair.server.fd());
        f.inspect(client);
        QVERIFY(f.click("pinInspector"));
        QTRY_VERIFY(f.window.connections().model().rowOfCookie(server) >= 0);
        f.window.connections().view().selectCookie(server);
        QCoreApplication::processEvents();
        QCOMPARE(f.socket().cookie(), client);
        f.dock().inspect(server); // asked for by name
        QCOMPARE(f.socket().cookie(), server);
        QVERIFY(f.click("pinInspector"));
        f.window.connections().view().selectCookie(client);
        QTRY_COMPARE(f.socket().cookie(), client);
    }

    void tellsWhoHasNotClosed() {
        Inspecting f;
        Pair pair;
        f.inspect(cookieOf(pair.server.fd()));
        QTRY_VERIFY(f.socket().otherEnd());
        pair.client.close();
        QTRY_COMPARE(f.diagram().path().current, TcpBox::CloseWait);
        const QString words =
            QString("(pid %1) has not closed fd %2.").arg(getpid()).arg(pair.server.fd());
        QTRY_VERIFY2(f.meanings().contains(words), qPrintable(f.meanings()));
        QVERIFY(f.diagram().path().isOwn(TcpBox::Established));
        QVERIFY(f.diagram().accessibleDescription().contains("The other end has closed"));
    }

    void plotsAQueueThatGrows() {
        Inspecting f;
        Pair pair;
        f.inspect(cookieOf(pair.client.fd()));
        const std::vector<char> block(65'536);
        ::fcntl(pair.client.fd(), F_SETFL, O_NONBLOCK);
        while (::send(pair.client.fd(), block.data(), block.size(), MSG_NOSIGNAL) > 0)
            continue;
        const auto queued = [&] { return f.socket().series().points().back().sendQueue; };
        QTRY_VERIFY(queued() > 0);
        auto* plots = f.find<SeriesPlots>("socketPlots");
        QTRY_COMPARE(plots->plots()[2].lines[1].values.back(), double(queued()));
        QCOMPARE(plots->plots()[2].title, "Recv-Q, Send-Q");
        f.inspect(cookieOf(pair.server.fd()));
        QTRY_VERIFY(f.socket().series().points().back().receiveQueue > 0);
        QTRY_VERIFY2(f.meanings().contains("has not read yet"), qPrintable(f.meanings()));
    }

    void keepsWhatWasKnownOfOneThatIsGone() {
        Inspecting f;
        Pair pair;
        const quint64 cookie = cookieOf(pair.server.fd());
        f.inspect(cookie);
        pair.client.close(); // it has to wait, not the other end
        QTRY_COMPARE(f.diagram().path().current, TcpBox::CloseWait);
        pair.server.close();
        QTRY_VERIFY(f.socket().goneAt());
        QTRY_VERIFY(f.find<QLabel>("goneNote"));
        QVERIFY(f.find<QLabel>("stateStay")->text().startsWith("gone at "));
        QCOMPARE(f.diagram().path().current, TcpBox::Ended);
        QVERIFY(f.diagram().path().isOwn(TcpBox::CloseWait));
        f.dock().select(0); // its row has left the table
        QCOMPARE(f.socket().cookie(), cookie);
        QVERIFY(f.socket().row());
    }

    void showsAListenersQueue() {
        Inspecting f;
        const TestSocket listener = TestSocket::listenTcp();
        const TestSocket waiting = TestSocket::connectTcp(listener.port());
        f.inspect(cookieOf(listener.fd()));
        auto* plots = f.find<SeriesPlots>("socketPlots");
        QTRY_COMPARE(plots->plots().size(), std::size_t{1});
        QTRY_VERIFY2(plots->plots()[0].valueText().startsWith("1 of "),
                     qPrintable(plots->plots()[0].valueText()));
        QCOMPARE(f.diagram().path().current, TcpBox::Listen);
        QVERIFY(!f.find<QWidget>("otherEnd"));
    }

    void hasNoDiagramForDatagrams() {
        Inspecting f;
        const TestSocket datagrams = TestSocket::bindUdp();
        f.inspect(cookieOf(datagrams.fd()));
        QVERIFY(!f.diagram().isVisible());
        QVERIFY(f.meanings().contains("datagrams from anybody"));
        QTRY_COMPARE(f.find<SeriesPlots>("socketPlots")->plots().size(), std::size_t{1});
    }

    void showsBothEndsOfAUnixSocket() {
        Inspecting f;
        f.bridge.engine().table().setKinds(TableKinds::all());
        std::array<int, 2> ends{};
        QVERIFY(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
        const UniqueFd one(ends[0]);
        const UniqueFd other(ends[1]);
        f.inspect(cookieOf(one.get()));
        QTRY_VERIFY(f.socket().otherEnd());
        QCOMPARE(f.socket().otherEnd()->cookie, cookieOf(other.get()));
        QVERIFY(f.find<QWidget>("otherEnd"));
        QTRY_COMPARE(f.find<ElidedLabel>("inspectedRemote")->text(),
                     QString("tst_inspector %1").arg(f.socket().otherEnd()->inode));
        f.find<QPushButton>("copyInspected")->click();
        QVERIFY2(QApplication::clipboard()->text().contains(" - tst_inspector "),
                 qPrintable(QApplication::clipboard()->text()));
        QVERIFY(!f.diagram().isVisible());
        QVERIFY2(f.meanings().contains("connected with a process of this machine"),
                 qPrintable(f.meanings()));
    }

    void showsWhatAClosedSocketHadAtItsEnd() {
        Inspecting f;
        f.window.connections().showView(ConnectionsDock::Closed);
        ClosedModel& closed = f.window.connections().closed();
        std::uint16_t port = 0;
        {
            Pair pair;
            port = pair.listener.port();
            QCOMPARE(::send(pair.client.fd(), "hello", 5, 0), ssize_t{5});
            char received[5];
            QCOMPARE(::recv(pair.server.fd(), received, 5, MSG_WAITALL), ssize_t{5});
        }
        const auto rowOf = [&] { // of the end that sent
            for (int row = 0; row < closed.rowCount(); ++row) {
                const ClosedSocket* socket = closed.socketAt(row);
                if (socket && socket->row.remotePort == port)
                    return row;
            }
            return -1;
        };
        QTRY_VERIFY(rowOf() >= 0);
        ClosedView& view = f.window.connections().closedView();
        view.setCurrentIndex(closed.index(rowOf(), 0));
        QVERIFY(f.socket().closed() && f.socket().goneAt());
        QCOMPARE(f.socket().row()->remotePort, port);
        QTRY_VERIFY(f.find<QLabel>("goneNote"));
        QVERIFY(f.find<QLabel>("stateStay")->text().startsWith("gone at "));
        QVERIFY(f.socket().row()->details && f.socket().row()->details->tcpInfo);
        f.find<QPushButton>("copyInspected")->click();
        QVERIFY2(QApplication::clipboard()->text().contains("\nSent: 5 B\n"),
                 qPrintable(QApplication::clipboard()->text()));
        // The table's own selection is looked at again with the table.
        Pair pair;
        const quint64 cookie = cookieOf(pair.client.fd());
        QTRY_VERIFY(f.window.connections().model().find(cookie));
        f.window.connections().showView(ConnectionsDock::All);
        QTRY_VERIFY(f.window.connections().model().rowOfCookie(cookie) >= 0);
        f.window.connections().view().selectCookie(cookie);
        QCOMPARE(f.socket().cookie(), cookie);
        f.window.connections().showView(ConnectionsDock::Closed);
        QCOMPARE(f.socket().row()->remotePort, port);
        f.window.connections().showView(ConnectionsDock::All);
        QCOMPARE(f.socket().cookie(), cookie);
        QVERIFY(!f.socket().closed());
    }

    void showsAHostileNameAsText() {
        Inspecting f;
        f.bridge.engine().table().setKinds(TableKinds::all());
        const UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{.sun_family = AF_UNIX};
        const std::string name =
            std::string(1, '\0') + "\n\x1b[31m<img src=x>" + std::to_string(getpid());
        std::ranges::copy(name, address.sun_path);
        const auto length = offsetof(sockaddr_un, sun_path) + name.size();
        QVERIFY(::bind(fd.get(), reinterpret_cast<sockaddr*>(&address),
                       static_cast<socklen_t>(length)) == 0);
        QVERIFY(::listen(fd.get(), 1) == 0);
        f.inspect(cookieOf(fd.get()));
        QTRY_VERIFY(f.find<ElidedLabel>("inspectedLocal"));
        const QString shown = f.find<ElidedLabel>("inspectedLocal")->text();
        QVERIFY2(shown.contains("<img src=x>"), qPrintable(shown));
        QVERIFY(!shown.contains('\n') && !shown.contains(QChar(0x1b)));
        for (const auto* label : f.dock().findChildren<QLabel*>())
            QVERIFY(label->pixmap(Qt::ReturnByValue).isNull() == false ||
                    label->textFormat() == Qt::PlainText || label->text().isEmpty());
    }

    void copiesAllAsText() {
        Inspecting f;
        Pair pair;
        f.inspect(cookieOf(pair.client.fd()));
        QTRY_VERIFY(f.find<QPushButton>("copyInspected"));
        f.find<QPushButton>("copyInspected")->click();
        const QString text = QApplication::clipboard()->text();
        QVERIFY(text.startsWith("tcp 127.0.0.1:"));
        for (const QString& part :
             {QString("127.0.0.1:%1").arg(pair.listener.port()), QString("ESTABLISHED for"),
              QString("RTO: "), QString("Recv buffer: "), QString("Both sides may send."),
              QString("pid %1").arg(getpid())})
            QVERIFY2(text.contains(part), qPrintable(part));
    }

    void tellsMoreWhenAsked() {
        Inspecting f;
        Pair pair;
        f.inspect(cookieOf(pair.client.fd()));
        QVERIFY(!f.find<QWidget>("furtherFigures"));
        f.find<QToolButton>("inspectorMore")->setChecked(true);
        QVERIFY(f.find<QWidget>("furtherFigures"));
        QCOMPARE(f.find<SeriesPlots>("furtherPlots")->plots().front().title, "Delivery rate");
        QStringList names;
        for (const auto* label : f.find<QWidget>("furtherFigures")->findChildren<QLabel*>())
            names.append(label->text());
        for (const char* name : {"Path MTU", "Options", "Inode", "Command", "Send buffer"})
            QVERIFY2(names.contains(name), name);
        const InspectorDock again(f.bridge, f.window.connections().model(), f.settings);
        QVERIFY(again.findChild<QToolButton*>("inspectorMore")->isChecked());
    }

    void asksOnlyWhileItIsSeen() {
        Inspecting f;
        Pair pair;
        f.inspect(cookieOf(pair.client.fd()));
        f.dock().close();
        QSignalSpy read(&f.window.connections(), &ConnectionsDock::tableRead);
        QTRY_VERIFY(read.count() > 1); // what was on its way has arrived
        const auto points = f.socket().series().points().size();
        read.clear();
        QTRY_VERIFY(read.count() > 4);
        QCOMPARE(f.socket().series().points().size(), points);
        f.dock().show();
        QTRY_VERIFY(f.socket().series().points().size() > points);
    }

    void standsAtTheRightInFullHeight() {
        Inspecting f;
        QTRY_COMPARE(f.dock().width(), 320);
        QCOMPARE(f.dock().geometry().bottom(), f.window.connections().geometry().bottom());
        QVERIFY(f.dock().geometry().top() < f.window.connections().geometry().top() - 100);
        QCOMPARE(f.dock().geometry().right(), f.window.width() - 1);
    }

    void aLayoutWithoutItComesBack() {
        // As the version before the inspector has written it.
        const QByteArray state =
            "AAAA/"
            "wAAAAD9AAAAAgAAAAAAAAEgAAAB+PwCAAAAAfsAAAAWAHMAZQByAHYAZQByAHMARABvAGMAawEAAAAkAAAB"
            "+AAAAIIA////AAAAAwAABaAAAAEv/"
            "AEAAAAB+wAAAB4AYwBvAG4AbgBlAGMAdABpAG8AbgBzAEQAbwBjAGsBAAAA"
            "AAAABaAAAAKDAP///"
            "wAABH8AAAH4AAAABAAAAAQAAAAIAAAACPwAAAABAAAAAgAAAAEAAAAOAHQAbwBvAGwAYgBh"
            "AHIBAAAAAP////8AAAAAAAAAAA==";
        const QString path = WindowFixture::freshSettings();
        {
            Settings settings(path);
            settings.setValue("windowState", QString::fromLatin1(state));
            settings.flush();
        }
        WindowFixture f(path);
        InspectorDock& dock = f.window.inspector();
        QVERIFY(dock.isVisible() && !dock.isFloating());
        QTRY_COMPARE(dock.geometry().bottom(), f.window.connections().geometry().bottom());
        QVERIFY(dock.width() >= 316);
    }

    void tabReachesAllOfIt() {
        Inspecting f;
        Pair pair;
        f.inspect(cookieOf(pair.client.fd()));
        QTRY_VERIFY(f.find<QToolButton>("inspectOtherEnd"));
        QStringList names;
        QWidget* at = f.find<QToolButton>("pinInspector");
        for (QWidget* first = at; at != first || names.isEmpty(); at = at->nextInFocusChain()) {
            if (f.dock().isAncestorOf(at) && at->isVisible() && at->isEnabled() &&
                (at->focusPolicy() & Qt::TabFocus)) {
                names.append(at->objectName());
                QVERIFY2(!at->accessibleName().isEmpty() ||
                             (qobject_cast<QAbstractButton*>(at) &&
                              !static_cast<QAbstractButton*>(at)->text().isEmpty()),
                         qPrintable(at->objectName()));
            }
        }
        QCOMPARE(names,
                 QStringList({"pinInspector", "floatButton", "hideButton", "inspectorScroll",
                              "inspectOtherEnd", "tcpState", "inspectorMore", "copyInspected"}));
    }

    void whatIsWrongStandsFirst() {
        Inspecting f;
        Pair pair;
        f.inspect(cookieOf(pair.client.fd()));
        auto* plots = f.find<SeriesPlots>("socketPlots");
        auto* meanings = f.dock().findChild<MeaningView*>();
        const auto top = [&](QWidget* widget) { return widget->mapTo(&f.dock(), QPoint()).y(); };
        QTRY_VERIFY(top(meanings) > top(plots));
        const std::vector<char> block(65'536);
        ::fcntl(pair.client.fd(), F_SETFL, O_NONBLOCK);
        while (::send(pair.client.fd(), block.data(), block.size(), MSG_NOSIGNAL) > 0)
            continue;
        QTRY_VERIFY_WITH_TIMEOUT(f.meanings().contains("is not reading"), 20'000);
        QTRY_VERIFY(top(meanings) < top(plots));
    }

    void everythingHasAPlaceAt1280x800() {
        Inspecting f;
        Pair pair;
        f.inspect(cookieOf(pair.client.fd()));
        f.find<QToolButton>("inspectorMore")->setChecked(true);
        auto* scroll = f.find<QScrollArea>("inspectorScroll");
        QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 0);
        QCOMPARE(scroll->widget()->width(), scroll->viewport()->width());
        QVERIFY(scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width());
        QCOMPARE(f.diagram().width(), 296); // what the bar takes is in the margin
    }

    void everyMeaningHasWords() {
        using Kind = MeaningKind;
        const std::vector<std::pair<const char*, std::set<Kind>>> named{
            {"(pid 7)",
             {Kind::UnreadData, Kind::UnreadGrowing, Kind::UnsentGrowing, Kind::PeerNotReading,
              Kind::ListenerFull, Kind::PeerClosed, Kind::ListenLoopback,
              Kind::OtherEndHasNotClosed, Kind::ListenEverywhere, Kind::ListenAddress,
              Kind::AcceptQueue, Kind::AcceptQueueFull, Kind::BoundOnly, Kind::DatagramsWaiting,
              Kind::DatagramsGrowing, Kind::DatagramsDropped, Kind::UnixListen, Kind::UnixUnread,
              Kind::UnixQueueFull}},
            {"2.0 KiB",
             {Kind::UnreadData, Kind::UnreadGrowing, Kind::InFlight, Kind::UnsentGrowing,
              Kind::PeerNotReading, Kind::DataLost, Kind::FinNotAcked, Kind::DatagramsWaiting,
              Kind::DatagramsGrowing, Kind::UnixUnread}},
            {"3 m 0 s",
             {Kind::UnreadGrowing, Kind::UnsentGrowing, Kind::DataLost, Kind::SynSent,
              Kind::SynSentUnanswered, Kind::PeerClosed, Kind::WaitsForPeer, Kind::TimeWait,
              Kind::DatagramsGrowing}},
            {"fd 17", {Kind::PeerClosed, Kind::OtherEndHasNotClosed}},
            {"10.0.0.1", {Kind::ListenAddress}},
        };
        for (int kind = 0; kind <= static_cast<int>(MeaningKind::Gone); ++kind) {
            const Meaning meaning{.kind = static_cast<MeaningKind>(kind),
                                  .process = "a\n<b>",
                                  .pid = 7,
                                  .fd = 17,
                                  .port = 80,
                                  .address = "10.0.0.1",
                                  .from = 1024,
                                  .bytes = 2048,
                                  .count = 3,
                                  .limit = 128,
                                  .time = std::chrono::seconds(180)};
            const QString words = meaningWords(meaning);
            QVERIFY2(words.endsWith('.'), qPrintable(QString::number(kind)));
            QVERIFY2(!words.contains('%') && !words.contains('\n'), qPrintable(words));
            for (const auto& [part, kinds] : named)
                QVERIFY2(words.contains(part) == kinds.contains(meaning.kind), qPrintable(words));
        }
    }

    void aMeaningSaysForHowLongAtLeast() {
        Meaning meaning{.kind = MeaningKind::PeerClosed,
                        .process = "python3",
                        .pid = 812,
                        .fd = 17,
                        .time = std::chrono::seconds(180)};
        QCOMPARE(meaningWords(meaning),
                 QString("The peer closed 3 m 0 s ago; python3 (pid 812) has not closed fd 17."));
        meaning.isAtLeast = true;
        QVERIFY(meaningWords(meaning).startsWith("The peer closed at least 3 m 0 s ago; "));
    }
};

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
