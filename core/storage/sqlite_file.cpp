#include "core/storage/sqlite_file.h"

#include <utility>

#include <sqlite3.h>

namespace sscope {

namespace {

class SqliteCategory final : public std::error_category {
public:
    const char* name() const noexcept override { return "sqlite"; }
    std::string message(int value) const override { return ::sqlite3_errstr(value); }
};

} // namespace

const std::error_category& sqliteCategory() {
    static const SqliteCategory category;
    return category;
}

bool isDiskFull(const Error& error) {
    return error.code.category() == sqliteCategory() && (error.code.value() & 0xFF) == SQLITE_FULL;
}

void SqliteFile::Closer::operator()(sqlite3* handle) const {
    ::sqlite3_close_v2(handle);
}

Result<SqliteFile> SqliteFile::open(const std::string& path, bool readOnly) {
    const int flags = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3* handle = nullptr;
    const int result =
        ::sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    SqliteFile file;
    file.m_handle.reset(handle); // also where it failed (sqlite3_open's page)
    file.m_path = path;
    // The system's own word for it, where it has one: a folder, no permission.
    if (const int number = handle ? ::sqlite3_system_errno(handle) : 0;
        result == SQLITE_CANTOPEN && number != 0)
        return Failure(systemError(number, "open history", path));
    if (result != SQLITE_OK)
        return Failure(file.error("open history"));
    ::sqlite3_extended_result_codes(handle, 1);
    ::sqlite3_busy_timeout(handle, 5000); // ms
    return file;
}

Result<void> SqliteFile::run(const char* statements) {
    if (::sqlite3_exec(m_handle.get(), statements, nullptr, nullptr, nullptr) != SQLITE_OK)
        return Failure(error("write history"));
    return {};
}

void SqliteFile::rollBack() {
    if (::sqlite3_get_autocommit(m_handle.get()) == 0)
        (void)run("ROLLBACK");
}

Result<std::string> SqliteFile::textOf(const char* query) {
    auto statement = SqliteStatement::prepare(*this, query);
    if (!statement)
        return Failure(std::move(statement.error()));
    if (statement->begin().step() != SQLITE_ROW)
        return Failure(error("read history"));
    return statement->text(0);
}

Error SqliteFile::error(const char* operation) const {
    const int number = m_handle ? ::sqlite3_extended_errcode(m_handle.get()) : SQLITE_NOMEM;
    return {.code = {number, sqliteCategory()}, .operation = operation, .subject = m_path};
}

int SqliteFile::errorNumber() const {
    return ::sqlite3_errcode(m_handle.get()) & 0xFF; // without the extension
}

void SqliteStatement::Finalizer::operator()(sqlite3_stmt* statement) const {
    ::sqlite3_finalize(statement);
}

Result<SqliteStatement> SqliteStatement::prepare(const SqliteFile& file, const char* text) {
    sqlite3_stmt* made = nullptr;
    if (::sqlite3_prepare_v3(file.handle(), text, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr) !=
        SQLITE_OK)
        return Failure(file.error("read history"));
    SqliteStatement statement;
    statement.m_statement.reset(made);
    return statement;
}

Result<void> prepareAll(const SqliteFile& file,
                        std::span<const std::pair<SqliteStatement*, const char*>> texts) {
    for (const auto& [statement, text] : texts) {
        auto prepared = SqliteStatement::prepare(file, text);
        if (!prepared)
            return Failure(std::move(prepared.error()));
        *statement = std::move(*prepared);
    }
    return {};
}

SqliteStatement& SqliteStatement::begin() {
    ::sqlite3_reset(m_statement.get());
    m_bound = 0;
    return *this;
}

SqliteStatement& SqliteStatement::bind(std::int64_t value) {
    ::sqlite3_bind_int64(m_statement.get(), ++m_bound, value);
    return *this;
}

SqliteStatement& SqliteStatement::bind(std::string_view text) {
    ::sqlite3_bind_text64(m_statement.get(), ++m_bound, text.data(), text.size(), SQLITE_STATIC,
                          SQLITE_UTF8);
    return *this;
}

SqliteStatement& SqliteStatement::bindNull() {
    ::sqlite3_bind_null(m_statement.get(), ++m_bound);
    return *this;
}

int SqliteStatement::step() {
    return ::sqlite3_step(m_statement.get());
}

std::int64_t SqliteStatement::number(int column) const {
    return ::sqlite3_column_int64(m_statement.get(), column);
}

std::string SqliteStatement::text(int column) const {
    const auto* const bytes =
        static_cast<const char*>(::sqlite3_column_blob(m_statement.get(), column));
    const int size = ::sqlite3_column_bytes(m_statement.get(), column);
    return bytes ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

void SqliteStatement::end() {
    ::sqlite3_reset(m_statement.get());
}

} // namespace sscope
