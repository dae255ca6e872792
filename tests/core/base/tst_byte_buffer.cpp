#include <QtTest>

#include "core/base/byte_buffer.h"

using namespace sscope;

class TestByteBuffer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasAppendedInOrder() {
        ByteBuffer buffer;
        buffer.append(bytesOf("abc"));
        buffer.append(bytesOf("defg"));
        QCOMPARE(textOf(buffer.view()), std::string_view("abcdefg"));
        buffer.consume(5);
        QCOMPARE(textOf(buffer.view()), std::string_view("fg"));
        buffer.append(bytesOf("h"));
        QCOMPARE(textOf(buffer.view()), std::string_view("fgh"));
        buffer.consume(3);
        QVERIFY(buffer.empty());
    }

    void keepsOrderWhateverThePieces() {
        ByteBuffer buffer;
        std::string expected;
        std::string got;
        for (std::size_t i = 0; i < 2000; ++i) {
            const std::string piece(i % 37, static_cast<char>('a' + i % 26));
            expected += piece;
            buffer.append(bytesOf(piece));
            const std::size_t take = std::min(buffer.size(), i * 7 % 41);
            got += textOf(buffer.view().first(take));
            buffer.consume(take);
        }
        got += textOf(buffer.view());
        QVERIFY(got == expected);
    }

    void isEmptyAfterClear() {
        ByteBuffer buffer;
        buffer.append(bytesOf(std::string(100'000, 'x')));
        buffer.clear();
        QVERIFY(buffer.empty());
        QCOMPARE(buffer.size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestByteBuffer)
#include "tst_byte_buffer.moc"
