#pragma once

#include <memory>
#include <utility>

#include <QThreadPool>

namespace sscope {

/// Lets go, on a thread of the pool, of what joins threads or ends processes when it goes: the GUI
/// thread must not wait for that. QCoreApplication waits for its pool before the program ends.
template <typename T>
void releaseInBackground(std::shared_ptr<T> thing) {
    if (thing)
        QThreadPool::globalInstance()->start([held = std::move(thing)]() mutable { held.reset(); });
}

} // namespace sscope
