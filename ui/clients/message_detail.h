#pragma once

#include <functional>
#include <memory>

#include <QComboBox>
#include <QLabel>
#include <QPersistentModelIndex>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>
#include <QTimer>
#include <QWidget>

#include "core/base/byte_source.h"
#include "ui/clients/conversation_row.h"
#include "ui/clients/detail_text.h"

namespace sscope {

class Conversation;
class ConversationModel;
class LinesView;
class Segments;

/// One payload, all of it where the connection is recorded: its header's fields, or the head of an
/// HTTP response, and its content as JSON, text or hex. What is long is read and laid out on
/// another thread, and only the lines in sight exist.
class MessageDetail : public QWidget {
    Q_OBJECT

public:
    explicit MessageDetail(QWidget* parent = nullptr);
    ~MessageDetail() override;

    void setConversation(Conversation& conversation);
    /// Without a record: of each row its beginning.
    void setConversation(ConversationModel& model);
    /// The row to show; -1 for none.
    void showRow(int row);
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void closeAsked();
    /// Bytes are to be saved: a title, a name for the file, what makes their source, and how many
    /// there are, 0 where that is not known.
    void saveAsked(const QString& title, const QString& name,
                   const std::function<std::unique_ptr<ByteSource>()>& source, std::uint64_t bytes);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectParts();
    QWidget* buildHeader();
    QWidget* buildContent();
    QWidget* buildBar(QWidget* parent);
    void fillEncodings();
    void offerForms();
    void showHeader();
    void showFields(const std::vector<HeaderField>& fields);
    void showContent();
    void ask();
    void show(const DetailText& detail);
    void showLines(const DetailText& detail);
    void fitWidth();
    void save();
    [[nodiscard]] bool isResponse() const;
    [[nodiscard]] RowContent response() const;

    Conversation* m_conversation = nullptr;
    ConversationModel* m_model = nullptr;
    ConversationRow m_row; // a copy: the model's may go
    QPersistentModelIndex m_shown;
    RowContent m_rowContent;
    std::shared_ptr<std::atomic<bool>> m_cancel; // of what is being made
    bool m_isBusy = false;
    bool m_isStale = false; // asked for while it was hidden
    QTimer m_refresh;       // of a row that grows
    QTimer m_wrap;
    QWidget* m_left;
    QLabel* m_title;
    QLabel* m_size;
    QTableView* m_fields;
    QStandardItemModel m_fieldModel;
    Segments* m_form;
    QComboBox* m_encoding;
    QLabel* m_contentTitle;
    QLabel* m_note;
    QPushButton* m_save;
    QPlainTextEdit* m_content;
    LinesView* m_lines;
    bool m_isChosen = false; // the form, by a person
};

} // namespace sscope
