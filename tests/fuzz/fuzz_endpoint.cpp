// Invariant: an endpoint that can be read is printed in a form that reads back as the same
// endpoint.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/net/endpoint.h"

using namespace sscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const Result<Endpoint> endpoint = parseEndpoint(text);
    if (!endpoint) {
        if (!isUtf8(errorText(endpoint.error())))
            std::abort();
        return 0;
    }
    const Result<Endpoint> again = parseEndpoint(endpoint->text());
    if (!again || !(*again == *endpoint))
        std::abort();
    return 0;
}
