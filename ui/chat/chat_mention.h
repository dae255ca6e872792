#pragma once

#include <QString>

namespace sscope {

// Where a text names a person.

/// True where what stands there is a word of its own. Next to characters of scripts that put no
/// space between words any place is one.
bool isWholeWord(const QString& text, qsizetype start, qsizetype length);

/// True where the text has the name as a word of its own, whatever its case.
bool mentionsName(const QString& text, const QString& name);

} // namespace sscope
