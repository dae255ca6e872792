#pragma once

#include <QComboBox>

namespace sscope {

/// A combo box whose entries carry a muted remark after their text. Closed, it shows the remark
/// where there is room for all of it.
class RemarkComboBox : public QComboBox {
    Q_OBJECT

public:
    explicit RemarkComboBox(QWidget* parent = nullptr);

    void addEntry(const QString& text, const QString& remark, const QVariant& value = {});
    void setRemark(int index, const QString& remark);
    void showPopup() override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace sscope
