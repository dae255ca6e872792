#include "core/server/service_files.h"

#include "core/server/chat_password.h"
#include "core/server/command_config.h"
#include "core/server/token_file.h"
#include "core/storage/safe_file.h"

namespace sscope {

namespace {

Result<void> loadDictionary(ServerConfig& config) {
    const std::string& path = config.settings.dictionaryFile;
    if (path.empty())
        return {};
    const auto text = readFile(path);
    if (!text)
        return Failure(text.error());
    auto entries = parseDictionary(*text);
    if (!entries) {
        entries.error().subject = path;
        return Failure(std::move(entries.error()));
    }
    config.settings.dictionary = std::make_shared<const Dictionary>(std::move(*entries));
    return {};
}

Result<void> loadToken(ServerConfig& config) {
    CommandSettings& settings = config.settings.command;
    if (!runsPrograms(config) || settings.tokenFile.empty())
        return {};
    auto token = readTokenFile(settings.tokenFile);
    if (!token)
        return Failure(std::move(token.error()));
    settings.token = std::make_shared<const std::string>(std::move(*token));
    return {};
}

Result<void> loadPassword(ServerConfig& config) {
    ChatSettings& settings = config.settings.chat;
    if (config.service != "chat" || settings.passwordFile.empty())
        return {};
    auto hash = readPasswordFile(settings.passwordFile);
    if (!hash)
        return Failure(std::move(hash.error()));
    settings.passwordHash = std::make_shared<const std::string>(std::move(*hash));
    return {};
}

} // namespace

Result<void> loadServiceFiles(ServerConfig& config) {
    if (auto loaded = loadPassword(config); !loaded)
        return loaded;
    if (auto loaded = loadToken(config); !loaded)
        return loaded;
    return loadDictionary(config);
}

} // namespace sscope
