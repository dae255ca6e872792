#include <thread>

#include <unistd.h>

#include <QClipboard>
#include <QHeaderView>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest>

#include "tests/ui/table_rows.h"
#include "ui/common/app_style.h"
#include "ui/common/export_button.h"
#include "ui/common/fonts.h"
#include "ui/common/inline_message.h"
#include "ui/common/language.h"
#include "ui/common/settings.h"
#include "ui/connections/closed_model.h"
#include "ui/connections/closed_view.h"
#include "ui/connections/column_layout.h"
#include "ui/connections/connection_menu.h"
#include "ui/connections/connections_dock.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/filter_field.h"
#include "ui/connections/snapshot_page.h"
#include "ui/connections/socket_ending.h"
#include "ui/connections/state_bar.h"
#include "ui/engine_bridge.h"

using namespace sscope;
using namespace std::chrono_literals;
using Model = ConnectionsModel;

namespace {

/// The dock by itself, with an engine that does not run: tables come from the test.
struct Fixture {
    Fixture() : settings(folder.filePath("settings.json")) { open(); }

    void open() {
        dock = std::make_unique<ConnectionsDock>(bridge, settings);
        dock->resize(960, 400);
        dock->show();
        dock->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(dock.get()));
    }
    void take(TableChange change) {
        Q_EMIT bridge.tableArrived(makeUpdate(std::move(change), second++));
    }
    Model& model() { return dock->model(); }
    ConnectionsView& view() { return dock->view(); }
    template <typename T>
    T* find(const char* name) {
        return dock->findChild<T*>(QString::fromLatin1(name));
    }
    FilterField& filter() { return *find<FilterField>("connectionFilter"); }
    InlineMessage& message() { return *find<InlineMessage>("inlineMessage"); }
    void press(const QString& text) {
        for (auto* button : message().findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == text) {
                button->click();
                return;
            }
        }
        QFAIL(qPrintable("no button " + text));
    }
    std::vector<quint64> shown() {
        std::vector<quint64> all;
        for (int row = 0; row < model().rowCount(); ++row)
            all.push_back(model().entryAt(row) ? model().at(row).row.cookie : 0);
        return all;
    }
    void clickRow(quint64 cookie, Qt::KeyboardModifiers modifiers = {}) {
        const QModelIndex index = model().index(model().rowOfCookie(cookie), Model::LocalColumn);
        QTest::mouseClick(view().viewport(), Qt::LeftButton, modifiers,
                          view().visualRect(index).center());
    }
    void choose(quint64 cookie, const char* action) {
        QMenu menu;
        dock->rowMenu().fill(menu, model().index(model().rowOfCookie(cookie), Model::LocalColumn));
        auto* found = menu.findChild<QAction*>(QString::fromLatin1(action));
        QVERIFY2(found, action);
        QVERIFY(found->isEnabled());
        found->trigger();
    }

    QTemporaryDir folder;
    Settings settings;
    EngineBridge bridge;
    std::unique_ptr<ConnectionsDock> dock;
    int second = 0;
};

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

ClosedSocket makeClosed(std::uint64_t cookie, std::uint16_t port) {
    ClosedSocket closed;
    closed.row = makeRow(cookie, port, 9);
    return closed;
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

void clickHeader(const QTableView& view, int column) {
    const int x = view.horizontalHeader()->sectionViewportPosition(column) + 20;
    QTest::mouseClick(view.horizontalHeader()->viewport(), Qt::LeftButton, {}, {x, 10});
}

QString clipboard() {
    return QApplication::clipboard()->text();
}

} // namespace

