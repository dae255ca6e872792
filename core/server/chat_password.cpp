#include "core/server/chat_password.h"

#include <array>
#include <cerrno>
#include <charconv>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <fmt/format.h>

#include "core/base/chat_error.h"
#include "core/server/token_file.h"

namespace sscope {

namespace {

using Key = std::array<unsigned char, 32>;
using Salt = std::array<unsigned char, 16>;

// OWASP's advice for interactive use: N = 2^15, r = 8, p = 1 is 32 MiB.
constexpr unsigned costLog = 15;
constexpr unsigned blockSize = 8;
constexpr unsigned parallel = 1;
constexpr std::uint64_t mostMemory = 64 << 20;

bool derive(std::string_view password, const Salt& salt, Key& key) {
    return EVP_PBE_scrypt(password.data(), password.size(), salt.data(), salt.size(),
                          std::uint64_t(1) << costLog, blockSize, parallel, mostMemory, key.data(),
                          key.size()) == 1;
}

template <typename Bytes>
std::string hexOf(const Bytes& bytes) {
    std::string text;
    for (const unsigned char byte : bytes)
        text += fmt::format("{:02x}", byte);
    return text;
}

template <typename Bytes>
bool readHex(std::string_view text, Bytes& bytes) {
    if (text.size() != 2 * bytes.size())
        return false;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char* const from = text.data() + 2 * i;
        const auto read = std::from_chars(from, from + 2, bytes[i], 16);
        if (read.ec != std::errc() || read.ptr != from + 2)
            return false;
    }
    return true;
}

std::string prefix() {
    return fmt::format("$scrypt${}${}${}$", costLog, blockSize, parallel);
}

bool parse(std::string_view hash, Salt& salt, Key& key) {
    const std::string begin = prefix();
    if (!hash.starts_with(begin))
        return false;
    hash.remove_prefix(begin.size());
    const auto dollar = hash.find('$');
    return dollar != std::string_view::npos && readHex(hash.substr(0, dollar), salt) &&
           readHex(hash.substr(dollar + 1), key);
}

} // namespace

std::optional<std::string> hashPassword(std::string_view password) {
    Salt salt{};
    Key key{};
    if (RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1 || !derive(password, salt, key))
        return std::nullopt;
    return prefix() + hexOf(salt) + '$' + hexOf(key);
}

bool isPassword(std::string_view password, std::string_view hash) {
    Salt salt{};
    Key expected{};
    Key key{};
    return parse(hash, salt, expected) && derive(password, salt, key) &&
           CRYPTO_memcmp(key.data(), expected.data(), key.size()) == 0;
}

bool isPasswordHash(std::string_view text) {
    Salt salt{};
    Key key{};
    return parse(text, salt, key);
}

Result<std::string> readPasswordFile(const std::string& path) {
    auto line = readTokenFile(path);
    if (!line) {
        if (line.error().is(Fault::BadTokenFile))
            return Failure(chatError(ChatFault::BadPassword, "serve --password-file", path));
        Error error = std::move(line.error());
        error.operation = "read password file";
        return Failure(std::move(error));
    }
    if (isPasswordHash(*line))
        return *line;
    if (line->starts_with("$scrypt$")) // nobody's password, but a hash that was copied badly
        return Failure(
            chatError(ChatFault::BadHash, "serve --password-file", path,
                      {.kind = Hint::Kind::Example,
                       .text = "the line that socketscope chat --hash-password prints"}));
    auto hash = hashPassword(*line);
    OPENSSL_cleanse(line->data(), line->size());
    if (!hash)
        return Failure(systemError(ENOMEM, "hash password", path));
    return *hash;
}

} // namespace sscope
