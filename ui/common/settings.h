#pragma once

#include <memory>

#include <QJsonObject>
#include <QObject>
#include <QTimer>

namespace sscope {

/// What the window remembers: one JSON file under the XDG configuration folder. Read once before
/// the first window; written some time after a change, on a thread of its own. On the GUI thread.
class Settings : public QObject {
    Q_OBJECT

public:
    /// Reads the file. One that is torn or newer is moved aside, and notice() says so.
    explicit Settings(const QString& path, QObject* parent = nullptr);
    ~Settings() override;

    static QString defaultPath();

    [[nodiscard]] QJsonValue value(const QString& key) const { return m_values.value(key); }
    void setValue(const QString& key, const QJsonValue& value);
    /// Empty where all is well.
    [[nodiscard]] QString notice() const { return m_notice; }
    /// Writes what has changed and waits for it.
    void flush();

private:
    class Writer;
    void load();
    void write();

    const QString m_path;
    QJsonObject m_values;
    QString m_notice;
    QTimer m_writeTimer;
    bool m_isDirty = false;
    std::unique_ptr<Writer> m_writer;
};

} // namespace sscope
