<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>sscope::ClientTabs</name>
    <message>
        <source>New client tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::Composer</name>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line ending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is sent after the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no ending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text, UTF-8, ending</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::ConnectionsDock</name>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only sockets of this program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only sockets that listen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide loopback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without sockets that only this machine can reach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter: words, ports, pids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words that a row shows; a number is a port or a pid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often the table is read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0.5 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the table now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::ConnectionsModel</name>
    <message>
        <source>no permission</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The owner belongs to another user. Run Socketscope as root to see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, pid %2, descriptor %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both ends are on this machine. A click, or %1, goes to the other one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&gt; %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes received and not yet read; of a listener, connections not yet accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes sent and not yet acknowledged; of a listener, its backlog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Age</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::ConnectionsView</name>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the other end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the sockets of this machine…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No socket passes the filter.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::Conversation</name>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 connected from %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the other side sends no more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this side sends no more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::ConversationModel</name>
    <message>
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reply in</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n receive(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>3 sends, 1 receive</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n send(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ConversationPage</name>
    <message>
        <source>%1 from %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New client</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>udp %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This endpoint cannot be used: %1. For example: localhost:65432</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This side has said that it sends no more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected. What is sent and received is listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected. Type where to, for example localhost:65432, and press Enter.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::ConversationView</name>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::DockTitleBar</name>
    <message>
        <source>Float or dock this panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide this panel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::EndpointBar</name>
    <message>
        <source>Clear the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to connect: host:port, [IPv6]:port, or a path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>host:port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half-close: send no more, still receive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset: end at once, with an RST</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More ways to end the connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the connection (FIN)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>half-closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::ErrorText</name>
    <message>
        <source>nothing was given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scheme &apos;%1&apos; is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not offered by this version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the host is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the port is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>host &apos;%1&apos; is not a name or an address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>port &apos;%1&apos; is not a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>port %1 is not between 0 and 65535</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a closing bracket is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not an IPv6 address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the path is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the path is longer than %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the path exists and is not a socket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a server is listening there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can be reached from other machines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not possible with datagrams</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer within %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>select cannot watch a descriptor of %1 or above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>send queue exceeded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the limit of %1 connections is reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>idle for %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a datagram of %1 bytes is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a datagram of %1 bytes was cut to the receive size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not a hex digit at column %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not an escape at column %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>invalid sequence at byte %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>encoding &apos;%1&apos; is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not valid here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it was written by a newer version (format %1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>address already in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>address not available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>address family not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connection reset by peer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connection aborted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the peer has closed the connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connection timed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>network unreachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no route to host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too many open files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>message too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>temporarily unavailable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no such file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no space left on device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name or service not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer from the name service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ports below 1024 need CAP_NET_BIND_SERVICE. Try %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The port is held by %1, pid %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The port is held by another socket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing listens there. Start the server, or check the port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the name, or give a numeric address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address is not one of this machine. Try 127.0.0.1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no way to that address. Check the network and the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing answered. Check the address, or a firewall on the way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow public addresses if that is meant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise the limit of open files, or close connections.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use poll or epoll.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the path, or choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A UDP datagram carries at most %1 bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other side has closed the connection. Connect again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it as a user who may.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system is short of memory, threads or ports. Close something and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed by the other side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed by this side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reset by the other side (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed: idle for too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed: the other side does not read, and the send queue is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed: the other side broke the protocol</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::FindField</name>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the view that was used last</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::Formats</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 m %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1k/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::HelpText</name>
    <message>
        <source>Start a server, open a client tab, send a line: both ends and the kernel&apos;s view of them are here.

Ctrl+Shift+S  new server
Ctrl+T  new client tab        Ctrl+W  close it        Ctrl+1 to 9  go to a tab
Ctrl+L  endpoint        Ctrl+Return  send        Up, Down  what was sent before
Ctrl+F  find in the view that was used last
F5  read the connection table now        F6  pause it        Ctrl+J  the other end

The same is at hand without a window: socketscope serve, send and table, each with --help.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::MainWindow</name>
    <message>
        <source>Linux shows who holds a socket only to its owner and to root. Run Socketscope as root to see every owner; all the rest of the table is complete without.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Toolbar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New client tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause the connection table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Servers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help and keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes when Socketscope is opened again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tab %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>server %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>client of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) of other programs will be cut.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::MessageEdit</name>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A message, %1 sends it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::ServerCardDelegate</name>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n client(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 dropped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>public</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ports below 1024 are reserved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held by %1, pid %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another socket holds it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use port %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More for this server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
%2 connections so far, %3 rejected
received %4 in %5 messages
sent %6 in %7 messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the kernel dropped %1 datagrams: the receive buffer was full</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::ServerClientsModel</name>
    <message>
        <source>%1 to %2
received %3 in %4 messages, sent %5 in %6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Msgs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Age</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::ServerClientsView</name>
    <message>
        <source>Clients of the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::ServerForm</name>
    <message>
        <source>Other machines may connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needed for an address that is not loopback (--allow-public)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What waits for the sockets: select(2), poll(2) or epoll(7)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads, each with a loop of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>echo: sends back what came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 takes a free one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same from the command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this machine only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this machine only, IPv6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every IPv4 address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port %1 is held by %2, pid %3 (%4)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show its row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use port %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ServerOptionsPanel</name>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Socket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reuse address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reuse port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No delay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections that may wait to be accepted (listen(2))</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receive size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes asked of one recv(2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receive buffer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send buffer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keepalive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds of silence before TCP asks (SO_KEEPALIVE)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SO_LINGER in seconds; 0 resets on close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections at a time; more are rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Idle time-out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closes a connection after so long without a byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes that may wait for a client that does not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Poll interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loop wakes up at least that often</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::ServersDock</name>
    <message>
        <source>Servers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the servers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No servers yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A server waits on a port and answers whoever connects. Its clients are listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peers of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clients of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::Settings</name>
    <message>
        <source>The settings are of a newer version. They were kept as %1, and this version starts with its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings could not be read. They were kept as %1, and new ones were started.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sscope::StatusBar</name>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this machine: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No server running</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n server(s) running</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n client(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 sockets, read in %2 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (paused)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows not shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Owners of %n socket(s) need permission.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::WelcomePage</name>
    <message>
        <source>Start both ends and watch the bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try it: start an echo server and say hello</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listens on 127.0.0.1:65432, connects a client tab, sends “Hello, world” and shows what comes back. Nothing leaves this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New client tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk to something that already runs:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
