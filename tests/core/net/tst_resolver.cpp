#include <netdb.h>

#include <QtTest>

#include "core/net/resolver.h"
#include "tests/support/loop.h"

using namespace sscope;
using namespace sscope::test;

class TestResolver : public QObject {
    Q_OBJECT

private:
    using Answer = std::optional<Result<std::vector<AddressInfo>>>;

    static Answer resolve(const Endpoint& endpoint, ResolveFor purpose = ResolveFor::Connect) {
        Loop loop(PollerKind::Epoll, {});
        Answer answer;
        const Lookup lookup = Lookup::start(loop.reactor(), endpoint, purpose,
                                            [&](auto result) { answer = std::move(result); });
        if (answer)
            qFatal("answered from within the call");
        loop.runUntil([&] { return answer.has_value(); });
        return answer;
    }

private Q_SLOTS:
    void givesEachResultForAName() {
        const Answer answer = resolve({.host = "localhost", .port = 80});
        QVERIFY(answer && answer->has_value() && !(*answer)->empty());
        for (const AddressInfo& info : **answer) {
            QVERIFY(info.address.isLoopback());
            QCOMPARE(info.address.port(), std::uint16_t{80});
            QCOMPARE(socketTypeName(info.type), std::string("SOCK_STREAM"));
            QCOMPARE(protocolName(info.protocol), std::string("IPPROTO_TCP"));
            QVERIFY(!info.canonicalName.empty());
        }
    }

    void numericAddressesNeedNoNameService() {
        QVERIFY(!needsLookup({.host = "127.0.0.1"}));
        QVERIFY(!needsLookup({.host = "::1"}));
        QVERIFY(!needsLookup({.host = "*"}));
        QVERIFY(!needsLookup({.transport = Transport::Unix, .path = "/x"}));
        QVERIFY(needsLookup({.host = "localhost"}));
        const Answer answer = resolve({.transport = Transport::Udp, .host = "::1", .port = 7});
        QVERIFY(answer && answer->has_value());
        QCOMPARE((*answer)->size(), std::size_t{1});
        QCOMPARE(endpointText((*answer)->front()), std::string("udp://[::1]:7"));
        QCOMPARE(familyName((*answer)->front().family), std::string("AF_INET6"));
    }

    void everyAddressIsTheUnspecifiedOne() {
        const Answer answer = resolve({.host = "*", .port = 1}, ResolveFor::Listen);
        QVERIFY(answer && answer->has_value() && (*answer)->front().address.isAny());
    }

    void tellsWhyANameIsNotFound() {
        const Answer answer = resolve({.host = "no-such-host.invalid", .port = 80});
        QVERIFY(answer && !answer->has_value());
        const Error& error = answer->error();
        QVERIFY(error.code.category() == resolverCategory());
        QVERIFY(error.code.value() == EAI_NONAME || error.code.value() == EAI_AGAIN);
        QCOMPARE(error.subject, std::string("no-such-host.invalid"));
    }

    void anAbandonedLookupIsSilent() {
        Loop loop(PollerKind::Epoll, {});
        int answers = 0;
        for (const char* host : {"localhost", "127.0.0.1", "no-such-host.invalid"}) {
            Lookup lookup = Lookup::start(loop.reactor(), {.host = host, .port = 1},
                                          ResolveFor::Connect, [&](auto) { ++answers; });
            lookup.abandon();
        }
        // One that is not abandoned shows that the others have had their time.
        bool done = false;
        const Lookup last = Lookup::start(loop.reactor(), {.host = "localhost", .port = 1},
                                          ResolveFor::Connect, [&](auto) { done = true; });
        QVERIFY(loop.runUntil([&] { return done; }));
        QCOMPARE(answers, 0);
    }
};

QTEST_GUILESS_MAIN(TestResolver)
#include "tst_resolver.moc"
