// Names, words, rate, rooms and handler of the chat, without a socket, a thread or a clock.

#include <deque>

#include <QtTest>

#include "core/client/chat_event_reader.h"
#include "core/framing/framings.h"
#include "core/service/chat_handler.h"
#include "core/service/chat_line.h"
#include "core/service/chat_rooms.h"
#include "tests/support/codec_sink.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Action = ChatRequest::Action;
using Kind = ChatEvent::Kind;

namespace {

/// Rooms whose storage is a list, and whose mail is kept for each member.
class FakeHub final : public ChatRooms::Outside {
public:
    explicit FakeHub(bool needsPassword = false) : rooms(*this, needsPassword, {}) {}

    void deliver(std::span<const ChatMemberId> to, const ChatMail& mail) override {
        for (const ChatMemberId id : to)
            mails[id].push_back(mail);
    }
    void store(ChatEntry entry) override { entries.push_back(std::move(entry)); }
    void read(ChatQuery query) override { queries.push_back(std::move(query)); }
    void judge(ChatMemberId member, const std::string&, std::string password) override {
        judged.emplace_back(member, std::move(password));
    }
    void keepBans(std::vector<ChatBan> bans) override { kept = std::move(bans); }
    [[nodiscard]] WallTime wallTime() const override { return 1'000'000'000; }
    [[nodiscard]] std::string newSecret() override { return "secret" + std::to_string(++secrets); }

    /// All that waits is durable.
    void storeAll(ChatStored::Outcome outcome = ChatStored::Outcome::New) {
        std::vector<ChatStored> results;
        for (const ChatEntry& entry : std::exchange(entries, {}))
            results.push_back({entry.token, outcome,
                               outcome == ChatStored::Outcome::New ? ++lastId : lastId,
                               entry.time});
        rooms.stored(results);
    }
    void enter(ChatMemberId id, const std::string& name, const std::string& room = "den") {
        rooms.connected(id, {.source = "10.0.0." + std::to_string(id), .isMachine = false});
        rooms.request(id, {.action = Action::Hello, .name = name});
        rooms.request(id, {.action = Action::Join, .room = room});
    }
    std::vector<Kind> kinds(ChatMemberId id) {
        std::vector<Kind> all;
        for (const ChatMail& mail : mails[id])
            all.push_back(mail->kind);
        return all;
    }
    ChatEvent last(ChatMemberId id) { return *mails[id].back(); }

    std::map<ChatMemberId, std::vector<ChatMail>> mails;
    std::vector<ChatEntry> entries;
    std::vector<ChatQuery> queries;
    std::vector<ChatBan> kept;
    std::vector<std::pair<ChatMemberId, std::string>> judged;
    std::uint64_t lastId = 0;
    int secrets = 0;
    ChatRooms rooms;
};

class FakeAccess final : public ChatAccess {
public:
    void post(ChatRequest request) override { posted.push_back(std::move(request)); }
    void leave(std::string reason) override { left = std::move(reason); }
    [[nodiscard]] bool needsPassword() const override { return hasPassword; }
    [[nodiscard]] bool isPrivate() const override { return isLocal; }

    std::deque<ChatRequest> posted;
    std::optional<std::string> left;
    bool hasPassword = false;
    bool isLocal = true;
};

/// A handler with its context; messages come from a codec, as from a socket.
struct Talk {
    class Context final : public RequestContext {
    public:
        using RequestContext::send;
        void send(const Message& message) override {
            if (!closed)
                sent.emplace_back(textOf(message.content));
        }
        [[nodiscard]] bool hasRoom() const override { return room; }
        void close() override { closed = true; }
        void giveUp() override { givenUp = true; }
        void finishSending() override {}
        void tellProtocolError(std::string reason) override { protocolError = std::move(reason); }
        [[nodiscard]] TimePoint now() const override { return time; }
        [[nodiscard]] WallTime wallTime() const override { return 0; }
        [[nodiscard]] std::string workerName() const override { return {}; }
        void setTimer(Duration delay) override { timer = delay; }
        JobToken submit(Job) override { return noJob; }
        [[nodiscard]] bool isDatagram() const override { return false; }
        ChatAccess* chatAccess() override { return &access; }
        void setReceiving(bool on) override { receiving = on; }

