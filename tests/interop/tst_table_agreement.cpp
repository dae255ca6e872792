// The table against ss(8) and lsof(8), row for row, on thousands of sockets in every state
// (socket_zoo.py) in a network namespace of its own. Ours is read before and after the tool runs,
// and what has changed in between is left out.

#include <map>
#include <set>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QRegularExpression>
#include <QtTest>

#include "core/base/display_text.h"
#include "core/diagnostics/socket_table.h"
#include "tests/support/test_network.h"

using namespace sscope;
using namespace sscope::test;

namespace {

using Lines = std::map<QString, QString>; // a socket's key and what is compared of it

constexpr auto zoo = SSCOPE_SOURCE_DIR "/tests/interop/socket_zoo.py";

/// Calls work on a thread that is in the host's network namespace.
template <typename Work>
void inside(const TestHost& host, Work&& work) {
    const QByteArray path = "/proc/" + host.pid().toLatin1() + "/ns/net";
    std::thread thread([&] {
        const UniqueFd space(::open(path.constData(), O_RDONLY | O_CLOEXEC));
        if (::setns(space.get(), CLONE_NEWNET) != 0)
            qFatal("setns");
        work();
    });
    thread.join();
}

constexpr TableKinds thoseOfSs{.unixSockets = true};

std::vector<SocketRow> readRows(DetailsFor details, TableKinds kinds = thoseOfSs) {
    SocketTable table(kinds, details);
    if (auto change = table.refresh(SteadyClock::now()); !change)
        qFatal("%s", errorText(change.error()).c_str());
    return table.rows();
}

std::vector<SocketRow> rowsOf(const TestHost& host, TableKinds kinds = thoseOfSs) {
    std::vector<SocketRow> rows;
    inside(host, [&] { rows = readRows(DetailsFor::All, kinds); });
    return rows;
}

QString keyOf(const SocketRow& row) {
    return isInet(row.protocol) ? "sk:" + QString::number(row.cookie, 16)
                                : "ino:" + QString::number(row.inode);
}

// --- as ss writes it ---

QString ssState(const SocketRow& row) {
    switch (row.state) {
    case SocketState::Established:
        return "ESTAB";
    case SocketState::Close:
    case SocketState::Bound:
    case SocketState::Unconnected:
        return "UNCONN";
    case SocketState::FinWait1:
        return "FIN-WAIT-1";
    case SocketState::FinWait2:
        return "FIN-WAIT-2";
    default:
        return QString::fromLatin1(stateText(row.state)).replace('_', '-');
    }
}

QString ssEnd(const SocketRow& row, const IpAddress& address, std::uint16_t port, bool isLocal) {
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    ::inet_ntop(address.isIpv6 ? AF_INET6 : AF_INET, address.bytes.data(), buffer.data(),
                buffer.size());
    QString host = buffer.data();
    if (address.isIpv6)
        host = address.isAny() && !row.v6Only.value_or(false) ? "*" : '[' + host + ']';
    if (isLocal && row.interface != 0)
        host += '%' + QString::fromStdString(row.interfaceName);
    return host + ':' + (port == 0 ? "*" : QString::number(port));
}

QString ssMemory(const SocketMemory& m) {
    return QStringLiteral("skmem:(r%1,rb%2,t%3,tb%4,f%5,w%6,o%7,bl%8,d%9)")
        .arg(m.receiveAllocated)
        .arg(m.receiveBuffer)
        .arg(m.sendAllocated)
        .arg(m.sendBuffer)
        .arg(m.forwardAllocated)
        .arg(m.sendQueued)
        .arg(m.options)
        .arg(m.backlog)
        .arg(m.drops);
}

QStringList ownersOf(const SocketRow& row) {
    QStringList owners;
    for (const SocketOwner& owner : row.owners)
        owners.append(QStringLiteral("%1/%2/%3")
                          .arg(QString::fromStdString(owner.process->command))
                          .arg(owner.process->pid)
                          .arg(owner.fd));
    owners.sort();
    return owners;
}

QString lineOf(const SocketRow& row) {
    QStringList words;
    if (row.protocol == SocketProtocol::Unix) {
        words = {"u_" + QString::fromLatin1(typeText(row.type)).left(3), ssState(row)};
        words << QString::number(row.receiveQueue) << QString::number(row.sendQueue)
              << (row.path.empty() ? "*" : QString::fromStdString(row.path))
              << QString::number(row.inode) << "*" << QString::number(row.peerInode);
    } else {
        words = {protocolText(row.protocol), ssState(row)};
        words << QString::number(row.receiveQueue) << QString::number(row.sendQueue)
              << ssEnd(row, row.localAddress, row.localPort, true)
              << ssEnd(row, row.remoteAddress, row.remotePort, false)
              << "ino:" + QString::number(row.inode);
    }
    if (isInet(row.protocol)) // this ss does not ask for that of a Unix socket
        words << "uid:" + QString::number(row.hasUid ? row.uid : 0);
    words << ownersOf(row);
    if (row.details && row.details->memory)
        words << ssMemory(*row.details->memory);
    if (row.details && row.details->tcpInfo) {
        const TcpInfo& info = *row.details->tcpInfo;
        words << QStringLiteral("cwnd:%1 mss:%2 unacked:%3 %4")
                     .arg(info.congestionWindow)
                     .arg(row.state == SocketState::Listen ? 0 : info.sendMss)
                     .arg(info.unacked)
                     .arg(QString::fromStdString(row.details->congestion));
    }
    return words.join(' ');
}

Lines linesOf(const std::vector<SocketRow>& rows) {
    Lines lines;
    for (const SocketRow& row : rows) {
        if (row.state != SocketState::Bound) // ss and lsof know nothing of it
            lines[keyOf(row)] = lineOf(row);
    }
    return lines;
}

QString found(const QString& text, const QString& pattern, const QString& otherwise) {
    const auto match = QRegularExpression(pattern).match(text);
    return match.hasMatch() ? match.captured(1) : otherwise;
}

QStringList ssOwners(const QString& line) {
    QStringList owners;
    auto it = QRegularExpression("\\(\"([^\"]*)\",pid=(\\d+),fd=(\\d+)\\)").globalMatch(line);
    while (it.hasNext()) {
        const auto match = it.next();
        owners << match.captured(1) + '/' + match.captured(2) + '/' + match.captured(3);
    }
    owners.sort();
    return owners;
}

/// One line of `ss -tuxanpeimOH`, as lineOf() writes ours.
std::pair<QString, QString> takeSsLine(const QString& line) {
    QStringList words = line.simplified().split(' ');
    const bool isUnix = words[0].startsWith("u_");
    QStringList out = words.mid(0, isUnix ? 8 : 6);
    if (!isUnix)
        out << "ino:" + found(line, " ino:(\\d+)", "0") << "uid:" + found(line, " uid:(\\d+)", "0");
    out << ssOwners(line);
    const QString memory = found(line, "(skmem:\\([^)]*\\))", {});
    if (!memory.isEmpty())
        out << memory;
    if (words[0] == "tcp" && !memory.isEmpty())
        out << QStringLiteral("cwnd:%1 mss:%2 unacked:%3 %4")
                   .arg(found(line, " cwnd:(\\d+)", "0"), found(line, " mss:(\\d+)", "0"),
                        found(line, " unacked:(\\d+)", "0"),
                        found(line, " (bbr|cubic|reno|dctcp|bic|htcp|vegas) ", {}));
    return {isUnix ? "ino:" + words[5] : "sk:" + found(line, " sk:([0-9a-f]+)", {}), out.join(' ')};
}

// --- as lsof writes it ---

/// "127.0.0.1:80", "[::1]:80", "*:80".
QString lsofEnd(const IpAddress& address, std::uint16_t port) {
    const IpAddress plain = address.unmapped();
    const QString text = QString::fromStdString(plain.text());
    const QString host = plain.isAny() ? "*" : plain.isIpv6 ? '[' + text + ']' : text;
    return host + ':' + QString::number(port);
}

QString lsofLine(const SocketRow& row) {
    const QString inode = QString::number(row.inode);
    if (row.protocol == SocketProtocol::Unix) {
        const QString type = QString::fromLatin1(typeText(row.type)).toUpper();
        return (QString::fromStdString(row.path) + " type=" + type).trimmed() + ' ' + inode;
    }
    QString name = lsofEnd(row.localAddress, row.localPort);
    if (row.hasPeer())
        name += "->" + lsofEnd(row.remoteAddress, row.remotePort);
    QStringList words{row.family == 6 ? "IPv6" : "IPv4", inode,
                      QString::fromLatin1(protocolText(row.protocol)).toUpper(), name};
    if (row.protocol == SocketProtocol::Tcp)
        words << stateText(row.state);
    if (row.state != SocketState::Listen) // there ss and the kernel's netlink give the backlog
        words << QStringLiteral("%1/%2").arg(row.receiveQueue).arg(row.sendQueue);
    return words.join(' ');
}

/// By "PID/FD", one for each owner.
Lines lsofLinesOf(const std::vector<SocketRow>& rows) {
    Lines lines;
    for (const SocketRow& row : rows) {
        for (const SocketOwner& owner : row.owners) {
            if (row.state != SocketState::Bound)
                lines[QStringLiteral("%1/%2").arg(owner.process->pid).arg(owner.fd)] =
                    QString::fromStdString(owner.process->command) + ' ' + lsofLine(row);
        }
    }
    return lines;
}

/// What `lsof -F` gives of one descriptor: fields by their letter, TCP's by their names.
using LsofFile = std::map<QString, QString>;

QString lsofLine(const LsofFile& file, const QString& command) {
    const auto value = [&](const char* field) {
        const auto it = file.find(field);
        return it == file.end() ? QString() : it->second;
    };
    if (value("t") == "unix")
        return command + ' ' + value("n").section(" (", 0, 0) + ' ' + value("i");
    QStringList words{command, value("t"), value("d"), value("P"), value("n")};
    if (value("P") == "TCP")
        words << value("TST");
    if (value("TST") != "LISTEN")
        words << value("TQR") + '/' + value("TQS");
    return words.join(' ');
}

Lines takeLsof(const QByteArray& output) {
    Lines lines;
    QString pid;
    QString command;
    LsofFile file;
    const auto endFile = [&] {
        const QString type = file["t"];
        if (type == "unix" || (type.startsWith("IPv") && !file["P"].isEmpty()))
            lines[pid + '/' + file["f"]] = lsofLine(file, command);
        file.clear();
    };
    for (const QByteArray& raw : output.split('\n')) {
        const QString line = QString::fromUtf8(raw);
        if (line.startsWith('p') || line.startsWith('f'))
            endFile();
        if (line.startsWith('p'))
            pid = line.mid(1);
        else if (line.startsWith('c'))
            command = line.mid(1);
        else if (line.startsWith('T'))
            file[line.section('=', 0, 0)] = line.section('=', 1);
        else if (!line.isEmpty())
            file[line.left(1)] = line.mid(1);
    }
    endFile();
    return lines;
}

/// Those that were the same before and after.
Lines quietOf(const Lines& before, const Lines& after) {
    Lines quiet;
    for (const auto& [key, line] : before) {
        if (const auto it = after.find(key); it != after.end() && it->second == line)
            quiet[key] = line;
    }
    return quiet;
}

/// Each quiet line of ours is there and the same, and nothing is there that we lack.
QStringList disagreements(const Lines& quiet, const Lines& after, const Lines& theirs) {
    QStringList wrong;
    for (const auto& [key, line] : quiet) {
        const auto it = theirs.find(key);
        if (it == theirs.end())
            wrong << "only ours: " + line;
        else if (it->second != line)
            wrong << "ours:   " + line + "\n  theirs: " + it->second;
    }
    for (const auto& [key, line] : theirs) {
        if (!after.contains(key))
            wrong << "only theirs: " + line;
    }
    return wrong;
}

} // namespace

