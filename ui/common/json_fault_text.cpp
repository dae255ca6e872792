#include "ui/common/json_fault_text.h"

#include <QCoreApplication>

#include "core/base/display_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::JsonFaultText)
};

/// Core words its reasons in English; those that it has are known by how they begin or end.
QString reasonOf(const std::string& reason) {
    QString text = toQString(displaySafe(reason));
    if (text == QStringLiteral("it is not valid JSON"))
        return Words::tr("this is no valid JSON");
    if (text.endsWith(QStringLiteral(" is there twice")))
        return Words::tr("the key %1 is there twice").arg(text.section(QLatin1Char('\''), 1, -2));
    if (text.endsWith(QStringLiteral(" levels deep")))
        return Words::tr("it is nested too deep");
    if (text.endsWith(QStringLiteral("byte order mark")))
        return Words::tr("it begins with a byte order mark");
    if (text.endsWith(QStringLiteral("NUL byte")))
        return Words::tr("it holds a NUL byte");
    return text;
}

} // namespace

QString jsonFaultText(const JsonFault& fault) {
    return Words::tr("line %1, column %2: %3")
        .arg(fault.line)
        .arg(fault.column)
        .arg(reasonOf(fault.reason));
}

} // namespace sscope
