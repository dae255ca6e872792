#include <atomic>
#include <random>
#include <thread>

#include <unistd.h>

#include <QTemporaryDir>
#include <QtTest>

#include "core/storage/byte_export.h"
#include "core/storage/conversation_record.h"
#include "core/storage/record_source.h"
#include "tests/support/small_disk.h"

using namespace sscope;
using namespace sscope::test;

namespace {

constexpr RecordLimits noReserve{.waiting = 64 << 20, .reserve = 0};

std::string folderOf(const QTemporaryDir& folder) {
    return folder.path().toStdString();
}

/// All that is kept of one direction.
std::string contentOf(ConversationRecord& record, RecordSide side) {
    std::string content(record.kept(side), '\0');
    const auto count =
        record.read(side, 0, std::as_writable_bytes(std::span(content.data(), content.size())));
    content.resize(count.value_or(0));
    return content;
}

std::string randomBytes(std::mt19937& random, std::size_t size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(random());
    return bytes;
}

Result<std::uint64_t> save(const QString& path, ByteSource& source) {
    ExportProgress progress;
    return exportBytes(path.toStdString(), source, progress);
}

QByteArray fileContent(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("?");
}

} // namespace

class TestConversationRecord : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsBothDirectionsByteForByte() {
        const QTemporaryDir folder;
        RecordWriter writer({folderOf(folder)}, noReserve);
        const auto record = writer.make();
        std::string every;
        for (int value = 0; value < 256; ++value)
            every += static_cast<char>(value);
        record->received(bytesOf(every));
        record->sent(bytesOf("GET / HTTP/1.1\r\n\r\n"));
        record->received({});
        record->received(bytesOf(every));
        QCOMPARE(record->passed(RecordSide::Received), 512u);
        QCOMPARE(contentOf(*record, RecordSide::Received), every + every);
        QCOMPARE(contentOf(*record, RecordSide::Sent), std::string("GET / HTTP/1.1\r\n\r\n"));
        QVERIFY(!record->stopReason());
        QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot));
    }

    void beginsWithinAConnectionThatIsUnderWay() {
        const QTemporaryDir folder;
        RecordWriter writer({folderOf(folder)}, noReserve);
        const auto record = writer.make();
        QVERIFY(!record->isBegun());
        record->begin(5'000'000'000, 7); // the file holds what follows, and no hole
        record->received(bytesOf("in"));
        record->sent(bytesOf("out"));
        QCOMPARE(record->begun(RecordSide::Received), 5'000'000'000u);
        QCOMPARE(record->kept(RecordSide::Received), 5'000'000'002u);
        std::array<std::byte, 8> room{};
        QCOMPARE(record->read(RecordSide::Received, 4'999'999'999, room).value(), 0u);
        QCOMPARE(record->read(RecordSide::Received, 5'000'000'000, room).value(), 2u);
        QCOMPARE(textOf(ByteView(room).first(2)), std::string_view("in"));
        QCOMPARE(record->read(RecordSide::Sent, 8, room).value(), 2u);
        QCOMPARE(textOf(ByteView(room).first(2)), std::string_view("ut"));
    }

    void isExactWhateverInterleaves() {
        const QTemporaryDir folder;
        RecordWriter writer({folderOf(folder)}, noReserve);
        const auto record = writer.make();
        std::mt19937 random(5);
        std::string expected[2];
        std::array<std::byte, 4096> room;
        for (int step = 0; step < 4000; ++step) {
            const bool isSent = random() % 2;
            const auto side = isSent ? RecordSide::Sent : RecordSide::Received;
            if (random() % 5 > 0) {
                const std::string bytes =
                    randomBytes(random, random() % 20 == 0 ? random() % 300'000 : random() % 300);
                expected[isSent] += bytes;
                isSent ? record->sent(bytesOf(bytes)) : record->received(bytesOf(bytes));
                continue;
            }
            const std::uint64_t from = random() % (expected[isSent].size() + 100);
            const auto count = record->read(side, from, room);
            QVERIFY(count.has_value());
            const std::string part =
                from < expected[isSent].size() ? expected[isSent].substr(from, room.size()) : "";
            QCOMPARE(std::string(textOf(ByteView(room).first(*count))), part);
        }
        QCOMPARE(contentOf(*record, RecordSide::Sent), expected[1]);
        QCOMPARE(contentOf(*record, RecordSide::Received), expected[0]);
    }

    void isReadWhileItGrows() {
        const QTemporaryDir folder;
        RecordWriter writer({folderOf(folder)}, noReserve);
        const auto record = writer.make();
        constexpr std::uint32_t numbers = 500'000;
        std::thread loop([&] {
            for (std::uint32_t i = 0; i < numbers; ++i)
                record->received(std::as_bytes(std::span(&i, 1)));
        });
        std::atomic<int> wrong = 0;
        const auto check = [&](unsigned seed) {
            std::mt19937 random(seed);
            std::vector<std::uint32_t> room(1000);
            for (int i = 0; i < 200; ++i) {
                const std::uint64_t kept = record->kept(RecordSide::Received) / 4;
                const std::uint64_t from = kept > 0 ? random() % kept : 0;
                const auto count = record->read(RecordSide::Received, from * 4,
                                                std::as_writable_bytes(std::span(room)));
                for (std::size_t k = 0; count && k < *count / 4; ++k)
                    wrong += room[k] != from + k ? 1 : 0;
                wrong += count ? 0 : 1;
            }
        };
        std::thread reader([&] { check(1); });
        check(2);
        loop.join();
        reader.join();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(record->kept(RecordSide::Received), std::uint64_t{numbers} * 4);
    }

    void aFullDiskStopsTheRecordAndSaysHowFarItIsKept() {
        const SmallDisk disk(1024);
        if (!disk.isMounted())
            QSKIP("needs root, to mount a small disk");
        RecordWriter writer({disk.path().toStdString()}, noReserve);
        const auto record = writer.make();
        std::atomic<int> told = 0;
        record->setStopped([&] { ++told; });
        std::mt19937 random(7);
        const std::string bytes = randomBytes(random, 3 << 20);
        for (std::size_t at = 0; at < bytes.size(); at += 1000) {
            record->received(
                bytesOf(bytes).subspan(at, std::min<std::size_t>(1000, bytes.size() - at)));
            if (at % 100'000 == 0)
                record->flush();
        }
        record->flush();
        record->received(bytesOf("more"));
        QVERIFY(record->stopReason().has_value());
        QVERIFY(record->stopReason()->isErrno(ENOSPC));
        QCOMPARE(told.load(), 1);
        QCOMPARE(record->passed(RecordSide::Received), bytes.size() + 4);
        const std::string kept = contentOf(*record, RecordSide::Received);
        QCOMPARE(kept.size(), record->kept(RecordSide::Received));
        QVERIFY(kept.size() > 800'000 && kept.size() <= 1 << 20);
        QVERIFY(bytes.starts_with(kept));
    }

    void leavesRoomOnTheDiskForOthers() {
        const QTemporaryDir folder;
        RecordWriter writer({folderOf(folder)}, {.reserve = std::uint64_t{1} << 62});
        const auto record = writer.make();
        record->sent(bytesOf("x"));
        record->flush();
        QVERIFY(record->stopReason().has_value());
        QVERIFY(record->stopReason()->isErrno(ENOSPC));
        QCOMPARE(record->kept(RecordSide::Sent), 0u);
        int told = 0;
        record->setStopped([&] { ++told; }); // whoever comes later is told at once
        QCOMPARE(told, 1);
        record->sent(bytesOf("y"));
        QCOMPARE(told, 1);
    }

    void aSlowDiskStopsTheRecordAndKeepsWhatItHad() {
        const QTemporaryDir folder;
        RecordWriter writer({folderOf(folder)}, {.waiting = 1000, .reserve = 0});
        const auto record = writer.make();
        const std::string bytes(600, 'a');
        record->received(bytesOf(bytes));
        while (!record->stopReason()) // the writer may fetch between two of them
            record->received(bytesOf(bytes));
        QVERIFY(record->stopReason()->is(Fault::DiskTooSlow));
        record->received(bytesOf("lost"));
        const std::uint64_t kept = record->kept(RecordSide::Received);
        QVERIFY(kept >= 600 && kept % 600 == 0);
        QVERIFY(record->passed(RecordSide::Received) >= kept + 604);
        QCOMPARE(contentOf(*record, RecordSide::Received), std::string(kept, 'a'));
    }

    void aFolderThatCannotBeUsedIsPassedOver() {
        const QTemporaryDir folder;
        RecordWriter writer({"/proc/none", folderOf(folder)}, noReserve);
        const auto record = writer.make();
        record->received(bytesOf("abc"));
        QCOMPARE(contentOf(*record, RecordSide::Received), std::string("abc"));
        RecordWriter nowhere({"/proc/none"}, noReserve);
        const auto lost = nowhere.make();
        lost->received(bytesOf("abc"));
        lost->flush();
        QVERIFY(lost->stopReason().has_value());
        QCOMPARE(lost->kept(RecordSide::Received), 0u);
    }

    void outlivesItsWriter() {
        const QTemporaryDir folder;
        std::shared_ptr<ConversationRecord> record;
        RecordMaker maker;
        {
            RecordWriter writer({folderOf(folder)}, noReserve);
            record = writer.make();
            maker = writer.maker();
            record->received(bytesOf("abc"));
        }
        record->received(bytesOf("def"));
        QCOMPARE(contentOf(*record, RecordSide::Received), std::string("abcdef"));
        const auto late = maker();
        late->sent(bytesOf("ghi"));
        QCOMPARE(contentOf(*late, RecordSide::Sent), std::string("ghi"));
    }

    void aDatagramThatDidNotGoOutIsNotSaved() {
        const QTemporaryDir folder;
        RecordWriter writer({folderOf(folder)}, noReserve);
        const auto record = writer.make();
        record->sent(bytesOf("one"));
        record->sent(bytesOf("refused"));
        record->notSent(7);
        record->sent(bytesOf("two"));
        const QString path = folder.filePath("sent");
        RecordSource all(record, RecordSide::Sent, {0, 13});
        QCOMPARE(all.size(), 6u);
        QVERIFY(save(path, all).has_value());
        QCOMPARE(fileContent(path), QByteArray("onetwo"));
        RecordSource itself(record, RecordSide::Sent, {3, 10}); // the row can still be looked at
        QCOMPARE(itself.size(), 7u);
    }

    void savesWhatIsKept() {
        const QTemporaryDir folder;
        RecordWriter writer({folderOf(folder)}, noReserve);
        const auto record = writer.make();
        std::mt19937 random(3);
        const std::string bytes = randomBytes(random, 5'000'000);
        record->received(bytesOf(bytes));
        const QString path = folder.filePath("received");
        RecordSource source(record, RecordSide::Received, {0, UINT64_MAX});
        const auto saved = save(path, source);
        QVERIFY(saved.has_value());
        QCOMPARE(*saved, bytes.size());
        QVERIFY(fileContent(path).toStdString() == bytes);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{"received"});
    }

    void aCancelledSaveLeavesTheOldFile() {
        const QTemporaryDir folder;
        RecordWriter writer({folderOf(folder)}, noReserve);
        const auto record = writer.make();
        record->received(bytesOf("new"));
        const QString path = folder.filePath("received");
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        RecordSource source(record, RecordSide::Received, {0, 3});
        ExportProgress progress;
        progress.isCancelled = true;
        const auto saved = exportBytes(path.toStdString(), source, progress);
        QVERIFY(!saved.has_value() && saved.error().isErrno(ECANCELED));
        QCOMPARE(fileContent(path), QByteArray("old"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{"received"});
    }

    void aSaveOnAFullDiskSaysSoAndLeavesNothing() {
        const SmallDisk disk(1024);
        if (!disk.isMounted())
            QSKIP("needs root, to mount a small disk");
        const QTemporaryDir folder;
        RecordWriter writer({folderOf(folder)}, noReserve);
        const auto record = writer.make();
        record->received(bytesOf(std::string(2 << 20, 'x')));
        RecordSource source(record, RecordSide::Received, {0, UINT64_MAX});
        const auto saved = save(disk.path() + "/received", source);
        QVERIFY(!saved.has_value() && saved.error().isErrno(ENOSPC));
        QVERIFY(QDir(disk.path()).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestConversationRecord)
#include "tst_conversation_record.moc"