class TestTableAgreement : public QObject {
    Q_OBJECT

    std::unique_ptr<TestHost> m_host;
    std::unique_ptr<RunningProgram> m_zoo;

    /// Between two readings of ours; once more where something has moved just then and back.
    template <typename Own, typename Foreign>
    void compare(Own&& own, Foreign&& foreign) {
        QStringList wrong;
        for (int attempt = 0; attempt < 3; ++attempt) {
            const Lines before = own(rowsOf(*m_host));
            const Lines theirs = foreign();
            const Lines after = own(rowsOf(*m_host));
            const Lines quiet = quietOf(before, after);
            QVERIFY(quiet.size() > 2500 && quiet.size() > after.size() * 95 / 100);
            wrong = disagreements(quiet, after, theirs);
            if (wrong.isEmpty()) {
                qInfo("%zu compared", quiet.size());
                return;
            }
        }
        QFAIL(qPrintable(wrong.mid(0, 10).join('\n')));
    }

private Q_SLOTS:
    void initTestCase() {
        if (!TestNetwork::isPossible() || !isInstalled("python3"))
            QSKIP("needs root, ip(8), nsenter(1) and Python");
        m_host = std::make_unique<TestHost>();
        m_zoo = m_host->start({"python3", zoo, "600"});
        QVERIFY(m_zoo->readLineWith("ready").contains("ready"));
    }

