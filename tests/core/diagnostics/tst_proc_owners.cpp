#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

#include <QtTest>

#include "core/diagnostics/proc_owners.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
namespace fs = std::filesystem;

namespace {

/// A tree as /proc shows it.
class ProcTree {
public:
    ProcTree() : m_root(temporaryPath("proc")) { fs::create_directories(m_root + "/sys"); }

    void addProcess(int pid, const std::string& command) {
        fs::create_directories(fdFolder(pid));
        std::ofstream(folder(pid) + "/comm") << command << '\n';
    }
    void write(int pid, const std::string& name, const std::string& text) {
        std::ofstream(folder(pid) + '/' + name) << text;
    }
    /// stat as proc(5) has it, with the start time as field 22.
    void setStart(int pid, const std::string& command, int time) {
        write(pid, "stat",
              std::to_string(pid) + " (" + command +
                  ") S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 " + std::to_string(time) +
                  " 170700800 3000 18446744073709551615 1 1 0\n");
    }
    void setExecutable(int pid, const std::string& target) {
        fs::remove(folder(pid) + "/exe");
        fs::create_symlink(target, folder(pid) + "/exe");
    }
    void removeFd(int pid, int fd) { fs::remove(fdFolder(pid) + '/' + std::to_string(fd)); }
    void addFd(int pid, int fd, const std::string& target) {
        fs::create_symlink(target, fdFolder(pid) + '/' + std::to_string(fd));
    }
    void removeProcess(int pid) { fs::remove_all(folder(pid)); }
    void forbid(int pid) { ::chmod(fdFolder(pid).c_str(), 0); }
    [[nodiscard]] const std::string& root() const { return m_root; }

private:
    std::string folder(int pid) { return m_root + '/' + std::to_string(pid); }
    std::string fdFolder(int pid) { return folder(pid) + "/fd"; }
    std::string m_root;
};

} // namespace

