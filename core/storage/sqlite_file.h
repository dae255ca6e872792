#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace sscope {

/// An open SQLite database. One thread at a time.
class SqliteFile {
public:
    static Result<SqliteFile> open(const std::string& path, bool readOnly);

    Result<void> run(const char* statements);
    /// The transaction under way, where there is one.
    void rollBack();
    /// The first column of the first row.
    Result<std::string> textOf(const char* query);
    /// Of the call before.
    [[nodiscard]] Error error(const char* operation) const;
    [[nodiscard]] int errorNumber() const;
    [[nodiscard]] sqlite3* handle() const { return m_handle.get(); }
    [[nodiscard]] const std::string& path() const { return m_path; }

private:
    struct Closer {
        void operator()(sqlite3* handle) const;
    };
    std::unique_ptr<sqlite3, Closer> m_handle;
    std::string m_path;
};

/// One prepared statement; bound anew for each use. Not outlived by its file.
class SqliteStatement {
public:
    static Result<SqliteStatement> prepare(const SqliteFile& file, const char* text);

    /// Begins a use: parameters are bound in their order.
    SqliteStatement& begin();
    SqliteStatement& bind(std::int64_t value);
    SqliteStatement& bind(std::string_view text); // which outlives the use
    SqliteStatement& bindNull();
    /// SQLITE_ROW, SQLITE_DONE or what failed.
    int step();
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] std::string text(int column) const;
    void end();

private:
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    int m_bound = 0;
};

/// Each of them.
Result<void> prepareAll(const SqliteFile& file,
                        std::span<const std::pair<SqliteStatement*, const char*>> texts);

/// What SQLite says, by its extended result codes.
const std::error_category& sqliteCategory();
bool isDiskFull(const Error& error);

} // namespace sscope
