#pragma once

#include <QComboBox>
#include <QLabel>
#include <QWidget>

namespace sscope {

/// What a message of the message protocol says about its content.
class MessageFields : public QWidget {
    Q_OBJECT

public:
    explicit MessageFields(QWidget* parent = nullptr);

    [[nodiscard]] QString contentType() const { return m_type->currentText().trimmed(); }
    [[nodiscard]] QString contentEncoding() const { return m_encoding->currentText().trimmed(); }

    /// How much room there is: for the names of the fields, and for a long type.
    void setRoom(bool forNames, bool forType);

Q_SIGNALS:
    void edited();

private:
    void fitType();
    QComboBox* makeField(const QString& label, const QString& tip, const QString& objectName,
                         const QStringList& values);

    QList<QLabel*> m_names;
    bool m_hasRoom = true; // for a long type
    QComboBox* m_type;
    QComboBox* m_encoding;
};

} // namespace sscope
