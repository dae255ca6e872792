#pragma once

#include <functional>
#include <memory>

#include <QLabel>
#include <QProgressBar>
#include <QTimer>
#include <QWidget>

#include "core/storage/byte_export.h"
#include "ui/common/inline_message.h"

namespace sscope {

/// Saves bytes to a file on a thread of its own: a row with how far it has come and a way to stop
/// it, and then what came of it. Takes no room while there is nothing to say. One at a time.
class ByteSaver : public QWidget {
    Q_OBJECT

public:
    explicit ByteSaver(QWidget* parent = nullptr);
    ~ByteSaver() override; // a save under way is cancelled

    [[nodiscard]] bool isBusy() const { return m_progress != nullptr; }
    /// Asks for a file, then saves what source gives, which is made on the other thread. bytes is
    /// how many there will be; 0 where that is not known.
    void ask(const QString& title, const QString& name,
             std::function<std::unique_ptr<ByteSource>()> source, std::uint64_t bytes);
    void save(const QString& path, std::function<std::unique_ptr<ByteSource>()> source,
              std::uint64_t bytes);
    /// A sentence in the same place.
    void say(InlineMessage::Kind kind, const QString& text);

private:
    void showProgress();
    void finish(const QString& path, const Result<std::uint64_t>& saved);

    QWidget* m_row;
    QLabel* m_label;
    QProgressBar* m_bar;
    InlineMessage* m_message;
    QTimer m_look;
    QString m_path;
    std::uint64_t m_bytes = 0;
    std::shared_ptr<ExportProgress> m_progress;
};

} // namespace sscope
