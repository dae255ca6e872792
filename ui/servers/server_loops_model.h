#pragma once

#include <vector>

#include <QAbstractListModel>

#include "core/trace/trace_batch.h"

namespace sscope {

/// The loops of one server and what their multiplexers do, by number. Rates change once a second,
/// descriptors once for each drain; never reset.
class ServerLoopsModel : public QAbstractListModel {
    Q_OBJECT

public:
    struct Loop {
        std::uint32_t number = 0;
        double perSecond = 0;   // wake-ups
        double workedShare = 0; // of the last second, 0 to 1
        quint64 timedOut = 0;
        std::uint32_t registered = 0; // now
        // Of the last wake-up that had something to do; without lists where there were too many.
        WakeUp last;
        std::vector<int> descriptors;
    };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] const Loop& at(int row) const {
        return m_loops[static_cast<std::size_t>(row)].shown;
    }
    /// "[5, 7, 8]", or how many there are where they are not named.
    static QString descriptorsText(std::span<const int> list, std::uint32_t count, bool isListed);

    void take(const LoopActivity& activity);
    void commit();
    /// A second has passed.
    void sample();
    /// The server has stopped.
    void removeAll();

private:
    struct Entry {
        Loop shown;
        // Since the last sample:
        std::uint64_t wakeUps = 0;
        Duration waited{};
        Duration worked{};
        bool isChanged = false;
    };

    Entry& entryOf(std::uint32_t number);
    void announce();

    std::vector<Entry> m_loops;
};

} // namespace sscope
