#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QPersistentModelIndex>
#include <QTableView>
#include <QTimer>

#include "ui/clients/payload_copy.h"

class QMenu;

namespace sscope {

class Conversation;
class ConversationChoices;
class ConversationFilter;
class ConversationModel;
struct ConversationRow;

/// The rows of one conversation, as far as they pass the filter. Stays at the end while it is
/// there; a burst opens by a click on it or the right arrow key.
class ConversationView : public QTableView {
    Q_OBJECT

public:
    explicit ConversationView(QWidget* parent = nullptr);

    void setConversation(Conversation& conversation, ConversationChoices& choices);
    [[nodiscard]] ConversationFilter* filter() const { return m_filter.get(); }
    /// What stands in the middle while there are no rows.
    void setEmptyText(const QString& text);
    /// Selects the next row, or the one before, that holds text; false where there is none. Many
    /// rows are looked at in slices of a few milliseconds, at whose end findMissed() may come.
    bool find(const QString& text, bool backwards);
    /// The rows as lines of text.
    void copySelection();
    /// The payloads of the selected rows, byte for byte.
    void copyPayloads(PayloadForm form);
    /// Selects a row of the conversation and brings it into view, unless the filter leaves it out.
    void showRow(int row);
    /// Puts another filter in place; the chosen row stays chosen where it is still shown. What is
    /// wrong with it, where something is.
    QString setFilter(const QString& text, int direction);

Q_SIGNALS:
    void findMissed();
    /// The row of the conversation that the details are shown of; -1 for none.
    void rowChosen(int row);
    /// A row was opened: by a double click, or Enter.
    void detailAsked();
    void filterAsked();
    void saveAsked(bool isSent);
    /// What a person should know of a copy.
    void remarked(const QString& text, bool isProblem);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;

private:
    /// What is looked for, from the row after one on.
    struct Search {
        QString text;
        bool backwards;
        QPersistentModelIndex from; // of the filter; the first row where it has gone
        int left;                   // rows
    };
    bool searchSome();
    void setUpColumns();
    void fitColumns();
    void foldColumns();
    void fitTexts(const QModelIndex& parent, int first, int last);
    void followEnd();
    void showHeaderMenu(const QPoint& at);
    void addCopyMenu(QMenu& menu);
    void addShownMenu(QMenu& menu);
    [[nodiscard]] std::vector<int> selectedSourceRows(int most) const;
    [[nodiscard]] std::vector<RowContent> selectedContents() const;
    [[nodiscard]] const ConversationRow& rowAt(int row) const;

    Conversation* m_conversation = nullptr;
    ConversationModel* m_model = nullptr;
    ConversationChoices* m_choices = nullptr;
    std::unique_ptr<ConversationFilter> m_filter;
    QString m_emptyText;
    std::optional<Search> m_search;
    QTimer m_nextSlice;
    int m_typeWidth = 0; // as the longest type needs it
    bool m_isAtEnd = true;
};

} // namespace sscope
