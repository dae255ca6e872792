#pragma once

#include <QString>

namespace sscope {

/// Installs the translations of ours and of Qt for a language ("en", "zh_CN"), or for the
/// system's where it is empty. English is what the source is written in; its file has the plurals.
void installLanguage(const QString& language);
/// "en" or "zh_CN", whichever was installed last.
QString currentLanguage();

} // namespace sscope