        FakeAccess access;
        TimePoint time = TimePoint() + 1h;
        std::vector<std::string> sent;
        std::string protocolError;
        std::optional<Duration> timer;
        bool closed = false;
        bool givenUp = false;
        bool receiving = true;
        bool room = true;
    };

    Talk() { handler.setup(context); }
    void line(std::string_view text) { handler.handle(context, {.content = bytesOf(text)}); }
    void json(std::string_view text) {
        const std::array header{HeaderField{"content-type", "text/json"}};
        handler.handle(context, {.content = bytesOf(text), .header = header});
    }
    void mail(ChatEvent event) { handler.mail(context, sealed(std::move(event))); }
    void enterByJson(std::string_view hello = R"({"action":"hello","name":"ann"})") {
        json(hello);
        mail({.kind = Kind::Welcome, .name = "ann"});
        context.access.posted.clear();
        context.sent.clear();
    }

    Context context;
    ChatHandler handler;
};

} // namespace

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

    void aMessageIsAnsweredAndDeliveredOnceItIsDurable() {
        FakeHub hub;
        hub.enter(1, "ann");
        hub.enter(2, "bob");
        hub.mails.clear();
        hub.rooms.request(1, {.action = Action::Say, .ref = "r", .room = "DEN", .text = "hi"});
        QVERIFY(hub.mails.empty());
        hub.storeAll();
        QVERIFY(hub.kinds(1) == std::vector{Kind::Stored});
        QVERIFY(hub.last(1).ref == "r" && hub.last(1).id == 1);
        QVERIFY(hub.kinds(2) == std::vector{Kind::Message});
        hub.rooms.request(1, {.action = Action::Say, .room = "den", .text = "hi"});
        hub.storeAll(ChatStored::Outcome::Again);
        QVERIFY(hub.last(1).isAgain);
        QCOMPARE(hub.mails[2].size(), 1u); // nobody hears it twice
        hub.rooms.request(1, {.action = Action::Say, .room = "den", .text = "hi"});
        hub.storeAll(ChatStored::Outcome::Full);
        QVERIFY(hub.last(1).kind == Kind::Refused && hub.last(1).code == ChatCode::StorageFull);
        QCOMPARE(hub.mails[2].size(), 1u);
        hub.rooms.request(1, {.action = Action::Say, .room = "attic", .text = "hi"});
        QVERIFY(hub.last(1).code == ChatCode::NotInRoom);
    }

    void anAnswerOfLongMessagesIsShortened_data() {
        QTest::addColumn<bool>("fromEnd");
        QTest::addColumn<char>("letter");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("kept");
        QTest::newRow("all fit") << false << 'x' << 1000 << 200;
        QTest::newRow("the first") << false << 'x' << 8192 << 32;
        QTest::newRow("the last") << true << 'x' << 8192 << 32;
        QTest::newRow("escaped") << true << '\x01' << 8192 << 5;
    }

    void anAnswerOfLongMessagesIsShortened() {
        QFETCH(bool, fromEnd);
        QFETCH(char, letter);
        QFETCH(int, size);
        QFETCH(int, kept);
        FakeHub hub;
        hub.enter(1, "ann");
        hub.rooms.request(1, {.action = Action::History, .room = "den", .fromEnd = fromEnd});
        std::vector<ChatMessage> messages;
        for (std::uint64_t id = 1; id <= 200; ++id)
            messages.push_back({.id = id, .text = std::string(std::size_t(size), letter)});
        hub.rooms.readDone(hub.queries.back().token, messages, 200, false);
        const ChatEvent past = hub.last(1);
        QCOMPARE(past.messages.size(), std::size_t(kept));
        QCOMPARE(past.hasMore, kept < 200);
        QCOMPARE(past.messages.front().id, std::uint64_t(fromEnd ? 201 - kept : 1));
        QVERIFY(past.json.size() < 512 << 10);
    }

