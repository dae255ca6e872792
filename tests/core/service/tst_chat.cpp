// Names, words, lines and rate of the chat, without a socket, a thread or a clock.

#include <QtTest>

#include "core/client/chat_event_reader.h"
#include "core/framing/framings.h"
#include "core/service/chat_line.h"
#include "core/service/chat_name.h"
#include "core/service/chat_rate.h"
#include "tests/support/codec_sink.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Action = ChatRequest::Action;
using Kind = ChatEvent::Kind;

class TestChat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAreNormalisedAndHaveOneKey_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("text"); // empty: refused
        QTest::addColumn<QString>("key");
        QTest::newRow("plain") << "Ann"
                               << "Ann"
                               << "ann";
        QTest::newRow("spaces around") << "  Ann\r"
                                       << "Ann"
                                       << "ann";
        QTest::newRow("full width") << QString::fromUtf8("Ａｎｎ") << "Ann"
                                    << "ann";
        QTest::newRow("composed") << QString::fromUtf8("Jose\u0301") << QString::fromUtf8("José")
                                  << QString::fromUtf8("josé");
        QTest::newRow("sharp s") << QString::fromUtf8("Straße") << QString::fromUtf8("Straße")
                                 << "strasse";
        QTest::newRow("Chinese") << QString::fromUtf8("小明") << QString::fromUtf8("小明")
                                 << QString::fromUtf8("小明");
        QTest::newRow("32") << QString(32, 'x') << QString(32, 'x') << QString(32, 'x');
        QTest::newRow("33") << QString(33, 'x') << ""
                            << "";
        QTest::newRow("empty") << "  "
                               << ""
                               << "";
        QTest::newRow("a space") << "a b"
                                 << ""
                                 << "";
        QTest::newRow("control") << QString("a\x07") << ""
                                 << "";
        QTest::newRow("bidi") << QString::fromUtf8("a\u202eb") << ""
                              << "";
        QTest::newRow("zero width") << QString::fromUtf8("a\u200bb") << ""
                                    << "";
        QTest::newRow("soft hyphen") << QString::fromUtf8("a\u00adb") << ""
                                     << "";
        QTest::newRow("the server's") << "Server"
                                      << ""
                                      << "";
        QTest::newRow("a command") << "/quit"
                                   << ""
                                   << "";
    }

    void namesAreNormalisedAndHaveOneKey() {
        QFETCH(QString, typed);
        QFETCH(QString, text);
        QFETCH(QString, key);
        const auto name = chatName(typed.toStdString());
        QCOMPARE(name.has_value(), !text.isEmpty());
        if (name) {
            QCOMPARE(QString::fromStdString(name->text), text);
            QCOMPARE(QString::fromStdString(name->key), key);
        } else {
            QVERIFY(!name.error().empty());
        }
        QVERIFY(!chatName("\xff\xfe"));
    }

    void theFirstByteTellsTheForm_data() {
        QTest::addColumn<bool>("bytewise");
        QTest::newRow("whole") << false;
        QTest::newRow("byte by byte") << true;
    }

    void theFirstByteTellsTheForm() {
        QFETCH(bool, bytewise);
        const Framing framing = *Framing::parse("by-first-byte");
        const auto feed = [&](std::string_view bytes, CodecSinkRecord& sink) {
            const auto codec = framing.make(CodecRole::Server, {longestChatRequest, 16384});
            if (!bytewise)
                codec->receive(bytesOf(bytes), sink);
            for (std::size_t i = 0; bytewise && i < bytes.size(); ++i)
                codec->receive(bytesOf(bytes.substr(i, 1)), sink);
        };
        CodecSinkRecord lines;
        feed("ann\r\nhello\n", lines);
        QVERIFY((lines.messages == std::vector<std::string>{"ann", "hello"}));
        QVERIFY(lines.headers.front().empty());

        CodecSinkRecord framed;
        const auto writer = Framing::parse("message")->make(CodecRole::Client);
        const std::array header{HeaderField{"content-type", "text/json"}};
        for (const char* const text : {R"({"action":"ping"})", R"({"action":"rooms"})"})
            QVERIFY(writer->send({.content = bytesOf(text), .header = header}, framed));
        const std::string wire = std::exchange(framed.transmitted, {});
        feed(wire, framed);
        QVERIFY((framed.messages ==
                 std::vector<std::string>{R"({"action":"ping"})", R"({"action":"rooms"})"}));

        for (const std::string_view wrong :
             {std::string_view("\x1f\xffx", 3), std::string_view("\0\0", 2)}) {
            CodecSinkRecord refused;
            feed(wrong, refused);
            QCOMPARE(refused.failures.size(), 1u);
        }
        CodecSinkRecord early;
        const auto codec = framing.make(CodecRole::Server, {});
        QVERIFY(codec->send({.content = bytesOf("late")}, early));
        QCOMPARE(early.transmitted, std::string("late\n"));
    }

    void requestsAreReadStrictly_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("code"); // empty: good
        QTest::newRow("ping") << QByteArray(R"({"action":"ping"})") << QByteArray();
        QTest::newRow("more members")
            << QByteArray(R"({"action":"ping","later":[1,{}]})") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("ping") << QByteArray("bad_request");
        QTest::newRow("an array") << QByteArray("[]") << QByteArray("bad_request");
        QTest::newRow("no action") << QByteArray("{}") << QByteArray("bad_request");
        QTest::newRow("twice") << QByteArray(R"({"action":"ping","action":"ping"})")
                               << QByteArray("bad_request");
        QTest::newRow("unknown") << QByteArray(R"({"action":"fly"})") << QByteArray("bad_request");
        QTest::newRow("no text") << QByteArray(R"({"action":"say","room":"a"})")
                                 << QByteArray("bad_request");
        QTest::newRow("a number as text")
            << QByteArray(R"({"action":"say","room":"a","text":1})") << QByteArray("bad_request");
        QTest::newRow("a text as number")
            << QByteArray(R"({"action":"history","room":"a","after":"1"})")
            << QByteArray("bad_request");
        QTest::newRow("below zero") << QByteArray(R"({"action":"history","room":"a","after":-1})")
                                    << QByteArray("bad_request");
        QTest::newRow("lone surrogate")
            << QByteArray(R"({"action":"say","room":"a","text":"\ud800"})")
            << QByteArray("bad_request");
        QTest::newRow("8 KiB") << QByteArray(R"({"action":"say","room":"a","text":")") +
                                      QByteArray(8192, 'x') + "\"}"
                               << QByteArray();
        QTest::newRow("a byte more")
            << QByteArray(R"({"action":"say","room":"a","text":")") + QByteArray(8193, 'x') + "\"}"
            << QByteArray("too_long");
    }

    void requestsAreReadStrictly() {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, code);
        const auto request = readChatRequest(json.toStdString());
        QCOMPARE(request.has_value(), code.isEmpty());
        if (!request)
            QCOMPARE(QByteArray::fromStdString(std::string(chatCodeName(request.error().code))),
                     code);
    }

    void requestsAndEventsComeBackAsTheyWere() {
        ChatRequest say{.action = Action::Say, .ref = "r", .room = "den", .text = "\"\n\u00e9"};
        say.id = "7";
        const auto read = readChatRequest(chatRequestText(say));
        QVERIFY(read && read->text == say.text && read->id == "7" && read->ref == "r");
        const ChatEvent message{.kind = Kind::Message,
                                .room = "den",
                                .name = "ann",
                                .text = "\x1b \u202e",
                                .id = 12,
                                .time = 1'700'000'000'123'456'000};
        const auto event = readChatEvent(sealed(message)->json);
        QVERIFY(event && event->kind == Kind::Message && event->id == 12 &&
                event->time == message.time && event->text == message.text);
        ChatEvent past{.kind = Kind::Past, .room = "den", .hasMore = true};
        past.messages = {{"den", 1, 1'000'000'000, "ann", "x"},
                         {"den", 2, 2'000'000'000, "bob", "y"}};
        const auto list = readChatEvent(sealed(past)->json);
        QVERIFY(list && list->hasMore && list->messages == past.messages);
        QVERIFY(!readChatEvent("{}") && !readChatEvent("[1") && !readChatEvent(R"({"event":"x"})"));
    }

    void linesAreReadAsCommandsAndText() {
        const auto request = [](std::string_view line) {
            return std::get<ChatRequest>(readChatLine(line, "den"));
        };
        QVERIFY(request("hi there\r").text == "hi there");
        QVERIFY(request("/msg bob hi there").to == "bob");
        QVERIFY(request("/msg bob hi there").text == "hi there");
        QVERIFY(request("/history").limit == usualChatHistory);
        QVERIFY(request("/history 5").limit == 5 && request("/history 5").fromEnd);
        QVERIFY(request("/topic tea").setsTopic && !request("/topic").setsTopic);
        QVERIFY(request("/who").room == "den");
        const auto command = [](std::string_view line) {
            return std::get<ChatLineCommand>(readChatLine(line, "den")).kind;
        };
        QVERIFY(command("/quit") == ChatLineCommand::Kind::Quit);
        QVERIFY(command("  \r") == ChatLineCommand::Kind::Nothing);
        for (const char* const wrong : {"/fly", "/history x", "/msg bob", "/join", "\xff"})
            QVERIFY(command(wrong) == ChatLineCommand::Kind::Wrong);
        QVERIFY(command(std::string(8193, 'x')) == ChatLineCommand::Kind::Wrong);
        QCOMPARE(chatLines({.kind = Kind::Message, .name = "ann", .text = "\x1b[2J\n\u202e"}),
                 std::string("00:00 <ann> \\x1b[2J\\n\\u202e"));
    }

    void theRateIsABurstAndThenFiftyASecond() {
        ChatRate rate;
        TimePoint now = TimePoint() + 1h;
        for (int i = 0; i < ChatRate::burst; ++i)
            QVERIFY(rate.take(now) == Duration::zero());
        QVERIFY(rate.take(now) == 20ms);
        now += 1s;
        for (int i = 0; i < ChatRate::perSecond; ++i)
            QVERIFY(rate.take(now) == Duration::zero());
        QVERIFY(rate.take(now) > Duration::zero());
        now += 1h;
        for (int i = 0; i < ChatRate::burst; ++i)
            QVERIFY(rate.take(now) == Duration::zero());
        QVERIFY(rate.take(now) > Duration::zero());
    }
};

QTEST_APPLESS_MAIN(TestChat)
#include "tst_chat.moc"
