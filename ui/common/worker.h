#pragma once

#include <memory>
#include <utility>

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace sscope {

/// Does work on a thread of the pool, for what waits for the disk or takes long, and hands what it
/// gives to done, on the GUI thread; not where context is gone by then. Called on the GUI thread.
template <typename Work, typename Done>
void runOnWorker(QObject* context, Work work, Done done) {
    QThreadPool::globalInstance()->start([guard = QPointer<QObject>(context),
                                          work = std::move(work),
                                          done = std::move(done)]() mutable {
        const auto result = std::make_shared<decltype(work())>(work());
        QCoreApplication* app = QCoreApplication::instance();
        if (!app)
            return;
        QMetaObject::invokeMethod(
            app,
            [guard, result, done = std::move(done)]() mutable {
                if (guard)
                    done(std::move(*result));
            },
            Qt::QueuedConnection);
    });
}

/// Lets go, on a thread of the pool, of what joins threads or ends processes when it goes: the GUI
/// thread must not wait for that. QCoreApplication waits for its pool before the program ends.
template <typename T>
void releaseOnWorker(std::shared_ptr<T> thing) {
    if (thing)
        QThreadPool::globalInstance()->start([held = std::move(thing)]() mutable { held.reset(); });
}

} // namespace sscope
