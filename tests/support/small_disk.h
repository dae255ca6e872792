#pragma once

#include <sys/mount.h>

#include <QTemporaryDir>

namespace sscope::test {

/// A tmpfs of so many KiB for as long as this is there. Needs root.
class SmallDisk {
public:
    explicit SmallDisk(int kibibytes) {
        m_isMounted =
            ::mount("tmpfs", m_folder.path().toUtf8().constData(), "tmpfs", 0,
                    QByteArray("size=" + QByteArray::number(kibibytes) + "k").constData()) == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (m_isMounted)
            ::umount2(m_folder.path().toUtf8().constData(), MNT_DETACH);
    }
    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QString filePath(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
    bool m_isMounted = false;
};

} // namespace sscope::test
