#pragma once

#include <QLabel>
#include <QPersistentModelIndex>
#include <QPlainTextEdit>
#include <QStandardItemModel>
#include <QTableView>
#include <QWidget>

#include "ui/clients/conversation_row.h"

namespace sscope {

class ConversationModel;
class Segments;

/// One message: its header's fields, and its content as JSON, text or hex, as far as it is kept.
class MessageDetail : public QWidget {
    Q_OBJECT

public:
    enum Form { Json, Text, Hex };

    explicit MessageDetail(QWidget* parent = nullptr);

    void setConversation(ConversationModel& model);
    /// The row to show; -1 for none.
    void showRow(int row);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildHeader();
    QWidget* buildContent();
    void showHeader();
    void showContent();
    void showNote(const QString& fault);
    [[nodiscard]] QString contentAs(Form form, QString& fault) const;

    ConversationModel* m_model = nullptr;
    ConversationRow m_row; // a copy: the model's may go
    QPersistentModelIndex m_shown;
    QWidget* m_left;
    QLabel* m_title;
    QLabel* m_size;
    QTableView* m_fields;
    QStandardItemModel m_fieldModel;
    Segments* m_form;
    QLabel* m_note;
    QPlainTextEdit* m_content;
    bool m_isChosen = false; // the form, by a person
};

} // namespace sscope
