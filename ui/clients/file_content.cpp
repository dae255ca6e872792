#include "ui/clients/file_content.h"

#include "core/storage/file_source.h"

namespace sscope {

Result<FileBytes> readWholeFile(const std::string& path) {
    auto source = openFileSource(path);
    if (!source)
        return Failure(std::move(source.error()));
    if ((*source)->size() > mostFileBytes)
        return Failure(
            faultError(Fault::MessageTooLong, "read", path, std::to_string(mostFileBytes)));
    auto bytes = std::make_shared<std::vector<std::byte>>((*source)->size());
    std::size_t done = 0;
    while (done < bytes->size()) {
        const auto count = (*source)->read(std::span(*bytes).subspan(done));
        if (!count)
            return Failure(count.error());
        done += *count;
    }
    return FileBytes(std::move(bytes));
}

Result<std::uint64_t> checkFile(const std::string& path, const Framing& framing) {
    auto source = openFileSource(path);
    if (!source)
        return Failure(std::move(source.error()));
    const std::uint64_t size = (*source)->size();
    if (framing.isRaw() || framing.kind().name == "message")
        return size;
    if (auto fits = framing.accepts(*std::move(source)); !fits)
        return Failure(std::move(fits.error()));
    return size;
}

} // namespace sscope
