#pragma once

#include <QKeySequence>
#include <QTableView>

namespace sscope {

/// A small table of the panel. Where its rows can have something done to them, the row under the
/// mouse, or the selected one, offers that in place of its last cell; the context menu and a key do
/// the same.
class ServerChatTable : public QTableView {
    Q_OBJECT

public:
    ServerChatTable(const QString& objectName, const QString& accessibleName,
                    QWidget* parent = nullptr);

    /// What Delete does to a row.
    void setAction(const QString& icon, const QString& words);
    /// Null for none. stretched: the column that takes what the others leave. samples: a
    /// long one of each column of numbers, which are never cut; an empty one is of texts, which
    /// take what they need up to a part of the width.
    void setRows(QAbstractItemModel* model, int stretched, const QStringList& samples);
    /// What stands there while there are no rows.
    void setEmptyText(const QString& text);

Q_SIGNALS:
    void actionAsked(int row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    friend class ServerChatDelegate;
    void fitColumns();
    [[nodiscard]] int neededWidth(int column) const;
    [[nodiscard]] int longestText(int column) const;
    void setHovered(int row);
    [[nodiscard]] bool isOnAction(const QPoint& position) const;

    QString m_icon;
    QString m_words;
    QString m_emptyText;
    QStringList m_samples;
    int m_stretched = -1;
    int m_hovered = -1;
};

} // namespace sscope
