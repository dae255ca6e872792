#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QWidget>

#include "ui/clients/composed_message.h"
#include "ui/clients/file_content.h"

class QHBoxLayout;
class QShortcut;

namespace sscope {

class ContentPanel;
class InlineMessage;
class MessageEdit;
class MessageFields;
class RepeatPanel;
class Segments;
class SnippetPanel;
class SnippetStore;
struct Snippet;

/// Where a message is written and sent from: as text, hex, JSON or a file; once, again and again,
/// or as a list. What the framing, the encoding or the form cannot carry is said beside it, with
/// its line and column, and cannot be sent.
class Composer : public QWidget {
    Q_OBJECT

public:
    explicit Composer(QWidget* parent = nullptr);

    void setHistory(const std::vector<WrittenMessage>& history); // oldest first
    void setSnippets(SnippetStore& store);
    void setSendEnabled(bool enabled, const QString& reason);
    /// Of a client's connection: macros, plans and files are left to its loop. Else a message at a
    /// time is sent, and a file as far as it can be held in memory.
    void setIsClient(bool isClient);
    void setText(const QString& text);
    void setEnding(const QString& name);
    [[nodiscard]] QString ending() const;
    void setFraming(const Framing& framing);
    /// The content is that of a file, which is looked at first.
    void takeFile(const QString& path);
    void setWritten(const WrittenMessage& message);
    [[nodiscard]] WrittenMessage written() const;
    void focusMessage();
    /// Why what is written cannot be sent; empty where it can.
    [[nodiscard]] QString fault() const { return m_fault->text(); }

Q_SIGNALS:
    void sendAsked(const OwnedMessage& message);
    // Of a client:
    /// With macros, which stand for what they do when it is sent.
    void stepAsked(const SendStep& message);
    void planAsked(const SendPlan& plan, const std::shared_ptr<SendProgress>& progress);
    void planStopAsked();
    void fileAsked(const QString& path, const std::vector<HeaderField>& header,
                   const std::shared_ptr<SendProgress>& progress);
    void fileStopAsked();
    /// A file of which only so much has been read to be sent, and no more will be.
    void fileCutShort(quint64 done, quint64 total);

    /// What was written, for the history.
    void messageSent(const WrittenMessage& message);
    void endingChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct ChosenFile {
        QString path;
        std::optional<quint64> size; // once it has been looked at
        FileBytes bytes;             // where it is held in memory
        QString fault;
    };

    void buildForms();
    void buildFields();
    void buildTools();
    void buildFault();
    QLayout* buildOptions();
    QLayout* buildRow();
    void connectAll();
    void orderKeys();
    void buildSnippetMenu();

    [[nodiscard]] MessageForm form() const;
    [[nodiscard]] bool isHeld() const { return !m_held.isNull() && form() != MessageForm::File; }
    [[nodiscard]] ComposerInput input() const;
    [[nodiscard]] ComposerInput inputOf(const WrittenMessage& message) const;
    void showFields();
    void fitTools();
    void edited();
    void check();
    void checkFileAgain();
    void checkHeld();
    void showSize(const tl::expected<std::size_t, QString>& size);
    void showFault(const QString& fault);
    void showReadiness();
    void placeCount();

    void send();
    void sendStep(const SendStep& step);
    void sendFile();
    void askToStopFile();
    void stopFile();
    void chooseFile();
    void hold(const QString& text);
    void dropHeld();
    void applyHistory(int position);

    void startPlan();
    [[nodiscard]] tl::expected<std::vector<SendStep>, QString> planSteps() const;
    void insertSnippet(const Snippet& snippet);
    void sendSnippet(const Snippet& snippet);
    void saveSnippet();
    void poll();

    Framing m_framing;
    std::vector<WrittenMessage> m_history;
    WrittenMessage m_draft; // while the history stands in its place
    ChosenFile m_file;
    QString m_held; // too large for the field; null for none
    std::shared_ptr<const SendStep> m_heldStep;
    int m_look = 0; // at a file or a large text: the last one counts
    std::shared_ptr<SendProgress> m_fileProgress;
    MacroValues m_values; // where the connection has none of its own
    SnippetStore* m_store = nullptr;

    QHBoxLayout* m_options = nullptr;
    Segments* m_forms;
    MessageFields* m_fields;
    QComboBox* m_encoding;
    QComboBox* m_ending;
    QToolButton* m_escapes;
    QToolButton* m_macros;
    QToolButton* m_compact;
    QToolButton* m_repeat;
    QToolButton* m_snippets;
    QWidget* m_faultRow;
    QLabel* m_faultIcon;
    QLabel* m_fault;
    InlineMessage* m_question;
    RepeatPanel* m_repeatPanel;
    SnippetPanel* m_snippetPanel = nullptr;
    MessageEdit* m_edit;
    ContentPanel* m_content;
    QLabel* m_count;
    QPushButton* m_send;
    QShortcut* m_sendKey; // where there is no field that has it
    QTimer m_checkTimer;  // a long text is checked when the typing rests
    QTimer m_pollTimer;   // while something is being sent
    bool m_isClient = true;
    bool m_isLinkReady = false;
    QString m_linkReason;
    bool m_isGood = true;
    bool m_isApplying = false; // several fields at once
};

} // namespace sscope
