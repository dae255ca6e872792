#pragma once

#include <QFrame>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace sscope {

/// What stands in the place of the text field where the content is not written there: a file, or
/// a text that is too large for the field. Shows how far its sending has come.
class ContentPanel : public QFrame {
    Q_OBJECT

public:
    explicit ContentPanel(QWidget* parent = nullptr);

    /// Nothing has been chosen yet.
    void showNoFile();
    void showFile(const QString& path, const QString& note);
    void showPaste(const QString& note);
    /// Below what is shown; hidden where total is 0 and it does not run.
    void showProgress(quint64 done, quint64 total);
    void showNote(const QString& note);
    void hideProgress();
    void focusFirst();

Q_SIGNALS:
    void chooseAsked();
    void dropAsked();
    void cancelAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    /// All of it is the button that chooses a file.
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void show(bool isFile, const QString& text, const QString& note);

    QToolButton* m_choose;
    QLabel* m_name;
    QLabel* m_note;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    QToolButton* m_drop;
};

} // namespace sscope
