#pragma once

#include <vector>

#include <QLabel>
#include <QListWidget>
#include <QWidget>

#include "core/base/chat_message.h"

namespace sscope {

class Segments;

/// What a search has found, newest first, in the place of the lines.
class ChatSearchResults : public QWidget {
    Q_OBJECT

public:
    explicit ChatSearchResults(QWidget* parent = nullptr);

    /// Looks for text in one room, or in all where that is chosen.
    void start(const QString& room, const QString& text);
    void setFound(const std::vector<ChatMessage>& messages, bool hasMore);
    void setFault(const QString& reason);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QListWidget* list() const { return m_list; }

Q_SIGNALS:
    /// room is empty for all.
    void searchAsked(const QString& room, const QString& text);
    void chosen(const QString& room, quint64 id, qint64 time);
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildList();
    void search();

    QString m_room;
    QString m_text;
    QLabel* m_title;
    Segments* m_scope;
    QListWidget* m_list;
    QLabel* m_empty;
};

} // namespace sscope
