#pragma once

#include <QTableView>

namespace sscope {

class ConversationModel;

/// The rows of one conversation. Stays at the end while it is there; a burst opens by a click on
/// it or the right arrow key.
class ConversationView : public QTableView {
    Q_OBJECT

public:
    explicit ConversationView(QWidget* parent = nullptr);

    void setConversation(ConversationModel& model);
    /// What stands in the middle while there are no rows.
    void setEmptyText(const QString& text);
    /// Selects the next row, or the one before, that holds text; false where there is none.
    bool find(const QString& text, bool backwards);
    void copySelection() const;
    /// Selects a row and brings it into view.
    void showRow(int row);

Q_SIGNALS:
    /// The row that the details are shown of; -1 for none.
    void rowChosen(int row);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;

private:
    void setUpColumns();
    void fitColumns();
    void fitTexts(const QModelIndex& parent, int first, int last);
    void followEnd();

    ConversationModel* m_model = nullptr;
    QString m_emptyText;
    int m_typeWidth = 0; // as the longest type needs it
    bool m_isAtEnd = true;
};

} // namespace sscope
