#pragma once

#include <memory>
#include <vector>

#include <unistd.h>

#include <QClipboard>
#include <QHeaderView>
#include <QMenu>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/ui/table_rows.h"
#include "ui/common/inline_message.h"
#include "ui/common/settings.h"
#include "ui/connections/closed_model.h"
#include "ui/connections/connection_menu.h"
#include "ui/connections/connections_dock.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/filter_field.h"
#include "ui/engine_bridge.h"

namespace sscope::test {

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
    ConnectionsModel& model() { return dock->model(); }
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
        const QModelIndex index =
            model().index(model().rowOfCookie(cookie), ConnectionsModel::LocalColumn);
        QTest::mouseClick(view().viewport(), Qt::LeftButton, modifiers,
                          view().visualRect(index).center());
    }
    void choose(quint64 cookie, const char* action) {
        QMenu menu;
        dock->rowMenu().fill(
            menu, model().index(model().rowOfCookie(cookie), ConnectionsModel::LocalColumn));
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

inline ClosedSocket makeClosed(std::uint64_t cookie, std::uint16_t port) {
    ClosedSocket closed;
    closed.row = makeRow(cookie, port, 9);
    return closed;
}

inline void clickHeader(const QTableView& view, int column) {
    const int x = view.horizontalHeader()->sectionViewportPosition(column) + 20;
    QTest::mouseClick(view.horizontalHeader()->viewport(), Qt::LeftButton, {}, {x, 10});
}

inline QString clipboard() {
    return QApplication::clipboard()->text();
}

} // namespace sscope::test
