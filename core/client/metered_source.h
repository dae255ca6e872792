#pragma once

#include <memory>
#include <utility>

#include "core/base/byte_source.h"
#include "core/client/send_progress.h"

namespace sscope {

/// Tells a progress how far another source has been read, and ends where the progress has.
class MeteredSource final : public ByteSource {
public:
    MeteredSource(std::unique_ptr<ByteSource> source, std::shared_ptr<SendProgress> progress)
        : m_source(std::move(source)), m_progress(std::move(progress)) {
        m_progress->total = m_source->size();
    }
    /// Left before its end: with the connection.
    ~MeteredSource() override { m_progress->end(SendProgress::State::Ended); }
    MeteredSource(const MeteredSource&) = delete;
    MeteredSource& operator=(const MeteredSource&) = delete;

    Result<std::size_t> read(std::span<std::byte> room) override {
        if (m_progress->state() != SendProgress::State::Running)
            return 0;
        auto count = m_source->read(room);
        if (!count)
            m_progress->end(SendProgress::State::Failed, count.error());
        else if (*count == 0)
            m_progress->end(SendProgress::State::Done);
        else
            m_progress->bytes.fetch_add(*count, std::memory_order_relaxed);
        return count;
    }
    [[nodiscard]] std::uint64_t size() const override { return m_source->size(); }

private:
    const std::unique_ptr<ByteSource> m_source;
    const std::shared_ptr<SendProgress> m_progress;
};

} // namespace sscope
