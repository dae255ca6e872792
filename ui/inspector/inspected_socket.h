#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QObject>

#include "core/diagnostics/closed_history.h"
#include "core/diagnostics/socket_meaning.h"
#include "core/diagnostics/socket_samples.h"
#include "ui/connections/connections_model.h"
#include "ui/inspector/tcp_path.h"

namespace sscope {

class EngineBridge;

/// What is known of the socket that is inspected: its row, its other end, what was sampled. Follows
/// the table and the samples; keeps what was known when the socket is gone. On the GUI thread.
class InspectedSocket : public QObject {
    Q_OBJECT

public:
    InspectedSocket(EngineBridge& bridge, const ConnectionsModel& model, QObject* parent = nullptr);

    /// By its cookie; 0 for none.
    void inspect(quint64 cookie);
    /// One of the history: as the kernel told of it at its end.
    void inspectClosed(const ClosedSocket& closed);
    /// Whether it is sampled: only what is seen need be.
    void setSampled(bool isSampled);
    void setLinkSource(std::function<RowLink(const SocketRow&)> source);

    [[nodiscard]] quint64 cookie() const { return m_cookie; }
    /// As it was last read; null where nothing is inspected, or nothing known of it yet.
    [[nodiscard]] const SocketRow* row() const { return m_row ? &*m_row : nullptr; }
    /// Null unless it is one of the history.
    [[nodiscard]] const ClosedSocket* closed() const { return m_closed ? &*m_closed : nullptr; }
    /// Where it is on this machine, or was when the socket was last seen.
    [[nodiscard]] const SocketRow* otherEnd() const { return m_other ? &*m_other : nullptr; }
    [[nodiscard]] const SocketSeries& series() const { return *m_series; }
    [[nodiscard]] const RowLink& link() const { return m_link; }
    [[nodiscard]] const RowLink& otherLink() const { return m_otherLink; }
    [[nodiscard]] bool isOurs() const { return m_isOurs; }
    [[nodiscard]] bool isOtherOurs() const { return m_isOtherOurs; }
    [[nodiscard]] std::optional<TimePoint> goneAt() const { return m_goneAt; }
    /// How long it has been in its state.
    struct Stay {
        Duration time{};
        bool isAtLeast = false; // it was in it when it was first seen
    };
    [[nodiscard]] Stay stay(TimePoint now) const;
    [[nodiscard]] TcpPath path() const;
    [[nodiscard]] std::vector<Meaning> meanings(TimePoint now) const;

    void takeSamples(const std::vector<SocketSample>& samples);
    /// The table was read.
    void takeTable(TimePoint now);

Q_SIGNALS:
    void changed();

private:
    void forget();
    void takeEntry(const ConnectionEntry& entry);
    void takeOtherEnd();
    void noteState(SocketState state, TimePoint time);
    [[nodiscard]] OpenedBy openedBy() const;
    [[nodiscard]] const SocketRow* receiverAt(const SocketRow& row) const;

    EngineBridge& m_bridge;
    const ConnectionsModel& m_model;
    std::function<RowLink(const SocketRow&)> m_linkSource;
    quint64 m_cookie = 0;
    bool m_isSampled = false;
    std::optional<SocketRow> m_row;
    std::optional<ClosedSocket> m_closed;
    std::optional<SocketRow> m_other;
    std::optional<SocketSeries> m_series{std::in_place};
    RowLink m_link;
    RowLink m_otherLink;
    bool m_isOurs = false;
    bool m_isOtherOurs = false;
    OpenedBy m_openedBy = OpenedBy::Unknown;
    TimePoint m_stateSince;
    bool m_stateIsOlder = false;
    std::optional<TimePoint> m_goneAt;
};

} // namespace sscope
