#include "ui/common/framing_field.h"

#include <QCoreApplication>

#include "ui/common/formats.h"
#include "ui/common/remark_combo_box.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::FramingField)
};

} // namespace

QString framingRemark(const std::string& framing) {
    struct Remark {
        std::string_view framing;
        const char* words;
    };
    static constexpr Remark remarks[]{
        {"raw", QT_TRANSLATE_NOOP("sscope::FramingField", "each receive is a message")},
        {"line", QT_TRANSLATE_NOOP("sscope::FramingField", "a message ends at LF")},
        {"line:crlf", QT_TRANSLATE_NOOP("sscope::FramingField", "sent with CR LF")},
        {"nul", QT_TRANSLATE_NOOP("sscope::FramingField", "a message ends at NUL")},
        {"fixed:64", QT_TRANSLATE_NOOP("sscope::FramingField", "any size can be typed")},
        {"length:u8", QT_TRANSLATE_NOOP("sscope::FramingField", "a byte tells the length")},
        {"length:u16be", QT_TRANSLATE_NOOP("sscope::FramingField", "two bytes, high one first")},
        {"length:u16le", QT_TRANSLATE_NOOP("sscope::FramingField", "two bytes, low one first")},
        {"length:u32be", QT_TRANSLATE_NOOP("sscope::FramingField", "four bytes, high one first")},
        {"length:u32le", QT_TRANSLATE_NOOP("sscope::FramingField", "four bytes, low one first")},
        {"message", QT_TRANSLATE_NOOP("sscope::FramingField", "a JSON header, then content")},
        {"ready", QT_TRANSLATE_NOOP("sscope::FramingField", "announced, then asked for")},
    };
    for (const Remark& remark : remarks) {
        if (remark.framing == framing)
            return Words::tr(remark.words);
    }
    return {};
}

void addFramings(RemarkComboBox& field) {
    for (const std::string& framing : framingExamples())
        field.addEntry(toQString(framing), framingRemark(framing), toQString(framing));
}

} // namespace sscope
