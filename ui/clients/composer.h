#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QWidget>

#include "ui/clients/composed_message.h"
#include "ui/clients/file_content.h"

namespace sscope {

class MessageEdit;
class MessageFields;

/// Where a message is written and sent from. What the framing, the encoding or the content type
/// cannot carry is said beside it, and cannot be sent.
class Composer : public QWidget {
    Q_OBJECT

public:
    explicit Composer(QWidget* parent = nullptr);

    void setHistory(const QStringList& history);
    void setSendEnabled(bool enabled, const QString& reason);
    void setText(const QString& text);
    void setEnding(const QString& name);
    [[nodiscard]] QString ending() const;
    void setFraming(const Framing& framing);
    /// The content is that of a file, once it has been read.
    void takeFile(const QString& path);
    void focusMessage();
    /// Why what is written cannot be sent; empty where it can.
    [[nodiscard]] QString fault() const { return m_fault->text(); }

Q_SIGNALS:
    void sendAsked(const OwnedMessage& message);
    /// What was written, for the history.
    void messageSent(const QString& text);
    void endingChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QLayout* buildOptions();
    QLayout* buildRow();
    void buildFile();
    void send();
    void edited();
    void check();
    void showFault(const QString& fault);
    void placeCount();
    void chooseFile();
    void fileRead(const QString& name, const Result<FileBytes>& content);
    void dropFile();
    [[nodiscard]] ComposerInput input() const;

    Framing m_framing;
    FileBytes m_file;
    QString m_draft; // while a file stands in its place
    QLabel* m_kind;
    QComboBox* m_ending;
    MessageFields* m_fields;
    QToolButton* m_chooseFile;
    QToolButton* m_fileChip;
    QLabel* m_faultIcon;
    QLabel* m_fault;
    MessageEdit* m_edit;
    QLabel* m_count;
    QPushButton* m_send;
    QTimer m_checkTimer; // a long text is checked when the typing rests
    bool m_isLinkReady = false;
    QString m_linkReason;
    bool m_isGood = true;
};

} // namespace sscope