    void hasEveryStateAndThousandsOfRows() {
        const auto rows = rowsOf(*m_host);
        QVERIFY(rows.size() > 2500);
        std::set<SocketState> tcpStates;
        for (const SocketRow& row : rows) {
            if (row.protocol == SocketProtocol::Tcp)
                tcpStates.insert(row.state);
        }
        for (const SocketState state :
             {SocketState::Listen, SocketState::Established, SocketState::SynSent,
              SocketState::SynRecv, SocketState::FinWait1, SocketState::FinWait2,
              SocketState::TimeWait, SocketState::CloseWait, SocketState::LastAck,
              SocketState::Closing})
            QVERIFY2(tcpStates.contains(state), stateText(state));
        const auto isBound = [](const SocketRow& row) { return row.state == SocketState::Bound; };
        const auto bound = std::ranges::count_if(rows, isBound);
        QVERIFY(bound == 6 || bound == 0); // Linux 6.8 and newer tell of them
    }

    void agreesWithSs() {
        if (!isInstalled("ss"))
            QSKIP("needs ss(8)");
        compare(linesOf, [&] {
            const ProgramResult result = m_host->run({"ss", "-tuxanpeimOH"});
            Lines theirs;
            for (const QString& line : QString::fromUtf8(result.output).split('\n')) {
                if (!line.isEmpty())
                    theirs.insert(takeSsLine(line));
            }
            return theirs;
        });
    }

