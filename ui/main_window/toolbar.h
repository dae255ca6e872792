#pragma once

#include <vector>

#include <QMenu>
#include <QToolBar>
#include <QToolButton>

namespace sscope {

class FindField;
struct Example;

/// The bar on top: what is begun from nothing, the pause, what is searched, and the menu. The main
/// window owns it.
class Toolbar : public QToolBar {
    Q_OBJECT

public:
    explicit Toolbar(const std::vector<Example>& examples, QWidget* parent = nullptr);

    [[nodiscard]] FindField& findField() { return *m_find; }
    [[nodiscard]] QAction* pauseAction() { return m_pause; }
    /// What a new tab can be, beside the one of a client.
    void setClientMenu(QMenu* menu);
    void setMenu(QMenu* menu) { m_menu->setMenu(menu); }
    void showExamples();

Q_SIGNALS:
    void newServerAsked();
    void newClientAsked();
    void exampleAsked(int index);
    void themeToggled();

private:
    QToolButton* addButton(QAction* action);
    QAction* makeAction(const QString& icon, const QString& text, const QString& objectName,
                        const QString& tip, const QKeySequence& key);
    void addBeginnings();
    void addExamples(const std::vector<Example>& examples);
    void addPause();
    void addRight();

    QAction* m_newClient = nullptr;
    QToolButton* m_client = nullptr;
    QToolButton* m_examples = nullptr;
    QAction* m_pause = nullptr;
    FindField* m_find = nullptr;
    QToolButton* m_menu = nullptr;
};

} // namespace sscope
