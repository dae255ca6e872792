#pragma once

#include <utility>

#include <QElapsedTimer>
#include <QListView>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include "ui/chat/chat_line_heights.h"
#include "ui/chat/chat_line_painter.h"
#include "ui/chat/chat_lines_model.h"
#include "ui/chat/chat_selection.h"

class QMenu;
class QPushButton;

namespace sscope {

/// The lines of one place. Stays at the end while it is there; elsewhere what is seen stays where
/// it is, whatever comes before or after it. A list whose rows are placed by their own heights,
/// of which only those that are seen are measured at once: QListView lays out all rows anew with
/// each that is inserted. A person chooses characters in the text of messages, or whole lines
/// beside it and with the keyboard; never both. On the GUI thread.
class ChatLinesView : public QListView {
    Q_OBJECT

public:
    explicit ChatLinesView(QWidget* parent = nullptr);

    /// title is what the place is called where its beginning is told, empty where that is not worth
    /// a word; emptyText stands in the middle while there are no lines.
    void setLines(ChatLinesModel& lines, const QString& title, const QString& emptyText);
    void setOwnName(const QString& name);
    void setEmptyText(const QString& text);
    [[nodiscard]] ChatLinesModel* lines() const { return m_lines; }
    [[nodiscard]] bool isAtEnd() const { return m_isAtEnd; }
    /// All heights are exact, of what is not seen too.
    [[nodiscard]] bool isMeasured() const { return m_heights.nextUnmeasured(0) < 0; }
    void goToEnd();
    /// To where what is new begins, as far as that is not in sight at the end; not once a person
    /// has scrolled.
    void goToNew();
    /// Selects the next row, or the one before, that holds text; false where there is none.
    bool find(const QString& text, bool backwards);
    void showRow(int row);
    /// The row of a message; -1 where it is not loaded.
    [[nodiscard]] int rowOf(quint64 id) const;
    /// What is chosen: characters as selectedText() has them, or whole lines with time and name.
    void copySelection() const;
    [[nodiscard]] const ChatSelection& characters() const { return m_characters; }
    /// By a page, for who types meanwhile.
    void scrollPage(int pages);

    [[nodiscard]] QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint& at) const override;
    void doItemsLayout() override;
    void reset() override;

Q_SIGNALS:
    /// What is seen is near the beginning of what is loaded.
    void olderWanted();
    void sendAgainAsked(quint64 tag);
    void replyAsked(const QString& author);
    void talkAsked(const QString& author);
    /// Some came, or the answer to what was asked for.
    void linesChanged();
    /// isAtEnd() has changed.
    void endReached(bool isAtEnd);
    /// The last message that is in sight has changed.
    void shownUpTo(quint64 id, WallTime time);

protected:
    int horizontalOffset() const override { return 0; }
    int verticalOffset() const override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void rowsInserted(const QModelIndex& parent, int first, int last) override;
    void rowsAboutToBeRemoved(const QModelIndex& parent, int first, int last) override;
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
                     const QList<int>& roles) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    static constexpr int headHeight = 30; // of what stands before the first line

    void connectLines();
    // chat_lines_view_heights.cpp
    void rowsGone(int first, int last);
    void rowsMoved(int first, int last, int before);
    void estimateAll();
    void estimateAgain();
    bool fitNames(int first, int last);
    [[nodiscard]] std::vector<int> estimates(int first, int last) const;
    void measure(int row);
    // chat_lines_view_placing.cpp
    void measureSeen();
    void measureSome();
    void place();
    void followScroll();
    void setAtEnd(bool isAtEnd);
    void showJump();
    void askOlder();
    void tellShown();
    [[nodiscard]] int contentHeight() const;
    [[nodiscard]] int mostScroll() const;
    [[nodiscard]] int topOf(int row) const;
    [[nodiscard]] int rowAtContent(int y) const;
    // chat_lines_view_input.cpp
    [[nodiscard]] QString tipAt(QPoint at) const;
    [[nodiscard]] QModelIndexList selectedRows() const;
    void fillMenu(QMenu& menu, const ChatLine& line);
    void addAddresses(QMenu& menu, const QStringList& addresses);
    bool sendAgainAt(QPoint at);
    [[nodiscard]] ChatLinePainter::Part partAt(QPoint at) const;
    // chat_lines_view_selecting.cpp
    enum class Grain { Character, Word, Line }; // by which it is chosen
    struct Link {
        int row = -1; // for none
        int start = 0;
        QString address{};

        bool operator==(const Link&) const = default;
    };
    [[nodiscard]] ChatLineLayout layoutOf(int row) const;
    [[nodiscard]] ChatSelection::Range chosenAt(QPoint at) const;
    [[nodiscard]] Link linkAt(QPoint at) const;
    [[nodiscard]] bool isTripleClick(QPoint at) const;
    void chooseAt(QPoint at, Grain grain, bool isExtending);
    void clearCharacters();
    void stopChoosing();
    void extendTo(QPoint at);
    void scrollWhileChoosing();
    bool extendByKey(const QKeyEvent& event);
    void followPointer(QPoint at);
    void light(const Link& link, QPoint global);
    void open(const Link& link) const;

    void paintHead(QPainter* painter, const QRect& rect) const;
    [[nodiscard]] ChatLinePainter::Look lookOf(int row, const QModelIndex& hovered) const;

    QPointer<ChatLinesModel> m_lines;
    QString m_title;
    QString m_emptyText;
    QString m_ownName;
    ChatLineHeights m_heights;
    ChatLinePainter::Room m_room; // that the heights are for
    QSet<QString> m_measuredNames;
    int m_neededName = 0; // for the widest of them
    bool m_isAtEnd = true;
    int m_anchor = 0;       // elsewhere: the first row that is seen,
    int m_anchorOffset = 0; // and how much of it is above, pixels
    bool m_isPlacing = false;
    bool m_hasScrolled = false;               // a person, in this place
    std::pair<quint64, WallTime> m_shownUpTo; // another history has the same ids
    int m_newBelow = 0;                       // came while it was elsewhere
    QTimer m_telling;                         // what is in sight, once the event loop turns
    QTimer m_measuring;                       // of what is not seen, in slices
    ChatSelection m_characters;
    Grain m_grain = Grain::Character;
    bool m_isChoosing = false; // the button is down
    QPoint m_pointer;          // meanwhile
    QTimer m_dragging;         // beyond the edge
    QElapsedTimer m_sinceDouble;
    QPoint m_doubleAt;
    Link m_lit; // the pointer is over it, and its tooltip was shown
    Link m_pressed;
    QPushButton* m_jump;
};

} // namespace sscope
