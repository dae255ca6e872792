#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include <QtTest>

#include "core/base/utf8.h"
#include "core/framing/framings.h"
#include "tests/support/codec_sink.h"

using namespace sscope;
using namespace sscope::test;
using nlohmann::json;

namespace {

/// Latin-1 in UTF-8, or an array of [text, count].
std::string bytesFrom(const json& value) {
    std::string bytes;
    if (value.is_array()) {
        for (const json& part : value)
            for (int i = 0; i < part.at(1).get<int>(); ++i)
                bytes += bytesFrom(part.at(0));
        return bytes;
    }
    return QString::fromStdString(value.get<std::string>()).toLatin1().toStdString();
}

std::unique_ptr<Codec> codecFor(const json& vector) {
    MessageLimits limits;
    limits.content = vector.value("max_message", limits.content);
    limits.header = vector.value("max_header", limits.header);
    const auto role =
        vector.value("role", "server") == "client" ? CodecRole::Client : CodecRole::Server;
    return Framing::parse(vector.at("framing").get<std::string>())->make(role, limits);
}

/// Whether the codec has made what the vector says; else what differs.
std::string differenceFrom(const json& vector, const Codec& codec, const CodecSinkRecord& sink) {
    std::vector<std::string> messages;
    for (const json& message : vector.at("messages"))
        messages.push_back(bytesFrom(message));
    if (sink.messages != messages)
        return "messages: " +
               json(sink.messages).dump(-1, ' ', true, json::error_handler_t::replace);
    const std::string error = vector.value("error", "");
    if (error.empty()
            ? !sink.failures.empty()
            : sink.failures.size() != 1 || sink.failures.front().find(error) == std::string::npos)
        return "failures: " + json(sink.failures).dump();
    for (const std::string& reason : sink.failures) {
        if (!isUtf8(reason))
            return "the reason is no text";
    }
    const auto limits = vector.contains("too_long")
                            ? std::vector<std::size_t>{vector["too_long"].get<std::size_t>()}
                            : std::vector<std::size_t>{};
    if (sink.limits != limits)
        return "limits: " + json(sink.limits).dump();
    if (vector.contains("transmitted") && sink.transmitted != bytesFrom(vector["transmitted"]))
        return "transmitted: " + sink.transmitted;
    if (!error.empty() || !limits.empty())
        return {};
    const auto progress = codec.progress();
    const json told =
        progress ? json{progress->have, progress->need ? json(*progress->need) : json()} : json();
    return told == vector.value("unfinished", json()) ? "" : "unfinished: " + told.dump();
}

json vectorsOf(const QString& file) {
    std::ifstream in(
        (QStringLiteral(SSCOPE_SOURCE_DIR "/tests/data/framing/") + file).toStdString());
    return json::parse(in);
}

/// Feeds the pieces, all of them.
std::string run(const json& vector, const std::vector<ByteView>& pieces) {
    const auto codec = codecFor(vector);
    CodecSinkRecord sink;
    for (const ByteView piece : pieces) {
        // Memory of its own, so that a look beyond it is seen by the sanitizer.
        const std::vector<std::byte> copy(piece.begin(), piece.end());
        codec->receive(copy, sink);
    }
    return differenceFrom(vector, *codec, sink);
}

void addRows(const QString& file) {
    for (const json& vector : vectorsOf(file)) {
        const std::string name =
            vector.at("framing").get<std::string>() + ": " + vector.at("name").get<std::string>();
        QTest::newRow(name.c_str()) << QByteArray::fromStdString(vector.dump());
    }
}

} // namespace

class TestVectors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void streams_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* file :
             {"line.json", "nul.json", "fixed.json", "length.json", "message.json"})
            addRows(QString::fromLatin1(file));
    }

    void streams() {
        QFETCH(QByteArray, text);
        const json vector = json::parse(text.toStdString());
        const std::string input = bytesFrom(vector.at("input"));
        const ByteView bytes = bytesOf(input);
        QCOMPARE(run(vector, {bytes}), std::string());
        std::vector<ByteView> single;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            single.push_back(bytes.subspan(i, 1));
        QCOMPARE(run(vector, single), std::string());
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut)
            QCOMPARE(run(vector, {bytes.first(cut), bytes.subspan(cut)}), std::string());
    }

    void receives_data() {
        QTest::addColumn<QByteArray>("text");
        addRows(QStringLiteral("ready.json"));
    }

    void receives() {
        QFETCH(QByteArray, text);
        const json vector = json::parse(text.toStdString());
        const auto codec = codecFor(vector);
        CodecSinkRecord sink;
        for (const json& content : vector.value("send", json::array()))
            QVERIFY(codec->send({.content = bytesOf(content.get<std::string>())}, sink));
        for (const json& receive : vector.at("receives")) {
            if (!receive.is_null()) {
                codec->receive(bytesOf(receive.get<std::string>()), sink);
                continue;
            }
            QVERIFY(sink.timer.has_value());
            sink.timer.reset();
            codec->timeout(sink);
        }
        QCOMPARE(differenceFrom(vector, *codec, sink), std::string());
    }
};

QTEST_GUILESS_MAIN(TestVectors)
#include "tst_vectors.moc"
