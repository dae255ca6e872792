#pragma once

#include <deque>
#include <optional>

#include <QAbstractProxyModel>
#include <QRegularExpression>
#include <QTimer>

#include "ui/clients/conversation_model.h"

namespace sscope {

/// The rows of a conversation that hold what is asked for; all of them where nothing is. Looks
/// through many rows in slices of a few milliseconds, oldest first, and shows what it has found
/// meanwhile. On the GUI thread.
class ConversationFilter : public QAbstractProxyModel {
    Q_OBJECT

public:
    enum class Direction { Both, Sent, Received };

    explicit ConversationFilter(ConversationModel& model, QObject* parent = nullptr);

    /// Words in any case, or a /regular expression/, with i behind it in any case. What is wrong
    /// with it, where it is no expression; then the filter stays as it was.
    QString setFilter(const QString& text, Direction direction);
    [[nodiscard]] bool isActive() const { return m_isActive; }
    /// Whether rows are left to be looked at.
    [[nodiscard]] bool isScanning() const { return m_isActive && m_scanned < m_model.rowCount(); }
    [[nodiscard]] ConversationModel& conversation() const { return m_model; }
    /// The row of the conversation.
    [[nodiscard]] int sourceRow(int row) const;
    /// The row here; -1 where it is left out.
    [[nodiscard]] int rowOf(int sourceRow) const;

    [[nodiscard]] QModelIndex mapToSource(const QModelIndex& index) const override;
    [[nodiscard]] QModelIndex mapFromSource(const QModelIndex& index) const override;
    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex&) const override { return {}; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

Q_SIGNALS:
    /// What is shown, or how far it has looked, is another.
    void scanned();

private:
    [[nodiscard]] bool matches(int sourceRow) const;
    void followSource();
    void scanSome();
    void rowsComing(int first, int last);
    void rowsCame(int first, int last);
    void rowsGoing(int first, int last);
    void rowsGone(int first, int last);
    void rowsChanged(int first, int last);
    [[nodiscard]] std::ptrdiff_t placeOf(int sourceRow) const;

    ConversationModel& m_model;
    bool m_isActive = false;
    QString m_text;
    std::optional<QRegularExpression> m_expression;
    Direction m_direction = Direction::Both;
    QTimer m_timer;
    // Rows of the conversation that are shown, counted from the first that it ever had; those that
    // made room at the front are m_gone.
    std::deque<qint64> m_shown;
    qint64 m_gone = 0;
    int m_scanned = 0; // rows of the conversation that have been looked at
};

} // namespace sscope
