#include "ui/common/system_appearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QPalette>
#include <QTimer>

#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr auto portalService = "org.freedesktop.portal.Desktop";
constexpr auto portalPath = "/org/freedesktop/portal/desktop";
constexpr auto settingsInterface = "org.freedesktop.portal.Settings";
constexpr auto appearanceNamespace = "org.freedesktop.appearance";
constexpr auto colorSchemeKey = "color-scheme";
constexpr uint preferDark = 1;
constexpr uint preferLight = 2;

void apply(const QVariant& value) {
    // Read wraps the value in a variant of its own; ReadOne and the signal do not.
    QVariant inner = value;
    while (inner.userType() == qMetaTypeId<QDBusVariant>())
        inner = qvariant_cast<QDBusVariant>(inner).variant();
    const uint scheme = inner.toUInt();
    if (scheme == preferDark || scheme == preferLight)
        Theme::instance().setSystemIsDark(scheme == preferDark);
}

/// Hears the portal's signal.
class PortalListener : public QObject {
    Q_OBJECT

public Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
        if (group == QLatin1String(appearanceNamespace) && key == QLatin1String(colorSchemeKey))
            apply(value.variant());
    }
};

void askPortal() {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    auto* listener = new PortalListener;
    listener->setParent(qApp);
    bus.connect(QLatin1String(portalService), QLatin1String(portalPath),
                QLatin1String(settingsInterface), QStringLiteral("SettingChanged"), listener,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question =
        QDBusMessage::createMethodCall(QLatin1String(portalService), QLatin1String(portalPath),
                                       QLatin1String(settingsInterface), QStringLiteral("Read"));
    question << QString::fromLatin1(appearanceNamespace) << QString::fromLatin1(colorSchemeKey);
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), listener);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, listener,
                     [](QDBusPendingCallWatcher* call) {
                         const QDBusPendingReply<QDBusVariant> reply = *call;
                         if (reply.isValid())
                             apply(reply.value().variant());
                         call->deleteLater();
                     });
}

} // namespace

void followSystemAppearance() {
    const QPalette start = QGuiApplication::palette();
    Theme::instance().setSystemIsDark(start.color(QPalette::Window).lightness() <
                                      start.color(QPalette::WindowText).lightness());
    // Connecting to the bus takes some time; the first frame need not wait for it.
    QTimer::singleShot(0, qApp, &askPortal);
}

} // namespace sscope

#include "system_appearance.moc"
