#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>

#include "core/base/result.h"
#include "core/framing/framings.h"

namespace sscope {

using FileBytes = std::shared_ptr<const std::vector<std::byte>>;

/// The most of a file that is held in memory.
constexpr std::size_t mostFileBytes = 16 << 20;

/// Does work on a thread of its own and hands its result to done on receiver's, as long as that
/// lives.
template <typename Work, typename Done>
void runAside(QObject* receiver, Work work, Done done) {
    const QPointer<QObject> target(receiver);
    QThreadPool::globalInstance()->start([target, work = std::move(work), done]() mutable {
        auto result = work();
        // Lives as long as the application, and so hears it; the target may have gone meanwhile.
        QMetaObject::invokeMethod(
            qApp,
            [target, done, result = std::move(result)] {
                if (target)
                    done(result);
            },
            Qt::QueuedConnection);
    });
}

// Both block on the disk: for runAside(). What is no regular file fails with Fault::NotAFile.

/// All of a file; one that is too long fails with Fault::MessageTooLong.
Result<FileBytes> readWholeFile(const std::string& path);
/// The size of a file that is to be one message; fails where the framing cannot carry it. Reads it
/// where its bytes decide that.
Result<std::uint64_t> checkFile(const std::string& path, const Framing& framing);

} // namespace sscope
