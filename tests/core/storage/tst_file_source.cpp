#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/bytes.h"
#include "core/storage/file_source.h"

using namespace sscope;

namespace {

std::string allOf(ByteSource& source, std::size_t piece = 7) {
    std::string all;
    std::vector<std::byte> room(piece);
    for (;;) {
        const auto count = source.read(room);
        if (!count)
            return all + "!" + errorText(count.error());
        if (*count == 0)
            return all;
        all += textOf(ByteView(room).first(*count));
    }
}

} // namespace

class TestFileSource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        QVERIFY(m_dir.isValid());
        m_path = m_dir.filePath("file").toStdString();
        write("contents");
    }

    void givesTheFileAndWhatFollows() {
        auto source = openFileSource(m_path, "\r\n");
        QVERIFY(source);
        QCOMPARE((*source)->size(), std::uint64_t{10});
        QCOMPARE(allOf(**source), std::string("contents\r\n"));
        QCOMPARE(allOf(**source), std::string());
        source = openFileSource(m_path);
        QCOMPARE(allOf(**source, 65536), std::string("contents"));
    }

    void anEmptyFileIsEmpty() {
        write("");
        auto source = openFileSource(m_path, "x");
        QVERIFY(source && (*source)->size() == 1);
        QCOMPARE(allOf(**source), std::string("x"));
    }

    void aFileThatGrowsGivesWhatItHad() {
        auto source = openFileSource(m_path);
        write("contents and more");
        QCOMPARE(allOf(**source), std::string("contents"));
    }

    void aFileThatShrinksFails() {
        auto source = openFileSource(m_path);
        std::vector<std::byte> room(4);
        QVERIFY((*source)->read(room).has_value());
        QCOMPARE(::truncate(m_path.c_str(), 4), 0);
        const auto count = (*source)->read(room);
        QVERIFY(!count && count.error().is(Fault::FileShrank));
        QCOMPARE(count.error().subject, m_path);
    }

    void aFileThatIsRemovedIsReadToItsEnd() {
        auto source = openFileSource(m_path);
        QCOMPARE(::unlink(m_path.c_str()), 0);
        QCOMPARE(allOf(**source), std::string("contents"));
        const auto gone = openFileSource(m_path);
        QVERIFY(!gone && gone.error().isErrno(ENOENT));
    }

    void whatIsNoFileIsRefused() {
        const std::string pipe = m_dir.filePath("pipe").toStdString();
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        for (const std::string& path : {std::string("/dev/zero"), std::string("/"), pipe}) {
            const auto source = openFileSource(path); // and does not wait for who writes the pipe
            QVERIFY2(!source && source.error().is(Fault::NotAFile), path.c_str());
        }
    }

    void whatMayNotBeReadIsRefused() {
        if (::geteuid() == 0)
            QSKIP("root may read all");
        QCOMPARE(::chmod(m_path.c_str(), 0), 0);
        const auto source = openFileSource(m_path);
        QVERIFY(!source && source.error().isErrno(EACCES));
    }

    void readsWhatDoesNotTellItsSize() {
        auto source = openFileSource("/proc/self/comm");
        QVERIFY(source && (*source)->size() > 0);
        QCOMPARE(allOf(**source).substr(0, 4), std::string("tst_"));
    }

    void fourGibibytesTakeNoMemory() {
        QCOMPARE(::truncate(m_path.c_str(), off_t{4} << 30), 0);
        auto source = openFileSource(m_path);
        QVERIFY(source);
        QCOMPARE((*source)->size(), std::uint64_t{4} << 30);
        std::vector<std::byte> room(65536);
        QCOMPARE((*source)->read(room).value(), room.size());
        QVERIFY(::unlink(m_path.c_str()) == 0);
    }

private:
    void write(const QByteArray& content) const {
        QFile file(QString::fromStdString(m_path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    const QTemporaryDir m_dir;
    std::string m_path;
};

QTEST_GUILESS_MAIN(TestFileSource)
#include "tst_file_source.moc"
