#include "ui/clients/payload_copy.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>

#include "core/base/byte_literals.h"
#include "core/base/utf8.h"
#include "ui/clients/payload_text.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::PayloadCopy)
};

/// Text that cannot be read as UTF-8 is copied with U+FFFD, and what is so is said.
PayloadCopy asText(const std::string& bytes) {
    PayloadCopy copy{.text = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()))};
    if (const PayloadText text = payloadText(bytes, {}, true); text.badBytes > 0)
        copy.remark =
            Words::tr("%n byte(s) of it are not UTF-8, the first at %1: each is copied as "
                      "U+FFFD. Hex and the other forms are exact.",
                      nullptr, static_cast<int>(text.badBytes))
                .arg(countText(text.firstBad));
    else if (bytes.find('\0') != std::string::npos)
        copy.remark = Words::tr("The text holds NUL bytes, where many programs stop pasting. Hex "
                                "and the other forms are exact.");
    return copy;
}

PayloadCopy inForm(const std::string& bytes, PayloadForm form) {
    switch (form) {
    case PayloadForm::Text:
        break;
    case PayloadForm::Hex:
        return {toQString(hexDigits(bytesOf(bytes))), {}, {}};
    case PayloadForm::CArray:
        return {toQString(cArray(bytesOf(bytes))), {}, {}};
    case PayloadForm::PythonBytes:
        return {toQString(pythonBytes(bytesOf(bytes))), {}, {}};
    }
    return asText(bytes);
}

} // namespace

PayloadCopy copyOf(const std::vector<RowContent>& contents, PayloadForm form) {
    std::uint64_t all = 0;
    std::uint64_t missing = 0;
    for (const RowContent& content : contents) {
        const std::uint64_t there = content.available();
        all += there;
        missing += content.size() - there;
    }
    if (all > mostCopiedBytes)
        return {{},
                Words::tr("%1 are too much for the clipboard, which takes %2 here. Save them to "
                          "a file instead.")
                    .arg(bytesText(all), bytesText(mostCopiedBytes)),
                {}};
    std::string bytes;
    for (const RowContent& content : contents) {
        auto part = content.first(content.available());
        if (!part)
            return {{}, errorWords(part.error()), {}};
        bytes += *part;
    }
    PayloadCopy copy = inForm(bytes, form);
    if (missing > 0)
        copy.remark = Words::tr("%1 of these rows are not kept: what is copied is the beginning of "
                                "each.")
                          .arg(bytesText(missing));
    return copy;
}

void copyToClipboard(QObject* context, std::vector<RowContent> contents, PayloadForm form,
                     const std::function<void(const PayloadCopy&)>& done) {
    runOnWorker(
        context, [contents = std::move(contents), form] { return copyOf(contents, form); },
        [done](const PayloadCopy& copy) {
            if (copy.problem.isEmpty())
                QGuiApplication::clipboard()->setText(copy.text);
            done(copy);
        });
}

} // namespace sscope
