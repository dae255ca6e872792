#pragma once

#include <vector>

#include <QAbstractButton>
#include <QWidget>

#include "ui/connections/connections_model.h"

namespace sscope {

/// One state of the bar: its word, its count, and a width after its share.
class StateButton : public QAbstractButton {
    Q_OBJECT

public:
    StateButton(SocketState state, QWidget* parent);

    [[nodiscard]] SocketState state() const { return m_state; }
    void setCount(int count);
    [[nodiscard]] int count() const { return m_count; }
    /// With and without the word.
    [[nodiscard]] int fullWidth() const;
    [[nodiscard]] int shortWidth() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString countWords() const;

    const SocketState m_state;
    int m_count = 0;
};

/// How many sockets are in each state, as a bar; a click leaves those of a state only, a second one
/// all again, and with Ctrl several states are chosen.
class StateBar : public QWidget {
    Q_OBJECT

public:
    explicit StateBar(QWidget* parent = nullptr);

    void setCounts(const StateCounts& counts);
    /// A bit for each state; none for all.
    [[nodiscard]] std::uint32_t chosen() const { return m_chosen; }
    void setChosen(std::uint32_t states);

Q_SIGNALS:
    void chosenChanged(std::uint32_t states);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void choose(SocketState state, bool isAdded);
    void arrange();

    std::vector<StateButton*> m_buttons; // by state
    std::uint32_t m_chosen = 0;
};

} // namespace sscope
