// What has room in the table's dock, at each width, in each view and language.

#include <QHeaderView>
#include <QTranslator>
#include <QtTest>

#include "tests/ui/connections_fixture.h"
#include "tests/ui/table_rows.h"
#include "ui/common/app_style.h"
#include "ui/common/fonts.h"
#include "ui/common/language.h"
#include "ui/connections/closed_model.h"
#include "ui/connections/closed_view.h"
#include "ui/connections/connections_dock.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/filter_field.h"
#include "ui/engine_bridge.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Model = ConnectionsModel;

namespace {

/// Speaks a language while it lives, then English.
class Language {
public:
    explicit Language(const QString& language) { install(language); }
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;
    ~Language() { install(QStringLiteral("en")); }

private:
    static void install(const QString& language) {
        for (auto* old : qApp->findChildren<QTranslator*>()) {
            QCoreApplication::removeTranslator(old);
            delete old;
        }
        installLanguage(language);
    }
};

/// The widest of its unit.
Duration ageOf(std::chrono::hours hours, std::chrono::minutes minutes) {
    return hours + minutes + std::chrono::seconds(59);
}

/// Names and numbers as long as they become on a machine that runs for long.
std::vector<SocketRow> rowsWithLongCells() {
    SocketRow owned = makeRow(1, 80, 4000);
    setOwner(owned, 4'194'303, "systemd-resolve"); // comm(5) and pid_max(5) allow no more
    owned.receiveQueue = 99'999;
    owned.user = "mira.lindqvist";
    SocketRow shared = makeRow(2, 81, 4000, SocketState::CloseWait);
    setOwner(shared, 4'194'303, "socketscope");
    shared.sendQueue = 99'999;
    shared.owners.push_back(shared.owners.front());
    SocketRow kernels = makeRow(3, 82, 4000, SocketState::TimeWait);
    kernels.inode = 0;
    kernels.user.clear();
    kernels.hasUid = false;
    SocketRow hidden = makeRow(4, 83, 0, SocketState::Unconnected);
    hidden.protocol = SocketProtocol::Udp;
    hidden.family = 6;
    hidden.localAddress = {.isIpv6 = true};
    hidden.ownersKnown = false;
    SocketRow local = makeUnixRow(4'294'967'295, 0, "/run/user/1000/bus");
    setOwner(local, 4'194'303, "dbus-daemon");
    return {owned, shared, kernels, hidden, local, makeRow(5, 84, 0, SocketState::Listen)};
}

std::vector<HistoryEntry> closedWithLongCells() {
    SocketDetails details;
    details.tcpInfo.emplace();
    details.tcpInfo->bytesReceived = details.tcpInfo->bytesAcked = 1'047'527'424; // 999 MiB
    details.tcpInfo->rttUs = 999'900;
    details.tcpInfo->retransmitsTotal = 9'999'999;
    ClosedSocket own = makeClosed(1, 80);
    setOwner(own.row, 4'194'303, "systemd-resolve");
    own.row.details = std::make_shared<SocketDetails>(details);
    own.age = std::chrono::hours(9) + std::chrono::minutes(59);
    ClosedSocket listeners = makeClosed(2, 65'432);
    listeners.listenerOwners = {
        {std::make_shared<ProcessInfo>(ProcessInfo{4'194'303, "socketscope"}), 3}};
    ClosedSocket datagrams = makeClosed(3, 53);
    datagrams.row.protocol = SocketProtocol::Udp;
    datagrams.row.family = 6;
    datagrams.row.state = SocketState::Unconnected;
    return {own, listeners, datagrams};
}

/// A column that may be cut: of addresses, and our own last one.
bool mayBeCut(const QString& title) {
    for (const char* word :
         {"Local", "Remote", "Foreign", "Peer", "NAME", "Notes", "本地", "远程", "远端", "备注"}) {
        if (title.startsWith(QString::fromUtf8(word)))
            return true;
    }
    return false;
}

/// The columns are measured for fonts of the usual width; with wider ones more is cut.
bool areFontsWide() {
    return QFontMetrics(QApplication::font()).horizontalAdvance("UNCONNECTED") > 90 ||
           QFontMetrics(monoFont()).horizontalAdvance("4294967295") > 74;
}

/// The font that the delegates paint a cell in.
QFont fontOf(const QTableView& view, const QModelIndex& index, const QString& text) {
    const auto* table = qobject_cast<const Model*>(view.model());
    const bool isOwnView = !table || table->style() == TableStyle::Full;
    const auto isOneOf = [&](std::initializer_list<int> columns) {
        return std::ranges::find(columns, index.column()) != columns.end();
    };
    const bool isWord = table ? isOneOf({Model::ProcessColumn, Model::ProtocolColumn,
                                         Model::StateColumn, Model::AgeColumn, Model::UserColumn})
                              : isOneOf({ClosedModel::ProcessColumn, ClosedModel::ProtocolColumn,
                                         ClosedModel::LivedColumn});
    const QFont font = isOwnView && isWord ? QApplication::font() : monoFont();
    return text.startsWith("socketscope") && table ? demiBold(font) : font; // ours
}

/// What of a cell its text cannot have: padding, and the dot of a state.
int insetOf(const QTableView& view, int column) {
    const auto* table = qobject_cast<const Model*>(view.model());
    const int state = table ? int{Model::StateColumn} : int{ClosedModel::StateColumn};
    const bool isOwnView = !table || table->style() == TableStyle::Full;
    return isOwnView && column == state ? 16 + 14 : 16;
}

/// Headers and cells that are shown and have too little room, and columns that are not in sight.
QStringList cutCells(const QTableView& view, const QString& what) {
    const auto& model = *view.model();
    QStringList cut;
    const auto check = [&](const QString& text, const QFont& font, int column, int inset) {
        const QFontMetrics metrics(font);
        const int room = view.columnWidth(column) - inset;
        if (metrics.elidedText(text, Qt::ElideRight, room) != text)
            cut.append(QString("%1: %2 needs %3 of %4")
                           .arg(what, text)
                           .arg(metrics.horizontalAdvance(text))
                           .arg(room));
    };
    for (int column = 0; column < model.columnCount(); ++column) {
        const QString title = model.headerData(column, Qt::Horizontal).toString();
        if (view.isColumnHidden(column) || title.isEmpty())
            continue;
        const bool isSorted = view.horizontalHeader()->sortIndicatorSection() == column;
        check(title, QApplication::font(), column, isSorted ? 32 : 16);
        for (int row = 0; row < model.rowCount() && !mayBeCut(title); ++row) {
            const QModelIndex index = model.index(row, column);
            const QString text = index.data().toString();
            if (!text.contains("),(")) // of ss: one socket, several processes
                check(text, fontOf(view, index, text), column, insetOf(view, column));
        }
    }
    if (view.horizontalHeader()->length() > view.viewport()->width())
        cut.append(QString("%1: %2 wide in %3")
                       .arg(what)
                       .arg(view.horizontalHeader()->length())
                       .arg(view.viewport()->width()));
    return cut;
}

} // namespace

class TestConnectionsFit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }

