#pragma once

#include <functional>

#include <QByteArray>
#include <QObject>

class QMenu;
class QPoint;
class QTableView;

namespace sscope {

/// The columns of a table: moved, resized, sorted by, and shown or hidden from the header's menu.
/// Until a person has set them they are as at first, which the view says. Owned by the view.
class ColumnLayout : public QObject {
    Q_OBJECT

public:
    /// layFirst lays the columns out as at first; the view has its model.
    ColumnLayout(QTableView& view, std::function<void()> layFirst);

    /// The column that cannot be hidden: there is always one left to open the menu from.
    void setFixed(int column) { m_fixed = column; }
    void useFirst();
    /// Does something to the header that is no person's doing.
    void arrange(const std::function<void()>& change);
    /// A person has set columns.
    [[nodiscard]] bool isOwn() const { return m_isOwn; }
    /// Columns, widths and sorting, for the settings. Empty while nobody has changed them.
    [[nodiscard]] QByteArray save() const;
    /// As at first, where the layout is empty or of another time.
    void restore(const QByteArray& layout);
    void fillMenu(QMenu& menu);

Q_SIGNALS:
    void edited();

private:
    void noteEdit();
    void noteResize(int column);
    void showMenu(const QPoint& position);

    QTableView& m_view;
    const std::function<void()> m_layFirst;
    int m_fixed = 0;
    bool m_isArranging = false;
    bool m_isOwn = false;
};

} // namespace sscope
