#include <netinet/in.h>

#include <QtTest>

#include "core/net/endpoint.h"

using namespace sscope;

class TestEndpoint : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPeopleType_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("printed");
        const auto row = [](const char* text, const char* printed) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(printed);
        };
        row("tcp://127.0.0.1:65432", "tcp://127.0.0.1:65432");
        row("127.0.0.1:65432", "tcp://127.0.0.1:65432");
        row("udp://localhost:53", "udp://localhost:53");
        row("[::1]:80", "tcp://[::1]:80");
        row("udp://[fe80::1%lo]:80", "udp://[fe80::1%lo]:80");
        row("*:8080", "tcp://*:8080");
        row("host:0", "tcp://host:0");
        row(":80", "tcp://localhost:80");
        row("80", "tcp://localhost:80");
        row("host 80", "tcp://host:80");
        row("[::1] 80", "tcp://[::1]:80");
        row("http://host:8080/x", "tcp://host:8080");
        row("http://host/x?y", "tcp://host:80");
        row("tcp://host:1/", "tcp://host:1");
        row("  host:1 ", "tcp://host:1");
        row("unix:/run/x.sock", "unix:/run/x.sock");
        row("unix:///run/x.sock", "unix:/run/x.sock");
        row("unix:relative", "unix:relative");
        row("unix:@name", "unix:@name");
        row("unixgram:/tmp/d", "unixgram:/tmp/d");
        row("bücher.example:80", "tcp://bücher.example:80");
    }

    void readsWhatPeopleType() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, printed);
        const auto endpoint = parseEndpoint(text.toStdString());
        QVERIFY2(endpoint.has_value(), endpoint ? "" : errorText(endpoint.error()).c_str());
        QCOMPARE(QByteArray::fromStdString(endpoint->text()), printed);
        // What is printed reads as the same.
        QVERIFY(*parseEndpoint(endpoint->text()) == *endpoint);
    }

    void namesThePartAtFault_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("fault");
        QTest::addColumn<QByteArray>("detail");
        const auto row = [](const char* text, Fault fault, const char* detail = "") {
            QTest::newRow(text) << QByteArray(text) << static_cast<int>(fault)
                                << QByteArray(detail);
        };
        row("", Fault::EmptyEndpoint);
        row("  ", Fault::EmptyEndpoint);
        row("ftp://host:1", Fault::UnknownScheme, "ftp");
        row("tls://host:1", Fault::SchemeNotOffered, "tls");
        row("https://host/", Fault::SchemeNotOffered, "https");
        row("host", Fault::MissingPort);
        row("host:", Fault::MissingPort);
        row("[::1]", Fault::MissingPort);
        row("tcp://", Fault::MissingHost);
        row(":", Fault::MissingHost);
        row("host:x", Fault::BadPort, "x");
        row("host:80x", Fault::BadPort, "80x");
        row("70000", Fault::PortOutOfRange, "70000");
        row("host:65536", Fault::PortOutOfRange, "65536");
        row("host:-1", Fault::PortOutOfRange, "-1");
        row("host:99999999999999999999", Fault::PortOutOfRange, "99999999999999999999");
        row("[::1:80", Fault::UnclosedBracket);
        row("[hello]:80", Fault::BadIpv6Address, "hello");
        row("[::g]:80", Fault::BadIpv6Address, "::g");
        row("::1:80", Fault::BadHost, "::1");
        row("a b:80", Fault::BadHost, "a b");
        row("a/b:80", Fault::BadHost, "a/b");
        row("unix:", Fault::EmptyPath);
        row("unix:@", Fault::EmptyPath);
        QTest::newRow("long path") << QByteArray("unix:/" + QByteArray(107, 'x'))
                                   << static_cast<int>(Fault::PathTooLong) << QByteArray("107");
        QTest::newRow("control") << QByteArray("a\x01:80") << static_cast<int>(Fault::BadHost)
                                 << QByteArray("a\x01");
    }

    void pathsThatLookLikeUrlsReadBack() {
        const auto endpoint = parseEndpoint("unix://///x");
        QVERIFY(endpoint.has_value());
        QCOMPARE(endpoint->path, std::string("///x"));
        QCOMPARE(*parseEndpoint(endpoint->text()), *endpoint);
        QCOMPARE(parseEndpoint("TCP://h:1")->text(), std::string("tcp://h:1"));
    }

    void namesThePartAtFault() {
        QFETCH(QByteArray, text);
        QFETCH(int, fault);
        QFETCH(QByteArray, detail);
        const auto endpoint = parseEndpoint(text.toStdString());
        QVERIFY(!endpoint);
        QVERIFY2(endpoint.error().is(static_cast<Fault>(fault)),
                 errorText(endpoint.error()).c_str());
        QCOMPARE(QByteArray::fromStdString(endpoint.error().detail), detail);
        QCOMPARE(endpoint.error().operation, std::string("endpoint"));
    }

    void acceptsThe107thByteOfAPath() {
        const std::string path = "/" + std::string(106, 'x');
        QVERIFY(parseEndpoint("unix:" + path).has_value());
        QVERIFY(parseEndpoint("unix:@" + std::string(107, 'x')).has_value());
    }

    void barePortsGoWhereTheCallerSays() {
        QCOMPARE(parseEndpoint("80", {.host = "127.0.0.1"})->text(),
                 std::string("tcp://127.0.0.1:80"));
        QCOMPARE(parseEndpoint(":80", {.transport = Transport::Udp})->text(),
                 std::string("udp://localhost:80"));
    }

    void printsAddressesOfTheKernel() {
        const auto ipv4 = *SocketAddress::fromNumeric("192.0.2.1", 80);
        QCOMPARE(endpointText(Transport::Tcp, ipv4), std::string("tcp://192.0.2.1:80"));
        const auto ipv6 = *SocketAddress::fromNumeric("2001:db8::1", 80);
        QCOMPARE(endpointText(Transport::Udp, ipv6), std::string("udp://[2001:db8::1]:80"));
        const auto mapped = *SocketAddress::fromNumeric("::ffff:192.0.2.1", 80);
        QCOMPARE(endpointText(Transport::Tcp, mapped), std::string("tcp://192.0.2.1:80"));
        QCOMPARE(endpointText(Transport::Unix, *SocketAddress::fromUnixPath("@x")),
                 std::string("unix:@x"));
        QCOMPARE(endpointText(Transport::Unix, {}), std::string("unix:"));
    }

    void knowsWhatOnlyThisMachineReaches() {
        for (const char* host : {"127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1"})
            QVERIFY2(SocketAddress::fromNumeric(host, 1)->isLoopback(), host);
        for (const char* host : {"0.0.0.0", "::", "192.0.2.1", "128.0.0.1", "fe80::1"})
            QVERIFY2(!SocketAddress::fromNumeric(host, 1)->isLoopback(), host);
        QVERIFY(SocketAddress::fromUnixPath("/x")->isLoopback());
    }
};

QTEST_GUILESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
