// Clients that break the message protocol, against servers of every model: each is refused with its
// own reason and closed, and the others are served.

#include <csignal>
#include <fstream>

#include <nlohmann/json.hpp>

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "tests/support/process_info.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;
using nlohmann::json;

namespace {

const std::string goodHeader = "{\"byteorder\": \"little\", \"content-type\": \"text/json\", "
                               "\"content-encoding\": \"utf-8\", \"content-length\": 37}";
const std::string goodRequest = std::string("\0", 1) + static_cast<char>(goodHeader.size()) +
                                goodHeader + "{\"action\": \"search\", \"value\": \"ring\"}";

QJsonObject eventWith(RunningServer& server, const QByteArray& text) {
    return QJsonDocument::fromJson(server.readLineWith(text)).object();
}

TestSocket connectTo(const RunningServer& server) {
    return TestSocket::connectTcp(static_cast<std::uint16_t>(server.port()));
}

void isServed(const RunningServer& server) {
    const TestSocket good = connectTo(server);
    good.send(goodRequest);
    QVERIFY(good.receiveToEnd().find("Misty Mountains") != std::string::npos);
}

/// The vectors that are refused: what is sent, and a part of the reason.
std::vector<std::pair<std::string, std::string>> refused() {
    std::ifstream in(SSCOPE_SOURCE_DIR "/tests/data/framing/message.json");
    std::vector<std::pair<std::string, std::string>> all;
    for (const json& vector : json::parse(in)) {
        const bool hasOwnLimits = vector.contains("max_header") || vector.contains("max_message");
        if (vector.contains("error") && vector.at("messages").empty() && !hasOwnLimits)
            all.emplace_back(QString::fromStdString(vector.at("input").get<std::string>())
                                 .toLatin1()
                                 .toStdString(),
                             vector.at("error").get<std::string>());
    }
    return all;
}

} // namespace

class TestHostileMessages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachIsRefusedWithItsReason_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"iterative", "select", "poll", "epoll", "threads", "processes"})
            QTest::newRow(model) << QString::fromLatin1(model);
        if (hasQtProgram())
            QTest::newRow("qt") << QStringLiteral("qt");
    }

    void eachIsRefusedWithItsReason() {
        QFETCH(QString, model);
        RunningServer server({"--model", model, "--listen", "tcp://127.0.0.1:0"}, "message");
        const auto vectors = refused();
        QVERIFY(vectors.size() > 60);
        for (const auto& [bytes, reason] : vectors) {
            const TestSocket bad = connectTo(server);
            bad.send(bytes);
            QCOMPARE(bad.receiveToEnd(), std::string());
            const QJsonObject error = eventWith(server, "protocol_error");
            QVERIFY2(error.value("reason").toString().contains(QString::fromStdString(reason)),
                     qPrintable(error.value("reason").toString()));
            QCOMPARE(eventWith(server, "closed").value("reason").toString(), QString("protocol"));
        }
        isServed(server);
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    void silenceAfterAHeadersLengthCostsNothing() {
        constexpr int clients = 500;
        RunningServer server({"--listen", "tcp://127.0.0.1:0"}, "message");
        isServed(server);
        const auto pid = static_cast<pid_t>(server.process().processId());
        const std::uint64_t before = processInfo(pid).residentBytes;
        std::vector<TestSocket> silent;
        for (int i = 0; i < clients; ++i) {
            silent.push_back(connectTo(server));
            silent.back().send(std::string("\x40\0{", 3)); // 16 384
        }
        isServed(server);
        const std::uint64_t after = processInfo(pid).residentBytes;
        QVERIFY2(after - before < std::uint64_t{clients} * 4096,
                 qPrintable(QString::number(after)));
        // Ten seconds from the first byte of the length.
        for (const TestSocket& client : silent)
            QCOMPARE(client.receiveToEnd(), std::string());
        const QJsonObject error = eventWith(server, "protocol_error");
        QCOMPARE(error.value("reason").toString(),
                 QString("the header was not complete 10 s after its first byte"));
    }

    void aLengthThatPromisesMuchCostsNothing() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "length:u32be"});
        const auto pid = static_cast<pid_t>(server.process().processId());
        const std::uint64_t before = processInfo(pid).residentBytes;
        std::vector<TestSocket> greedy;
        for (int i = 0; i < 500; ++i) {
            greedy.push_back(connectTo(server));
            greedy.back().send(std::string("\0\xff\xff\xff" // just under 16 MiB each
                                           "abc",
                                           7));
        }
        const TestSocket good = connectTo(server);
        good.send(std::string("\0\0\0\2hi", 6));
        QCOMPARE(good.receive(6), std::string("\0\0\0\2hi", 6));
        const std::uint64_t after = processInfo(pid).residentBytes;
        QVERIFY2(after - before < 500 * 4096, qPrintable(QString::number(after - before)));
    }
};

QTEST_GUILESS_MAIN(TestHostileMessages)
#include "tst_hostile_messages.moc"
