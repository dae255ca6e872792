#include "ui/common/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace sscope {

namespace {

/// Draws an icon at the time of painting, so that it has the theme's colour of that time.
class LineIconEngine : public QIconEngine {
public:
    LineIconEngine(QString name, ColorToken token) : m_name(std::move(name)), m_token(token) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const int size = qMin(rect.width(), rect.height());
        const QPixmap drawn =
            iconPixmap(m_name, size, colorFor(mode), painter->device()->devicePixelRatioF());
        const QPoint corner = rect.center() - QPoint((size - 1) / 2, (size - 1) / 2);
        painter->drawPixmap(corner, drawn);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        return iconPixmap(m_name, qMin(size.width(), size.height()), colorFor(mode), 1.0);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override {
        const int side = static_cast<int>(qMin(size.width(), size.height()) / scale);
        return iconPixmap(m_name, side, colorFor(mode), scale);
    }

    [[nodiscard]] QIconEngine* clone() const override {
        return new LineIconEngine(m_name, m_token);
    }

private:
    [[nodiscard]] QColor colorFor(QIcon::Mode mode) const {
        return themeColor(mode == QIcon::Disabled ? ColorToken::FieldBorder : m_token);
    }

    QString m_name;
    ColorToken m_token;
};

QPixmap draw(const QString& name, int size, const QColor& color, qreal devicePixelRatio) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    QPixmap pixmap(QSize(size, size) * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    if (!file.open(QIODevice::ReadOnly))
        return pixmap;
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name().toLatin1());
    QPainter painter(&pixmap);
    QSvgRenderer(svg).render(&painter, QRectF(0, 0, size, size));
    return pixmap;
}

} // namespace

QIcon lineIcon(const QString& name, ColorToken token) {
    return QIcon(new LineIconEngine(name, token));
}

QPixmap iconPixmap(const QString& name, int size, const QColor& color, qreal devicePixelRatio) {
    const QString key = QStringLiteral("line-icon:%1:%2:%3:%4")
                            .arg(name)
                            .arg(size)
                            .arg(color.rgba())
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = draw(name, size, color, devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace sscope
