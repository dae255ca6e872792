#pragma once

#include <functional>
#include <vector>

#include <QObject>
#include <QString>

#include "ui/clients/row_content.h"

namespace sscope {

/// What copied bytes are written as.
enum class PayloadForm { Text, Hex, CArray, PythonBytes };

/// Bytes that one copy is for; more belong into a file.
constexpr std::uint64_t mostCopiedBytes = 16 << 20;

struct PayloadCopy {
    QString text;
    QString problem; // why there is no text
    QString remark;  // what a person should know of it
};

/// The payloads one after another, in a form. Blocks on the disk; any thread.
PayloadCopy copyOf(const std::vector<RowContent>& contents, PayloadForm form);

/// The same on a thread of its own, from where it goes to the clipboard. done is called with what
/// came of it, as long as context lives.
void copyToClipboard(QObject* context, std::vector<RowContent> contents, PayloadForm form,
                     const std::function<void(const PayloadCopy&)>& done);

} // namespace sscope