class TestProcOwners : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhoHoldsASocket() {
        ProcTree tree;
        tree.addProcess(12, "nginx");
        tree.addFd(12, 0, "/dev/null");
        tree.addFd(12, 5, "socket:[777]");
        tree.addFd(12, 6, "pipe:[778]");
        ProcOwners owners(tree.root());
        owners.scan();
        QCOMPARE(owners.ownersOf(777).size(), std::size_t{1});
        QCOMPARE(owners.ownersOf(777)[0].process->pid, 12);
        QCOMPARE(owners.ownersOf(777)[0].process->command, std::string("nginx"));
        QCOMPARE(owners.ownersOf(777)[0].fd, 5);
        QVERIFY(owners.ownersOf(778).empty());
        QVERIFY(owners.hasSeen(777) && !owners.hasSeen(778));
        QCOMPARE(owners.unreadableProcesses(), std::size_t{0});
    }

    void namesEveryOwnerByPidAndDescriptor() {
        ProcTree tree;
        for (const int pid : {300, 20, 100}) {
            tree.addProcess(pid, "worker");
            tree.addFd(pid, 9, "socket:[5]");
            tree.addFd(pid, 3, "socket:[5]");
        }
        ProcOwners owners(tree.root());
        owners.scan();
        std::vector<std::pair<int, int>> found;
        for (const SocketOwner& owner : owners.ownersOf(5))
            found.emplace_back(owner.process->pid, owner.fd);
        QVERIFY((found == std::vector<std::pair<int, int>>{
                              {20, 3}, {20, 9}, {100, 3}, {100, 9}, {300, 3}, {300, 9}}));
    }

    void readsManyDescriptorsWithoutLosingOne() {
        ProcTree tree;
        tree.addProcess(50, "many");
        for (int fd = 0; fd < 3000; ++fd)
            tree.addFd(50, fd, "socket:[" + std::to_string(100'000 + fd) + "]");
        tree.addProcess(51, "few");
        tree.addFd(51, 1, "socket:[7]");
        ProcOwners owners(tree.root());
        owners.scan();
        for (std::uint32_t i = 0; i < 3000; ++i)
            QCOMPARE(owners.ownersOf(100'000 + i).size(), std::size_t{1});
        QCOMPARE(owners.ownersOf(7).size(), std::size_t{1});
    }

    void aScanForgetsWhatHasGone() {
        ProcTree tree;
        tree.addProcess(1, "init");
        tree.addFd(1, 4, "socket:[42]");
        ProcOwners owners(tree.root());
        owners.scan();
        tree.removeProcess(1);
        tree.addProcess(2, "other");
        tree.addFd(2, 4, "socket:[43]");
        owners.scan();
        QVERIFY(owners.ownersOf(42).empty() && !owners.hasSeen(42));
        QCOMPARE(owners.ownersOf(43)[0].process->command, std::string("other"));
    }

    void anInodeWithoutOwnerIsRemembered() {
        ProcTree tree;
        ProcOwners owners(tree.root());
        owners.scan();
        QVERIFY(!owners.hasSeen(9));
        owners.rememberOwnerless(9);
        QVERIFY(owners.hasSeen(9));
        owners.scan();
        QVERIFY(!owners.hasSeen(9));
    }

    void countsProcessesThatMayNotBeRead() {
        if (::geteuid() == 0)
            QSKIP("root may read everything");
        ProcTree tree;
        tree.addProcess(1, "secret");
        tree.forbid(1);
        ProcOwners owners(tree.root());
        owners.scan();
        QCOMPARE(owners.unreadableProcesses(), std::size_t{1});
    }

    void survivesHostileNamesAndLinks() {
        ProcTree tree;
        tree.addProcess(3, "a) R 1 (\n");
        tree.addFd(3, 1, "socket:[99999999999999]");
        tree.addFd(3, 2, "socket:[12x]");
        tree.addFd(3, 3, "socket:[]");
        tree.addFd(3, 4, "socket:[44]");
        fs::create_directories(tree.root() + "/4x/fd");
        ProcOwners owners(tree.root());
        owners.scan();
        QCOMPARE(owners.ownersOf(44)[0].process->command, std::string("a) R 1 (\n"));
    }

    void tellsWhatAProcessIs() {
        ProcTree tree;
        tree.addProcess(12, "nginx");
        tree.setStart(12, "nginx", 4711);
        tree.write(12, "cmdline", std::string("nginx: worker\0--daemon\0", 23));
        tree.write(12, "cgroup", "1:name=systemd:/old\n0::/system.slice/nginx.service\n");
        tree.setExecutable(12, "/usr/sbin/nginx");
        tree.addFd(12, 5, "socket:[777]");
        ProcOwners owners(tree.root());
        owners.scan();
        const ProcessInfo& process = *owners.ownersOf(777).at(0).process;
        QCOMPARE(process.commandLine, std::string("nginx: worker --daemon"));
        QCOMPARE(process.executable, std::string("/usr/sbin/nginx"));
        QCOMPARE(process.cgroup, std::string("/system.slice/nginx.service"));
        QCOMPARE(process.startTime, std::uint64_t{4711});
        QVERIFY(process.uid == ::getuid());
        QVERIFY(process.container().empty());
    }

    void knowsAContainerByItsCgroup() {
        const std::string id(64, 'b');
        ProcTree tree;
        tree.addProcess(1, "app");
        tree.addFd(1, 3, "socket:[5]");
        tree.write(1, "cgroup", "0::/system.slice/docker-" + id + ".scope\n");
        ProcOwners owners(tree.root());
        owners.scan();
        QCOMPARE(owners.ownersOf(5)[0].process->container(), id);
    }

    void noticesThatAPidIsUsedAgain() {
        ProcTree tree;
        tree.addProcess(7, "worker");
        tree.setStart(7, "worker", 100);
        tree.write(7, "cmdline", "one");
        tree.addFd(7, 3, "socket:[70]");
        ProcOwners owners(tree.root());
        owners.scan();
        const auto first = owners.ownersOf(70).at(0);
        tree.write(7, "cmdline", "two");
        owners.scanForNew({70});
        QVERIFY(owners.ownersOf(70).at(0) == first); // read once
        tree.setStart(7, "worker", 200);
        owners.scanForNew({70});
        const auto second = owners.ownersOf(70).at(0);
        QVERIFY(!(second == first));
        QCOMPARE(second.process->commandLine, std::string("two"));
        QCOMPARE(first.process->commandLine, std::string("one")); // what was given stays
    }

    void noticesANewNameAndTheRestAtAFullScan() {
        ProcTree tree;
        tree.addProcess(7, "sh");
        tree.setStart(7, "sh", 100);
        tree.setExecutable(7, "/bin/sh");
        tree.addFd(7, 3, "socket:[70]");
        ProcOwners owners(tree.root());
        owners.scan();
        tree.write(7, "comm", "cat\n"); // exec: the same process
        tree.setExecutable(7, "/bin/cat");
        owners.scanForNew({70});
        QCOMPARE(owners.ownersOf(70).at(0).process->command, std::string("cat"));
        QCOMPARE(owners.ownersOf(70).at(0).process->executable, std::string("/bin/cat"));
        tree.setExecutable(7, "/bin/other");
        owners.scan();
        QCOMPARE(owners.ownersOf(70).at(0).process->executable, std::string("/bin/other"));
        const auto same = owners.ownersOf(70).at(0).process;
        owners.scan();
        QCOMPARE(owners.ownersOf(70).at(0).process.get(), same.get()); // nothing new: shared
    }

    void readsInALargeProcessOnlyWhatMayBeNew() {
        ProcTree tree;
        tree.addProcess(50, "many");
        tree.setStart(50, "many", 100);
        std::unordered_set<std::uint32_t> alive;
        for (std::uint32_t fd = 0; fd < 600; ++fd) {
            tree.addFd(50, static_cast<int>(fd), "socket:[" + std::to_string(1000 + fd) + "]");
            alive.insert(1000 + fd);
        }
        ProcOwners owners(tree.root());
        owners.scan();
        const auto replace = [&](int fd, const std::string& target) {
            tree.removeFd(50, fd);
            tree.addFd(50, fd, target);
        };
        replace(0, "socket:[5000]"); // 1000 lives on elsewhere
        replace(1, "socket:[5001]"); // 1001 is closed
        tree.addFd(50, 600, "socket:[5002]");
        alive.erase(1001);
        alive.insert({5000, 5001, 5002});
        owners.scanForNew(alive);
        QCOMPARE(owners.ownersOf(5001).at(0).fd, 1);
        QCOMPARE(owners.ownersOf(5002).at(0).fd, 600);
        QVERIFY(owners.ownersOf(1001).empty());
        QVERIFY(owners.ownersOf(5000).empty()); // for the next full scan
        QCOMPARE(owners.ownersOf(1000).at(0).fd, 0);
        owners.scan();
        QCOMPARE(owners.ownersOf(5000).at(0).fd, 0);
        QVERIFY(owners.ownersOf(1000).empty());
        tree.setStart(50, "many", 200); // another process: nothing of the old is believed
        replace(2, "socket:[5003]");
        alive.insert(5003);
        owners.scanForNew(alive);
        QCOMPARE(owners.ownersOf(5003).at(0).fd, 2);
    }

    void findsTheStartBehindAHostileName() {
        QCOMPARE(startTimeIn("9 (a) R 1 (\n) S 1 1 1 0 -1 0 1 2 3 4 5 6 7 8 20 0 1 0 4242 99"),
                 std::uint64_t{4242});
        for (const char* text : {"", "9", "9 (a", "9 (a)", "9 (a) S 1 2", ")"})
            QCOMPARE(startTimeIn(text), std::uint64_t{0});
    }

    void findsTheCgroup() {
        QCOMPARE(cgroupIn("0::/user.slice\n"), std::string("/user.slice"));
        QCOMPARE(cgroupIn("4:cpu,cpuacct:/a\n3:net:/b\n"), std::string("/a"));
        QCOMPARE(cgroupIn("4:cpu:/a\n0::/b:c"), std::string("/b:c"));
        QCOMPARE(cgroupIn(""), std::string());
        QCOMPARE(cgroupIn("no colons\n"), std::string());
    }

    void isEmptyWithoutProc() {
        ProcOwners owners("/nonexistent");
        owners.scan();
        QVERIFY(owners.ownersOf(1).empty());
    }
};

QTEST_GUILESS_MAIN(TestProcOwners)
#include "tst_proc_owners.moc"
