#pragma once

#include <functional>

#include <QLabel>
#include <QLineEdit>
#include <QTimer>
#include <QToolButton>

#include "core/diagnostics/filter_completion.h"
#include "core/diagnostics/socket_filter.h"

namespace sscope {

class CompletionPopup;
class Settings;

/// The field for the filter of INTERFACE.md: it completes words, keeps what was used, marks where
/// it cannot be understood, and tells of each filter that can.
class FilterField : public QLineEdit {
    Q_OBJECT

public:
    FilterField(Settings& settings, QWidget* parent = nullptr);

    void setVocabulary(std::function<FilterVocabulary()> source) {
        m_vocabulary = std::move(source);
    }
    /// "15 of 412", at the field's right end.
    void setCount(const QString& text);
    /// The last one that was understood.
    [[nodiscard]] const SocketFilter& filter() const { return m_filter; }
    /// Why the text is no filter, in one sentence; empty where it is one.
    [[nodiscard]] QString fault() const { return m_fault; }
    [[nodiscard]] const QStringList& history() const { return m_history; } // latest first

Q_SIGNALS:
    /// The text is another filter now.
    void filterChanged();
    void faultChanged(const QString& sentence);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void buildInside();
    void readText();
    void apply();
    void applyWaiting();
    void markFault(std::size_t column);
    void complete();
    void accept(bool isFirst);
    void remember();
    void showHistory();
    void walkHistory(int steps);
    void fitMargins();

    Settings& m_settings;
    std::function<FilterVocabulary()> m_vocabulary;
    CompletionPopup* m_popup;
    QLabel* m_count;
    QToolButton* m_clear;
    QToolButton* m_showHistory;
    SocketFilter m_filter;
    SocketFilter m_next; // understood, and not a person's last word perhaps
    QTimer m_keyTimer;
    QString m_fault;
    QStringList m_history;
    qsizetype m_walked = -1; // the place in the history; -1 for what is being typed
    QString m_typed;
};

} // namespace sscope
