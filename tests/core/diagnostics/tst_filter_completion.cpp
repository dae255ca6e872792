#include <algorithm>

#include <QtTest>

#include "core/diagnostics/filter_completion.h"
#include "core/diagnostics/socket_filter.h"

using namespace sscope;

namespace {

const FilterVocabulary vocabulary{
    {"nginx", "sshd", "my app", "a)\x1b[31m", "notes"},
    {"root", "mira"},
    {SocketState::Listen, SocketState::TimeWait},
};

/// The texts that are offered with the cursor at the | of the text.
QStringList offered(std::string text) {
    const std::size_t cursor = text.find('|');
    text.erase(cursor, 1);
    QStringList texts;
    for (const auto& one : completeFilter(text, cursor, vocabulary))
        texts.append(QString::fromStdString(one.text));
    return texts;
}

/// The whole text once the first offer is taken.
QString taken(std::string text) {
    const std::size_t cursor = text.find('|');
    text.erase(cursor, 1);
    const auto all = completeFilter(text, cursor, vocabulary);
    if (all.empty())
        return {};
    text.replace(all[0].begin, all[0].end - all[0].begin, all[0].text);
    return QString::fromStdString(text);
}

} // namespace

class TestFilterCompletion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offersKeysFirst() {
        QVERIFY(offered("|").startsWith("port:"));
        QVERIFY(offered("|").contains("queue>") && offered("|").contains("not"));
        QVERIFY(!offered("|").contains("or")); // there is nothing before it
        QVERIFY(offered("tcp |").contains("or"));
        QCOMPARE(offered("spo|"), QStringList{"sport:"});
        QCOMPARE(offered("PRO|"), (QStringList{"proto:", "process:"}));
        QCOMPARE(taken("tcp (spo|) 80"), QString("tcp (sport:) 80"));
        for (const auto& one : completeFilter("", 0, vocabulary))
            QVERIFY2(!one.note.empty(), one.text.c_str());
    }

    void offersWhatIsOnTheTable() {
        QCOMPARE(offered("process:|").size(), 5);
        QCOMPARE(offered("process:ss|"), QStringList{"sshd"});
        QCOMPARE(offered("process:n|").first(), QString("nginx"));
        QVERIFY(offered("process:n|").contains("notes"));
        QCOMPARE(offered("process:app|"), QStringList{"\"my app\""});
        QCOMPARE(offered("user:|"), (QStringList{"root", "mira"}));
        QCOMPARE(offered("state:|"), (QStringList{"listen", "time_wait"}));
        QCOMPARE(offered("is:l|"), (QStringList{"listening", "loopback"}));
        QCOMPARE(offered("proto:u|"), (QStringList{"udp", "udplite", "unix"}));
        QCOMPARE(offered("dst:|"), QStringList{"localhost"});
        QVERIFY(offered("ngi|").contains("process:nginx"));
        QVERIFY(offered("tim|").contains("state:time_wait"));
        QVERIFY(offered("port:|").isEmpty());
        QVERIFY(offered("queue>|").isEmpty());
        QVERIFY(offered("nonsense:|").isEmpty());
    }

    void replacesTheWordAroundTheCursor() {
        QCOMPARE(taken("tcp proc|es:x udp").left(12), QString("tcp process:"));
        QCOMPARE(taken("not state:lis|"), QString("not state:listen"));
        QCOMPARE(taken("(state:lis|)"), QString("(state:listen)"));
    }

    void isSilentWhereNothingIsToBeAdded() {
        QVERIFY(offered("state:listen|").isEmpty());
        QVERIFY(offered("\"proc|\"").isEmpty());
        QVERIFY(offered("\"proc|").isEmpty());
        QVERIFY(offered("/proc|/").isEmpty());
        QVERIFY(offered("process:/ng|/").isEmpty());
    }

    /// Whatever is offered can be read, and finds the row that it is named after.
    void offersWhatCanBeRead() {
        for (const std::string& name : vocabulary.processes) {
            SocketRow row;
            row.owners = {{std::make_shared<ProcessInfo>(ProcessInfo{9, name}), 3}};
            const std::string first = name.substr(0, 1);
            bool found = false;
            for (const auto& one : completeFilter(first, 1, vocabulary)) {
                if (!one.text.starts_with("process:"))
                    continue;
                const auto filter = SocketFilter::parse(one.text);
                QVERIFY2(filter.has_value(), one.text.c_str());
                found = found || filter->matches({row});
            }
            QVERIFY2(found, name.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestFilterCompletion)
#include "tst_filter_completion.moc"
