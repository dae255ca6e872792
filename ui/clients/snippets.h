#pragma once

#include <vector>

#include <tl/expected.hpp>

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>

#include "ui/clients/written_message.h"

namespace sscope {

class Settings;

/// A message, or a list of messages, that is kept under a name in a folder.
struct Snippet {
    QString folder{}; // empty for none
    QString name{};
    bool isList = false;
    WrittenMessage message{};              // of one message
    std::vector<ListedMessage> messages{}; // of a list
    int interval = 1000;                   // ms, of a list
    int count = 1;                         // of a list; 0 until it is stopped

    bool operator==(const Snippet&) const = default;
};

/// {"format": 1, "snippets": [...]}: each with "folder", "name", and either the members of a
/// message ("form": "text", "hex" or "json"; "text", "encoding", "ending": "LF", "CRLF", "NUL" or
/// "none", "escapes", "macros", "compact") or "form": "list" with "messages" (such members, and
/// "delay" in ms), "interval" in ms and "count".
QByteArray snippetsToJson(const std::vector<Snippet>& snippets);
/// All of them, or in one sentence why the text is refused.
tl::expected<std::vector<Snippet>, QString> snippetsFromJson(const QByteArray& json);

/// The snippets of a person, by folder and name; kept in the settings and shared by all tabs.
class SnippetStore : public QObject {
    Q_OBJECT

public:
    explicit SnippetStore(Settings& settings, QObject* parent = nullptr);

    [[nodiscard]] const std::vector<Snippet>& all() const { return m_snippets; }
    [[nodiscard]] QStringList folders() const;
    /// -1 where there is none of that name.
    [[nodiscard]] int find(const QString& folder, const QString& name) const;

    /// In place of one with its folder and name.
    void save(const Snippet& snippet);
    /// False where another has that folder and name.
    bool rename(int index, const QString& folder, const QString& name);
    void remove(int index);

    struct Merged {
        int added = 0;
        int renamed = 0; // of those added: their name was taken
        int known = 0;   // passed over: the same is there
    };
    Merged merge(const std::vector<Snippet>& snippets);

Q_SIGNALS:
    void changed();

private:
    void keep();

    Settings& m_settings;
    std::vector<Snippet> m_snippets; // by folder and name
};

} // namespace sscope
