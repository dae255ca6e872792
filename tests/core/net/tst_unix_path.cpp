#include <cerrno>
#include <filesystem>
#include <fstream>

#include <QtTest>

#include "core/net/socket_options.h"
#include "core/net/unix_path.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
namespace fs = std::filesystem;

namespace {

UniqueFd listenAt(const std::string& path) {
    return std::move(
        *openListener(Transport::Unix, *SocketAddress::fromUnixPath(path), false, 8, {}));
}

} // namespace

class TestUnixPath : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFreePathIsFree() {
        QVERIFY(clearStaleUnixPath(temporaryPath("none")).has_value());
        QVERIFY(clearStaleUnixPath("@abstract").has_value());
    }

    void removesASocketThatNobodyListensOn() {
        const std::string path = temporaryPath("stale");
        listenAt(path).reset();
        QVERIFY(fs::exists(path));
        QVERIFY(clearStaleUnixPath(path).has_value());
        QVERIFY(!fs::exists(path));
    }

    void leavesALiveServerAlone() {
        const std::string path = temporaryPath("live");
        const UniqueFd server = listenAt(path);
        const auto cleared = clearStaleUnixPath(path);
        QVERIFY(!cleared && cleared.error().is(Fault::PathInUse));
        QVERIFY(fs::exists(path));
    }

    void leavesALiveDatagramSocketAlone() {
        const std::string path = temporaryPath("gram");
        const auto server =
            openDatagramSocket(Transport::Unixgram, *SocketAddress::fromUnixPath(path), false, {});
        QVERIFY(server.has_value());
        const auto cleared = clearStaleUnixPath(path);
        QVERIFY(!cleared && cleared.error().is(Fault::PathInUse));
    }

    void leavesFilesAndLinksAlone() {
        const std::string file = temporaryPath("file");
        std::ofstream(file) << "precious";
        const auto onFile = clearStaleUnixPath(file);
        QVERIFY(!onFile && onFile.error().is(Fault::PathNotASocket));
        const std::string stale = temporaryPath("stale");
        listenAt(stale).reset();
        const std::string link = temporaryPath("link");
        fs::create_symlink(stale, link);
        const auto onLink = clearStaleUnixPath(link);
        QVERIFY(!onLink && onLink.error().is(Fault::PathNotASocket));
        QVERIFY(fs::exists(file) && fs::is_symlink(link) && fs::exists(stale));
    }

    void theGuardRemovesItsOwnSocketOnly() {
        const std::string path = temporaryPath("guarded");
        const UniqueFd server = listenAt(path);
        { const UnixPathGuard guard(path); }
        QVERIFY(!fs::exists(path));
        const UniqueFd again = listenAt(path);
        UnixPathGuard guard(path);
        fs::remove(path);
        const UniqueFd other = listenAt(path); // somebody else's
        guard = UnixPathGuard();
        QVERIFY(fs::exists(path));
    }
};

QTEST_GUILESS_MAIN(TestUnixPath)
#include "tst_unix_path.moc"