    void agreesWithLsof() {
        if (!isInstalled("lsof"))
            QSKIP("needs lsof(8)");
        // It looks at every process, and of sockets in other namespaces knows only that they are.
        compare(lsofLinesOf, [&] {
            return takeLsof(
                m_host->run({"lsof", "+c0", "-w", "-nP", "-i", "-U", "-F", "pcftPnTdi"}).output);
        });
    }

    void agreesWithSsOnPacketSockets() {
        if (!isInstalled("ss"))
            QSKIP("needs ss(8)");
        QStringList ours;
        for (const SocketRow& row : rowsOf(*m_host, {.tcp = false, .udp = false, .packet = true})) {
            const QString protocol =
                row.number == 3 ? QString("*") : '[' + QString::number(row.number) + ']';
            ours << QStringLiteral("p_%1 UNCONN %2:%3 %4 ino:%5 sk:%6")
                        .arg(row.type == SocketType::Raw ? "raw" : "dgr")
                        .arg(protocol,
                             row.interface == 0 ? QString("*")
                                                : QString::fromStdString(row.interfaceName),
                             ownersOf(row).join(' '))
                        .arg(row.inode)
                        .arg(row.cookie, 0, 16);
        }
        if (ours.isEmpty())
            QSKIP("this kernel does not tell of packet sockets");
        QStringList theirs;
        const ProgramResult result = m_host->run({"ss", "-0anpeOH"});
        for (const QString& line : QString::fromUtf8(result.output).split('\n')) {
            if (!line.startsWith("p_"))
                continue;
            const QStringList words = line.simplified().split(' '); // queues fill meanwhile
            theirs << words[0] + ' ' + words[1] + ' ' + words[4] + ' ' + ssOwners(line).join(' ') +
                          " ino:" + found(line, " ino:(\\d+)", {}) +
                          " sk:" + found(line, " sk:([0-9a-f]+)", {});
        }
        ours.sort();
        theirs.sort();
        QCOMPARE(ours, theirs);
        QCOMPARE(ours.size(), 3);
    }

    void agreesWithSsOnNetlinkSockets() {
        if (!isInstalled("ss"))
            QSKIP("needs ss(8)");
        std::set<QString> ours;
        for (const SocketRow& row : rowsOf(*m_host, {.tcp = false, .udp = false, .netlink = true}))
            ours.insert(
                QStringLiteral("%1:%2").arg(row.number).arg(static_cast<std::int32_t>(row.portId)));
        if (ours.empty())
            QSKIP("this kernel does not tell of netlink sockets");
        std::set<QString> theirs;
        const ProgramResult result = m_host->run({"ss", "-f", "netlink", "-anH"});
        for (const QString& line : QString::fromUtf8(result.output).split('\n')) {
            if (!line.isEmpty())
                theirs.insert(line.simplified().section(' ', 3, 3));
        }
        // Each reader sees its own question (NETLINK_SOCK_DIAG).
        const auto isAsking = [](const QString& end) {
            return end.startsWith("4:") && end != "4:0";
        };
        std::erase_if(ours, isAsking);
        std::erase_if(theirs, isAsking);
        QVERIFY(ours == theirs);
        QVERIFY(ours.size() > 5);
    }

