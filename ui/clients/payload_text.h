#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace sscope {

/// Bytes as text of an encoding, with what could not be read.
struct PayloadText {
    std::string utf8; // a byte that cannot be read stands as it is, which is no UTF-8
    std::uint64_t badBytes = 0;
    std::uint64_t firstBad = 0; // where the first of them is
    bool isKnown = true;        // the encoding
};

/// encoding empty: UTF-8. Any thread. A character that the end cuts is bad where isWhole.
PayloadText payloadText(std::string_view bytes, const std::string& encoding, bool isWhole);

/// A text in lines that are no longer than so many columns of a fixed-pitch font: where each
/// begins. A wide character takes two columns, what is shown as an escape as many as that has. Any
/// thread.
std::vector<std::uint32_t> wrapLines(std::string_view utf8, int columns);

} // namespace sscope
