#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/program.h"

namespace sscope::test {

/// A host of its own on this machine: a network namespace (network_namespaces(7)) that lives as
/// long as this. Its loopback is up.
class TestHost {
public:
    TestHost();
    ~TestHost();
    TestHost(const TestHost&) = delete;
    TestHost& operator=(const TestHost&) = delete;

    /// The words that start a program there.
    [[nodiscard]] QStringList words(const QStringList& command) const;
    /// Runs a program there to its end.
    [[nodiscard]] ProgramResult run(const QStringList& command, const QByteArray& input = {}) const;
    /// The same of one that must succeed; throws std::runtime_error where it does not.
    void must(const QStringList& command, const QByteArray& input = {}) const;
    [[nodiscard]] std::unique_ptr<RunningProgram> start(const QStringList& command) const;
    [[nodiscard]] QString pid() const;

private:
    mutable RunningProgram m_holder;
};

/// client 10.77.1.1, fd77:1::1 -- 10.77.1.254 router 10.77.2.254 -- server 10.77.2.1. The ends are
/// called toRouter, the router's toClient and toServer. Needs root.
class TestNetwork {
public:
    TestNetwork();
    /// Whether this process may make one.
    static bool isPossible();

    TestHost client;
    TestHost router;
    TestHost server;
};

} // namespace sscope::test
