#include <random>

#include <QAbstractItemModelTester>
#include <QtTest>

#include "ui/servers/server_loops_model.h"
#include "ui/servers/server_loops_view.h"

using namespace sscope;
using namespace std::chrono_literals;

namespace {

LoopActivity activity(std::uint32_t loop, std::vector<int> registered, std::vector<int> readable) {
    LoopActivity one{.owner = 1, .loop = loop, .wakeUps = 10, .waited = 99ms, .worked = 1ms};
    one.last = {.loop = loop,
                .registered = static_cast<std::uint32_t>(registered.size()),
                .readable = static_cast<std::uint32_t>(readable.size()),
                .isListed = true};
    one.descriptors = std::move(registered);
    one.descriptors.insert(one.descriptors.end(), readable.begin(), readable.end());
    return one;
}

QString textOf(const ServerLoopsModel& model, int row) {
    return model.index(row, 0).data().toString();
}

} // namespace

class TestServerLoopsModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTheListsAsTutorialsPrintThem() {
        ServerLoopsModel model;
        const QAbstractItemModelTester tester(&model);
        model.take(activity(0, {8, 5, 7}, {7}));
        model.commit();
        QVERIFY2(textOf(model, 0).contains("registered [5, 7, 8]\nreadable [7]\nwritable []"),
                 qPrintable(textOf(model, 0)));
    }

    void keepsTheLastWakeUpThatHadSomethingToDo() {
        ServerLoopsModel model;
        model.take(activity(0, {5}, {}));
        QVERIFY(textOf(model, 0).contains("registered [5]\nreadable []"));
        model.take(activity(0, {5, 7}, {5}));
        LoopActivity idle = activity(0, {5, 7}, {});
        idle.timedOut = 3;
        model.take(idle);
        model.commit();
        QVERIFY(textOf(model, 0).contains("registered [5, 7]\nreadable [5]"));
        QVERIFY(textOf(model, 0).contains("3 time-outs"));
    }

    void manyDescriptorsAreCounted() {
        ServerLoopsModel model;
        LoopActivity many = activity(0, {}, {});
        many.last.registered = 1'200;
        many.last.readable = 3;
        many.last.isListed = false;
        model.take(many);
        QVERIFY(textOf(model, 0).contains("registered 1 200\nreadable 3\nwritable 0"));
    }

    void ratesChangeOnceASecond() {
        ServerLoopsModel model;
        for (int i = 0; i < 5; ++i)
            model.take(activity(0, {5}, {5}));
        model.commit();
        QCOMPARE(model.at(0).perSecond, 0.0);
        model.sample();
        QCOMPARE(model.at(0).perSecond, 50.0);
        QCOMPARE(model.at(0).workedShare, 0.01);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.sample();
        QCOMPARE(model.at(0).perSecond, 0.0);
        QCOMPARE(model.at(0).workedShare, 0.0);
        QCOMPARE(changed.count(), 1);
        model.sample();
        model.commit();
        QCOMPARE(changed.count(), 1); // nothing is another
    }

    void loopsStandInTheirOrderUnderRandomBatches() {
        std::mt19937 random(7);
        ServerLoopsModel model;
        const QAbstractItemModelTester tester(&model);
        std::map<std::uint32_t, quint64> reference;
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        for (int batch = 0; batch < 200; ++batch) {
            for (int i = 0; i < 5; ++i) {
                const auto loop = static_cast<std::uint32_t>(random() % 16);
                LoopActivity one = activity(loop, {1}, {1});
                one.timedOut = random() % 3;
                reference[loop] += one.timedOut;
                model.take(one);
            }
            model.commit();
            if (batch % 10 == 0)
                model.sample();
            QCOMPARE(model.rowCount(), static_cast<int>(reference.size()));
            int row = 0;
            for (const auto& [loop, timedOut] : reference) {
                QCOMPARE(model.at(row).number, loop);
                QCOMPARE(model.at(row++).timedOut, timedOut);
            }
        }
        model.removeAll();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(reset.count(), 0);
    }

    void theViewPaintsLoopsAndTheirAbsence() {
        ServerLoopsModel model;
        ServerLoopsView view;
        view.setLoops(&model);
        view.setEmptyText("nothing");
        QVERIFY(!view.grab().isNull());
        model.take(activity(0, {5}, {5}));
        model.sample();
        QVERIFY(!view.grab().isNull());
    }
};

QTEST_MAIN(TestServerLoopsModel)
#include "tst_server_loops_model.moc"
