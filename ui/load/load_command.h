#pragma once

#include <QKeySequence>
#include <QString>

#include "core/load/model_race.h"

namespace sscope {

/// "socketscope load tcp://127.0.0.1:65432 --connections 100", as a shell takes it.
QString loadCommand(const LoadConfig& config);
/// The same race as a loop of a POSIX shell: a server under each model, and the load against it.
QString raceCommand(const RaceConfig& config);

/// Starts a load or a race in the page that has the keyboard.
inline QKeySequence startKey() {
    return {Qt::CTRL | Qt::Key_Return};
}

} // namespace sscope
