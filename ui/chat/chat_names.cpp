#include "ui/chat/chat_names.h"

#include <QCoreApplication>

#include "core/service/chat_name.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::ChatNames)
};

// What chat_name.h says.
[[maybe_unused]] constexpr const char* reasons[]{
    QT_TRANSLATE_NOOP("sscope::ChatNames", "a name has at least one character"),
    QT_TRANSLATE_NOOP("sscope::ChatNames", "a name has at most 32 characters"),
    QT_TRANSLATE_NOOP("sscope::ChatNames", "a name is UTF-8 text"),
    QT_TRANSLATE_NOOP("sscope::ChatNames",
                      "a name has no white space, control or invisible characters"),
    QT_TRANSLATE_NOOP("sscope::ChatNames", "a name does not begin with '/'"),
    QT_TRANSLATE_NOOP("sscope::ChatNames", "this name is the server's own"),
};

} // namespace

QString nameFault(const QString& typed) {
    const auto name = chatName(typed.toStdString());
    if (name)
        return {};
    QString words = Words::tr(name.error().c_str());
    words[0] = words[0].toUpper(); // it stands alone
    return words;
}

QString normalName(const QString& typed) {
    const auto name = chatName(typed.toStdString());
    return name ? toQString(name->text) : typed;
}

} // namespace sscope
