#include "ui/common/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace sscope {

namespace {

QString installed = QStringLiteral("en");

} // namespace

QString currentLanguage() {
    return installed;
}

void installLanguage(const QString& language) {
    const QLocale locale = language.isEmpty() ? QLocale() : QLocale(language);
    const bool isChinese = locale.language() == QLocale::Chinese;
    installed = isChinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    auto* own = new QTranslator(qApp);
    if (own->load(QStringLiteral(":/i18n/socketscope_%1.qm").arg(installed)))
        QCoreApplication::installTranslator(own);
    auto* qt = new QTranslator(qApp);
    if (isChinese && qt->load(QStringLiteral("qtbase_zh_CN"),
                              QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
}

} // namespace sscope
