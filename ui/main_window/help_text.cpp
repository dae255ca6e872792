#include "ui/main_window/help_text.h"

#include <QCoreApplication>

namespace sscope {

QString helpText() {
    return QCoreApplication::translate(
        "sscope::HelpText",
        "Start a server, open a client tab, send a line: both ends and the kernel's view of them "
        "are here.\n"
        "\n"
        "Ctrl+Shift+S  new server\n"
        "Ctrl+T  new client tab        Ctrl+W  close it        Ctrl+1 to 9  go to a tab\n"
        "Ctrl+L  endpoint        Ctrl+Return  send        Up, Down  what was sent before\n"
        "Ctrl+F  find in the view that was used last\n"
        "F5  read the connection table now        F6  pause it        Ctrl+J  the other end\n"
        "\n"
        "The same is at hand without a window: socketscope serve, send and table, each with "
        "--help.");
}

} // namespace sscope
