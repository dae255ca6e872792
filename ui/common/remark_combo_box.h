#pragma once

#include <QComboBox>

namespace sscope {

/// A combo box whose entries carry a muted remark after their text. Closed, it shows the remark
/// where there is room for all of it. A person may type into one that is editable.
class RemarkComboBox : public QComboBox {
    Q_OBJECT

public:
    explicit RemarkComboBox(QWidget* parent = nullptr);

    void addEntry(const QString& text, const QString& remark, const QVariant& value = {});
    void setRemark(int index, const QString& remark);
    void showPopup() override;
    /// Before the typing begins: what follows needs the field that there is then.
    void makeEditable();
    /// Shows a text, which need not be one of the entries.
    void showText(const QString& text);
    /// A muted word before the value; empty for none.
    void setLead(const QString& word);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_lead;
};

} // namespace sscope
