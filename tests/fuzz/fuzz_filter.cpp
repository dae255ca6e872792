// Invariant: a filter is read, and then matches as its double negation does, or its fault's column
// is within the text or just behind it; completions replace bytes of the text at character
// boundaries; a word that is quoted is found as it is.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/display_text.h"
#include "core/base/utf8.h"
#include "core/diagnostics/filter_completion.h"
#include "core/diagnostics/filter_text.h"
#include "core/diagnostics/socket_filter.h"

using namespace sscope;

namespace {

std::vector<SocketRow> sampleRows() {
    SocketRow tcp;
    tcp.state = SocketState::Established;
    tcp.localAddress.bytes = {127, 0, 0, 1};
    tcp.localPort = 80;
    tcp.remoteAddress.bytes = {192, 0, 2, 7};
    tcp.remotePort = 443;
    tcp.user = "mira";
    tcp.receiveQueue = 70'000;
    tcp.owners = {{std::make_shared<ProcessInfo>(ProcessInfo{812, "nginx"}), 4}};
    SocketDetails details;
    details.tcpInfo.emplace().rttUs = 5000;
    tcp.details = std::make_shared<SocketDetails>(details);
    SocketRow local;
    local.protocol = SocketProtocol::Unix;
    local.path = "@a\n\x1b\xFF aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    local.ownersKnown = false;
    return {tcp, local};
}

std::size_t charactersIn(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count)
        text.remove_prefix(decodeUtf8(text).length);
    return count;
}

void require(bool holds) {
    if (!holds)
        std::abort();
}

void checkFilter(const std::string& text) {
    static const std::vector<SocketRow> rows = sampleRows();
    const auto filter = SocketFilter::parse(text);
    if (!filter) {
        const FilterFault& fault = filter.error();
        require(fault.column >= 1 && fault.column <= charactersIn(text) + 1);
        require(isUtf8(fault.text()) && fault.text() == displaySafe(fault.text()));
        return;
    }
    const auto negated = SocketFilter::parse("not (" + text + ")");
    for (const SocketRow& row : rows) {
        const RowFacts facts{row, std::chrono::seconds(5), true};
        const bool matches = filter->matches(facts);
        if (negated) // not where it is empty, or as long and deep as may be
            require(negated->matches(facts) == !matches);
    }
}

void checkCompletions(const std::string& text, std::size_t cursor) {
    static const FilterVocabulary vocabulary{
        {"nginx", "a b", "\x1b"}, {"root"}, {SocketState::Listen}};
    for (const FilterCompletion& one : completeFilter(text, cursor, vocabulary)) {
        require(one.begin <= one.end && one.end <= text.size());
        require(!one.text.empty() && isUtf8(one.text));
    }
}

void checkQuoting(const std::string& word) {
    if (word.size() > 1000 || displaySafe(word) != word || word.empty())
        return;
    SocketRow row;
    row.user = word;
    const auto filter = SocketFilter::parse("user=" + filterQuoted(word));
    require(filter && filter->matches({row}));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    checkFilter(text);
    checkCompletions(text, size == 1 ? 0 : data[0] % size);
    checkQuoting(text);
    return 0;
}