    void aNameIsTakenOverOnlyWithItsSecret() {
        FakeHub hub;
        hub.enter(1, "ann");
        const std::string secret = hub.mails[1].front()->resume;
        hub.rooms.connected(2, {});
        hub.rooms.request(2, {.action = Action::Hello, .name = "ANN", .resume = "guess"});
        QVERIFY(hub.last(2).code == ChatCode::NameTaken);
        hub.rooms.request(2, {.action = Action::Hello, .name = "ANN", .resume = secret});
        QVERIFY(hub.last(2).kind == Kind::Welcome && hub.last(2).resume == secret);
        QVERIFY(hub.last(1).kind == Kind::Closing && hub.last(1).code == ChatCode::Replaced);
        hub.rooms.gone(1, {});
        hub.rooms.connected(3, {});
        hub.rooms.request(3, {.action = Action::Hello, .name = "ann"});
        QVERIFY(hub.last(3).code == ChatCode::NameTaken); // 2 has it still
    }

    void theOwnerKicksBansAndAnnounces() {
        FakeHub hub;
        hub.enter(1, "ann");
        hub.enter(2, "bob");
        hub.rooms.announce("soon");
        QVERIFY(hub.last(1).kind == Kind::Notice && hub.last(2).text == "soon");
        QVERIFY(hub.rooms.kick("ANN", "enough"));
        QVERIFY(hub.last(1).kind == Kind::Closing && hub.last(1).code == ChatCode::Kicked);
        QCOMPARE(hub.last(1).text, std::string("the server's owner has sent you away: enough"));
        QVERIFY(hub.last(1).said == "enough");
        QVERIFY(hub.last(2).kind == Kind::PersonLeft);
        QCOMPARE(hub.last(2).text, std::string("sent away by the server's owner: enough"));
        const auto read = readChatEvent(hub.last(2).json); // a window words it anew
        QVERIFY(read && read->hasCode && read->code == ChatCode::Kicked && read->said == "enough");
        QVERIFY(!hub.rooms.kick("ann", {}));
        hub.rooms.gone(1, {});
        hub.enter(3, "ann"); // a kick is for once
        QVERIFY(hub.last(3).kind == Kind::Joined);
        QVERIFY(hub.rooms.ban("ann", "spam"));
        QCOMPARE(hub.last(2).text, std::string("banned by the server's owner: spam"));
        hub.rooms.gone(3, {});
        hub.rooms.connected(4, {.source = "10.0.0.3"});
        hub.rooms.request(4, {.action = Action::Hello, .name = "other"}); // from the same address
        QVERIFY(hub.last(4).code == ChatCode::Banned);
        hub.rooms.connected(5, {.source = "10.0.0.9"});
        hub.rooms.request(5, {.action = Action::Hello, .name = "Ann"});
        QVERIFY(hub.last(5).code == ChatCode::Banned);
        const auto bans = hub.rooms.overview().bans;
        QVERIFY(bans == (std::vector<ChatBan>{{"ann", "", "spam", 1'000'000'000},
                                              {"ann", "10.0.0.3", "spam", 1'000'000'000}}));
        QVERIFY(hub.kept == bans);
        hub.rooms.liftBan("10.0.0.3");
        hub.rooms.liftBan("ANN");
        hub.enter(6, "ann");
        QVERIFY(hub.last(6).kind == Kind::Joined);
        QCOMPARE(hub.rooms.overview().people.size(), 2u);
        QVERIFY(hub.kept.empty()); // lifted ones go
    }

    void aBanHoldsForWhoIsBeingJudged() {
        FakeHub hub(true);
        hub.rooms.connected(1, {.source = "a"});
        hub.rooms.request(1, {.action = Action::Hello, .name = "ann", .password = "p"});
        hub.rooms.ban("Ann", "spam");
        hub.rooms.judged(1, ChatRooms::Verdict::Right, 0s);
        QVERIFY(hub.last(1).kind == Kind::Closing && hub.last(1).code == ChatCode::Banned);
        QVERIFY(hub.rooms.overview().people.empty());
    }

    /// It is let in by then: what is told it is in the trace.
    void anotherNameIsAnsweredWithoutTheSecret() {
        FakeHub hub;
        hub.enter(1, "ann");
        const std::string secret = hub.mails[1].front()->resume;
        hub.rooms.request(1, {.action = Action::Hello, .ref = "r", .name = "eve"});
        QVERIFY(hub.last(1).kind == Kind::Welcome && hub.last(1).name == "eve");
        QVERIFY(hub.last(1).json.find("resume") == std::string::npos);
        hub.rooms.connected(2, {});
        hub.rooms.request(2, {.action = Action::Hello, .name = "eve", .resume = secret});
        QVERIFY(hub.last(2).kind == Kind::Welcome); // it holds still
    }

    void bansOfBeforeHold() {
        FakeHub hub;
        hub.rooms.restoreBans({{"Ann", "", "spam", 5}, {"Ann", "10.0.0.3", "", 6}});
        QVERIFY(hub.kept.empty()); // they are stored
        hub.rooms.connected(1, {.source = "10.0.0.9"});
        hub.rooms.request(1, {.action = Action::Hello, .name = "aNN"});
        QVERIFY(hub.last(1).code == ChatCode::Banned);
        QVERIFY(hub.last(1).text.find("spam") != std::string::npos);
        hub.rooms.connected(3, {.source = "10.0.0.3"});
        hub.rooms.request(3, {.action = Action::Hello, .name = "other"});
        QVERIFY(hub.last(3).code == ChatCode::Banned);
        QVERIFY(hub.rooms.ban("nobody", {}) == false); // holds for who comes
        QCOMPARE(hub.kept.size(), 3u);
        hub.rooms.liftBan("never banned");
        hub.rooms.liftBan("ann");
        QCOMPARE(hub.kept.size(), 2u);
        hub.enter(4, "ann");
        QVERIFY(hub.last(4).kind == Kind::Joined);
    }

    void whatTheOwnerSaysIsCounted() {
        FakeHub hub;
        hub.rooms.connected(1, {.connection = 7, .source = "local"});
        hub.rooms.request(1, {.action = Action::Hello, .name = "ann"});
        hub.enter(2, "bob");
        QCOMPARE(hub.rooms.overview().notices, 0u);
        hub.rooms.announce("soon");
        QCOMPARE(hub.rooms.overview().heard, 2u);
        QVERIFY(hub.rooms.notify("BOB", "only you"));
        QVERIFY(hub.last(2).text == "only you" && hub.last(1).text == "soon");
        QCOMPARE(hub.rooms.overview().heard, 1u);
        QVERIFY(!hub.rooms.notify("nobody", "x"));
        const ChatOverview overview = hub.rooms.overview();
        QCOMPARE(overview.notices, 3u);
        QCOMPARE(overview.heard, 0u);
        QCOMPARE(overview.people.at(0).connection, 7u);
        QVERIFY(!overview.people.at(0).isOfOtherMachine && overview.people.at(1).isOfOtherMachine);
    }

    void whoUsesLinesIsMarked() {
        Talk line;
        line.line("ann");
        QVERIFY(line.context.access.posted.front().usesLines);
        QVERIFY(readChatRequest(R"({"action":"hello","name":"ann","usesLines":1,"lines":true})")
                    .value()
                    .usesLines == false); // the server sees it, nobody says it

        FakeHub hub;
        hub.enter(1, "bob");
        hub.rooms.connected(2, {.source = "local"});
        hub.rooms.request(2, line.context.access.posted.front());
        hub.rooms.request(2, {.action = Action::Join, .room = "den"});
        const auto joined = readChatEvent(hub.last(1).json);
        QVERIFY(joined && joined->kind == Kind::PersonJoined && joined->usesLines);
        QVERIFY(hub.last(2).lineUsers == std::vector<std::string>{"ann"});
        hub.rooms.request(2, {.action = Action::Hello, .name = "anna"}); // still with lines
        hub.rooms.request(1, {.action = Action::Who, .room = "den"});
        const auto who = readChatEvent(hub.last(1).json);
        QVERIFY(who && who->lineUsers == std::vector<std::string>{"anna"});
        QCOMPARE(who->people.size(), 2u);
        hub.enter(3, "cid");
        QVERIFY(!readChatEvent(hub.last(1).json)->usesLines);
        QVERIFY(hub.rooms.overview().people.at(0).usesLines);
        QVERIFY(!hub.rooms.overview().people.at(1).usesLines);
    }

    void aPasswordIsJudgedElsewhere() {
        FakeHub hub(true);
        hub.rooms.connected(1, {.source = "a"});
        hub.rooms.request(1, {.action = Action::Hello, .name = "ann", .password = "p"});
        QVERIFY((hub.judged == std::vector<std::pair<ChatMemberId, std::string>>{{1, "p"}}));
        QVERIFY(hub.mails.empty());
        hub.rooms.judged(1, ChatRooms::Verdict::NotYet, 4s);
        QVERIFY(hub.last(1).kind == Kind::HoldBack && hub.last(1).delay == 4s);
        hub.rooms.request(1, {.action = Action::Hello, .name = "ann", .password = "p"});
        hub.rooms.judged(1, ChatRooms::Verdict::Right, 0s);
        QVERIFY(hub.last(1).kind == Kind::Welcome);
        hub.rooms.connected(2, {.source = "b"});
        hub.rooms.request(2, {.action = Action::Hello, .name = "bob", .password = "q"});
        hub.rooms.judged(2, ChatRooms::Verdict::Wrong, 2s);
        QVERIFY(hub.last(2).code == ChatCode::WrongPassword && hub.last(2).closes);
    }

    /// It is no guess: answered at once, not judged, but one of the five hellos that there are.
    void aHelloWithoutThePasswordIsNoGuess_data() {
        QTest::addColumn<QByteArray>("hello");
        QTest::newRow("none") << QByteArray(R"({"action":"hello","name":"ann"})");
        QTest::newRow("empty") << QByteArray(R"({"action":"hello","name":"ann","password":""})");
    }

    void aHelloWithoutThePasswordIsNoGuess() {
        QFETCH(QByteArray, hello);
        FakeHub hub(true);
        hub.rooms.connected(1, {.source = "a"});
        Talk talk;
        talk.context.access.hasPassword = true;
        for (int i = 1; i <= 5; ++i) {
            QVERIFY(!talk.context.closed);
            talk.json(hello.toStdString());
            hub.rooms.request(1, talk.context.access.posted.back());
            QVERIFY(hub.last(1).kind == Kind::Refused &&
                    hub.last(1).code == ChatCode::WrongPassword && !hub.last(1).closes);
            QCOMPARE(hub.last(1).text, std::string("this server needs a password"));
            talk.mail(hub.last(1));
        }
        QVERIFY(talk.context.closed && hub.judged.empty());
        QVERIFY(talk.context.sent.back().find("closing") != std::string::npos);

        hub.rooms.connected(2, {.source = "a"}); // then with one, on the same connection
        hub.rooms.request(2, {.action = Action::Hello, .name = "ann"});
        hub.rooms.request(2, {.action = Action::Hello, .name = "ann", .password = "p"});
        QCOMPARE(hub.judged.size(), 1u);
        hub.rooms.judged(2, ChatRooms::Verdict::Right, 0s);
        QVERIFY(hub.last(2).kind == Kind::Welcome);
    }

    void whoIsHeldBackStaysHeldBack() {
        Talk talk;
        talk.context.access.hasPassword = true;
        talk.json(R"({"action":"hello","name":"ann","password":"p"})");
        talk.mail({.kind = Kind::HoldBack, .delay = 8s});
        talk.json(R"({"action":"hello","name":"ann"})");
        QCOMPARE(talk.context.access.posted.size(), 1u);
        QVERIFY(!talk.context.receiving && talk.context.timer == 8s);
        talk.handler.timer(talk.context);
        QCOMPARE(talk.context.access.posted.size(), 2u);
        QCOMPARE(talk.context.access.posted.back().password, std::string("p"));
    }

    void anEmptyLineIsNoPasswordAndWhatFollowsNoName() {
        Talk talk;
        talk.context.access.hasPassword = true;
        talk.line("ann");
        talk.line("\r");
        QVERIFY(talk.context.access.posted.empty());
        QCOMPARE(talk.context.sent.back(), std::string("* this server needs a password; type it"));
        talk.line("right");
        QCOMPARE(talk.context.access.posted.front().name, std::string("ann"));
        QCOMPARE(talk.context.access.posted.front().password, std::string("right"));
        Talk silent;
        silent.context.access.hasPassword = true;
        silent.line("ann");
        for (int i = 0; i < 5; ++i)
            silent.line("");
        QVERIFY(silent.context.closed && silent.context.access.posted.empty());
    }

    void anEmptyRoomInWhichNothingWasSaidIsGone() {
        FakeHub hub;
        hub.enter(1, "ann", "one");
        hub.rooms.request(1, {.action = Action::Leave, .room = "one"});
        QVERIFY(hub.rooms.overview().rooms.empty());
        hub.rooms.request(1, {.action = Action::Join, .room = "two"});
        hub.rooms.request(1, {.action = Action::Say, .room = "two", .text = "x"});
        hub.rooms.gone(1, {}); // before it is stored
        hub.storeAll();
        QCOMPARE(hub.rooms.overview().rooms.size(), 1u);
        QCOMPARE(hub.rooms.overview().rooms.front().last, 1u);
    }

    void beyondTheRateNothingIsReadAndNothingRefused() {
        Talk talk;
        talk.enterByJson();
        for (int i = 0; i < 400; ++i) {
            talk.json(R"({"action":"ping"})");
            if (!talk.context.access.posted.empty() && talk.context.receiving)
                talk.mail({.kind = Kind::Pong});
        }
        QVERIFY(!talk.context.receiving);
        QCOMPARE(talk.context.access.posted.size(), 299u); // the hello was one of the burst
        QVERIFY(talk.context.timer && *talk.context.timer == 20ms);
        talk.context.time += 10s;
        talk.handler.timer(talk.context);
        while (!talk.context.receiving) // their answers make room for the others
            talk.mail({.kind = Kind::Pong});
        QCOMPARE(talk.context.access.posted.size(), 400u);
    }

    /// Its kernel may acknowledge all that it is sent.
    void whoPromisedAHeartbeatIsGivenUpWithoutOne() {
        Talk talk;
        talk.enterByJson(R"({"action":"hello","name":"ann","heartbeat":true})");
        talk.mail({.kind = Kind::Message, .room = "den", .text = "one", .id = 1});
        QVERIFY(talk.context.timer == 30s);
        talk.context.time += 29s;
        talk.mail({.kind = Kind::Message, .room = "den", .text = "two", .id = 2});
        talk.json(R"({"action":"ping"})"); // a word is enough
        talk.mail({.kind = Kind::Pong});   // and costs none
        talk.context.time += 1s;
        talk.handler.timer(talk.context);
        talk.context.time += 1h;
        talk.handler.timer(talk.context);
        QVERIFY(!talk.context.givenUp);
        talk.mail({.kind = Kind::Message, .room = "den", .text = "three", .id = 3});
        talk.context.time += 29s;
        talk.handler.timer(talk.context);
        QVERIFY(!talk.context.givenUp && talk.context.timer == 1s);
        talk.context.time += 1s;
        talk.handler.timer(talk.context);
        QVERIFY(talk.context.givenUp);
    }

    void whoPromisedNoneOrCannotBeHeardIsNot() {
        Talk lines;
        lines.line("ann");
        lines.mail({.kind = Kind::Welcome, .name = "ann"});
        Talk plain;
        plain.enterByJson();
        Talk full; // nothing of it is read while its queue here is half full
        full.enterByJson(R"({"action":"hello","name":"ann","heartbeat":true})");
        full.context.room = false;
        for (Talk* const talk : {&lines, &plain, &full}) {
            talk->mail({.kind = Kind::Message, .room = "den", .text = "one", .id = 1});
            talk->context.time += 31s;
            talk->handler.timer(talk->context);
            QVERIFY(!talk->context.givenUp);
        }
        full.context.room = true;
        full.context.time += 29s;
        full.handler.writable(full.context);
        full.context.time += 2s; // what it said meanwhile is still to be read
        full.handler.timer(full.context);
        QVERIFY(!full.context.givenUp);
        full.mail({.kind = Kind::Message, .room = "den", .text = "two", .id = 2});
        full.context.time += 30s;
        full.handler.timer(full.context);
        QVERIFY(full.context.givenUp);
    }

    void theHeartbeatAndTheRateShareATimer() {
        Talk talk;
        talk.enterByJson(R"({"action":"hello","name":"ann","heartbeat":true})");
        for (int i = 0; i < 300; ++i) {
            talk.json(R"({"action":"ping"})");
            talk.mail({.kind = Kind::Pong});
        }
        QVERIFY(!talk.context.receiving && talk.context.timer == 20ms);
        talk.mail({.kind = Kind::Message, .room = "den", .text = "one", .id = 1});
        QVERIFY(talk.context.timer == 20ms);
        talk.context.time += 20ms;
        talk.handler.timer(talk.context);
        QVERIFY(talk.context.receiving);
        talk.mail({.kind = Kind::Message, .room = "den", .text = "two", .id = 2});
        QVERIFY(talk.context.timer == 30s);
    }

    void requestsOnTheirWayAreBounded() {
        Talk talk;
        talk.enterByJson();
        for (int i = 0; i < 100; ++i)
            talk.json(R"({"action":"ping"})");
        QCOMPARE(talk.context.access.posted.size(), 64u);
        QVERIFY(!talk.context.receiving);
        talk.mail({.kind = Kind::Pong});
        QCOMPARE(talk.context.access.posted.size(), 65u);
    }

    void helloComesFirstAndWithinTenSeconds() {
        Talk silent;
        QVERIFY(silent.context.timer == 10s);
        silent.handler.timer(silent.context);
        QVERIFY(silent.context.closed && !silent.context.protocolError.empty());
        Talk rude;
        for (int i = 0; i < 5; ++i)
            rude.json(R"({"action":"rooms"})");
        QVERIFY(rude.context.closed && rude.context.access.posted.empty());
        QVERIFY(rude.context.sent.front().find("not_hello") != std::string::npos);
        Talk wrong;
        wrong.json("{");
        QVERIFY(wrong.context.sent.front().find("bad_request") != std::string::npos);
    }

    void aLineClientIsAskedForThePassword() {
        Talk talk;
        talk.context.access.hasPassword = true;
        talk.context.access.isLocal = false;
        talk.line("ann");
        QVERIFY(talk.context.sent.back().find("not encrypted") != std::string::npos);
        talk.line("pass word\r");
        QCOMPARE(talk.context.access.posted.front().password, std::string("pass word"));
        talk.mail({.kind = Kind::HoldBack, .delay = 2s});
        QVERIFY(talk.context.timer == 2s);
        talk.handler.timer(talk.context);
        QCOMPARE(talk.context.access.posted.size(), 2u);
        ChatEvent wrong = refusalEvent({ChatCode::WrongPassword, "the password is wrong"});
        wrong.closes = true;
        wrong.delay = 4s;
        talk.mail(wrong);
        QVERIFY(talk.context.timer == 4s && !talk.context.closed);
        talk.handler.timer(talk.context);
        QVERIFY(talk.context.closed);
        QCOMPARE(talk.context.sent.back(), std::string("* the password is wrong"));
    }

    void whoEndsItsSideStaysUntilAllIsStored() {
        Talk talk;
        talk.enterByJson();
        talk.json(R"({"action":"say","room":"den","text":"x"})");
        talk.handler.peerClosed(talk.context);
        QVERIFY(!talk.context.closed);
        talk.mail({.kind = Kind::Stored, .id = 1});
        QVERIFY(talk.context.closed);
        QVERIFY(talk.context.sent.back().find("\"id\":1") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestChat)
#include "tst_chat.moc"
