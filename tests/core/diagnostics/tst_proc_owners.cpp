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

    void isEmptyWithoutProc() {
        ProcOwners owners("/nonexistent");
        owners.scan();
        QVERIFY(owners.ownersOf(1).empty());
    }
};

QTEST_GUILESS_MAIN(TestProcOwners)
#include "tst_proc_owners.moc"
