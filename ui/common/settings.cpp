#include "ui/common/settings.h"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include <QDir>
#include <QJsonDocument>
#include <QStandardPaths>

#include "core/storage/safe_file.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

constexpr int formatVersion = 1;
const QString versionKey = QStringLiteral("format");

} // namespace

/// Writes files one after another; only the newest content counts.
class Settings::Writer {
public:
    explicit Writer(std::string path) : m_path(std::move(path)), m_thread([this] { run(); }) {}
    ~Writer() {
        {
            const std::lock_guard lock(m_mutex);
            m_ending = true;
        }
        m_changed.notify_one();
        m_thread.join();
    }

    void write(std::string content) {
        const std::lock_guard lock(m_mutex);
        m_content = std::move(content);
        m_changed.notify_one();
    }

private:
    void run() {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_changed.wait(lock, [this] { return m_ending || m_content; });
            if (!m_content)
                return;
            const std::string content = *std::exchange(m_content, std::nullopt);
            lock.unlock();
            // Nothing is lost but comfort where this fails, and a person can do nothing about it.
            (void)replaceFile(m_path, content);
            lock.lock();
        }
    }

    const std::string m_path;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<std::string> m_content; // under m_mutex
    bool m_ending = false;                // under m_mutex
    std::thread m_thread;
};

Settings::Settings(const QString& path, QObject* parent) : QObject(parent), m_path(path) {
    m_writeTimer.setSingleShot(true);
    m_writeTimer.setInterval(std::chrono::seconds(2));
    connect(&m_writeTimer, &QTimer::timeout, this, &Settings::write);
    load();
}

Settings::~Settings() {
    flush();
}

QString Settings::defaultPath() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/socketscope/settings.json");
}

void Settings::load() {
    const std::string path = m_path.toStdString();
    const auto content = readFile(path);
    if (!content) {
        if (!content.error().isErrno(ENOENT))
            m_notice = errorWords(content.error());
        return;
    }
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(*content));
    const QJsonObject object = document.object();
    const int version = object.value(versionKey).toInt();
    if (version == formatVersion) {
        m_values = object;
        return;
    }
    const auto aside = moveAside(path);
    m_notice = version > formatVersion
                   ? tr("The settings are of a newer version. They were kept as %1, and this "
                        "version starts with its own.")
                   : tr("The settings could not be read. They were kept as %1, and new ones were "
                        "started.");
    m_notice = m_notice.arg(aside ? toQString(*aside) : m_path);
}

void Settings::setValue(const QString& key, const QJsonValue& value) {
    if (m_values.value(key) == value)
        return;
    m_values.insert(key, value);
    m_isDirty = true;
    if (!m_writeTimer.isActive())
        m_writeTimer.start();
}

void Settings::write() {
    if (!std::exchange(m_isDirty, false))
        return;
    m_values.insert(versionKey, formatVersion);
    if (!m_writer)
        m_writer = std::make_unique<Writer>(m_path.toStdString());
    m_writer->write(QJsonDocument(m_values).toJson().toStdString());
}

void Settings::flush() {
    write();
    m_writer.reset();
}

} // namespace sscope
