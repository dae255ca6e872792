<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>sscope::ChatComings</name>
    <message numerus="yes">
        <source>%1, %2 and %n other(s) joined</source>
        <translation>
            <numerusform>%1, %2 and %n other joined</numerusform>
            <numerusform>%1, %2 and %n others joined</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 and %n other(s) left</source>
        <translation>
            <numerusform>%1, %2 and %n other left</numerusform>
            <numerusform>%1, %2 and %n others left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ChatHeader</name>
    <message numerus="yes">
        <source>Rooms and persons, %n unread</source>
        <translation>
            <numerusform>Rooms and persons, %n unread</numerusform>
            <numerusform>Rooms and persons, %n unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n of them for you</source>
        <translation>
            <numerusform>%1, %n of them for you</numerusform>
            <numerusform>%1, %n of them for you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ChatLines</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ChatLinesView</name>
    <message numerus="yes">
        <source>%n new, jump to latest</source>
        <translation>
            <numerusform>%n new, jump to latest</numerusform>
            <numerusform>%n new, jump to latest</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ChatPage</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>as %1; %n unread</source>
        <translation>
            <numerusform>as %1; %n unread</numerusform>
            <numerusform>as %1; %n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ChatPeopleView</name>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ChatPlacesModel</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n naming you</source>
        <translation>
            <numerusform>%n naming you</numerusform>
            <numerusform>%n naming you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ChatSearchResults</name>
    <message numerus="yes">
        <source>the newest %n found</source>
        <translation>
            <numerusform>the newest %n found</numerusform>
            <numerusform>the newest %n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ClientOptionsPanel</name>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ConnectionCopies</name>
    <message numerus="yes">
        <source>Copy %n selected row(s) as</source>
        <translation>
            <numerusform>Copy %n selected row as</numerusform>
            <numerusform>Copy %n selected rows as</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ConnectionsDock</name>
    <message numerus="yes">
        <source>Snapshot of %1: %n socket(s).</source>
        <translation>
            <numerusform>Snapshot of %1: %n socket.</numerusform>
            <numerusform>Snapshot of %1: %n sockets.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ConversationModel</name>
    <message numerus="yes">
        <source>%n receive(s)</source>
        <translation>
            <numerusform>%n receive</numerusform>
            <numerusform>%n receives</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n send(s)</source>
        <translation>
            <numerusform>%n send</numerusform>
            <numerusform>%n sends</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are not listed here: the window could not keep up</source>
        <translation>
            <numerusform>%n message is not listed here: the window could not keep up</numerusform>
            <numerusform>%n messages are not listed here: the window could not keep up</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ConversationRow</name>
    <message numerus="yes">
        <source>have %n byte(s), length not known yet</source>
        <translation>
            <numerusform>have %n byte, length not known yet</numerusform>
            <numerusform>have %n bytes, length not known yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>with %n other(s)</source>
        <translation>
            <numerusform>with %n other</numerusform>
            <numerusform>with %n others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::EndpointBar</name>
    <message numerus="yes">
        <source>Options of the connection, %n changed</source>
        <translation>
            <numerusform>Options of the connection, %n changed</numerusform>
            <numerusform>Options of the connection, %n changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::MainWindow</name>
    <message numerus="yes">
        <source>%n connection(s) of other programs will be cut.</source>
        <translation>
            <numerusform>%n connection of another program will be cut.</numerusform>
            <numerusform>%n connections of other programs will be cut.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::MessageDetail</name>
    <message numerus="yes">
        <source>%n byte(s) are not %1, the first at %2</source>
        <translation>
            <numerusform>%n byte is not %1, at %2</numerusform>
            <numerusform>%n bytes are not %1, the first at %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::PayloadCopy</name>
    <message numerus="yes">
        <source>%n byte(s) of it are not UTF-8, the first at %1: each is copied as U+FFFD. Hex and the other forms are exact.</source>
        <translation>
            <numerusform>%n byte of it is not UTF-8, at %1: it is copied as U+FFFD. Hex and the other forms are exact.</numerusform>
            <numerusform>%n bytes of it are not UTF-8, the first at %1: each is copied as U+FFFD. Hex and the other forms are exact.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::RaceFindings</name>
    <message numerus="yes">
        <source>%1 looks quick because it served %n connection(s) only</source>
        <translation>
            <numerusform>%1 looks quick because it served %n connection only</numerusform>
            <numerusform>%1 looks quick because it served %n connections only</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 served %n connection(s) only</source>
        <translation>
            <numerusform>%1 served %n connection only</numerusform>
            <numerusform>%1 served %n connections only</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::RaceModel</name>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation>
            <numerusform>%n process</numerusform>
            <numerusform>%n processes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::RacePage</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::SendToAllRow</name>
    <message numerus="yes">
        <source>Sent %1 to %n peer(s).</source>
        <translation>
            <numerusform>Sent %1 to %n peer.</numerusform>
            <numerusform>Sent %1 to %n peers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sent %1 to %n client(s).</source>
        <translation>
            <numerusform>Sent %1 to %n client.</numerusform>
            <numerusform>Sent %1 to %n clients.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ServerChatRow</name>
    <message numerus="yes">
        <source>%n person(s) heard it.</source>
        <translation>
            <numerusform>%n person heard it.</numerusform>
            <numerusform>%n people heard it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ServerEntry</name>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <translation>
            <numerusform>%n peer</numerusform>
            <numerusform>%n peers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n client(s)</source>
        <translation>
            <numerusform>%n client</numerusform>
            <numerusform>%n clients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ServerForm</name>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ServerLoopsView</name>
    <message numerus="yes">
        <source>%n time-out(s)</source>
        <translation>
            <numerusform>%n time-out</numerusform>
            <numerusform>%n time-outs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ServerRoomsModel</name>
    <message numerus="yes">
        <source>%n person(s) there</source>
        <translation>
            <numerusform>%n person there</numerusform>
            <numerusform>%n people there</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::SnippetPanel</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snippet(s) added</source>
        <translation>
            <numerusform>%n snippet added</numerusform>
            <numerusform>%n snippets added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n under another name because its own was taken</source>
        <translation>
            <numerusform>, %n under another name because its own was taken</numerusform>
            <numerusform>, %n under another name because its own was taken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n there already</source>
        <translation>
            <numerusform>, %n there already</numerusform>
            <numerusform>, %n there already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snippet(s) written to %1.</source>
        <translation>
            <numerusform>%n snippet written to %1.</numerusform>
            <numerusform>%n snippets written to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::SocketEnding</name>
    <message numerus="yes">
        <source>%n socket(s) closed.</source>
        <translation>
            <numerusform>%n socket closed.</numerusform>
            <numerusform>%n sockets closed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Close %n socket(s), %1 and so on? Their programs see an error, their peers a reset.</source>
        <translation>
            <numerusform>Close %n socket, %1 and so on? Their programs see an error, their peers a reset.</numerusform>
            <numerusform>Close %n sockets, %1 and so on? Their programs see an error, their peers a reset.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::StatusBar</name>
    <message numerus="yes">
        <source>%1 of %n server(s) running</source>
        <translation>
            <numerusform>%1 of %n server running</numerusform>
            <numerusform>%1 of %n servers running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n client(s)</source>
        <translation>
            <numerusform>%n client</numerusform>
            <numerusform>%n clients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Owners of %n socket(s) need permission.</source>
        <translation>
            <numerusform>The owner of %n socket needs permission.</numerusform>
            <numerusform>Owners of %n sockets need permission.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::StreamWords</name>
    <message numerus="yes">
        <source>%n send(s)</source>
        <translation>
            <numerusform>%n send</numerusform>
            <numerusform>%n sends</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n receive(s)</source>
        <translation>
            <numerusform>%n receive</numerusform>
            <numerusform>%n receives</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) in one send</source>
        <translation>
            <numerusform>%n message in one send</numerusform>
            <numerusform>%n messages in one send</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) in one receive</source>
        <translation>
            <numerusform>%n message in one receive</numerusform>
            <numerusform>%n messages in one receive</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>message %1 cut by %n send(s)</source>
        <translation>
            <numerusform>message %1 cut by %n send</numerusform>
            <numerusform>message %1 cut by %n sends</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>message %1 cut by %n receive(s)</source>
        <translation>
            <numerusform>message %1 cut by %n receive</numerusform>
            <numerusform>message %1 cut by %n receives</numerusform>
        </translation>
    </message>
</context>
</TS>
