// Each service under each model over each transport, against Python's sockets.

#include <csignal>

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include "core/service/services.h"
#include "tests/support/program.h"

using namespace sscope;
using namespace sscope::test;

class TestServiceMatrix : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!isInstalled("python3"))
            QSKIP("python3 is not installed");
    }

    void initTestCase_data() {
        QTest::addColumn<QString>("model");
        for (const char* model :
             {"iterative", "select", "poll", "epoll", "threads", "processes", "qt"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }

    void isServedOverEveryTransport_data() {
        QTest::addColumn<QString>("service");
        for (const Service& service : services()) {
            // manual waits for a person, and is tested with the command line; those that run
            // programs, and the chat, are for streams alone.
            const bool isAlone =
                service.name == "manual" || service.name == "command" || service.name == "chat";
            if (!isAlone && !service.runsProgram)
                QTest::newRow(service.name.data()) << QString::fromLatin1(service.name.data());
        }
    }

    void isServedOverEveryTransport() {
        QFETCH_GLOBAL(QString, model);
        QFETCH(QString, service);
        if (model == "qt" && !hasQtProgram())
            QSKIP("built without the window");
        const QTemporaryDir folder;
        const QString abstract = QStringLiteral("unix:@socketscope-matrix-%1-%2-%3")
                                     .arg(QCoreApplication::applicationPid())
                                     .arg(model, service);
        QStringList arguments{"--model", model};
        for (const QString& endpoint :
             {QStringLiteral("tcp://127.0.0.1:0"), QStringLiteral("tcp://[::1]:0"),
              QStringLiteral("udp://127.0.0.1:0"), QStringLiteral("udp://[::1]:0"),
              "unix:" + folder.filePath("stream"), abstract,
              "unixgram:" + folder.filePath("datagrams")})
            arguments << "--listen" << endpoint;
        RunningServer server(arguments, service);
        QCOMPARE(server.endpoints().size(), 7);
        const auto result = runProgram(
            "python3",
            QStringList{QStringLiteral(SSCOPE_SOURCE_DIR "/tests/interop/service_matrix.py"),
                        service, model} +
                server.endpoints());
        QVERIFY2(result.exitCode == 0, result.errors);
        QCOMPARE(result.output, QByteArray("ok\n"));
        QCOMPARE(server.endWith(SIGTERM), 0);
        QVERIFY(QDir(folder.path())
                    .isEmpty(QDir::AllEntries | QDir::System |
                             QDir::NoDotAndDotDot)); // the paths are gone
    }
};

QTEST_GUILESS_MAIN(TestServiceMatrix)
#include "tst_service_matrix.moc"
