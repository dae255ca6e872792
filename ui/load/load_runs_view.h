#pragma once

#include <QListView>

namespace sscope {

class LoadRunsModel;

/// The runs of a Load page: name and rate, endpoint, and what was asked. Several can be chosen, and
/// are then compared. On the GUI thread.
class LoadRunsView : public QListView {
    Q_OBJECT

public:
    explicit LoadRunsView(LoadRunsModel& model, QWidget* parent = nullptr);

    /// Chooses one and no other.
    void choose(int row);
    /// From the oldest to the newest.
    [[nodiscard]] std::vector<int> chosen() const;

Q_SIGNALS:
    void chosenChanged();
    void removeAsked();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;
};

} // namespace sscope
