#pragma once

#include <vector>

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QWidget>

namespace sscope {

class FieldFault;

/// A small list in place to choose a room or a person from, or to type another name. Escape puts it
/// away.
class ChatPicker : public QWidget {
    Q_OBJECT

public:
    struct Choice {
        QString name{};
        QString remark{}; // at the right: how many people
        QString detail{}; // below it: the topic
    };

    ChatPicker(const QString& fieldName, const QString& placeholder, const QString& objectName,
               QWidget* parent = nullptr);

    /// note stands there while there is nothing to choose.
    void setChoices(std::vector<Choice> choices, const QString& note);
    void open();
    void close();

Q_SIGNALS:
    void chosen(const QString& name);
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fill();
    void take();
    void takeItem(const QListWidgetItem* item);

    std::vector<Choice> m_choices;
    QString m_note;
    QLineEdit* m_field;
    FieldFault* m_fault;
    QListWidget* m_list;
    QLabel* m_noteLabel;
};

} // namespace sscope
