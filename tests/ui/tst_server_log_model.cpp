#include <random>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QtTest>

#include "ui/servers/server_log_model.h"
#include "ui/servers/server_log_view.h"

using namespace sscope;

namespace {

LifecycleEvent told(std::uint32_t number, lifecycle::Event what) {
    return {SteadyClock::now(), 0, {1, number}, std::move(what)};
}

QString textOf(const ServerLogModel& model, int row) {
    return model.index(row, 0).data().toString();
}

} // namespace

class TestServerLogModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatHasHappened() {
        ServerLogModel model;
        const QAbstractItemModelTester tester(&model);
        model.add(told(0, lifecycle::Listening{.endpoint = "tcp://0.0.0.0:80", .isPublic = true}),
                  wallOffset());
        model.add(told(1, lifecycle::Accepted{"tcp://127.0.0.1:2", "tcp://127.0.0.1:80", "pid 7"}),
                  wallOffset());
        model.add(told(1, lifecycle::Closed{.reason = CloseReason::Peer,
                                            .counters = {.receivedBytes = 13, .sentBytes = 4301}}),
                  wallOffset());
        model.add(told(0, lifecycle::Stopped{}), wallOffset());
        QCOMPARE(model.rowCount(), 0);
        model.commit();
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(textOf(model, 0),
                 QString("listening on tcp://0.0.0.0:80, which other machines can reach"));
        QCOMPARE(textOf(model, 1), QString("#1 accepted from 127.0.0.1:2, served by pid 7"));
        QCOMPARE(textOf(model, 2),
                 QString("#1 closed by the other side; 13 B received, 4.2 KiB sent"));
        QCOMPARE(textOf(model, 3), QString("stopped"));
        QVERIFY(model.moodOf(2) == ServerLogModel::Mood::Plain);
        QVERIFY(model.lineText(3).endsWith(" stopped"));
    }

    void marksTroubles() {
        ServerLogModel model;
        const Error refused = systemError(EADDRINUSE, "bind", "127.0.0.1:80");
        model.add(told(0, lifecycle::StartFailed{refused}), wallOffset());
        model.add(told(0, lifecycle::Rejected{"tcp://127.0.0.1:2", refused}), wallOffset());
        model.add(told(3, lifecycle::ProtocolError{"<b>\x1b[31m"}), wallOffset());
        model.add(told(3, lifecycle::Closed{.reason = CloseReason::Reset}), wallOffset());
        model.commit();
        using Mood = ServerLogModel::Mood;
        QVERIFY(model.moodOf(0) == Mood::Bad && model.moodOf(1) == Mood::Caution);
        QVERIFY(model.moodOf(2) == Mood::Bad && model.moodOf(3) == Mood::Caution);
        QVERIFY2(textOf(model, 0).startsWith("not started: address already in use (EADDRINUSE)"),
                 qPrintable(textOf(model, 0)));
        QVERIFY(!textOf(model, 2).contains(QLatin1Char('\x1b')));
        QVERIFY(!model.index(2, 0).data(Qt::ToolTipRole).toString().contains("<b>"));
    }

    void aShortConnectionIsTwoRows() {
        ServerLogModel model;
        lifecycle::Finished both;
        both.accepted.peer = "tcp://127.0.0.1:5";
        both.acceptedAt = SteadyClock::now() - std::chrono::hours(1);
        model.add(told(9, both), wallOffset());
        model.commit();
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(textOf(model, 0).startsWith("#9 accepted"));
        QVERIFY(textOf(model, 1).startsWith("#9 closed"));
        QVERIFY(model.lineText(0).left(12) != model.lineText(1).left(12));
    }

    void isBoundedAndCountsWhatMadeRoom() {
        ServerLogModel model;
        const QAbstractItemModelTester tester(&model);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        std::mt19937 random(3);
        std::uint32_t number = 0;
        int commits = 0;
        while (number < 20'000) {
            for (auto i = random() % 900 + 1; i > 0; --i)
                model.add(told(++number, lifecycle::PeerFinished{}), wallOffset());
            model.commit();
            ++commits;
            QVERIFY(model.rowCount() <= 5'000);
            QVERIFY(
                textOf(model, model.rowCount() - 1).startsWith(QStringLiteral("#%1 ").arg(number)));
        }
        QCOMPARE(inserted.count(), commits); // one for each drain
        QCOMPARE(reset.count(), 0);
        QCOMPARE(model.rowCount(), 5'000);
        QCOMPARE(model.droppedRows(), quint64{number} - 5'000);
        // Also where more comes at once than is kept.
        for (int i = 0; i < 12'000; ++i)
            model.add(told(++number, lifecycle::PeerFinished{}), wallOffset());
        model.commit();
        QCOMPARE(model.rowCount(), 5'000);
        QCOMPARE(model.droppedRows(), quint64{number} - 5'000);
    }

    void thePageSaysHowManyRowsHaveMadeRoom() {
        ServerLogModel model;
        model.setRowLimit(2);
        ServerLogPage page;
        page.setLog(&model);
        page.show();
        auto* label = page.findChild<QLabel*>("droppedLogRows");
        QVERIFY(!label->isVisible());
        for (std::uint32_t i = 1; i <= 5; ++i)
            model.add(told(i, lifecycle::PeerFinished{}), wallOffset());
        model.commit();
        QVERIFY(label->isVisible());
        QVERIFY(label->text().startsWith("3 "));
    }

    void rowsAreCopied() {
        ServerLogModel model;
        model.add(told(1, lifecycle::PeerFinished{}), wallOffset());
        model.add(told(0, lifecycle::Stopped{}), wallOffset());
        model.commit();
        ServerLogView view;
        view.setLog(&model);
        view.copyRows();
        QCOMPARE(QApplication::clipboard()->text(), model.lineText(0) + '\n' + model.lineText(1));
        view.setCurrentIndex(model.index(1, 0));
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), model.lineText(1));
    }
};

QTEST_MAIN(TestServerLogModel)
#include "tst_server_log_model.moc"
