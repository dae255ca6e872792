#include "ui/common/examples.h"

#include <string_view>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/base/shell_words.h"

namespace sscope {

namespace {

constexpr int formatVersion = 1;
constexpr int mostReceiveSize = 1 << 26;
const QString folder = QStringLiteral(":/examples");

/// Takes values out of an object. The first thing that is wrong is kept; what follows is empty.
class StrictReader {
public:
    StrictReader(QJsonObject object, QString language)
        : m_object(std::move(object)), m_language(std::move(language)) {}

    int number(const QString& key, int atLeast, int atMost) {
        const QJsonValue value = m_object.take(key);
        const int number = value.toInt(atLeast - 1);
        if (number < atLeast || number > atMost)
            complain(key);
        return number;
    }

    QString text(const QString& key) { return textOf(key, m_object.take(key)); }

    QString oneOf(const QString& key, const QStringList& words) {
        const QString word = text(key);
        if (!words.contains(word))
            complain(key);
        return word;
    }

    /// The text of one language; the others must be there too.
    QString translated(const QString& key) {
        QJsonObject languages = m_object.take(key).toObject();
        QString wanted;
        for (const QString& language : {QStringLiteral("en"), QStringLiteral("zh_CN")}) {
            const QString text = textOf(key, languages.take(language));
            if (language == m_language)
                wanted = text;
        }
        if (!languages.isEmpty())
            complain(key);
        return wanted;
    }

    std::vector<std::string> texts(const QString& key) {
        const QJsonValue value = m_object.take(key);
        if (value.toArray().isEmpty())
            complain(key);
        std::vector<std::string> all;
        for (const QJsonValue& each : value.toArray())
            all.push_back(textOf(key, each).toStdString());
        return all;
    }

    bool flag(const QString& key) {
        const QJsonValue value = m_object.take(key);
        if (!value.isBool())
            complain(key);
        return value.toBool();
    }

    std::vector<Example::Program> programs(const QString& key) {
        const QJsonValue value = m_object.take(key);
        if (value.toArray().isEmpty())
            complain(key);
        std::vector<Example::Program> all;
        for (const QJsonValue& each : value.toArray()) {
            StrictReader reader(each.toObject(), m_language);
            all.push_back({reader.text(QStringLiteral("command")).toStdString(),
                           reader.texts(QStringLiteral("lines"))});
            if (!reader.fault().isEmpty())
                complain(key);
        }
        return all;
    }

    [[nodiscard]] bool has(const QString& key) const { return m_object.contains(key); }

    /// What is wrong; empty where all is right.
    [[nodiscard]] QString fault() const {
        if (!m_fault.isEmpty() || m_object.isEmpty())
            return m_fault;
        return m_object.keys().constFirst();
    }

private:
    QString textOf(const QString& key, const QJsonValue& value) {
        if (value.toString().isEmpty())
            complain(key);
        return value.toString();
    }
    void complain(const QString& key) {
        if (m_fault.isEmpty())
            m_fault = key;
    }

    QJsonObject m_object;
    QString m_language;
    QString m_fault;
};

/// The tabs: clients, or people of a chat, or both.
void readTabs(StrictReader& reader, Example& example) {
    const QString clients = QStringLiteral("clients");
    const QString chats = QStringLiteral("chats");
    if (reader.has(chats))
        example.chats = reader.texts(chats);
    if (reader.has(clients) || example.chats.empty())
        example.clients = reader.texts(clients);
}

void replaceAll(std::string& text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

std::vector<std::string> wordsOf(const std::string& text) {
    auto words = splitShellWords(text);
    return words ? std::move(*words) : std::vector<std::string>();
}

} // namespace

tl::expected<Example, QString> readExample(const QByteArray& json, const QString& language) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return tl::unexpected(error.errorString());
    StrictReader reader(document.object(), language);
    (void)reader.number(QStringLiteral("format"), formatVersion, formatVersion);
    Example example;
    example.icon = reader.text(QStringLiteral("icon"));
    example.title = reader.translated(QStringLiteral("title"));
    example.summary = reader.translated(QStringLiteral("summary"));
    example.look = reader.translated(QStringLiteral("look"));
    const QString open = QStringLiteral("open");
    if (reader.has(open)) {
        example.open = reader.oneOf(open, {QStringLiteral("race")});
    } else {
        example.servers = reader.texts(QStringLiteral("servers"));
        readTabs(reader, example);
    }
    const QString programs = QStringLiteral("programs");
    if (reader.has(programs))
        example.programs = reader.programs(programs);
    const QString sideBySide = QStringLiteral("sideBySide");
    if (reader.has(sideBySide))
        example.sideBySide = reader.flag(sideBySide);
    const QString browse = QStringLiteral("browse");
    if (reader.has(browse))
        example.browse = reader.number(browse, 1, static_cast<int>(example.servers.size()));
    const QString receiveSize = QStringLiteral("receiveSize");
    if (reader.has(receiveSize))
        example.receiveSize = reader.number(receiveSize, 1, mostReceiveSize);
    if (const QString fault = reader.fault(); !fault.isEmpty())
        return tl::unexpected(fault);
    return example;
}

std::vector<Example> loadExamples(const QString& language) {
    std::vector<Example> examples;
    const QStringList names = QDir(folder).entryList(QDir::Files, QDir::Name);
    for (const QString& name : names) {
        QFile file(folder + QLatin1Char('/') + name);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        if (auto example = readExample(file.readAll(), language))
            examples.push_back(std::move(*example));
    }
    return examples;
}

std::vector<std::string> serverWords(const std::string& text, const std::string& runtimeFolder) {
    std::vector<std::string> words = wordsOf(text);
    for (std::string& word : words)
        replaceAll(word, "{runtime}", runtimeFolder);
    return words;
}

std::vector<std::string> clientWords(const std::string& text,
                                     const std::vector<std::string>& endpoints) {
    std::vector<std::string> words = wordsOf(text);
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        const std::string& endpoint = endpoints[i];
        const std::string number = std::to_string(i + 1);
        const std::string port = endpoint.substr(endpoint.rfind(':') + 1);
        const std::string address = endpoint.substr(endpoint.find("://") + 3);
        const std::string host = address.substr(0, address.rfind(':'));
        for (std::string& word : words) {
            replaceAll(word, "{" + number + "}", endpoint);
            replaceAll(word, "{" + number + ".host}", host);
            replaceAll(word, "{" + number + ".port}", port);
        }
    }
    return words;
}

} // namespace sscope
