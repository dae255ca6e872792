#include "ui/connections/connection_copies.h"

#include <utility>

#include <nlohmann/json.hpp>

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QKeySequence>
#include <QMenu>
#include <QSet>
#include <QStringList>

#include "core/diagnostics/filter_text.h"
#include "core/diagnostics/table_csv.h"
#include "core/diagnostics/table_printer.h"
#include "ui/common/formats.h"
#include "ui/common/worker.h"

namespace sscope::connection_copies {

namespace {

constexpr std::size_t fewRows = 2'000; // take about 20 ms

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::ConnectionCopies)
};

template <typename Make>
QString anyOf(std::span<const SocketRow> rows, Make make) {
    QStringList terms;
    QSet<QString> known;
    for (const SocketRow& row : rows) {
        const QString term = toQString(make(row));
        if (term.isEmpty() || known.contains(term))
            continue;
        known.insert(term);
        terms.append(term);
    }
    if (terms.size() < 2)
        return terms.join(QString());
    return QStringLiteral("( %1 )").arg(terms.join(QStringLiteral(" ) or ( ")));
}

void copy(const QString& text) {
    QApplication::clipboard()->setText(text);
}

QAction* named(QAction* action, const char* name) {
    action->setObjectName(QString::fromLatin1(name));
    return action;
}

} // namespace

QString csv(std::span<const SocketRow> rows) {
    return toQString(printCsv(rows));
}

QString json(std::span<const SocketRow> rows) {
    return toQString(jsonFile(rows)).chopped(1);
}

std::string jsonFile(std::span<const SocketRow> rows) {
    auto all = nlohmann::ordered_json::array();
    for (const SocketRow& row : rows)
        all.push_back(toJson(row));
    return all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

QString ssFilter(std::span<const SocketRow> rows) {
    return anyOf(rows, ssFilterFor);
}

QString filter(std::span<const SocketRow> rows) {
    return anyOf(rows, filterFor);
}

void copyMade(QObject* owner, std::size_t rows, Maker make) {
    if (rows <= fewRows)
        copy(make());
    else
        runOnWorker(owner, std::move(make), &copy);
}

void fillMenu(QMenu& menu, const Source& source, QObject* owner) {
    const auto rows = static_cast<std::size_t>(source.selected);
    if (!source.cell.isEmpty())
        named(menu.addAction(Words::tr("Copy cell"), owner, [cell = source.cell] { copy(cell); }),
              "copyCell");
    named(menu.addAction(Words::tr("Copy row"), owner, [line = source.line] { copy(line); }),
          "copyRow");
    QMenu* as = menu.addMenu(source.selected > 1
                                 ? Words::tr("Copy %n selected row(s) as", nullptr, source.selected)
                                 : Words::tr("Copy row as"));
    named(
        as->addAction(Words::tr("Text"), QKeySequence(QKeySequence::Copy), owner, source.copyText),
        "copyText");
    const auto add = [&](const QString& words, const char* name,
                         const std::function<Maker()>& maker) {
        return named(as->addAction(words, owner, [=] { copyMade(owner, rows, maker()); }), name);
    };
    add(Words::tr("CSV"), "copyCsv", source.csv);
    add(Words::tr("JSON"), "copyJson", source.json);
    add(Words::tr("ss filter"), "copySs", [get = source.rows]() -> Maker {
        return [rows = get()] { return ssFilter(rows); };
    })->setEnabled(source.hasSsFilter);
    add(Words::tr("Filter of Socketscope"), "copyFilter",
        [get = source.rows]() -> Maker { return [rows = get()] { return filter(rows); }; });
}

} // namespace sscope::connection_copies
