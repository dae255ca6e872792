#include "ui/chat/chat_mention.h"

#include <QList>

#include "core/base/unicode_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

constexpr qsizetype shortestBareName = 3; // of scripts with spaces between words

bool hasSpacesBetweenWords(QChar c) {
    switch (c.script()) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return false;
    default:
        return true;
    }
}

bool isOneWord(QChar left, QChar right) {
    const auto isOfWord = [](QChar c) {
        return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || c == QLatin1Char('_');
    };
    return isOfWord(left) && isOfWord(right) && hasSpacesBetweenWords(left) &&
           hasSpacesBetweenWords(right);
}

bool isWholeWord(const QString& text, qsizetype start, qsizetype length) {
    const qsizetype end = start + length;
    return (start == 0 || !isOneWord(text[start - 1], text[start])) &&
           (end == text.size() || !isOneWord(text[end - 1], text[end]));
}

/// Names of two characters are usual in scripts that write a word with one or two.
bool isShort(const QString& name) {
    const auto count = name.toUcs4().size();
    return count < (hasSpacesBetweenWords(name[0]) ? shortestBareName : 2);
}

QString folded(const QString& text) {
    return toQString(foldedCase(text.toStdString()));
}

} // namespace

bool isMention(const QString& text, qsizetype start, qsizetype length) {
    const bool hasAt = start > 0 && text[start - 1] == QLatin1Char('@');
    return isWholeWord(text, start, length) && (hasAt || !isShort(text.mid(start, length)));
}

bool mentionsName(const QString& text, const QString& name) {
    const QString word = folded(name);
    if (word.isEmpty())
        return false;
    const QString all = folded(text);
    for (qsizetype at = all.indexOf(word); at >= 0; at = all.indexOf(word, at + 1)) {
        if (isMention(all, at, word.size()))
            return true;
    }
    return false;
}

} // namespace sscope
