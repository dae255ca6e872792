#pragma once

#include <QProxyStyle>
#include <QStyleOption>

namespace sscope {

/// Fusion with the window's own look (GUI.md, "Measurements and techniques"): controls 24 px high
/// with a radius of 4, hairlines for frames, an accent ring for the focus. A push button with the
/// property "primary" is filled with the accent. Colours come from the theme.
class AppStyle : public QProxyStyle {
    Q_OBJECT

public:
    AppStyle();

    void polish(QWidget* widget) override;
    using QProxyStyle::polish;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption* option,
                                  const QWidget* widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                                QStyleHintReturn* returnData) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption* option,
                                         const QSize& size, const QWidget* widget) const override;
    [[nodiscard]] QRect subElementRect(SubElement element, const QStyleOption* option,
                                       const QWidget* widget) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                       SubControl subControl, const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;

private:
    [[nodiscard]] QSize pushButtonSize(const QStyleOption* option, const QWidget* widget) const;
    [[nodiscard]] QRect scrollBarRect(const QStyleOptionSlider& bar, SubControl subControl,
                                      const QWidget* widget) const;
};

} // namespace sscope
