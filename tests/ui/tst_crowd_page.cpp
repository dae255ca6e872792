#include <array>

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QtTest>

#include "core/server/execution_models.h"
#include "tests/support/event_log.h"
#include "tests/support/test_socket.h"
#include "ui/clients/crowd_form.h"
#include "ui/clients/crowd_page.h"
#include "ui/clients/crowd_reasons_model.h"
#include "ui/clients/crowd_results_model.h"
#include "ui/common/app_style.h"
#include "ui/common/export_button.h"
#include "ui/common/inline_message.h"
#include "ui/common/load_strip.h"

using namespace sscope;
using namespace sscope::test;

namespace {

/// An echo server of the engine, on a free port.
class EchoServer {
public:
    EchoServer() {
        ServerConfig config;
        config.listen = {{.host = "127.0.0.1", .port = 0}};
        config.model = "epoll";
        m_server = findExecutionModel(config.model)
                       ->make({.id = 1,
                               .config = config,
                               .outbox = &m_log.outbox(),
                               .detail = TraceBatch::Detail::Lifecycle});
        if (!m_server->start() || !m_log.waitFor<lifecycle::Listening>())
            qFatal("no server");
    }
    QString endpoint() { return QStringLiteral("127.0.0.1:%1").arg(m_log.port()); }

private:
    EventLog m_log;
    std::unique_ptr<Server> m_server;
};

CrowdResult result(std::uint32_t number, ExchangeEnd end, std::uint32_t reason) {
    return {.connection = number, .end = end, .reason = reason, .local = "tcp://127.0.0.1:1"};
}

struct Fixture {
    Fixture() {
        page.resize(672, 480);
        page.show();
    }
    template <typename T>
    T* find(const char* name) {
        return page.findChild<T*>(QString::fromLatin1(name));
    }
    void set(const char* name, const QString& text) { find<QLineEdit>(name)->setText(text); }
    bool run() {
        QTest::mouseClick(find<QPushButton>("crowdStart"), Qt::LeftButton);
        return QTest::qWaitFor([&] { return !page.isRunning(); }, 20'000);
    }

    CrowdPage page;
};

} // namespace

class TestCrowdPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }

    void failedStandFirstAndNothingIsReset() {
        CrowdResultsModel model;
        const QAbstractItemModelTester tester(&model);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setReasons({{.error = systemError(ECONNREFUSED, "connect", "127.0.0.1:1")}});
        model.add({result(1, ExchangeEnd::Done, CrowdResult::noReason),
                   result(2, ExchangeEnd::NetworkSaidNo, 0)});
        model.add({result(3, ExchangeEnd::Done, CrowdResult::noReason),
                   result(4, ExchangeEnd::NetworkSaidNo, 0)});
        QCOMPARE(model.rowCount(), 4);
        std::array<std::uint32_t, 4> order{};
        for (int row = 0; row < 4; ++row)
            order[std::size_t(row)] = model.at(row).connection;
        QVERIFY((order == std::array<std::uint32_t, 4>{2, 4, 1, 3}));
        const auto reason = model.index(0, CrowdResultsModel::ReasonColumn).data().toString();
        QVERIFY2(reason.contains("ECONNREFUSED"), qPrintable(reason));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(resets.count(), 0);
    }

    void reasonsAreCountedUp() {
        CrowdReasonsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setReasons({}, 5);
        QCOMPARE(model.rowCount(), 0); // nothing to choose from
        CrowdReason refused{.error = systemError(ECONNREFUSED, "connect", "x"), .connections = 3};
        model.setReasons({refused}, 8);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, CrowdReasonsModel::CountColumn).data().toString(), QString("8"));
        QCOMPARE(model.index(1, CrowdReasonsModel::CountColumn).data().toString(), QString("3"));
        model.setReasons({refused, {.end = ExchangeEnd::TimedOut, .connections = 1}}, 9);
        QCOMPARE(model.rowCount(), 3);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void eachConnectionGetsItsBytesBack() {
        EchoServer server;
        Fixture f;
        f.set("crowdEndpoint", server.endpoint());
        f.set("crowdConnections", "300");
        f.set("crowdRepeat", "2");
        QVERIFY(f.run());
        QCOMPARE(f.page.results().rowCount(), 300);
        QCOMPARE(f.page.results().at(299).receivedBytes, std::uint64_t{88});
        QVERIFY2(f.page.stateWord().startsWith("300 of 300"), qPrintable(f.page.stateWord()));
        QVERIFY(!f.find<QTableView>("crowdReasons")->isVisible());
        QVERIFY(f.run()); // again: the rows are the new run's
        QCOMPARE(f.page.results().rowCount(), 300);
    }

    void failuresAreAFilter() {
        // One is reset, the other answered.
        const TestSocket listener = TestSocket::listenTcp();
        Fixture f;
        f.set("crowdEndpoint", QStringLiteral("127.0.0.1:%1").arg(listener.port()));
        QTest::mouseClick(f.find<QPushButton>("crowdStart"), Qt::LeftButton);
        TestSocket first = listener.accept();
        TestSocket second = listener.accept();
        second.send(second.receive(44));
        QCOMPARE(first.receive(44).size(), std::size_t{44});
        first.reset();
        QTRY_VERIFY(!f.page.isRunning());
        auto* reasons = f.find<QTableView>("crowdReasons");
        auto* results = f.find<QTableView>("crowdResults");
        QVERIFY(reasons->isVisible());
        QCOMPARE(reasons->model()->rowCount(), 2);
        QCOMPARE(results->model()->rowCount(), 2);
        reasons->selectRow(1);
        QCOMPARE(results->model()->rowCount(), 1);
        const QString words =
            results->model()->index(0, CrowdResultsModel::ReasonColumn).data().toString();
        QVERIFY2(words.contains("ECONNRESET"), qPrintable(words));
        reasons->selectRow(0);
        QCOMPARE(results->model()->rowCount(), 2);
    }

    void theCommandLineDoesTheSame() {
        Fixture f;
        f.set("crowdEndpoint", "127.0.0.1:4000");
        f.set("crowdConnections", "9000");
        f.set("crowdRepeat", "3");
        f.find<QCheckBox>("crowdTogether")->setChecked(true);
        f.find<QPlainTextEdit>("crowdMessages")->setPlainText("it's\ntwo words\n");
        auto* strip = f.page.findChild<LoadStrip*>();
        QCOMPARE(strip->command(),
                 QString("socketscope send tcp://127.0.0.1:4000 --connections 9000 --together "
                         "--repeat 3 --wait 10 -- 'it'\\''s' 'two words'"));
        f.set("crowdConnections", "none");
        QCOMPARE(strip->command(), QString());
    }

    void messagesAreLinesOrAJsonList() {
        Fixture f;
        CrowdConfig config;
        f.find<QPlainTextEdit>("crowdMessages")->setPlainText("one\n\nthree");
        QVERIFY(f.page.form().readable(config));
        QCOMPARE(config.plan.messages.size(), std::size_t{3});
        f.page.form().setMessages({"a\nb", "c"});
        QVERIFY(f.page.form().readable(config));
        QCOMPARE(config.plan.messages.size(), std::size_t{2});
        QCOMPARE(std::string(textOf(config.plan.messages[0].content)), std::string("a\nb"));
        f.find<QPlainTextEdit>("crowdMessages")->setPlainText("[\"open");
        QVERIFY(f.page.form().read(config).contains("JSON"));
        f.find<QPlainTextEdit>("crowdMessages")->setPlainText("[1]");
        QVERIFY(f.page.form().read(config).contains("JSON list"));
    }

    void aWrongFieldIsNamedAndNothingStarts_data() {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("text");
        QTest::newRow("endpoint") << QByteArray("crowdEndpoint") << "127.0.0.1:70000";
        QTest::newRow("connections") << QByteArray("crowdConnections") << "0";
        QTest::newRow("repeat") << QByteArray("crowdRepeat") << "often";
        QTest::newRow("time-out") << QByteArray("crowdTimeout") << "-1";
    }

    void aWrongFieldIsNamedAndNothingStarts() {
        QFETCH(QByteArray, field);
        QFETCH(QString, text);
        Fixture f;
        f.set(field.constData(), text);
        QTest::mouseClick(f.find<QPushButton>("crowdStart"), Qt::LeftButton);
        QVERIFY(!f.page.isRunning());
        QVERIFY(f.find<QLineEdit>(field.constData())->property("atFault").toBool());
        auto* message = f.page.findChild<InlineMessage*>();
        QVERIFY(message->isVisible());
        QVERIFY(!message->text().isEmpty());
    }

    void canBeCancelledAndLeft() {
        const TestSocket silent = TestSocket::listenTcp();
        Fixture f;
        f.set("crowdEndpoint", QStringLiteral("127.0.0.1:%1").arg(silent.port()));
        f.set("crowdConnections", "200");
        auto* go = f.find<QPushButton>("crowdStart");
        QTest::mouseClick(go, Qt::LeftButton);
        QVERIFY(f.page.isRunning());
        QVERIFY(!f.find<QLineEdit>("crowdConnections")->isEnabled());
        QTest::mouseClick(go, Qt::LeftButton);
        QTRY_VERIFY(!f.page.isRunning());
        QVERIFY(f.find<QLineEdit>("crowdConnections")->isEnabled());
        QTest::mouseClick(go, Qt::LeftButton); // and goes while it runs
        QVERIFY(f.page.isRunning());
    }

    void savesWhatItHasFound() {
        EchoServer server;
        Fixture f;
        f.set("crowdEndpoint", server.endpoint());
        f.set("crowdConnections", "12");
        QVERIFY(f.run());
        auto* button = f.page.findChild<ExportButton*>();
        const QString folder = QString::fromStdString(temporaryPath("export"));
        button->saveAs(folder + ".csv", ExportButton::Form::Csv);
        QTRY_VERIFY(button->isEnabled());
        QFile csv(folder + ".csv");
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readAll().count("\r\n"), 13);
        button->saveAs(folder + ".json", ExportButton::Form::Json);
        QTRY_VERIFY(button->isEnabled());
        QFile json(folder + ".json");
        QVERIFY(json.open(QIODevice::ReadOnly));
        const QJsonObject all = QJsonDocument::fromJson(json.readAll()).object();
        QCOMPARE(all.value("results").toArray().size(), 12);
        QCOMPARE(all.value("received_bytes").toInt(), 12 * 44);
    }

    void findsAConnection() {
        EchoServer server;
        Fixture f;
        f.set("crowdEndpoint", server.endpoint());
        f.set("crowdConnections", "20");
        QVERIFY(f.run());
        const auto row = [&] { return f.find<QTableView>("crowdResults")->currentIndex().row(); };
        QVERIFY(f.page.find("done", false));
        QCOMPARE(row(), 0);
        QVERIFY(f.page.find("done", false));
        QCOMPARE(row(), 1);
        QVERIFY(f.page.find("done", true));
        QCOMPARE(row(), 0);
        QVERIFY(!f.page.find("no such text", false));
    }
};

QTEST_MAIN(TestCrowdPage)
#include "tst_crowd_page.moc"
