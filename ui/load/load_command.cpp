#include "ui/load/load_command.h"

#include <QStringList>

#include "core/base/shell_words.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

QString joined(const std::vector<std::string>& words) {
    QStringList all{QStringLiteral("socketscope load")};
    for (const std::string& word : words)
        all.append(toQString(shellQuoted(word)));
    return all.join(QLatin1Char(' '));
}

} // namespace

QString loadCommand(const LoadConfig& config) {
    return joined(loadArguments(config));
}

QString raceCommand(const RaceConfig& config) {
    QStringList models;
    for (const std::string& model : config.models)
        models.append(toQString(shellQuoted(model)));
    LoadConfig load = config.load;
    load.endpoint = {.host = "127.0.0.1", .port = 65432};
    return QStringLiteral("for model in %1; do\n"
                          "  socketscope serve %2 --model $model >/dev/null & sleep 0.5\n"
                          "  echo $model; %3\n"
                          "  kill $!; wait $!\n"
                          "done")
        .arg(models.join(QLatin1Char(' ')), toQString(shellQuoted(config.service)),
             loadCommand(load));
}

} // namespace sscope
