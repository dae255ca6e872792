#pragma once

#include <vector>

#include <QWidget>

#include "core/client/datagram_figures.h"

namespace sscope {

/// What has become of a client's datagrams, in one row over its conversation: sent, received,
/// lost, out of order, and so on, each with what it means in its tooltip. On the GUI thread.
class DatagramStrip : public QWidget {
    Q_OBJECT

public:
    explicit DatagramStrip(QWidget* parent = nullptr);

    void setFigures(const DatagramFigures& figures);
    /// "sent 12, received 11, lost 1": all of it, also what there is no room for.
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Entry {
        QString label;
        QString value;
        QString tip;
        bool isRare = false;    // left out first where the strip is narrow
        bool isTrouble = false; // a loss, a copy: marked where it is not 0
    };
    struct Placed {
        const Entry* entry;
        QRect rect;
    };
    [[nodiscard]] std::vector<Entry> entries() const;
    [[nodiscard]] std::vector<Placed> place(const std::vector<Entry>& entries) const;

    DatagramFigures m_figures;
};

} // namespace sscope
