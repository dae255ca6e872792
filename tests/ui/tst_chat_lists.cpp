#include <map>
#include <random>

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QtTest>

#include "ui/chat/chat_lines_model.h"
#include "ui/chat/chat_people_model.h"
#include "ui/chat/chat_places_model.h"

using namespace sscope;
using State = ChatLine::State;

namespace {

constexpr WallTime second = 1'000'000'000;
constexpr WallTime minute = 60 * second;

/// Noon of some day, by the clock of this place.
WallTime noon() {
    return QDateTime(QDate(2026, 11, 20), QTime(12, 0)).toMSecsSinceEpoch() * 1'000'000;
}

ChatLine message(quint64 id, const QString& author = "lin", WallTime time = 0) {
    ChatLine line;
    line.id = id;
    line.author = author;
    line.time = time != 0 ? time : noon() + static_cast<WallTime>(id) * second;
    line.text = QString("text %1").arg(id);
    return line;
}

ChatLine remark(const QString& text, WallTime time = noon()) {
    ChatLine line;
    line.kind = ChatLine::Kind::Remark;
    line.text = text;
    line.time = time;
    return line;
}

ChatLine waiting(quint64 tag) {
    ChatLine line = message(0, "mira", noon());
    line.tag = tag;
    line.isOwn = true;
    line.text = QString("waits %1").arg(tag);
    return line;
}

QStringList texts(const ChatLinesModel& model) {
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list.append(model.at(row).text);
    return list;
}

/// What a view knows of a model by its signals alone.
class Mirror : public QObject {
public:
    explicit Mirror(ChatLinesModel& model) : m_model(model) {
        connect(&model, &QAbstractItemModel::rowsInserted, this,
                [this](const QModelIndex&, int first, int last) {
                    m_rows.insert(m_rows.begin() + first,
                                  static_cast<std::size_t>(last - first + 1), {});
                    read(first, last);
                });
        connect(&model, &QAbstractItemModel::rowsRemoved, this,
                [this](const QModelIndex&, int first, int last) {
                    m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
                });
        connect(&model, &QAbstractItemModel::rowsMoved, this,
                [this](const QModelIndex&, int first, int, const QModelIndex&, int to) {
                    const Row row = m_rows[static_cast<std::size_t>(first)];
                    m_rows.erase(m_rows.begin() + first);
                    m_rows.insert(m_rows.begin() + to, row);
                });
        connect(&model, &QAbstractItemModel::dataChanged, this,
                [this](const QModelIndex& first, const QModelIndex& last) {
                    read(first.row(), last.row());
                });
    }

    void compare() const {
        QCOMPARE(static_cast<int>(m_rows.size()), m_model.rowCount());
        for (int row = 0; row < m_model.rowCount(); ++row)
            QVERIFY2(m_rows[static_cast<std::size_t>(row)] == now(row),
                     qPrintable(QString("row %1").arg(row)));
    }

private:
    struct Row {
        QString text;
        State state = State::Plain;
        bool startsDay = false;
        bool startsGroup = false;
        int newLines = 0;
        bool operator==(const Row&) const = default;
    };

    [[nodiscard]] Row now(int row) const {
        return {m_model.at(row).text, m_model.at(row).state, m_model.startsDay(row),
                m_model.startsGroup(row), m_model.startsNew(row) ? m_model.newCount() : 0};
    }
    void read(int first, int last) {
        for (int row = first; row <= last; ++row)
            m_rows[static_cast<std::size_t>(row)] = now(row);
    }

    ChatLinesModel& m_model;
    std::vector<Row> m_rows;
};

/// The same as a plain list, found anew by looking at all of it.
struct Reference {
    std::vector<ChatLine> placed;
    std::vector<ChatLine> waits;

    void add(const ChatLine& line) {
        if (std::ranges::find(placed, line.id, &ChatLine::id) != placed.end())
            return;
        const auto higher =
            std::ranges::find_if(placed, [&](const ChatLine& each) { return each.id > line.id; });
        auto place = higher;
        if (higher != placed.end()) {
            while (place != placed.begin() && (place - 1)->id == 0 && (place - 1)->time > line.time)
                --place;
        }
        placed.insert(place, line);
    }
    std::optional<ChatLine> takeWaiting(quint64 tag) {
        const auto it = std::ranges::find(waits, tag, &ChatLine::tag);
        if (it == waits.end())
            return {};
        const ChatLine line = *it;
        waits.erase(it);
        return line;
    }
    [[nodiscard]] QStringList texts() const {
        QStringList list;
        for (const auto* part : {&placed, &waits}) {
            for (const ChatLine& line : *part)
                list.append(line.text);
        }
        return list;
    }
};

} // namespace

