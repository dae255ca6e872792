// What a row of the table leads to: its other end, copies, closing, ending, a client.

#include <thread>

#include <unistd.h>

#include <QSignalSpy>
#include <QtTest>

#include "tests/ui/connections_fixture.h"
#include "tests/ui/table_rows.h"
#include "ui/common/app_style.h"
#include "ui/common/inline_message.h"
#include "ui/connections/connections_dock.h"
#include "ui/connections/filter_field.h"
#include "ui/connections/socket_ending.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Model = ConnectionsModel;

class TestConnectionsActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }

    void leadsToTheOtherEndAlsoWhereTheFilterHidesIt() {
        Fixture f;
        f.take({.added = {makeRow(1, 80, 4000), makeRow(2, 4000, 80)}});
        f.view().setFocus();
        f.clickRow(1);
        QTest::keyClick(&f.view(), Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(f.view().currentCookie(), quint64{2});
        f.filter().setText("sport:4000");
        QTest::keyClick(&f.view(), Qt::Key_J, Qt::ControlModifier);
        QVERIFY(f.message().isVisible());
        f.press("Show it");
        QCOMPARE(f.view().currentCookie(), quint64{1});
        QVERIFY(f.filter().text().isEmpty());
    }

    void copiesWhatIsSelected() {
        Fixture f;
        SocketRow row = makeRow(1, 80, 4000);
        setOwner(row, 7, "=cmd");
        f.take({.added = {row, makeRow(2, 81, 4001)}});
        f.view().selectAll();
        f.choose(1, "copyCell");
        QCOMPARE(clipboard(), QString("127.0.0.1:80"));
        f.choose(1, "copyRow");
        QVERIFY(clipboard().contains("127.0.0.1:80\t127.0.0.1:4000"));
        f.choose(1, "copyText");
        QCOMPARE(clipboard().count('\n'), 1);
        f.choose(1, "copyCsv");
        QCOMPARE(clipboard().trimmed().count('\n'), 2); // a header and two rows
        f.choose(1, "copyJson");
        const auto json = QJsonDocument::fromJson(clipboard().toUtf8());
        QCOMPARE(json.array().size(), 2);
        QCOMPARE(json.array().at(0).toObject().value("local_port").toInt(), 80);
        f.choose(1, "copySs");
        QVERIFY(clipboard().contains(":80") && clipboard().contains(" or "));
        f.choose(1, "copyFilter");
        const auto filter = SocketFilter::parse(clipboard().toStdString());
        QVERIFY(filter && filter->matches(row) && !filter->matches(makeRow(3, 99, 98)));
    }

    void closesASocketAfterAskingAndSaysWhatIsMissing() {
        Fixture f;
        std::vector<std::uint64_t> closed;
        std::thread::id thread;
        f.dock->ending().setWays(
            [&](const SocketRow& row) -> Result<void> {
                thread = std::this_thread::get_id();
                closed.push_back(row.cookie);
                if (row.cookie == 2)
                    return Failure(systemError(EPERM, "close socket", "127.0.0.1:81"));
                return {};
            },
            [](int, std::uint64_t, bool) -> Result<void> { return {}; });
        SocketRow row = makeRow(1, 80, 4000);
        setOwner(row, 7, "nginx");
        f.take({.added = {row, makeRow(2, 81, 4001)}});
        f.view().setFocus();
        f.clickRow(1);
        QTest::keyClick(&f.view(), Qt::Key_Delete);
        QVERIFY(f.message().isVisible());
        QVERIFY(f.message().text().contains("nginx") && f.message().text().contains("7"));
        QVERIFY(closed.empty());
        f.press("Cancel");
        QVERIFY(!f.message().isVisible() && closed.empty());
        QTest::keyClick(&f.view(), Qt::Key_Delete);
        f.press("Close socket");
        QTRY_VERIFY(f.message().isVisible());
        QVERIFY((closed == std::vector<std::uint64_t>{1}));
        QVERIFY(thread != std::this_thread::get_id());
        f.clickRow(2);
        f.choose(2, "closeSocket");
        f.press("Close socket");
        QTRY_VERIFY(f.message().isVisible());
        QVERIFY2(f.message().text().contains("EPERM"), qPrintable(f.message().text()));
    }

    void aQuestionIsAnsweredFromTheKeyboard() {
        Fixture f;
        std::vector<std::uint64_t> closed;
        f.dock->ending().setWays(
            [&](const SocketRow& row) -> Result<void> {
                closed.push_back(row.cookie);
                return {};
            },
            [](int, std::uint64_t, bool) -> Result<void> { return {}; });
        f.take({.added = {makeRow(1, 80, 4000)}});
        f.view().setFocus();
        f.clickRow(1);
        QTest::keyClick(&f.view(), Qt::Key_Delete);
        QTRY_VERIFY(qobject_cast<QPushButton*>(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!f.message().isVisible() && closed.empty());
        QTRY_VERIFY(f.view().hasFocus());
        QTest::keyClick(&f.view(), Qt::Key_Delete);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(closed.size(), std::size_t{1});
        QTRY_VERIFY(f.view().hasFocus());
    }

    void endsAProcessAfterAskingAndOffersMore() {
        Fixture f;
        std::vector<bool> asked; // by force or not
        f.dock->ending().setWays([](const SocketRow&) -> Result<void> { return {}; },
                                 [&](int pid, std::uint64_t start, bool isForced) -> Result<void> {
                                     if (pid == 812 && start == 99)
                                         asked.push_back(isForced);
                                     return {};
                                 });
        SocketRow row = makeRow(1, 80);
        auto process = std::make_shared<ProcessInfo>(ProcessInfo{812, "<b>ng</b>\n"});
        process->startTime = 99;
        row.owners = {{process, 3}};
        f.take({.added = {row}});
        f.clickRow(1);
        f.choose(1, "endProcess");
        QVERIFY(f.message().text().contains("<b>ng</b>\\n"));
        QVERIFY(f.message().text().contains("812") && asked.empty());
        f.press("End process");
        QTRY_VERIFY(f.message().isVisible());
        QVERIFY((asked == std::vector<bool>{false}));
        f.press("Kill");
        QTRY_VERIFY(f.message().isVisible());
        QVERIFY((asked == std::vector<bool>{false, true}));
    }

    void opensAClientToAnEndpoint() {
        Fixture f;
        SocketRow any = makeRow(1, 80, 0, SocketState::Listen);
        any.localAddress.bytes = {};
        f.take({.added = {any, makeRow(2, 4000, 443), makeUnixRow(3, 0, "/run/x")}});
        const QSignalSpy spy(f.dock.get(), &ConnectionsDock::clientAsked);
        const auto asked = [&](quint64 cookie) {
            f.choose(cookie, "openClient");
            return QString::fromStdString(spy.last().at(0).value<Endpoint>().text());
        };
        QCOMPARE(asked(1), QString("tcp://127.0.0.1:80"));
        QCOMPARE(asked(2), QString("tcp://127.0.0.1:443"));
        QCOMPARE(asked(3), QString("unix:/run/x"));
    }
};

QTEST_MAIN(TestConnectionsActions)
#include "tst_connections_actions.moc"
