#include "ui/load/background.h"

#include <QCoreApplication>
#include <QFile>
#include <QPointer>
#include <QThreadPool>

#include "core/storage/safe_file.h"
#include "ui/common/error_text.h"

namespace sscope {

void runInBackground(std::function<void()> work) {
    QThreadPool::globalInstance()->start(std::move(work));
}

void writeInBackground(const QString& path, std::function<std::string()> makeText, QObject* context,
                       std::function<void(const QString&)> written) {
    // Copied on another thread, looked at on its own only.
    const QPointer<QObject> there(context);
    QCoreApplication* application = QCoreApplication::instance();
    runInBackground(
        [path, makeText = std::move(makeText), written = std::move(written), there, application] {
            const auto result = replaceFile(QFile::encodeName(path).toStdString(), makeText());
            const QString failure = result ? QString() : errorWords(result.error());
            QMetaObject::invokeMethod(application, [there, written, failure] {
                if (there)
                    written(failure);
            });
        });
}

} // namespace sscope
