#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace sscope {

/// Converts text between encodings by iconv(3), which, unlike others, reports what is invalid:
/// BadSequence with the position of the bad byte, UnknownEncoding for a name that it lacks.
Result<std::string> encodeText(std::string_view utf8, const std::string& encoding);
Result<std::string> decodeText(std::string_view bytes, const std::string& encoding);
/// Keeps what can be read: each byte that is not of the encoding becomes U+FFFD. Of an encoding
/// that is not known all that is not ASCII is such.
std::string decodeLeniently(std::string_view bytes, const std::string& encoding);
/// What a person chooses from to write a text in. Each character stands for itself, without a mark
/// at the beginning or a state, so that messages can be put together.
std::span<const std::string_view> offeredEncodings();
/// Whether iconv(3) has it.
bool isKnownEncoding(const std::string& encoding);

} // namespace sscope
