#include "ui/clients/line_endings.h"

#include <algorithm>

#include <QCoreApplication>

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::LineEnding)
};

} // namespace

std::vector<LineEnding> lineEndings() {
    return {
        {QStringLiteral("LF"), QByteArray("\n")},
        {QStringLiteral("CRLF"), QByteArray("\r\n")},
        {QStringLiteral("NUL"), QByteArray(1, '\0')},
        {Words::tr("no ending"), QByteArray()},
    };
}

LineEnding lineEnding(const QString& name) {
    const std::vector<LineEnding> endings = lineEndings();
    const auto it = std::ranges::find(endings, name, &LineEnding::name);
    return it == endings.end() ? endings.front() : *it;
}

} // namespace sscope
