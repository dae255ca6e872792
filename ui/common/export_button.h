#pragma once

#include <functional>
#include <string>

#include <QToolButton>

namespace sscope {

class InlineMessage;

/// Saves what was measured as CSV or JSON: asks for a file, writes it off the GUI thread, and says
/// in place how that went. On the GUI thread.
class ExportButton : public QToolButton {
    Q_OBJECT

public:
    /// Makes the text on a thread of its own; it owns what it needs.
    using Writer = std::function<std::string()>;
    enum class Form { Csv, Json };

    /// name is proposed for the file, without its ending.
    ExportButton(const QString& name, InlineMessage& message, QWidget* parent = nullptr);

    /// What gives the writer of a form, at the time of the export.
    void setSource(std::function<Writer(Form)> source) { m_source = std::move(source); }
    void saveAs(const QString& path, Form form);

private:
    void ask(Form form);

    const QString m_name;
    InlineMessage& m_message;
    std::function<Writer(Form)> m_source;
};

} // namespace sscope
