#include "ui/clients/file_content.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include "core/base/unique_fd.h"

namespace sscope {

namespace {

Result<FileBytes> readBounded(const std::string& path) {
    // A pipe would hold up who opens it, and one without a writer would read as empty.
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (fd.get() < 0)
        return Failure(systemError(errno, "open", path));
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0)
        return Failure(systemError(errno, "stat", path));
    if (!S_ISREG(info.st_mode))
        return Failure(faultError(Fault::BadValue, "read", path, path));
    auto bytes = std::make_shared<std::vector<std::byte>>();
    constexpr std::size_t piece = 1 << 16;
    for (;;) {
        const std::size_t done = bytes->size();
        bytes->resize(done + piece);
        const ssize_t count = ::read(fd.get(), bytes->data() + done, piece);
        if (count < 0 && errno != EINTR)
            return Failure(systemError(errno, "read", path));
        bytes->resize(done + static_cast<std::size_t>(std::max<ssize_t>(0, count)));
        if (count == 0)
            return FileBytes(std::move(bytes));
        if (bytes->size() > mostFileBytes)
            return Failure(
                faultError(Fault::MessageTooLong, "read", path, std::to_string(mostFileBytes)));
    }
}

} // namespace

void readFileContent(const QString& path, QObject* receiver,
                     const std::function<void(Result<FileBytes>)>& done) {
    const QPointer<QObject> target(receiver);
    QThreadPool::globalInstance()->start([path = path.toStdString(), target, done] {
        auto content = readBounded(path);
        // Lives as long as the application, and so hears it; the target may have gone meanwhile.
        QMetaObject::invokeMethod(
            qApp,
            [target, done, content] {
                if (target)
                    done(content);
            },
            Qt::QueuedConnection);
    });
}

} // namespace sscope
