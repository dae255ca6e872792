#pragma once

#include <QString>

namespace sscope {

// Where a text names a person.

/// True where the name that stands there names a person: as a word of its own, which next to
/// characters of scripts that put no space between words it is anywhere. A name as short as "me"
/// names nobody without an @ before it.
bool isMention(const QString& text, qsizetype start, qsizetype length);

/// True where the text names the person somewhere, whatever the case.
bool mentionsName(const QString& text, const QString& name);

} // namespace sscope
