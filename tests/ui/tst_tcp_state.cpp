// The diagram of RFC 9293: which way is lit, where its boxes and lines are, and what it says to who
// does not see it.

#include <QtTest>

#include "tests/ui/picture.h"
#include "ui/common/app_style.h"
#include "ui/common/theme.h"
#include "ui/inspector/tcp_layout.h"
#include "ui/inspector/tcp_path.h"
#include "ui/inspector/tcp_state_widget.h"
#include "ui/inspector/tcp_words.h"

using namespace sscope;

namespace {

using State = SocketState;

QString names(const std::vector<TcpBox>& path) {
    QStringList all;
    for (const TcpBox box : path)
        all.append(boxText(box));
    return all.join(' ');
}

TcpPath pathOf(std::vector<State> seen, OpenedBy openedBy = OpenedBy::ThisEnd,
               std::optional<State> other = std::nullopt, bool isGone = false) {
    return tcpPath(seen, openedBy, other, isGone);
}

bool areApart(const QRect& a, const QRect& b) {
    return !a.adjusted(-4, -4, 4, 4).intersects(b);
}

} // namespace

class TestTcpState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fillsInWhatWasNotSeen_data() {
        QTest::addColumn<std::vector<State>>("seen");
        QTest::addColumn<OpenedBy>("openedBy");
        QTest::addColumn<QString>("own");
        QTest::addColumn<QString>("other");
        using Seen = std::vector<State>;
        QTest::newRow("a client") << Seen{State::Established} << OpenedBy::ThisEnd
                                  << "CLOSED SYN_SENT ESTABLISHED"
                                  << "CLOSED LISTEN SYN_RECV ESTABLISHED";
        QTest::newRow("of a server") << Seen{State::Established} << OpenedBy::OtherEnd
                                     << "CLOSED LISTEN SYN_RECV ESTABLISHED"
                                     << "CLOSED SYN_SENT ESTABLISHED";
        QTest::newRow("older than the program")
            << Seen{State::Established} << OpenedBy::Unknown << "ESTABLISHED"
            << "ESTABLISHED";
        QTest::newRow("closed by this end between two samples")
            << Seen{State::Established, State::TimeWait} << OpenedBy::ThisEnd
            << "CLOSED SYN_SENT ESTABLISHED FIN_WAIT1 FIN_WAIT2 TIME_WAIT"
            << "CLOSED LISTEN SYN_RECV ESTABLISHED CLOSE_WAIT LAST_ACK";
        QTest::newRow("closed by the other end")
            << Seen{State::CloseWait} << OpenedBy::Unknown << "ESTABLISHED CLOSE_WAIT"
            << "ESTABLISHED FIN_WAIT1";
        QTest::newRow("both closed, the other one first")
            << Seen{State::Established, State::LastAck} << OpenedBy::Unknown
            << "ESTABLISHED CLOSE_WAIT LAST_ACK"
            << "ESTABLISHED FIN_WAIT1 FIN_WAIT2";
        QTest::newRow("both closed at once")
            << Seen{State::FinWait1, State::Closing, State::TimeWait} << OpenedBy::Unknown
            << "ESTABLISHED FIN_WAIT1 CLOSING TIME_WAIT"
            << "ESTABLISHED FIN_WAIT1 CLOSING";
        QTest::newRow("waits for an answer")
            << Seen{State::SynSent} << OpenedBy::Unknown << "CLOSED SYN_SENT"
            << "";
        QTest::newRow("is asked") << Seen{State::SynRecv} << OpenedBy::Unknown
                                  << "CLOSED LISTEN SYN_RECV"
                                  << "CLOSED SYN_SENT";
        QTest::newRow("listens") << Seen{State::Listen} << OpenedBy::Unknown << "CLOSED LISTEN"
                                 << "";
        QTest::newRow("is bound") << Seen{State::Bound} << OpenedBy::Unknown << "CLOSED"
                                  << "";
        QTest::newRow("both connected at once")
            << Seen{State::SynSent, State::SynRecv, State::Established} << OpenedBy::Unknown
            << "CLOSED SYN_SENT SYN_RECV ESTABLISHED"
            << "CLOSED LISTEN SYN_RECV ESTABLISHED";
    }

    void fillsInWhatWasNotSeen() {
        QFETCH(std::vector<State>, seen);
        QFETCH(OpenedBy, openedBy);
        const TcpPath path = pathOf(seen, openedBy);
        QTEST(names(path.own), "own");
        QTEST(names(path.other), "other");
        QCOMPARE(path.current, path.own.back());
    }

    void howAConnectionEndedIsNotGuessed() {
        const TcpPath path = pathOf({State::Established}, OpenedBy::ThisEnd, {}, true);
        QCOMPARE(names(path.own), "CLOSED SYN_SENT ESTABLISHED CLOSED");
        QCOMPARE(path.current, TcpBox::Ended);
        for (const TcpEdge& edge : tcpEdges())
            QVERIFY(edge.to != TcpBox::Ended || !path.isOwn(edge));
        const TcpPath waited = pathOf({State::TimeWait}, OpenedBy::Unknown, {}, true);
        QVERIFY(waited.isOwn(TcpEdge{TcpBox::TimeWait, TcpBox::Ended, TcpStep::Minute}));
    }

    void theOtherEndIsTakenFromItsRow() {
        const TcpPath path =
            pathOf({State::Established, State::FinWait1}, OpenedBy::ThisEnd, State::CloseWait);
        QCOMPARE(names(path.other), "CLOSED LISTEN SYN_RECV ESTABLISHED CLOSE_WAIT");
    }

    void tellsWhatMayComeNext() {
        const TcpPath path = pathOf({State::Established});
        QStringList next;
        for (const TcpEdge& edge : tcpEdges()) {
            if (path.isNext(edge))
                next.append(boxText(edge.to));
        }
        QCOMPARE(next, QStringList({"FIN_WAIT1", "CLOSE_WAIT"}));
    }

    void boxesStandApart_data() {
        QTest::addColumn<int>("width");
        for (const int width : {292, 296, 311, 400})
            QTest::newRow(qPrintable(QString::number(width))) << width;
    }

    void boxesStandApart() {
        QFETCH(int, width);
        const TcpLayout layout(width);
        const QRect all(0, 0, width, TcpLayout::height);
        for (std::size_t i = 0; i < tcpBoxes; ++i) {
            const QRect box = layout.box(static_cast<TcpBox>(i));
            QCOMPARE(box.size(), QSize(92, 22));
            QVERIFY(all.contains(box));
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(areApart(box, layout.box(static_cast<TcpBox>(j))));
        }
        QCOMPARE(layout.box(TcpBox::Listen).left(), 0);
        QCOMPARE(layout.box(TcpBox::SynSent).right(), width - 1);
        QCOMPARE(layout.box(TcpBox::Established).top(), 48);
        QCOMPARE(layout.box(TcpBox::Ended).top(), 186);
    }

    void linesCrossNoBoxAndWordsHaveRoom() {
        for (const int width : {296, 311}) {
            const TcpLayout layout(width);
            for (const TcpEdge& edge : tcpEdges()) {
                const auto route = layout.route(edge);
                QVERIFY(route.size() >= 2);
                for (std::size_t i = 1; i < route.size(); ++i) {
                    const QPointF way = route[i] - route[i - 1];
                    QVERIFY(way.x() == 0 || way.y() == 0); // only along and down
                    const QRectF line = QRectF(route[i - 1], route[i]).normalized();
                    for (std::size_t b = 0; b < tcpBoxes; ++b)
                        QVERIFY2(
                            !line.adjusted(-0.5, -0.5, 0.5, 0.5)
                                 .intersects(
                                     layout.box(static_cast<TcpBox>(b)).adjusted(1, 1, -1, -1)),
                            boxText(edge.to));
                }
                QVERIFY(QRectF(layout.box(edge.from)).adjusted(-2, -2, 2, 2).contains(route[0]));
                QVERIFY(QRectF(layout.box(edge.to)).adjusted(-2, -2, 2, 2).contains(route.back()));
            }
        }
    }

    void wordsStandBesideBoxes() {
        QApplication::setStyle(new AppStyle);
        QFont font = QApplication::font();
        font.setPixelSize(11);
        const QFontMetrics metrics(font);
        const TcpLayout layout(296);
        for (const TcpEdge& edge : tcpEdges()) {
            const auto place = layout.wordPlace(edge);
            if (!place)
                continue;
            const int wide = metrics.horizontalAdvance(stepWords(edge.step));
            const QRect words(place->isLeft ? place->at.x() - wide : place->at.x(),
                              place->at.y() - 6, wide, 12);
            QVERIFY2(QRect(0, 0, 296, TcpLayout::height).contains(words), boxText(edge.to));
            for (std::size_t b = 0; b < tcpBoxes; ++b)
                QVERIFY2(!words.intersects(layout.box(static_cast<TcpBox>(b))), boxText(edge.to));
        }
    }

    void saysItsPathInWords() {
        TcpStateWidget widget;
        QCOMPARE(widget.accessibleName(), "TCP state");
        QCOMPARE(widget.accessibleDescription(), "No TCP socket is selected.");
        widget.setPath(pathOf({State::Established}));
        QCOMPARE(widget.accessibleDescription(),
                 "This end went CLOSED, then SYN_SENT, then ESTABLISHED. The connection is open: "
                 "both ends may send. This end connected. Next may be FIN_WAIT1 (this end closes) "
                 "or CLOSE_WAIT (other end closes). The other end is in ESTABLISHED.");
        widget.setPath(pathOf({State::Bound}));
        QVERIFY(widget.accessibleDescription().startsWith("This end is in CLOSED."));
    }

    void lightsTheCurrentBox() {
        TcpStateWidget widget;
        widget.resize(311, TcpLayout::height);
        widget.setPath(pathOf({State::Established}));
        const QImage picture = pictureOf(widget);
        const TcpLayout layout(311);
        const auto colorIn = [&](TcpBox box) {
            return picture.pixelColor(layout.box(box).topLeft() + QPoint(8, 11));
        };
        QCOMPARE(colorIn(TcpBox::Established), themeColor(ColorToken::RowNew));
        QCOMPARE(colorIn(TcpBox::SynSent), themeColor(ColorToken::Surface));
        // A line of this end's path: from SYN_SENT down.
        const QPointF down =
            layout.route({TcpBox::SynSent, TcpBox::Established, TcpStep::SynAck})[0];
        QCOMPARE(picture.pixelColor(QPoint(int(down.x()), int(down.y()) + 4)),
                 themeColor(ColorToken::Text));
    }
};

QTEST_MAIN(TestTcpState)
#include "tst_tcp_state.moc"
