#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QWidget>

#include "ui/clients/snippets.h"

namespace sscope {

/// The snippets in place: a tree by folder, with what can be done to the chosen one, and fields for
/// the folder and name under which what is written is saved.
class SnippetPanel : public QWidget {
    Q_OBJECT

public:
    SnippetPanel(SnippetStore& store, QWidget* parent = nullptr);

    /// With the keyboard in the name's field, or in the tree.
    void open(bool toSave);
    /// Saves what is written under the fields' folder and name.
    void save(Snippet written);
    /// Reads the file off the GUI thread and adds what it holds.
    void importFrom(const QString& path);
    void exportTo(const QString& path);
    [[nodiscard]] QString note() const { return m_note->text(); }

Q_SIGNALS:
    /// What is written is to be given to save().
    void saveAsked();
    void insertAsked(const Snippet& snippet);
    void sendAsked(const Snippet& snippet);
    void closeAsked();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QPushButton* makeButton(const QString& text, const QString& tip, const QString& objectName,
                            void (SnippetPanel::*action)());
    QLayout* buildSide();
    void showAll();
    void showChosen();
    void insert();
    void send();
    void rename();
    void remove();
    void chooseImport();
    void chooseExport();
    void takeImported(const tl::expected<std::vector<Snippet>, QString>& snippets);
    /// -1 where a folder, or nothing, is chosen.
    [[nodiscard]] int chosen() const;

    SnippetStore& m_store;
    QTreeWidget* m_tree;
    QComboBox* m_folder;
    QLineEdit* m_name;
    QLabel* m_note;
    QPushButton* m_save = nullptr;
    QPushButton* m_insert = nullptr;
    QPushButton* m_send = nullptr;
    QPushButton* m_rename = nullptr;
    QPushButton* m_remove = nullptr;
};

} // namespace sscope