    void readsEveryOneOfThemAlone() {
        Lines before;
        Lines alone;
        Lines after;
        int lost = 0;
        inside(*m_host, [&] {
            SocketTable table({.unixSockets = true}, DetailsFor::All);
            if (!table.refresh(SteadyClock::now()))
                qFatal("refresh");
            const auto rows = table.rows();
            before = linesOf(rows);
            for (const SocketRow& row : rows) {
                if (const auto now = table.readNow(row.cookie))
                    alone.merge(linesOf({*now}));
                else
                    lost += row.state == SocketState::TimeWait ? 0 : 1; // whose minute is over
            }
            after = linesOf(readRows(DetailsFor::All));
        });
        QCOMPARE(lost, 0);
        const QStringList wrong = disagreements(quietOf(before, after), after, alone);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.mid(0, 10).join('\n')));
    }

    void showsEveryRowToAnotherUserWithoutForeignOwners() {
#ifdef __SANITIZE_THREAD__
        QSKIP("the thread sanitizer allows no threads after a fork");
#endif
        std::map<QString, SocketRow> ours;
        for (const SocketRow& row : rowsOf(*m_host))
            ours.emplace(keyOf(row), row);
        QTemporaryFile file;
        QVERIFY(file.open());
        inside(*m_host, [&] {
            const pid_t child = ::fork();
            if (child == 0) {
                const bool became = ::setgid(65534) == 0 && ::setuid(65534) == 0;
                QByteArray text;
                for (const SocketRow& row :
                     became ? readRows(DetailsFor::None) : std::vector<SocketRow>())
                    text += (keyOf(row) + ' ' + (row.ownersKnown ? "known " : "unknown ") +
                             QString::number(row.owners.size()) + ' ' +
                             QString::fromStdString(row.localText() + row.remoteText()) + ' ' +
                             stateText(row.state) + '\n')
                                .toUtf8();
                ::_exit(::write(file.handle(), text.constData(), text.size()) == text.size() ? 0
                                                                                             : 1);
            }
            ::waitpid(child, nullptr, 0);
        });
        file.seek(0);
        std::size_t unknown = 0;
        std::size_t rows = 0;
        for (const QByteArray& line : file.readAll().split('\n')) {
            const QStringList words = QString::fromUtf8(line).split(' ');
            const auto it = ours.find(words[0]);
            if (it == ours.end())
                continue;
            const SocketRow& row = it->second;
            ++rows;
            QCOMPARE(words[3], QString::fromStdString(row.localText() + row.remoteText()));
            QCOMPARE(words[4], QString::fromLatin1(stateText(row.state)));
            if (row.inode == 0)
                continue; // nobody's: nothing to know
            const bool isForeign = row.owners.size() == 1 && row.owners[0].process->uid != 65534u;
            if (isForeign || row.owners.empty())
                QCOMPARE(words[1], QString("unknown"));
            unknown += words[1] == "unknown" ? 1 : 0;
            if (row.hasUid && row.uid == 65534) // its own
                QCOMPARE(words[1] + ' ' + words[2], QString("known 1"));
        }
        QCOMPARE(rows, ours.size());
        QVERIFY(unknown > 2000);
    }

    void showsHostileNamesAsOneRowEach() {
        const TestHost host;
        const auto program = host.start({"python3", zoo, "hostile"});
        QVERIFY(program->readLineWith("ready").contains("ready"));
        const auto rows = rowsOf(host);
        using namespace std::string_literals;
        for (const std::string& name :
             {"@two\nlines 0 0 00000000"s, "@\x1b[2J\x1b]0;title\x07"s, "@\u202egnp.exe\u2066"s,
              "@<img src=x onerror=y>"s, "@\xff\xfe not UTF-8"s, "@a b\tc"s, "@nul\0inside"s}) {
            QCOMPARE(std::ranges::count(rows, name, &SocketRow::path), 1);
            const std::string shown = displaySafe(name);
            QVERIFY(std::ranges::none_of(shown, [](char c) { return c >= 0 && c < ' '; }));
        }
        for (const SocketRow& row : rows) {
            QCOMPARE(row.owners.size(), std::size_t{1});
            QCOMPARE(row.owners[0].process->command, std::string("a) R 1 (\n"));
            QVERIFY(row.owners[0].process->startTime > 0);
        }
        QCOMPARE(rows.size(), std::size_t{14}); // 7 abstract, 6 paths, 1 listener
    }
};

QTEST_GUILESS_MAIN(TestTableAgreement)
#include "tst_table_agreement.moc"
