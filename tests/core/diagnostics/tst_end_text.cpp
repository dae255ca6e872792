#include <random>

#include <QtTest>

#include "core/diagnostics/end_text.h"

using namespace sscope;

class TestEndText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Which is written by inet_ntop(3).
    void agreesWithTheTextOfARow() {
        std::mt19937 random(7);
        std::size_t different = 0;
        for (int i = 0; i < 100'000; ++i) {
            SocketRow row;
            row.localAddress.isIpv6 = i % 4 != 0;
            const std::size_t size = row.localAddress.isIpv6 ? 16 : 4;
            for (std::size_t k = 0; k < size; ++k)
                row.localAddress.bytes[k] = static_cast<std::uint8_t>(random());
            if (row.localAddress.isIpv6) { // runs of zeros at every place
                const std::size_t begin = random() % 17, length = random() % 17;
                const std::size_t second = random() % 17, more = random() % 9;
                for (std::size_t k = 0; k < size; ++k) {
                    if ((k >= begin && k < begin + length) || (k >= second && k < second + more))
                        row.localAddress.bytes[k] = 0;
                }
                if (i % 32 == 1)
                    row.localAddress.bytes = {0, 0, 0,    0,    0,   0, 0, 0,
                                              0, 0, 0xFF, 0xFF, 192, 0, 2, 7};
            }
            row.localPort = static_cast<std::uint16_t>(random());
            const std::string expected = row.localText();
            const EndText text(row.localAddress, row.localPort);
            if (text.view() != expected) {
                ++different;
                qWarning("%s is %.*s", expected.c_str(), static_cast<int>(text.view().size()),
                         text.view().data());
            }
        }
        QCOMPARE(different, std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestEndText)
#include "tst_end_text.moc"
