#pragma once

#include <memory>
#include <vector>

#include "core/base/byte_source.h"
#include "core/client/http_response.h"

namespace sscope {

/// The body of a response, without its chunks, pulled out of the stream that begins with it. Ends
/// where the body does, or with what has come of it.
class HttpBodySource final : public ByteSource {
public:
    explicit HttpBodySource(std::unique_ptr<ByteSource> stream);

    /// Fails where the response is broken: ProtocolBroken.
    Result<std::size_t> read(std::span<std::byte> room) override;
    /// As the head says; 0 where that is not known yet.
    [[nodiscard]] std::uint64_t size() const override {
        return m_reader.contentLength().value_or(0);
    }
    [[nodiscard]] const HttpResponseReader& reader() const { return m_reader; }

private:
    Result<bool> pull();

    std::unique_ptr<ByteSource> m_stream;
    HttpResponseReader m_reader;
    std::vector<std::byte> m_piece;
    std::vector<std::byte> m_ready; // of the body, from m_given on
    std::size_t m_given = 0;
};

} // namespace sscope
