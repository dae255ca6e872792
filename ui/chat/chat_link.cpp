#include "ui/chat/chat_link.h"

#include <QRegularExpression>
#include <QUrl>

#include "core/base/display_text.h"

namespace sscope {

namespace {

/// Captures what follows the host and its port.
const QRegularExpression& addressPattern() {
    // RFC 3986 2.2, 2.3 and 3.2; a scheme does not begin within a word.
    static const QRegularExpression pattern(
        QStringLiteral(R"((?<![A-Za-z0-9+.-])https?://)"
                       R"((?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~%-]+)(?::[0-9]*)?)"
                       R"(([/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?)"),
        QRegularExpression::CaseInsensitiveOption);
    return pattern;
}

/// How many more close than open in it.
qsizetype unopened(QStringView address, char opening, char closing) {
    return address.count(QLatin1Char(closing)) - address.count(QLatin1Char(opening));
}

/// In one walk: each layout of a line asks, and whoever wrote it may have written brackets alone.
QStringView withoutSentenceEnd(QStringView address) {
    static const QString ends = QStringLiteral(".,:;!?'*");
    qsizetype round = unopened(address, '(', ')');
    qsizetype square = unopened(address, '[', ']');
    while (!address.isEmpty()) {
        const QChar last = address.last();
        const bool isEnd = last == QLatin1Char(')')   ? round-- > 0
                           : last == QLatin1Char(']') ? square-- > 0
                                                      : ends.contains(last);
        if (!isEnd)
            break;
        address.chop(1);
    }
    return address;
}

bool isHidden(QStringView rest) {
    if (rest.isEmpty() || rest.front() == QLatin1Char('\n') || rest.front() == QLatin1Char('\r') ||
        rest.front() == QLatin1Char('\t'))
        return false;
    return isHiddenCharacter(rest.first(std::min<qsizetype>(2, rest.size())).toUcs4().front());
}

bool isOfWord(QStringView rest) {
    return !rest.isEmpty() &&
           (rest.front().isLetterOrNumber() || rest.front().isMark() ||
            rest.front().isSurrogate() || rest.front().category() == QChar::Other_Format);
}

/// rest is what stands after it.
bool canMislead(const QRegularExpressionMatch& match, QStringView rest) {
    const bool endsWithHost = match.capturedView(1).isEmpty();
    return isHidden(rest) ||
           (endsWithHost && (isOfWord(rest) || rest.startsWith(QLatin1Char('@'))));
}

} // namespace

std::vector<WebAddress> webAddresses(const QString& text) {
    std::vector<WebAddress> found;
    auto matches = addressPattern().globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (canMislead(match, QStringView(text).sliced(match.capturedEnd())))
            continue;
        const QStringView address = withoutSentenceEnd(match.capturedView());
        const QUrl url(address.toString(), QUrl::StrictMode);
        if (url.isValid() && !url.host().isEmpty())
            found.push_back(
                {static_cast<int>(match.capturedStart()), static_cast<int>(address.size())});
    }
    return found;
}

} // namespace sscope
