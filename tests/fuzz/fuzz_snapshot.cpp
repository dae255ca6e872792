// Invariant: a snapshot is read whole or refused with a reason; what was read is written and read
// as the same.

#include <cstdlib>

#include "core/base/bytes.h"
#include "core/diagnostics/table_snapshot.h"

using namespace sscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view json(reinterpret_cast<const char*>(data), size);
    const auto read = snapshotFromJson(json, "snapshot.json");
    if (!read) {
        if (reasonText(read.error()).empty())
            std::abort();
        return 0;
    }
    const std::string written = toJson(*read);
    const auto again = snapshotFromJson(written, "snapshot.json");
    if (!again || toJson(*again) != written)
        std::abort();
    if (compare(*read, *again).opened.size() + compare(*read, *again).closed.size() != 0)
        std::abort();
    return 0;
}
