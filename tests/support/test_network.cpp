#include "tests/support/test_network.h"

#include <stdexcept>

#include <unistd.h>

namespace sscope::test {

namespace {

QStringList tail(const QStringList& words) {
    return words.mid(1);
}

/// Two ends of a cable.
void connect(const TestHost& one, const QString& name, const TestHost& other,
             const QString& otherName) {
    one.must({"ip", "link", "add", name, "type", "veth", "peer", "name", otherName, "netns",
              other.pid()});
    one.must({"ip", "link", "set", name, "up"});
    other.must({"ip", "link", "set", otherName, "up"});
}

void setAddress(const TestHost& host, const QString& interface, const QString& address) {
    QStringList command{"ip", "address", "add", address, "dev", interface};
    if (address.contains(':'))
        command.append("nodad"); // usable at once
    host.must(command);
}

} // namespace

// The shell says when it is in its namespace; cat keeps it, and ends with this process.
TestHost::TestHost()
    : m_holder(QStringLiteral("unshare"),
               {"--net", "sh", "-c", "ip link set lo up && echo ready && exec cat"}) {
    if (!m_holder.readLineWith("ready").contains("ready"))
        throw std::runtime_error("no network namespace");
}

TestHost::~TestHost() = default;

QString TestHost::pid() const {
    return QString::number(m_holder.process().processId());
}

QStringList TestHost::words(const QStringList& command) const {
    return QStringList{"nsenter", "--target", pid(), "--net", "--"} + command;
}

ProgramResult TestHost::run(const QStringList& command, const QByteArray& input) const {
    const QStringList all = words(command);
    return runProgram(all.first(), tail(all), input);
}

void TestHost::must(const QStringList& command, const QByteArray& input) const {
    const ProgramResult result = run(command, input);
    if (result.exitCode != 0)
        throw std::runtime_error(command.join(' ').toStdString() + ": " +
                                 result.errors.toStdString());
}

std::unique_ptr<RunningProgram> TestHost::start(const QStringList& command) const {
    const QStringList all = words(command);
    return std::make_unique<RunningProgram>(all.first(), tail(all));
}

TestNetwork::TestNetwork() {
    connect(client, "toRouter", router, "toClient");
    connect(server, "toRouter", router, "toServer");
    setAddress(client, "toRouter", "10.77.1.1/24");
    setAddress(client, "toRouter", "fd77:1::1/64");
    setAddress(router, "toClient", "10.77.1.254/24");
    setAddress(router, "toClient", "fd77:1::fe/64");
    setAddress(router, "toServer", "10.77.2.254/24");
    setAddress(server, "toRouter", "10.77.2.1/24");
    router.must({"sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"});
    client.must({"ip", "route", "add", "10.77.0.0/16", "via", "10.77.1.254"});
    server.must({"ip", "route", "add", "10.77.0.0/16", "via", "10.77.2.254"});
}

bool TestNetwork::isPossible() {
    return ::geteuid() == 0 && isInstalled("ip") && isInstalled("nsenter") &&
           runProgram("unshare", {"--net", "true"}).exitCode == 0;
}

} // namespace sscope::test
