#include "core/server/service_files.h"

#include "core/storage/safe_file.h"

namespace sscope {

Result<void> loadServiceFiles(ServerConfig& config) {
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

} // namespace sscope
