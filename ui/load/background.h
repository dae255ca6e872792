#pragma once

#include <functional>
#include <memory>

#include <QObject>
#include <QString>

namespace sscope {

// Work that the GUI thread must not wait for. What is begun here is finished before the program
// ends: QCoreApplication waits for its pool.

/// Lets go of what joins threads or ends processes when it goes.
template <typename T>
void releaseInBackground(std::shared_ptr<T> thing);
void runInBackground(std::function<void()> work);

/// Makes a text and writes it to a file; then says how that went, on context's thread, where
/// context still exists: empty, or the failure as a sentence.
void writeInBackground(const QString& path, std::function<std::string()> makeText, QObject* context,
                       std::function<void(const QString& failure)> written);

template <typename T>
void releaseInBackground(std::shared_ptr<T> thing) {
    if (thing)
        runInBackground([held = std::move(thing)]() mutable { held.reset(); });
}

} // namespace sscope
