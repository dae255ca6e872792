#include "ui/clients/snippets.h"

#include <algorithm>
#include <tuple>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include "ui/common/settings.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::Snippet)
};

const QString key = QStringLiteral("snippets");
const QString formatKey = QStringLiteral("format");
const QString folderKey = QStringLiteral("folder");
const QString nameKey = QStringLiteral("name");
const QString formKey = QStringLiteral("form");
const QString messagesKey = QStringLiteral("messages");
const QString delayKey = QStringLiteral("delay");
const QString intervalKey = QStringLiteral("interval");
const QString countKey = QStringLiteral("count");
const QString listForm = QStringLiteral("list");
constexpr int formatVersion = 1;
constexpr int mostNumber = 1'000'000'000;

QJsonObject toJson(const Snippet& snippet) {
    QJsonObject object;
    if (snippet.isList) {
        QJsonArray messages;
        for (const ListedMessage& each : snippet.messages) {
            QJsonObject message = toJson(each.message);
            message.insert(delayKey, each.delay);
            messages.append(message);
        }
        object = {{formKey, listForm},
                  {messagesKey, messages},
                  {intervalKey, snippet.interval},
                  {countKey, snippet.count}};
    } else {
        object = toJson(snippet.message);
    }
    object.insert(folderKey, snippet.folder);
    object.insert(nameKey, snippet.name);
    return object;
}

bool takeNumber(const QJsonObject& object, const QString& name, int& number) {
    const QJsonValue value = object.value(name);
    number = value.toInt(number);
    return value.isUndefined() ||
           (value.isDouble() && value.toInt(-1) >= 0 && number <= mostNumber);
}

bool takeList(const QJsonObject& object, Snippet& snippet) {
    const QJsonValue messages = object.value(messagesKey);
    if (!messages.isArray() || !takeNumber(object, intervalKey, snippet.interval) ||
        !takeNumber(object, countKey, snippet.count))
        return false;
    for (const QJsonValue& value : messages.toArray()) {
        const auto message = messageFromJson(value.toObject());
        ListedMessage listed;
        if (!message || !takeNumber(value.toObject(), delayKey, listed.delay))
            return false;
        listed.message = *message;
        snippet.messages.push_back(listed);
    }
    return !snippet.messages.empty();
}

std::optional<Snippet> fromJson(const QJsonObject& object) {
    const QJsonValue folder = object.value(folderKey);
    Snippet snippet{.folder = folder.toString().trimmed(),
                    .name = object.value(nameKey).toString().trimmed(),
                    .isList = object.value(formKey) == listForm};
    if (snippet.name.isEmpty() || !(folder.isUndefined() || folder.isString()))
        return std::nullopt;
    if (snippet.isList)
        return takeList(object, snippet) ? std::optional(snippet) : std::nullopt;
    const auto message = messageFromJson(object);
    if (!message)
        return std::nullopt;
    snippet.message = *message;
    return snippet;
}

QJsonArray toArray(const std::vector<Snippet>& snippets) {
    QJsonArray array;
    for (const Snippet& snippet : snippets)
        array.append(toJson(snippet));
    return array;
}

auto placeOf(const Snippet& snippet) {
    return std::tuple(snippet.folder, snippet.name);
}

} // namespace

QByteArray snippetsToJson(const std::vector<Snippet>& snippets) {
    return QJsonDocument(QJsonObject{{formatKey, formatVersion}, {key, toArray(snippets)}})
        .toJson();
}

tl::expected<std::vector<Snippet>, QString> snippetsFromJson(const QByteArray& json) {
    QJsonParseError problem{};
    const QJsonObject object = QJsonDocument::fromJson(json, &problem).object();
    if (problem.error != QJsonParseError::NoError)
        return tl::unexpected(Words::tr("This file holds no snippets: it is no JSON at byte %1.")
                                  .arg(problem.offset));
    const QJsonValue list = object.value(key);
    if (!object.value(formatKey).isDouble() || !list.isArray())
        return tl::unexpected(Words::tr("This file holds no snippets: it was not exported here."));
    if (object.value(formatKey).toInt() != formatVersion)
        return tl::unexpected(
            Words::tr("These snippets are of a newer version, and none were taken."));
    std::vector<Snippet> snippets;
    for (const QJsonValue& value : list.toArray()) {
        const auto snippet = fromJson(value.toObject());
        if (!snippet)
            return tl::unexpected(Words::tr("Snippet %1 of this file is damaged, and none were "
                                            "taken.")
                                      .arg(snippets.size() + 1));
        snippets.push_back(*snippet);
    }
    return snippets;
}

SnippetStore::SnippetStore(Settings& settings, QObject* parent)
    : QObject(parent), m_settings(settings) {
    for (const QJsonValue& value : settings.value(key).toArray()) {
        if (const auto snippet = fromJson(value.toObject()))
            m_snippets.push_back(*snippet);
    }
    std::ranges::sort(m_snippets, {}, placeOf);
}

QStringList SnippetStore::folders() const {
    QStringList folders;
    for (const Snippet& snippet : m_snippets) {
        if (!snippet.folder.isEmpty() && !folders.contains(snippet.folder))
            folders.append(snippet.folder);
    }
    return folders;
}

int SnippetStore::find(const QString& folder, const QString& name) const {
    const auto it = std::ranges::find(m_snippets, std::tuple(folder, name), placeOf);
    return it == m_snippets.end() ? -1 : static_cast<int>(it - m_snippets.begin());
}

void SnippetStore::keep() {
    std::ranges::sort(m_snippets, {}, placeOf);
    m_settings.setValue(key, toArray(m_snippets));
    Q_EMIT changed();
}

void SnippetStore::save(const Snippet& snippet) {
    if (const int index = find(snippet.folder, snippet.name); index >= 0)
        m_snippets[static_cast<std::size_t>(index)] = snippet;
    else
        m_snippets.push_back(snippet);
    keep();
}

bool SnippetStore::rename(int index, const QString& folder, const QString& name) {
    const int other = find(folder, name);
    if (other >= 0 && other != index)
        return false;
    Snippet& snippet = m_snippets.at(static_cast<std::size_t>(index));
    snippet.folder = folder;
    snippet.name = name;
    keep();
    return true;
}

void SnippetStore::remove(int index) {
    m_snippets.erase(m_snippets.begin() + index);
    keep();
}

SnippetStore::Merged SnippetStore::merge(const std::vector<Snippet>& snippets) {
    Merged merged;
    for (Snippet snippet : snippets) {
        int other = find(snippet.folder, snippet.name);
        const QString name = snippet.name;
        bool isKnown = false;
        for (int i = 2; other >= 0 && !isKnown; ++i) {
            Snippet here = m_snippets[static_cast<std::size_t>(other)];
            here.name = snippet.name = name; // one that an earlier import has renamed
            isKnown = here == snippet;
            snippet.name = QStringLiteral("%1 (%2)").arg(name).arg(i);
            other = find(snippet.folder, snippet.name);
        }
        if (isKnown) {
            ++merged.known;
            continue;
        }
        ++merged.added;
        merged.renamed += snippet.name == name ? 0 : 1;
        m_snippets.push_back(snippet);
    }
    if (merged.added > 0)
        keep();
    return merged;
}

} // namespace sscope
