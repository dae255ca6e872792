#pragma once

#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace sscope {

/// A 24 px button with an icon and no frame. The tooltip is the accessible name too.
QToolButton* makeIconButton(const QString& icon, const QString& tip, const QString& objectName,
                            QWidget* parent = nullptr);
/// A small button that stays down.
QToolButton* makeChip(const QString& text, const QString& tip, const QString& objectName,
                      QWidget* parent = nullptr);
/// Text in the accent colour that does something.
QPushButton* makeLink(const QString& text, const QString& objectName, QWidget* parent = nullptr);
/// Plain text, whatever it holds; wraps.
QLabel* makeLabel(const QString& text, QWidget* parent = nullptr);
/// The same, muted.
QLabel* makeNote(const QString& text, QWidget* parent = nullptr);
/// The same, as a title.
QLabel* makeTitle(const QString& text, QWidget* parent = nullptr);
/// A line of one pixel that separates what is above it from what is below.
QWidget* makeHairline(QWidget* parent = nullptr);

/// A tooltip with its shortcut: "Send (Ctrl+Return)".
QString tipWithKey(const QString& text, const QKeySequence& key);

} // namespace sscope
