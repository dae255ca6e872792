#pragma once

#include <string>

#include <QObject>
#include <QTimer>

namespace sscope {

class MainWindow;

/// Saves a picture of the window once it is settled: servers started, clients connected and
/// answered, the connection table read since. Then ends the application, with exit code 1 where
/// the file cannot be written.
class PictureTaker : public QObject {
    Q_OBJECT

public:
    PictureTaker(MainWindow& window, std::string file, QObject* parent = nullptr);

private:
    void look();
    void take();
    [[nodiscard]] bool isMoving() const;

    MainWindow& m_window;
    const std::string m_file;
    QTimer m_timer;
    int m_looks = 0;
    int m_restful = 0; // looks since something last moved
    int m_tablesRead = 0;
};

} // namespace sscope
