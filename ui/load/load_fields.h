#pragma once

#include <QBoxLayout>
#include <QLineEdit>
#include <QObject>

#include "core/load/load_config.h"

namespace sscope {

class RemarkComboBox;

/// What the bars of a load and of a race have in common: how many connections, how large a request,
/// how fast, how long. Made for one bar, which owns it. On the GUI thread.
class LoadFields : public QObject {
    Q_OBJECT

public:
    explicit LoadFields(QWidget* bar);

    void addConnections(QBoxLayout* row);
    void addSize(QBoxLayout* row);
    void addRate(QBoxLayout* row);
    /// label says what lasts so long: "For", "Each".
    void addDuration(QBoxLayout* row, const QString& label);

    void setConfig(const LoadConfig& config);
    /// Puts what the fields say into a config. Otherwise marks the field that is at fault and gives
    /// the sentence that says so.
    QString read(LoadConfig& config);
    /// The same without a mark: whether all fields can be read.
    [[nodiscard]] bool readQuietly(LoadConfig& config) const;
    void setEnabled(bool isEnabled);
    /// Where it is narrow the fields stand without their words; tooltips say what they are.
    void setLabelsShown(bool isShown);
    void focusFirst();

Q_SIGNALS:
    void edited();
    /// Return in one of the fields.
    void startAsked();

private:
    QLineEdit* addField(QBoxLayout* row, const QString& label, const QString& tip, const char* name,
                        int width);
    /// What a field says is wrong, and which one it is; null where all is well.
    struct Fault {
        QWidget* field = nullptr;
        QString sentence;
    };
    [[nodiscard]] Fault parse(LoadConfig& config) const;
    [[nodiscard]] Fault parseRate(LoadConfig& config) const;
    void clearFaults();

    QWidget* m_bar;
    QList<QWidget*> m_labels;
    QLineEdit* m_connections = nullptr;
    QLineEdit* m_size = nullptr;
    RemarkComboBox* m_rate = nullptr;
    QLineEdit* m_duration = nullptr;
};

/// "50 connections, 64 B, closed loop, 10 s"
QString loadWords(const LoadConfig& config);
/// "closed loop", "10 000/s"
QString rateWords(const std::optional<double>& rate);

} // namespace sscope
