#include <cmath>

#include <QDir>
#include <QImage>
#include <QtTest>

#include "ui/common/icons.h"
#include "ui/common/theme.h"

using namespace sscope;

namespace {

/// Relative luminance and contrast as WCAG 2 defines them.
double luminance(const QColor& color) {
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

constexpr double leastContrast = 4.5;

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsCanBeReadOnWhatTheyStandOn_data() {
        QTest::addColumn<int>("choice");
        QTest::newRow("light") << static_cast<int>(ThemeChoice::Light);
        QTest::newRow("dark") << static_cast<int>(ThemeChoice::Dark);
    }

    void wordsCanBeReadOnWhatTheyStandOn() {
        QFETCH(int, choice);
        Theme::instance().setChoice(static_cast<ThemeChoice>(choice));
        using T = ColorToken;
        const auto check = [](std::initializer_list<T> words, std::initializer_list<T> grounds) {
            for (const T word : words) {
                for (const T ground : grounds) {
                    const double ratio = contrast(themeColor(word), themeColor(ground));
                    QVERIFY2(ratio >= leastContrast, qPrintable(QStringLiteral("token %1 on %2: %3")
                                                                    .arg(static_cast<int>(word))
                                                                    .arg(static_cast<int>(ground))
                                                                    .arg(ratio)));
                }
            }
        };
        check({T::Text, T::Muted, T::Accent, T::Received, T::Warning, T::Danger, T::Success},
              {T::Window, T::Surface});
        check({T::Text, T::Muted, T::Accent, T::Received, T::Warning},
              {T::RowNew, T::RowChanged, T::RowGone, T::Selection, T::OtherEnd, T::Hover});
        check({T::Text}, {T::Button});
        check({T::OnAccent}, {T::Accent});
    }

    void followsTheSystemUnlessToldOtherwise() {
        Theme& theme = Theme::instance();
        QSignalSpy spy(&theme, &Theme::changed);
        theme.setChoice(ThemeChoice::System);
        theme.setSystemIsDark(true);
        QVERIFY(theme.isDark());
        theme.setSystemIsDark(false);
        QVERIFY(!theme.isDark());
        theme.setChoice(ThemeChoice::Dark);
        theme.setSystemIsDark(false);
        QVERIFY(theme.isDark());
        QVERIFY(spy.count() >= 4);
    }

    void everyIconDrawsSomethingInItsColour() {
        const QStringList names = QDir(QStringLiteral(":/icons")).entryList({"*.svg"});
        QVERIFY(names.size() > 20);
        for (const QString& name : names) {
            const QColor red(200, 10, 10);
            const QImage image = iconPixmap(name.chopped(4), 16, red, 2.0)
                                     .toImage()
                                     .convertToFormat(QImage::Format_ARGB32);
            QCOMPARE(image.size(), QSize(32, 32));
            int painted = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    painted += qAlpha(image.pixel(x, y)) > 128 ? 1 : 0;
            }
            QVERIFY2(painted > 8, qPrintable(name));
        }
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
