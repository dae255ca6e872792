#pragma once

#include <optional>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

#include "core/framing/framings.h"
#include "core/net/endpoint.h"
#include "ui/clients/conversation.h"
#include "ui/clients/conversation_list.h"

namespace sscope {

class RemarkComboBox;
class StatePill;

/// The row over a conversation: where it goes to, and what can be done to its connection. Two rows
/// where one has no room for it, as in tabs side by side.
class EndpointBar : public QWidget {
    Q_OBJECT

public:
    /// An editable bar is a client's; the other one shows both ends of an accepted connection.
    explicit EndpointBar(bool isEditable, QWidget* parent = nullptr);

    void setEndpoint(const Endpoint& endpoint);
    // Of an accepted connection:
    void setEnds(const QString& text);
    void setFramingName(const Framing& framing);
    void setFraming(const Framing& framing);
    /// Nothing where what was typed is none.
    [[nodiscard]] std::optional<Framing> framing() const;
    [[nodiscard]] QString framingText() const;
    void setFramingAtFault(bool isAtFault);
    /// Whether the stream is shown below the conversation; it is not offered of datagrams.
    void setStreamShown(bool isShown);
    void setStreamOffered(bool isOffered);
    /// Whether the options are shown, and how many of them differ from the defaults.
    void setOptionsShown(bool isShown);
    void setChangedOptions(int count);
    static QKeySequence optionsKey() { return {Qt::CTRL | Qt::Key_Comma}; }
    void setRecentEndpoints(const QStringList& recent);
    [[nodiscard]] Result<Endpoint> endpoint() const;
    void setAtFault(bool isAtFault);
    /// kernelWord is the state that the kernel gives, where it is known.
    void setState(LinkState state, bool isDatagram, const QString& kernelWord);
    void focusEndpoint();
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void connectAsked();
    void disconnectAsked();
    void halfCloseAsked();
    void resetAsked();
    void clearAsked();
    /// The session as code on the clipboard.
    void copyAsked(SessionForm form);
    /// All that this connection has received, or sent, to a file.
    void saveAsked(bool isSent);
    void framingEdited();
    void streamToggled(bool isShown);
    void optionsToggled(bool isShown);
    /// What is typed may be another endpoint now.
    void endpointEdited();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void buildEditable();
    void buildFraming();
    void buildEnds();
    void buildButtons();
    void buildIcons();
    void buildCodeMenu();
    QToolButton* addIcon(const QString& icon, const QString& tip, const QString& objectName);
    void fitFraming(bool isNarrow);
    /// How the parts stand: in a row or in two, and the rare ones in a menu.
    enum class Shape { None, Wide, Folded, TwoRows, TwoRowsFolded };
    [[nodiscard]] Shape shapeFor(int width) const;
    [[nodiscard]] Shape twoRowsFor(int width) const;
    void arrange(Shape shape);
    void setRows(int rows);
    [[nodiscard]] int widthOf(const QList<QWidget*>& widgets) const;
    [[nodiscard]] Transport transport() const;

    const bool m_isEditable;
    QComboBox* m_transport = nullptr;
    QComboBox* m_address = nullptr;
    RemarkComboBox* m_framing = nullptr;
    QLabel* m_ends = nullptr;
    QLabel* m_framingName = nullptr;
    QToolButton* m_options = nullptr;
    QToolButton* m_stream = nullptr;
    QToolButton* m_code = nullptr;
    QToolButton* m_fold = nullptr;
    QList<QToolButton*> m_rare; // what folds into a menu
    QHBoxLayout* m_upper;
    QHBoxLayout* m_lower;
    Shape m_shape = Shape::None;
    QPushButton* m_connect = nullptr;
    QToolButton* m_more = nullptr;
    QAction* m_halfClose = nullptr;
    QAction* m_reset = nullptr;
    StatePill* m_pill;
    LinkState m_state = LinkState::Idle;
};

} // namespace sscope
