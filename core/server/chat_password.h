#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace sscope {

/// Salt and scrypt (RFC 7914) of a password, as text that may be stored:
/// "$scrypt$15$8$1$SALT$HASH", in hex. Takes about 0.1 s and 32 MiB, on purpose. Nothing where the
/// system gives no random numbers or memory.
std::optional<std::string> hashPassword(std::string_view password);
/// In a time that does not tell where they differ. False also where the hash cannot be read.
bool isPassword(std::string_view password, std::string_view hash);
bool isPasswordHash(std::string_view text);

/// What a server needs of `--password-file`: the file's one line is a hash, or a password, of which
/// only the hash is kept.
Result<std::string> readPasswordFile(const std::string& path);

} // namespace sscope