    void theTitleFoldsWhereItIsNarrow() {
        Fixture f;
        auto* ours = f.find<QToolButton>("oursChip");
        auto* hide = f.find<QToolButton>("hideLoopbackChip");
        f.dock->resize(1100, 400);
        QTRY_VERIFY(ours->isVisible() && hide->isVisible());
        f.dock->resize(700, 400);
        QTRY_VERIFY(!hide->isVisible());
        f.take({.added = {makeRow(1, 80)}});
        f.dock->resize(1100, 400);
        QTRY_VERIFY(hide->isVisible());
    }

    void onlyAddressesAndNotesAreCut_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("width");
        for (const char* language : {"en", "zh_CN"}) {
            QTest::addRow("%s at 1280", language) << language << 960;
            QTest::addRow("%s at 1440", language) << language << 1105;
            QTest::addRow("%s without the inspector", language) << language << 1440;
        }
    }

    void onlyAddressesAndNotesAreCut() {
        if (areFontsWide())
            QSKIP("the fonts of this machine are wider than those that the columns are for");
        QFETCH(const QString, language);
        QFETCH(const int, width);
        const Language installed(language);
        Fixture f;
        f.dock->resize(width, 130); // the scroll bar takes its room too
        TableUpdate update = makeUpdate({.added = rowsWithLongCells()});
        update.time = SteadyClock::now() - ageOf(9h, 59min);
        Q_EMIT f.bridge.tableArrived(update);
        f.take({.added = {makeRow(90, 90)}});
        Q_EMIT f.bridge.closedArrived(closedWithLongCells());
        QTRY_COMPARE(f.view().width(), width);
        QStringList cut;
        for (const auto view : {ConnectionsDock::All, ConnectionsDock::Netstat,
                                ConnectionsDock::Lsof, ConnectionsDock::Ss}) {
            f.dock->showView(view);
            QTRY_VERIFY(!f.model().isBusy() &&
                        f.model().rowCount() >= 3); // lsof has those with an owner
            if (view == ConnectionsDock::All)
                QVERIFY(f.view().columnWidth(Model::NotesColumn) >= 80);
            cut += cutCells(f.view(), f.model().headerData(1, Qt::Horizontal, 0).toString());
        }
        f.dock->showView(ConnectionsDock::Closed);
        QTRY_COMPARE(f.dock->closedView().width(), width);
        QCOMPARE(f.dock->closed().rowCount(), 3);
        cut += cutCells(f.dock->closedView(), "closed");
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join('\n')));
    }

    void everyAgeFits_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << "en";
        QTest::newRow("zh_CN") << "zh_CN";
    }

    void everyAgeFits() {
        if (areFontsWide())
            QSKIP("the fonts of this machine are wider than those that the columns are for");
        QFETCH(const QString, language);
        const Language installed(language);
        for (const Duration age : std::initializer_list<Duration>{
                 9s, 59s, ageOf(0h, 9min), ageOf(0h, 59min), ageOf(9h, 59min), ageOf(23h, 59min),
                 ageOf(239h, 59min), 24h * 400}) {
            Fixture f;
            f.dock->resize(960, 400);
            TableUpdate update = makeUpdate({.added = {makeRow(1, 80)}});
            update.time = SteadyClock::now() - age;
            Q_EMIT f.bridge.tableArrived(update);
            const QString text = f.model().index(0, Model::AgeColumn).data().toString();
            QVERIFY2(text.startsWith('>'), qPrintable(text));
            QCOMPARE(cutCells(f.view(), "All").join('\n'), QString());
            ClosedSocket closed = makeClosed(1, 80);
            closed.age = age;
            Q_EMIT f.bridge.closedArrived({closed});
            f.dock->showView(ConnectionsDock::Closed);
            QCOMPARE(cutCells(f.dock->closedView(), "closed").join('\n'), QString());
        }
    }

    void columnsFollowTheWindowUntilAPersonSetsThem() {
        Fixture f;
        const auto resize = [&](int width) {
            f.dock->resize(width, 400);
            QTRY_COMPARE(f.view().width(), width);
        };
        resize(960);
        QVERIFY(f.view().isColumnHidden(Model::UserColumn)); // folded
        resize(1280);
        QVERIFY(!f.view().isColumnHidden(Model::UserColumn));
        resize(960);
        QVERIFY(f.view().isColumnHidden(Model::UserColumn));
        f.view().horizontalHeader()->resizeSection(Model::LocalColumn, 123);
        resize(1280);
        QCOMPARE(f.view().columnWidth(Model::LocalColumn), 123);
        QVERIFY(f.view().isColumnHidden(Model::UserColumn)); // as it was set
    }

    void theFilterHasTheRoomOfTheTitle() {
        Fixture f;
        for (const int width : {960, 1105, 1440}) {
            f.dock->resize(width, 400);
            f.filter().setCount("15 000 of 20 000");
            QTRY_COMPARE(f.view().width(), width);
            QTRY_VERIFY(f.filter().width() >= 276);
        }
        QVERIFY(f.filter().width() >= 400); // what is left is its own
    }
};

QTEST_MAIN(TestConnectionsFit)
#include "tst_connections_fit.moc"