class TestConnectionsDock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }

    void severalRowsStaySelectedWhileOthersComeAndGo() {
        Fixture f;
        TableChange first;
        for (std::uint64_t i = 1; i <= 12; ++i)
            first.added.push_back(makeRow(i, static_cast<std::uint16_t>(100 + i)));
        f.take(std::move(first));
        const QSignalSpy spy(&f.view(), &ConnectionsView::selectionChangedTo);
        f.clickRow(3);
        QCOMPARE(spy.last().at(0).toULongLong(), quint64{3});
        f.clickRow(5, Qt::ControlModifier);
        QCOMPARE(spy.last().at(0).toULongLong(), quint64{5});
        f.clickRow(7, Qt::ShiftModifier | Qt::ControlModifier);
        QVERIFY((f.view().selectedCookies() == std::vector<quint64>{3, 5, 6, 7}));
        f.take({.added = {makeRow(20, 50), makeRow(21, 106)}, .gone = {makeRow(6, 106)}});
        f.take({});
        QVERIFY((f.view().selectedCookies() == std::vector<quint64>{3, 5, 7}));
        f.filter().setText("port:103");
        QVERIFY((f.shown() == std::vector<quint64>{3}));
        f.filter().clear();
        QVERIFY((f.view().selectedCookies() == std::vector<quint64>{3, 5, 7}));
        QCOMPARE(f.view().selectionModel()->selectedRows().size(), 3);
        QCOMPARE(f.view().currentCookie(), quint64{7});
    }

    void theSelectedRowKeepsItsPlaceInTheView() {
        Fixture f;
        TableChange first;
        for (std::uint64_t i = 1; i <= 200; ++i)
            first.added.push_back(makeRow(i, static_cast<std::uint16_t>(1000 + i)));
        f.take(std::move(first));
        f.view().selectCookie(100);
        QCoreApplication::processEvents();
        const auto y = [&] { return f.view().rowViewportPosition(f.model().rowOfCookie(100)); };
        const int before = y();
        TableChange above;
        for (std::uint64_t i = 300; i < 340; ++i)
            above.added.push_back(makeRow(i, static_cast<std::uint16_t>(i)));
        f.take(std::move(above));
        QCoreApplication::processEvents();
        QCOMPARE(y(), before);
    }

    void homeAndEndGoToTheFirstAndTheLastRow() {
        Fixture f;
        f.take({.added = {makeRow(1, 80), makeRow(2, 81), makeRow(3, 82)}});
        f.view().setFocus();
        f.view().setCurrentIndex(f.model().index(1, 1));
        QTest::keyClick(&f.view(), Qt::Key_End);
        QCOMPARE(f.view().currentIndex().row(), 2);
        QTest::keyClick(&f.view(), Qt::Key_Home);
        QCOMPARE(f.view().currentIndex().row(), 0);
    }

    void headingsFoldByKeyAndClick() {
        Fixture f;
        f.take({.added = {makeRow(1, 80, 5), makeRow(2, 81, 0, SocketState::Listen),
                          makeRow(3, 82, 0, SocketState::Listen)}});
        f.find<QMenu>("tableOptions")->findChild<QAction*>("groupState")->trigger();
        QVERIFY((f.shown() == std::vector<quint64>{0, 2, 3, 0, 1}));
        f.view().setFocus();
        f.view().setCurrentIndex(f.model().index(1, 1));
        QTest::keyClick(&f.view(), Qt::Key_Left); // to its heading
        QCOMPARE(f.view().currentIndex().row(), 0);
        QTest::keyClick(&f.view(), Qt::Key_Left);
        QVERIFY((f.shown() == std::vector<quint64>{0, 0, 1}));
        QTest::keyClick(&f.view(), Qt::Key_Right);
        QVERIFY((f.shown() == std::vector<quint64>{0, 2, 3, 0, 1}));
        QTest::keyClick(&f.view(), Qt::Key_Space);
        QVERIFY((f.shown() == std::vector<quint64>{0, 0, 1}));
        QTest::mouseClick(f.view().viewport(), Qt::LeftButton, {},
                          f.view().visualRect(f.model().index(0, 1)).center());
        QVERIFY((f.shown() == std::vector<quint64>{0, 2, 3, 0, 1}));
        // The choice is there at the next start.
        f.open();
        QCOMPARE(f.model().grouping(), Grouping::State);
    }

    void theBarOfStatesFilters() {
        Fixture f;
        f.take({.added = {makeRow(1, 80, 5), makeRow(2, 81, 0, SocketState::Listen),
                          makeRow(3, 82, 5, SocketState::CloseWait)}});
        auto* listen = f.find<StateButton>("stateLISTEN");
        auto* waiting = f.find<StateButton>("stateCLOSE_WAIT");
        QVERIFY(listen->isVisible() && listen->count() == 1);
        QVERIFY(!f.find<StateButton>("stateLAST_ACK")->isVisible());
        QTest::mouseClick(listen, Qt::LeftButton);
        QVERIFY((f.shown() == std::vector<quint64>{2}));
        QTest::keyClick(waiting, Qt::Key_Space); // another instead
        QVERIFY((f.shown() == std::vector<quint64>{3}));
        QVERIFY(!listen->isChecked());
        QTest::mouseClick(waiting, Qt::LeftButton);
        QCOMPARE(f.model().rowCount(), 3);
        QVERIFY(!waiting->isChecked());
    }

    void aFilterThatIsNoneSaysWhereAndTheLastOneHolds() {
        Fixture f;
        f.take({.added = {makeRow(1, 80), makeRow(2, 443)}});
        f.filter().setFocus();
        QTest::keyClicks(&f.filter(), "port:443");
        QVERIFY((f.shown() == std::vector<quint64>{2}));
        f.filter().setText("port:443 port:x");
        QVERIFY((f.shown() == std::vector<quint64>{2}));
        auto* fault = f.find<QLabel>("filterFault");
        QVERIFY(fault->isVisible());
        QVERIFY2(fault->text().contains("15"), qPrintable(fault->text())); // the column of x
        QVERIFY(!f.find<StateBar>("stateBar")->isVisible());
        f.filter().setText("port:80");
        QVERIFY(!fault->isVisible());
        QVERIFY((f.shown() == std::vector<quint64>{1}));
    }

    void filtersThatWereUsedComeBack() {
        Fixture f;
        f.filter().setFocus();
        for (const char* text : {"port:80", "not port:80"}) {
            f.filter().setText(text);
            QTest::keyClick(&f.filter(), Qt::Key_Return);
        }
        f.filter().clear();
        QTest::keyClick(&f.filter(), Qt::Key_Up);
        QCOMPARE(f.filter().text(), QString("not port:80"));
        QTest::keyClick(&f.filter(), Qt::Key_Up);
        QCOMPARE(f.filter().text(), QString("port:80"));
        QTest::keyClick(&f.filter(), Qt::Key_Down);
        QTest::keyClick(&f.filter(), Qt::Key_Down);
        QCOMPARE(f.filter().text(), QString());
        f.open();
        QCOMPARE(f.filter().history(), QStringList({"not port:80", "port:80"}));
    }

    void wordsOfAFilterAreCompleted() {
        Fixture f;
        SocketRow row = makeRow(1, 80);
        setOwner(row, 7, "nginx");
        f.take({.added = {row}});
        f.filter().setFocus();
        QTest::keyClicks(&f.filter(), "process:ng");
        auto* popup = f.find<QWidget>("filterCompletions");
        QVERIFY(popup->isVisible());
        QTest::keyClick(&f.filter(), Qt::Key_Tab);
        QCOMPARE(f.filter().text().trimmed(), QString("process:nginx"));
        QVERIFY(!popup->isVisible());
    }

    void aKeyOnItsWayEmptiesNoTable() {
        Fixture f;
        f.take({.added = {makeRow(1, 80), makeRow(2, 443)}});
        f.filter().setFocus();
        const QSignalSpy changed(&f.filter(), &FilterField::filterChanged);
        QTest::keyClicks(&f.filter(), "port:");
        QCOMPARE(changed.count(), 0);
        QCOMPARE(f.model().rowCount(), 2);
        QTest::keyClicks(&f.filter(), "80");
        QCOMPARE(f.model().rowCount(), 1);
        // As a word of its own it counts once it rests, or is confirmed.
        f.filter().clear();
        QTest::keyClicks(&f.filter(), "por");
        QTRY_COMPARE(f.model().rowCount(), 0);
        f.filter().clear();
        QTest::keyClicks(&f.filter(), "por");
        QTest::keyClick(&f.filter(), Qt::Key_Return);
        QCOMPARE(f.model().rowCount(), 0);
    }

    void leadsToTheOtherEndAlsoWhereTheFilterHidesIt() {
        Fixture f;
        f.take({.added = {makeRow(1, 80, 4000), makeRow(2, 4000, 80)}});
        f.view().setFocus();
        f.clickRow(1);
        QTest::keyClick(&f.view(), Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(f.view().currentCookie(), quint64{2});
        f.filter().setText("sport:4000");
        QTest::keyClick(&f.view(), Qt::Key_J, Qt::ControlModifier);
        QVERIFY(f.message().isVisible());
        f.press("Show it");
        QCOMPARE(f.view().currentCookie(), quint64{1});
        QVERIFY(f.filter().text().isEmpty());
    }

    void copiesWhatIsSelected() {
        Fixture f;
        SocketRow row = makeRow(1, 80, 4000);
        setOwner(row, 7, "=cmd");
        f.take({.added = {row, makeRow(2, 81, 4001)}});
        f.view().selectAll();
        f.choose(1, "copyCell");
        QCOMPARE(clipboard(), QString("127.0.0.1:80"));
        f.choose(1, "copyRow");
        QVERIFY(clipboard().contains("127.0.0.1:80\t127.0.0.1:4000"));
        f.choose(1, "copyText");
        QCOMPARE(clipboard().count('\n'), 1);
        f.choose(1, "copyCsv");
        QCOMPARE(clipboard().trimmed().count('\n'), 2); // a header and two rows
        f.choose(1, "copyJson");
        const auto json = QJsonDocument::fromJson(clipboard().toUtf8());
        QCOMPARE(json.array().size(), 2);
        QCOMPARE(json.array().at(0).toObject().value("local_port").toInt(), 80);
        f.choose(1, "copySs");
        QVERIFY(clipboard().contains(":80") && clipboard().contains(" or "));
        f.choose(1, "copyFilter");
        const auto filter = SocketFilter::parse(clipboard().toStdString());
        QVERIFY(filter && filter->matches(row) && !filter->matches(makeRow(3, 99, 98)));
    }

    void closesASocketAfterAskingAndSaysWhatIsMissing() {
        Fixture f;
        std::vector<std::uint64_t> closed;
        std::thread::id thread;
        f.dock->ending().setWays(
            [&](const SocketRow& row) -> Result<void> {
                thread = std::this_thread::get_id();
                closed.push_back(row.cookie);
                if (row.cookie == 2)
                    return Failure(systemError(EPERM, "close socket", "127.0.0.1:81"));
                return {};
            },
            [](int, std::uint64_t, bool) -> Result<void> { return {}; });
        SocketRow row = makeRow(1, 80, 4000);
        setOwner(row, 7, "nginx");
        f.take({.added = {row, makeRow(2, 81, 4001)}});
        f.view().setFocus();
        f.clickRow(1);
        QTest::keyClick(&f.view(), Qt::Key_Delete);
        QVERIFY(f.message().isVisible());
        QVERIFY(f.message().text().contains("nginx") && f.message().text().contains("7"));
        QVERIFY(closed.empty());
        f.press("Cancel");
        QVERIFY(!f.message().isVisible() && closed.empty());
        QTest::keyClick(&f.view(), Qt::Key_Delete);
        f.press("Close socket");
        QTRY_VERIFY(f.message().isVisible());
        QVERIFY((closed == std::vector<std::uint64_t>{1}));
        QVERIFY(thread != std::this_thread::get_id());
        f.clickRow(2);
        f.choose(2, "closeSocket");
        f.press("Close socket");
        QTRY_VERIFY(f.message().isVisible());
        QVERIFY2(f.message().text().contains("EPERM"), qPrintable(f.message().text()));
    }

    void aQuestionIsAnsweredFromTheKeyboard() {
        Fixture f;
        std::vector<std::uint64_t> closed;
        f.dock->ending().setWays(
            [&](const SocketRow& row) -> Result<void> {
                closed.push_back(row.cookie);
                return {};
            },
            [](int, std::uint64_t, bool) -> Result<void> { return {}; });
        f.take({.added = {makeRow(1, 80, 4000)}});
        f.view().setFocus();
        f.clickRow(1);
        QTest::keyClick(&f.view(), Qt::Key_Delete);
        QTRY_VERIFY(qobject_cast<QPushButton*>(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!f.message().isVisible() && closed.empty());
        QTRY_VERIFY(f.view().hasFocus());
        QTest::keyClick(&f.view(), Qt::Key_Delete);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(closed.size(), std::size_t{1});
        QTRY_VERIFY(f.view().hasFocus());
    }

    void endsAProcessAfterAskingAndOffersMore() {
        Fixture f;
        std::vector<bool> asked; // by force or not
        f.dock->ending().setWays([](const SocketRow&) -> Result<void> { return {}; },
                                 [&](int pid, std::uint64_t start, bool isForced) -> Result<void> {
                                     if (pid == 812 && start == 99)
                                         asked.push_back(isForced);
                                     return {};
                                 });
        SocketRow row = makeRow(1, 80);
        auto process = std::make_shared<ProcessInfo>(ProcessInfo{812, "<b>ng</b>\n"});
        process->startTime = 99;
        row.owners = {{process, 3}};
        f.take({.added = {row}});
        f.clickRow(1);
        f.choose(1, "endProcess");
        QVERIFY(f.message().text().contains("<b>ng</b>\\n"));
        QVERIFY(f.message().text().contains("812") && asked.empty());
        f.press("End process");
        QTRY_VERIFY(f.message().isVisible());
        QVERIFY((asked == std::vector<bool>{false}));
        f.press("Kill");
        QTRY_VERIFY(f.message().isVisible());
        QVERIFY((asked == std::vector<bool>{false, true}));
    }

    void opensAClientToAnEndpoint() {
        Fixture f;
        SocketRow any = makeRow(1, 80, 0, SocketState::Listen);
        any.localAddress.bytes = {};
        f.take({.added = {any, makeRow(2, 4000, 443), makeUnixRow(3, 0, "/run/x")}});
        const QSignalSpy spy(f.dock.get(), &ConnectionsDock::clientAsked);
        const auto asked = [&](quint64 cookie) {
            f.choose(cookie, "openClient");
            return QString::fromStdString(spy.last().at(0).value<Endpoint>().text());
        };
        QCOMPARE(asked(1), QString("tcp://127.0.0.1:80"));
        QCOMPARE(asked(2), QString("tcp://127.0.0.1:443"));
        QCOMPARE(asked(3), QString("unix:/run/x"));
    }

    void everyViewKeepsItsColumns() {
        Fixture f;
        f.take({.added = {makeRow(1, 80)}});
        f.view().setColumnHidden(Model::UserColumn, true);
        f.dock->showView(ConnectionsDock::Ss);
        QCOMPARE(f.model().style(), TableStyle::Ss);
        f.view().horizontalHeader()->resizeSection(2, 211);
        f.dock->saveLayout();
        f.dock->showView(ConnectionsDock::Netstat);
        QVERIFY(f.view().columnWidth(2) != 211);
        f.dock->showView(ConnectionsDock::All);
        QVERIFY(f.view().isColumnHidden(Model::ReceiveRateColumn)); // hidden at first
        f.dock->showView(ConnectionsDock::Ss);
        QCOMPARE(f.view().columnWidth(2), 211);
        f.open();
        QCOMPARE(f.model().style(), TableStyle::Ss);
        QCOMPARE(f.view().columnWidth(2), 211);
    }

    void comparesSnapshotsAlsoFromAFile() {
        Fixture f;
        f.take({.added = {makeRow(1, 80), makeRow(2, 81)}});
        f.find<QMenu>("tableOptions")->findChild<QAction*>("takeSnapshot")->trigger();
        QTRY_COMPARE(f.dock->snapshots().count(), 1);
        SocketRow changed = makeRow(1, 80);
        changed.receiveQueue = 5;
        f.take({.added = {makeRow(3, 82)}, .changed = {changed}, .gone = {makeRow(2, 81)}});
        const auto& difference = f.dock->snapshots().model().difference();
        QTRY_COMPARE(difference.same, std::size_t{2});
        f.press("Compare with now");
        QTRY_COMPARE(difference.opened.size(), std::size_t{1});
        QCOMPARE(difference.closed.size(), std::size_t{1});
        QCOMPARE(difference.changed.size(), std::size_t{1});
        QCOMPARE(f.dock->snapshots()
                     .model()
                     .index(2, SnapshotModel::ReceiveQueueColumn)
                     .data()
                     .toString(),
                 QString("5, was 0"));
        // What is sought is sought among the differences.
        auto* differences = f.find<QTableView>("snapshotTable");
        QVERIFY(f.dock->find("127.0.0.1:81", false));
        QCOMPARE(differences->currentIndex().row(), 1);
        QVERIFY(!f.dock->find("127.0.0.1:8080", false));
        QVERIFY(!f.view().currentIndex().isValid());
        const QString path = f.folder.filePath("snapshot.json");
        f.dock->snapshots().saveTo(path);
        QTRY_VERIFY(QFile::exists(path));
        f.dock->snapshots().openFile(path);
        QTRY_COMPARE(f.dock->snapshots().count(), 2);
        QTRY_COMPARE(difference.opened.size(), std::size_t{1});
        // What is no snapshot says so, and all stays as it was.
        QFile torn(f.folder.filePath("torn.json"));
        QVERIFY(torn.open(QIODevice::WriteOnly) && torn.write("{\"format\": 7") > 0);
        torn.close();
        f.message().hide();
        f.dock->snapshots().openFile(torn.fileName());
        QTRY_VERIFY(f.message().isVisible());
        QCOMPARE(f.dock->snapshots().count(), 2);
    }

    void showsWhoHoldsAPort() {
        Fixture f;
        f.take({.added = {makeRow(1, 80, 4000), makeRow(2, 80, 0, SocketState::Bound),
                          makeRow(3, 443, 0, SocketState::Listen)}});
        f.dock->showView(ConnectionsDock::Closed);
        f.filter().setText("port:443");
        f.dock->showPort(80);
        QCOMPARE(f.view().currentCookie(), quint64{2});
        QVERIFY(f.view().isVisible() && f.filter().text().isEmpty());
        f.dock->showPort(81);
        QVERIFY(f.message().text().contains("81"));
    }

    void showsWhoHoldsAPortOnceALargeTableIsTaken() {
        Fixture f;
        TableChange many;
        for (std::uint64_t cookie = 1; cookie <= 30'000; ++cookie)
            many.added.push_back(makeRow(cookie, static_cast<std::uint16_t>(cookie)));
        f.take(std::move(many));
        QVERIFY(f.model().isBusy());
        f.dock->showPort(29'999);
        QTRY_COMPARE(f.view().currentCookie(), quint64{29'999});
    }

    void sayingThatAKindIsNotOffered() {
        Fixture f;
        TableUpdate update = makeUpdate({});
        update.stats.notOffered = {SocketProtocol::UdpLite};
        Q_EMIT f.bridge.tableArrived(update);
        auto* action = f.find<QMenu>("tableOptions")->findChild<QAction*>("tableKind.udplite");
        QVERIFY(action);
        QVERIFY(action->text().contains("not offered"));
        update.stats.notOffered.clear();
        Q_EMIT f.bridge.tableArrived(update);
        QCOMPARE(action->text(), QString("UDP-Lite"));
    }

    void closedSocketsHaveTheSameFilter() {
        Fixture f;
        ClosedSocket closed;
        closed.row = makeRow(1, 80, 9);
        ClosedSocket other;
        other.row = makeRow(2, 443, 9);
        Q_EMIT f.bridge.closedArrived({closed, HistoryGap{{}, 3}, other});
        QCOMPARE(f.dock->closed().rowCount(), 3);
        QTest::mouseClick(f.find<QToolButton>("viewClosed"), Qt::LeftButton);
        QVERIFY(f.find<QWidget>("closedView")->isVisible());
        f.filter().setText("port:443");
        QCOMPARE(f.dock->closed().rowCount(), 2); // the gap is always there
        QTest::mouseClick(f.find<QToolButton>("viewAll"), Qt::LeftButton);
        QVERIFY(f.view().isVisible());
    }

    void closedSocketsAreSortedAndTheirColumnsChosen() {
        Fixture f;
        Q_EMIT f.bridge.closedArrived({makeClosed(1, 443), makeClosed(2, 80), makeClosed(3, 8080)});
        f.dock->showView(ConnectionsDock::Closed);
        ClosedView& view = f.dock->closedView();
        f.dock->resize(1440, 400);
        QTRY_COMPARE(view.width(), 1440);
        const auto shown = [&] {
            std::vector<quint64> all;
            for (int row = 0; row < f.dock->closed().rowCount(); ++row)
                all.push_back(f.dock->closed().socketAt(row)->row.cookie);
            return all;
        };
        QCOMPARE(shown(), (std::vector<quint64>{3, 2, 1}));
        clickHeader(view, ClosedModel::LocalColumn);
        QCOMPARE(shown(), (std::vector<quint64>{2, 1, 3}));
        Q_EMIT f.bridge.closedArrived({makeClosed(4, 100)});
        QCOMPARE(shown(), (std::vector<quint64>{2, 4, 1, 3}));
        QMenu menu;
        view.columns().fillMenu(menu);
        QStringList names;
        for (QAction* action : menu.actions()) {
            names.append(action->text());
            if (action->text() == "PID")
                action->trigger();
        }
        QVERIFY(names.contains("Retransmits") && !names.contains("Closed"));
        QVERIFY(view.isColumnHidden(ClosedModel::PidColumn));
        // All of it is there at the next start, and the table's columns are their own.
        f.open();
        f.dock->showView(ConnectionsDock::Closed);
        QVERIFY(f.dock->closedView().isColumnHidden(ClosedModel::PidColumn));
        QVERIFY(!f.view().isColumnHidden(Model::PidColumn));
        Q_EMIT f.bridge.closedArrived({makeClosed(1, 443), makeClosed(2, 80)});
        QCOMPARE(shown(), (std::vector<quint64>{2, 1}));
        QMenu again;
        f.dock->closedView().columns().fillMenu(again);
        again.actions().last()->trigger(); // as at first
        QVERIFY(!f.dock->closedView().isColumnHidden(ClosedModel::PidColumn));
        Q_EMIT f.bridge.closedArrived({makeClosed(3, 100)});
        QCOMPARE(shown(), (std::vector<quint64>{3, 2, 1}));
    }

    void closedSocketsAreCopiedAndExported() {
        Fixture f;
        Q_EMIT f.bridge.closedArrived({makeClosed(1, 443), HistoryGap{{}, 3}, makeClosed(2, 80)});
        f.dock->showView(ConnectionsDock::Closed);
        ClosedView& view = f.dock->closedView();
        view.selectAll();
        const auto choose = [&](const char* name) {
            QMenu menu;
            view.fillMenu(menu, f.dock->closed().index(0, ClosedModel::LocalColumn));
            menu.findChild<QAction*>(name)->trigger();
            return clipboard();
        };
        QCOMPARE(choose("copyCell"), QString("127.0.0.1:80"));
        QVERIFY(choose("copyRow").contains("127.0.0.1:80\t127.0.0.1:9"));
        QCOMPARE(choose("copyText").count('\n'), 2); // the gap too
        QCOMPARE(choose("copySs"), QString("( src 127.0.0.1:80 and dst 127.0.0.1:9 ) or "
                                           "( src 127.0.0.1:443 and dst 127.0.0.1:9 )"));
        QVERIFY(choose("copyCsv").startsWith("closed_at,"));
        QCOMPARE(QJsonDocument::fromJson(choose("copyJson").toUtf8()).array().size(), 2);
        auto* button = f.find<ExportButton>("exportButton");
        QVERIFY(button->isEnabled());
        const QString path = f.folder.filePath("closed.json");
        button->saveAs(path, ExportButton::Form::Json);
        QTRY_VERIFY(button->isEnabled());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray written = QJsonDocument::fromJson(file.readAll()).array();
        QCOMPARE(written.size(), 3);
        QCOMPARE(written.at(1).toObject().value("lost").toInt(), 3);
        button->saveAs(f.folder.filePath("closed.csv"), ExportButton::Form::Csv);
        QTRY_VERIFY(button->isEnabled());
        QFile csv(f.folder.filePath("closed.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readAll().count('\n'), 4);
    }

    void manyClosedSocketsAreCopiedOffTheWindowsThread() {
        Fixture f;
        std::vector<HistoryEntry> many{HistoryGap{{}, 3}};
        for (std::uint64_t i = 1; i <= 3'000; ++i)
            many.emplace_back(makeClosed(i, static_cast<std::uint16_t>(i)));
        Q_EMIT f.bridge.closedArrived(many);
        f.dock->showView(ConnectionsDock::Closed);
        QTRY_COMPARE(f.dock->closed().rowCount(), 3'001);
        ClosedView& view = f.dock->closedView();
        view.selectAll();
        QMenu menu;
        view.fillMenu(menu, f.dock->closed().index(0, 0));
        const auto text = [] { return QApplication::clipboard()->text(); };
        const auto begin = [&](const char* name) {
            QApplication::clipboard()->setText("before");
            menu.findChild<QAction*>(name)->trigger();
            return text() == "before";
        };
        QVERIFY(begin("copyText"));
        f.dock->closed().clear(); // they are still copied
        QTRY_COMPARE(text().count('\n'), 3'000);
        Q_EMIT f.bridge.closedArrived(many);
        QTRY_COMPARE(f.dock->closed().rowCount(), 3'001);
        view.selectAll();
        QVERIFY(begin("copyCsv"));
        QTRY_COMPARE(text().count('\n'), 3'001); // and the header
        QVERIFY(begin("copyFilter"));
        QTRY_VERIFY(text().startsWith("( "));
    }

    void aSelectedClosedSocketKeepsItsPlaceInTheView() {
        Fixture f;
        std::vector<HistoryEntry> first;
        for (std::uint64_t i = 1; i <= 200; ++i)
            first.emplace_back(makeClosed(i, static_cast<std::uint16_t>(1000 + i)));
        Q_EMIT f.bridge.closedArrived(first);
        f.dock->showView(ConnectionsDock::Closed);
        ClosedView& view = f.dock->closedView();
        const QSignalSpy chosen(&view, &ClosedView::chosen);
        view.setCurrentIndex(f.dock->closed().index(100, 0));
        QCOMPARE(chosen.count(), 1);
        QCoreApplication::processEvents();
        const auto y = [&] { return view.rowViewportPosition(view.currentIndex().row()); };
        const int before = y();
        Q_EMIT f.bridge.closedArrived({makeClosed(300, 1), makeClosed(301, 5000)});
        QCOMPARE(view.currentIndex().row(), 102);
        QCOMPARE(y(), before);
        f.dock->closed().sort(ClosedModel::LocalColumn, Qt::AscendingOrder);
        QCOMPARE(view.currentIndex().row(), 100);
        QCOMPARE(y(), before);
        QCOMPARE(chosen.count(), 1);
    }

    void aSelectedClosedSocketOutlivesAFilter() {
        Fixture f;
        Q_EMIT f.bridge.closedArrived({makeClosed(1, 443), makeClosed(2, 80)});
        f.dock->showView(ConnectionsDock::Closed);
        ClosedView& view = f.dock->closedView();
        view.setCurrentIndex(f.dock->closed().index(1, 0));
        f.filter().setText("port:80");
        QCOMPARE(f.dock->closed().rowCount(), 1);
        f.filter().setText("port:443");
        QCOMPARE(f.dock->closed().socketAt(view.currentIndex().row())->row.cookie, quint64{1});
        f.filter().setText("port:80");
        f.filter().clear();
        QCOMPARE(view.currentIndex().row(), 1);
        QCOMPARE(view.selectionModel()->selectedRows().size(), 1);
    }

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

    void countsLeaveOutWhatIsGone() {
        Fixture f;
        f.take({.added = {makeRow(1, 80), makeRow(2, 81), makeRow(3, 82)}});
        f.filter().setText("port:81-82");
        f.take({.gone = {makeRow(1, 80), makeRow(2, 81)}});
        QCOMPARE(f.shown(), (std::vector<quint64>{2, 3})); // for one interval, red
        QCOMPARE(f.model().total(), std::size_t{1});
        QCOMPARE(f.model().passing(), std::size_t{1});
        f.take({});
        QCOMPARE(f.model().total(), std::size_t{1});
        QCOMPARE(f.model().passing(), std::size_t{1});
    }

    void tablesWaitWithTheirReaderWhileOneIsTaken() {
        Fixture f;
        TableChange many;
        for (std::uint64_t cookie = 1; cookie <= 30'000; ++cookie)
            many.added.push_back(makeRow(cookie, static_cast<std::uint16_t>(cookie)));
        f.take(std::move(many));
        QVERIFY(f.model().isBusy());
        QVERIFY(f.bridge.isTableHeld());
        QTRY_VERIFY(!f.model().isBusy());
        QTRY_VERIFY(!f.bridge.isTableHeld());
    }

    void hostileNamesAreOneRowEach() {
        Fixture f;
        SocketRow row = makeRow(1, 80);
        setOwner(row, 7, "a) R 1 (\n");
        f.take({.added = {row, makeUnixRow(2, 0, "@a\nb\x1b[31m\xe2\x80\xae")}});
        QCOMPARE(f.model().rowCount(), 2);
        for (int r = 0; r < 2; ++r) {
            const QString line = f.model().lineText(r);
            QVERIFY(!line.contains('\n') && !line.contains(QChar(0x1b)) &&
                    !line.contains(QChar(0x202e)));
        }
        QCOMPARE(f.model().index(f.model().rowOfCookie(1), Model::ProcessColumn).data().toString(),
                 QString("a) R 1 (\\n"));
    }
};

QTEST_MAIN(TestConnectionsDock)
#include "tst_connections_dock.moc"