class TestChatLists : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void putsMessagesInTheOrderOfTheirIds() {
        ChatLinesModel model;
        const QAbstractItemModelTester tester(&model);
        model.addMessages({message(5), message(6)}, false);
        model.append({remark("joined")}, false);
        model.addMessages({message(7)}, false);
        model.addOlder({message(3), message(4)});
        model.addMessages({message(6), message(7)}, false); // once
        QCOMPARE(texts(model),
                 QStringList({"text 3", "text 4", "text 5", "text 6", "joined", "text 7"}));
        QCOMPARE(model.firstId(), quint64(3));
        QCOMPARE(model.lastId(), quint64(7));
    }

    void whatWaitsStandsLastUntilItIsStored() {
        ChatLinesModel model;
        const QAbstractItemModelTester tester(&model);
        model.addMessages({message(1)}, false);
        model.addWaiting(waiting(1));
        model.addWaiting(waiting(2));
        model.addMessages({message(3)}, false);
        QCOMPARE(texts(model), QStringList({"text 1", "text 3", "waits 1", "waits 2"}));
        model.setStored(1, 2, noon() + 2 * second);
        QCOMPARE(texts(model), QStringList({"text 1", "waits 1", "text 3", "waits 2"}));
        QCOMPARE(model.at(1).state, State::Stored);
        QCOMPARE(model.at(1).id, quint64(2));
        model.addMessages({message(2, "mira")}, false); // told of it again
        QCOMPARE(model.rowCount(), 4);
        model.addMessages({message(4, "mira")}, false); // the past tells it before the answer
        model.setStored(2, 4, noon());
        QCOMPARE(texts(model), QStringList({"text 1", "waits 1", "text 3", "text 4"}));
        QCOMPARE(model.waitingCount(), 0);
    }

    void whatWasRefusedStaysWhereItWasAndCanBeTaken() {
        ChatLinesModel model;
        const QAbstractItemModelTester tester(&model);
        model.addWaiting(waiting(1));
        model.addWaiting(waiting(2));
        model.setRefused(2, "too long");
        model.addMessages({message(1)}, false);
        QCOMPARE(texts(model), QStringList({"waits 2", "text 1", "waits 1"}));
        QVERIFY(model.index(0).data(Qt::AccessibleTextRole).toString().contains("too long"));
        QVERIFY(!model.takeRefused(1)); // it waits
        const auto taken = model.takeRefused(2);
        QVERIFY(taken);
        QCOMPARE(taken->text, QString("waits 2"));
        QCOMPARE(texts(model), QStringList({"text 1", "waits 1"}));
    }

    void knowsWhereDaysAndGroupsBegin() {
        ChatLinesModel model;
        const Mirror mirror(model);
        model.addMessages({message(10, "lin", noon()), message(11, "lin", noon() + minute),
                           message(12, "ravi", noon() + minute),
                           message(13, "ravi", noon() + 7 * minute),
                           message(14, "ravi", noon() + 24 * 60 * minute)},
                          false);
        const auto flags = [&](bool (ChatLinesModel::*flag)(int) const) {
            QString text;
            for (int row = 0; row < model.rowCount(); ++row)
                text += (model.*flag)(row) ? 'x' : '.';
            return text;
        };
        QCOMPARE(flags(&ChatLinesModel::startsDay), QString("x...x"));
        QCOMPARE(flags(&ChatLinesModel::startsGroup), QString("x.xxx"));
        model.addOlder({message(9, "lin", noon() - second)});
        QCOMPARE(flags(&ChatLinesModel::startsDay), QString("x....x"));
        QCOMPARE(flags(&ChatLinesModel::startsGroup), QString("x..xxx"));
        mirror.compare();
    }

    void marksTheFirstThatNobodyHasSeen() {
        ChatLinesModel model;
        const Mirror mirror(model);
        model.addMessages({message(1)}, false);
        ChatLine own = message(2, "mira");
        own.isOwn = true;
        model.addMessages({own, message(3)}, true);
        model.append({remark("joined")}, true);
        model.addMessages({message(4)}, true);
        QVERIFY(model.startsNew(2));
        QCOMPARE(model.newCount(), 2);
        model.addMessages({message(5)}, false); // seen as it came
        QCOMPARE(model.newCount(), 2);
        mirror.compare();
        model.setSeen();
        QVERIFY(!model.startsNew(2));
        QCOMPARE(model.newCount(), 0);
        mirror.compare();
    }

    void theOldestMakeRoom() {
        ChatLinesModel model(nullptr, 200);
        const QAbstractItemModelTester tester(&model);
        const Mirror mirror(model);
        for (quint64 id = 1000; id < 2000; ++id)
            model.addMessages({message(id)}, true);
        QVERIFY(model.rowCount() >= 200 && model.rowCount() <= 300);
        QCOMPARE(model.lastId(), quint64(1999));
        QVERIFY(model.hasOlder());
        QVERIFY(model.startsNew(0)); // all that is left of what was new
        mirror.compare();
        std::vector<ChatLine> page;
        for (quint64 id = model.firstId() - 200; id < model.firstId(); ++id)
            page.push_back(message(id));
        const quint64 first = page.front().id;
        model.addOlder(page);
        model.addMessages({message(2000)}, false);
        QCOMPARE(model.firstId(), first); // what was loaded stays
        model.forgetOlder();
        QCOMPARE(model.rowCount(), 200);
        mirror.compare();
    }

    void neverMakesRoomByWhatWaits() {
        ChatLinesModel model(nullptr, 10);
        const QAbstractItemModelTester tester(&model);
        for (quint64 tag = 1; tag <= 300; ++tag)
            model.addWaiting(waiting(tag));
        model.addMessages({message(1)}, false);
        QCOMPARE(model.waitingCount(), 300);
        QCOMPARE(model.rowCount(), 300);
    }

    void agreesWithAPlainListWhateverHappens() {
        std::mt19937 random(7);
        const auto upTo = [&](int most) { return std::uniform_int_distribution(0, most)(random); };
        for (int round = 0; round < 20; ++round) {
            ChatLinesModel model;
            const QAbstractItemModelTester tester(&model);
            const Mirror mirror(model);
            Reference reference;
            quint64 first = 500;
            quint64 last = 500;
            quint64 tag = 0;
            const QStringList authors{"lin", "ravi"};
            const auto next = [&](quint64 id) {
                return message(id, authors[upTo(1)],
                               noon() + static_cast<WallTime>(id) * 20 * minute);
            };
            for (int step = 0; step < 60; ++step) {
                std::vector<ChatLine> batch;
                switch (upTo(7)) {
                case 0: { // live, with gaps that come later
                    for (int i = upTo(4); i >= 0; --i)
                        batch.push_back(next(last += 1 + static_cast<quint64>(upTo(2))));
                    model.addMessages(batch, upTo(1) == 1);
                    break;
                }
                case 1: { // in any place
                    std::map<quint64, ChatLine> sorted;
                    for (int i = upTo(6); i >= 0; --i) {
                        const quint64 id = first + static_cast<quint64>(upTo(int(last - first)));
                        sorted[id] = next(id);
                    }
                    for (const auto& [id, line] : sorted)
                        batch.push_back(line);
                    model.addMessages(batch, upTo(1) == 1);
                    break;
                }
                case 2: {
                    for (quint64 id = first - 5; id < first; ++id)
                        batch.push_back(next(id));
                    first -= 5;
                    model.addOlder(batch);
                    break;
                }
                case 3: {
                    const ChatLine line =
                        remark(QString("remark %1").arg(step),
                               noon() + static_cast<WallTime>(last) * 20 * minute);
                    model.append({line}, true);
                    reference.placed.push_back(line);
                    break;
                }
                case 4: {
                    const ChatLine line = waiting(++tag);
                    model.addWaiting(line);
                    reference.waits.push_back(line);
                    break;
                }
                case 5: {
                    const quint64 of = static_cast<quint64>(upTo(int(tag)));
                    const quint64 id = upTo(3) == 0 ? last : ++last;
                    const WallTime time = noon() + static_cast<WallTime>(id) * 20 * minute;
                    model.setStored(of, id, time);
                    if (auto line = reference.takeWaiting(of)) {
                        line->id = id;
                        line->time = time;
                        reference.add(*line);
                    }
                    break;
                }
                case 6: {
                    const quint64 of = static_cast<quint64>(upTo(int(tag)));
                    model.setRefused(of, "no");
                    if (const auto line = reference.takeWaiting(of))
                        reference.placed.push_back(*line);
                    break;
                }
                default:
                    model.setSeen();
                }
                for (const ChatLine& line : batch)
                    reference.add(line);
                QCOMPARE(texts(model), reference.texts());
                mirror.compare();
            }
        }
    }

    void showsNothingAsItCame() {
        ChatLinesModel model;
        ChatLine line = message(1, "lin\u202e");
        line.text = "\x1b[31mred\n";
        model.addMessages({line}, false);
        const QString shown = model.index(0).data().toString();
        QVERIFY2(shown.endsWith("lin\\u202e: \\x1b[31mred\\n"), qPrintable(shown));
    }

    void aLongRunNamesItsAuthorAgain() {
        ChatLinesModel model;
        std::vector<ChatLine> lines;
        for (quint64 id = 18; id <= 70; ++id)
            lines.push_back(message(id, "lin"));
        model.addMessages(std::move(lines), false);
        const auto named = [&model] {
            QList<quint64> ids;
            for (int row = 0; row < model.rowCount(); ++row) {
                if (model.startsGroup(row))
                    ids.append(model.at(row).id);
            }
            return ids;
        };
        QCOMPARE(named(), QList<quint64>({18, 40, 60})); // 20 stands close to the first
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.addOlder({message(10, "lin"), message(11, "lin"), message(12, "lin"),
                        message(13, "lin"), message(14, "lin")});
        QCOMPARE(named(), QList<quint64>({10, 20, 40, 60}));
        QCOMPARE(changed.size(), 1);
        const auto first = changed.at(0).at(0).toModelIndex().row();
        const auto last = changed.at(0).at(1).toModelIndex().row();
        QVERIFY(first <= 5 && last >= 7); // 18, and 20
    }

    void peopleAreSortedThoseWhoLeftLast() {
        ChatPeopleModel model;
        const QAbstractItemModelTester tester(&model);
        model.set({{.name = "Ravi"}, {.name = "lin"}, {.name = "mira", .isMe = true}});
        model.set({{.name = "Ravi", .isHere = false, .leftAt = noon()},
                   {.name = "lin"},
                   {.name = "jun", .usesLines = true},
                   {.name = "mira", .isMe = true}});
        QCOMPARE(model.hereCount(), 3);
        const auto told = [&model] {
            QStringList names;
            for (int row = 0; row < model.rowCount(); ++row)
                names.append(model.index(row).data(Qt::AccessibleTextRole).toString());
            return names;
        };
        QCOMPARE(told(), QStringList({"jun, not connected", "lin, not connected",
                                      "mira, not connected", "Ravi, left at 12:00"}));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setConnected(true);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(told(),
                 QStringList({"jun, in line mode", "lin", "mira, you", "Ravi, left at 12:00"}));
    }

    void peopleAgreeWithAPlainListWhateverHappens() {
        std::mt19937 random(11);
        ChatPeopleModel model;
        const QAbstractItemModelTester tester(&model);
        for (int step = 0; step < 300; ++step) {
            std::vector<ChatPeopleModel::Entry> entries;
            for (int i = 0; i < 30; ++i) {
                const auto roll = random() % 4;
                if (roll != 0)
                    entries.push_back({.name = QString("name %1").arg(i),
                                       .isHere = roll != 1,
                                       .lastHeard = static_cast<WallTime>(random() % 2)});
            }
            std::ranges::shuffle(entries, random);
            model.set(entries);
            std::ranges::sort(entries, {}, [](const auto& entry) {
                return std::pair(!entry.isHere, entry.name);
            });
            QCOMPARE(static_cast<std::size_t>(model.rowCount()), entries.size());
            for (int row = 0; row < model.rowCount(); ++row)
                QVERIFY(model.at(row) == entries[static_cast<std::size_t>(row)]);
        }
    }

    void placesAreSortedAndKeepTheirCounts() {
        ChatPlacesModel model;
        const QAbstractItemModelTester tester(&model);
        const auto room = [](const QString& name) {
            return ChatPlace{ChatPlace::Kind::Room, name};
        };
        model.put({.place = room("sockets")});
        model.put({.place = room("General")});
        model.put({.place = room("sockets"), .unread = 3, .mentions = 1});
        QCOMPARE(model.rowOf(room("General")), 0);
        QCOMPARE(model.index(1).data(Qt::AccessibleTextRole).toString(),
                 QString("sockets, 3 unread, 1 naming you"));
        model.remove(room("General"));
        model.remove(room("none"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowOf(room("sockets")), 0);
    }
};

QTEST_MAIN(TestChatLists)
#include "tst_chat_lists.moc"
