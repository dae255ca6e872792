#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sscope {

/// Where a filter leaves what it has turned over; called only from within a call to the filter.
class FilterSink {
public:
    virtual void plainReceived(ByteView plain) = 0;
    virtual void wireReady(ByteView wire) = 0;
    virtual void filterFailed(Error error) = 0;

protected:
    ~FilterSink() = default;
};

/// Stands between a connection's socket and its codec, on the connection's thread: nothing, or
/// encryption. It may have bytes for the wire while it receives.
class ByteFilter {
public:
    virtual ~ByteFilter() = default;
    virtual void receive(ByteView wire, FilterSink& sink) = 0;
    virtual void send(ByteView plain, FilterSink& sink) = 0;
    /// Our direction ends after what was sent: what the protocol says then goes to the wire.
    virtual void finish(FilterSink& sink) = 0;
};

/// The plain text is the wire's.
class IdentityFilter final : public ByteFilter {
public:
    void receive(ByteView wire, FilterSink& sink) override { sink.plainReceived(wire); }
    void send(ByteView plain, FilterSink& sink) override { sink.wireReady(plain); }
    void finish(FilterSink&) override {}
};

} // namespace sscope
