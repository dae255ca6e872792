<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ChatWords</name>
    <message>
        <source>%1. Check the address, and try again.</source>
        <translation>%1。请检查地址后重试。</translation>
    </message>
    <message>
        <source>Somebody has this name already. Choose another one.</source>
        <translation>这个名字已有人使用。请换一个。</translation>
    </message>
    <message>
        <source>The server does not take this name. It may have 1 to 32 characters, without spaces and invisible ones.</source>
        <translation>服务器不接受这个名字。名字可有 1 到 32 个字符，不含空格和不可见字符。</translation>
    </message>
    <message>
        <source>You are not in this room. Join it first.</source>
        <translation>你不在这个房间里。请先加入。</translation>
    </message>
    <message>
        <source>You are in as many rooms as the server allows. Leave one first.</source>
        <translation>你加入的房间数已达服务器上限。请先离开一个。</translation>
    </message>
    <message>
        <source>Nobody of this name is there now.</source>
        <translation>现在没有叫这个名字的人。</translation>
    </message>
    <message>
        <source>It is too long: a message has at most 8 KiB.</source>
        <translation>太长：一条消息最多 8 KiB。</translation>
    </message>
    <message>
        <source>The server&apos;s disk is full. Try again when there is room.</source>
        <translation>服务器磁盘已满。请在有空间后重试。</translation>
    </message>
    <message>
        <source>The server cannot write its history. Try again later.</source>
        <translation>服务器无法写入历史记录。请稍后再试。</translation>
    </message>
    <message>
        <source>The server has refused it.</source>
        <translation>服务器拒绝了它。</translation>
    </message>
    <message>
        <source>The server says: %1.</source>
        <translation>服务器说：%1。</translation>
    </message>
    <message>
        <source>Connection lost for %1.</source>
        <translation>连接中断了 %1。</translation>
    </message>
    <message>
        <source>Not connected for %1.</source>
        <translation>未连接 %1。</translation>
    </message>
    <message>
        <source>The server has begun a new history: its messages count from 1 again.</source>
        <translation>服务器开始了新的历史记录：消息重新从 1 编号。</translation>
    </message>
    <message>
        <source>Resumed after message %1; of those since, %2 are no longer kept by the server.</source>
        <translation>从第 %1 条消息之后继续；其后的消息中有 %2 条服务器已不再保留。</translation>
    </message>
    <message>
        <source>Resumed: nothing missed, nothing twice.</source>
        <translation>已继续：没有遗漏，没有重复。</translation>
    </message>
    <message>
        <source>Resumed after message %1: nothing missed, nothing twice.</source>
        <translation>从第 %1 条消息之后继续：没有遗漏，没有重复。</translation>
    </message>
    <message>
        <source>%1 does not answer as a chat server. Check the port, or start a server whose service is chat.</source>
        <translation>%1 的应答不像聊天服务器。请检查端口，或启动服务为 chat 的服务器。</translation>
    </message>
    <message>
        <source>Somebody there is called %1 already. Choose another name.</source>
        <translation>那里已有人叫 %1。请换一个名字。</translation>
    </message>
    <message>
        <source>This server needs a password.</source>
        <translation>这个服务器需要密码。</translation>
    </message>
    <message>
        <source>The password is wrong. Type it again; each wrong one makes the server slower to answer.</source>
        <translation>密码错误。请重新输入；每错一次，服务器应答就更慢。</translation>
    </message>
    <message>
        <source>The server&apos;s owner has shut you out. Only the owner can let you in again.</source>
        <translation>服务器所有者已将你拒之门外。只有所有者能让你再次进入。</translation>
    </message>
    <message>
        <source>You have joined from elsewhere under this name. Join here again, or under another name.</source>
        <translation>你已在别处用这个名字加入。请在此重新加入，或换一个名字。</translation>
    </message>
    <message>
        <source>The server says: %1. Try to join again.</source>
        <translation>服务器说：%1。请尝试再次加入。</translation>
    </message>
    <message>
        <source>The server has closed the connection. Try to join again.</source>
        <translation>服务器关闭了连接。请尝试再次加入。</translation>
    </message>
    <message>
        <source>too slow, its send queue was full</source>
        <translation>太慢，发送队列已满</translation>
    </message>
    <message>
        <source>it took nothing any more</source>
        <translation>它不再接收任何数据</translation>
    </message>
    <message>
        <source>The server&apos;s owner has shut you out: %1. Only the owner can let you in again.</source>
        <translation>服务器所有者已将你拒之门外：%1。只有所有者能让你再次进入。</translation>
    </message>
    <message>
        <source>The server&apos;s owner has sent you away. You can join again.</source>
        <translation>服务器所有者请你离开了。你可以再次加入。</translation>
    </message>
    <message>
        <source>The server&apos;s owner has sent you away: %1. You can join again.</source>
        <translation>服务器所有者请你离开了：%1。你可以再次加入。</translation>
    </message>
    <message>
        <source>The server has waited too long for your name. Try to join again.</source>
        <translation>服务器等待你的名字太久了。请再次尝试加入。</translation>
    </message>
    <message>
        <source>The server has stopped. Join again once it is started.</source>
        <translation>服务器已停止。待它启动后再加入。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 was sent away by the server&apos;s owner</source>
        <translation>服务器所有者请 %1 离开了</translation>
    </message>
    <message>
        <source>%1 was banned by the server&apos;s owner</source>
        <translation>服务器所有者封禁了 %1</translation>
    </message>
    <message>
        <source>%1 left: connected anew</source>
        <translation>%1 离开：已重新连接</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 离开</translation>
    </message>
    <message>
        <source>%1 left: %2</source>
        <translation>%1 离开：%2</translation>
    </message>
</context>
<context>
    <name>sscope::AppMenu</name>
    <message>
        <source>Help and keys</source>
        <translation>帮助与快捷键</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language changes when Socketscope is opened again.</source>
        <translation>下次打开 Socketscope 时语言会改变。</translation>
    </message>
</context>
<context>
    <name>sscope::ByteSaver</name>
    <message>
        <source>Saved so far</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A file is being saved already. Wait, or cancel it.</source>
        <translation>已有文件正在保存。请等待，或取消它。</translation>
    </message>
    <message>
        <source>Saving %1 of %2 to %3</source>
        <translation>正在保存 %1 / %2 到 %3</translation>
    </message>
    <message>
        <source>Saving to %1, %2 so far</source>
        <translation>正在保存到 %1，已保存 %2</translation>
    </message>
    <message>
        <source>Saved %1 to %2.</source>
        <translation>已保存 %1 到 %2。</translation>
    </message>
    <message>
        <source>Not saved: cancelled. %1 is as it was.</source>
        <translation>未保存：已取消。%1 保持原样。</translation>
    </message>
    <message>
        <source>Not saved: the disk of %1 is full (ENOSPC). Make room, or choose another folder.</source>
        <translation>未保存：%1 所在的磁盘已满 (ENOSPC)。请腾出空间，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>sscope::ChatBar</name>
    <message>
        <source>What is shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>host:port</source>
        <translation>主机:端口</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>你的名字</translation>
    </message>
    <message>
        <source>Others on the way can read this line: what is said, and the password</source>
        <translation>途中的其他人能读取此连接：所说的话，以及密码</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>未加密</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>What people say</source>
        <translation>大家说的话</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>The bytes on the wire, message by message</source>
        <translation>线路上的字节，逐条消息</translation>
    </message>
    <message>
        <source>/nick changes it</source>
        <translation>用 /nick 更改</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>Leave the chat</source>
        <translation>离开聊天</translation>
    </message>
    <message>
        <source>Do not try again</source>
        <translation>不再重试</translation>
    </message>
    <message>
        <source>Join the chat (Enter)</source>
        <translation>加入聊天（Enter）</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Save what was said here to a file</source>
        <translation>将这里的发言保存到文件</translation>
    </message>
    <message>
        <source>Save as text...</source>
        <translation>另存为文本...</translation>
    </message>
    <message>
        <source>Save as JSON lines...</source>
        <translation>另存为 JSON 行...</translation>
    </message>
</context>
<context>
    <name>sscope::ChatComings</name>
    <message>
        <source>%1 joined</source>
        <translation>%1 加入</translation>
    </message>
    <message>
        <source>%1 and %2 joined</source>
        <translation>%1 和 %2 加入</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 and %n other(s) joined</source>
        <translation>
            <numerusform>%1、%2 和另外 %n 人加入</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 离开</translation>
    </message>
    <message>
        <source>%1 and %2 left</source>
        <translation>%1 和 %2 离开</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 and %n other(s) left</source>
        <translation>
            <numerusform>%1、%2 和另外 %n 人离开</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 joined in line mode</source>
        <translation>%1 以行模式加入</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1；%2</translation>
    </message>
</context>
<context>
    <name>sscope::ChatComposer</name>
    <message>
        <source>A message has at most %1 KiB; shorten it by %2 to send it</source>
        <translation>一条消息最多 %1 KiB；缩短 %2 后才能发送</translation>
    </message>
    <message>
        <source>Send (Enter); Shift+Enter begins another line</source>
        <translation>发送（Enter）；Shift+Enter 换行</translation>
    </message>
    <message>
        <source>Message to %1</source>
        <translation>发给 %1 的消息</translation>
    </message>
    <message>
        <source>Message in %1</source>
        <translation>在 %1 中说</translation>
    </message>
    <message>
        <source>%1 of %2 KiB</source>
        <translation>%1 / %2 KiB</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
</context>
<context>
    <name>sscope::ChatEdit</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>sscope::ChatHeader</name>
    <message>
        <source>Rooms and persons</source>
        <translation>房间与私聊</translation>
    </message>
    <message>
        <source>People in this room</source>
        <translation>此房间里的人</translation>
    </message>
    <message>
        <source>Set the topic</source>
        <translation>设置主题</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Topic; Enter sets it</source>
        <translation>主题；按 Enter 设置</translation>
    </message>
    <message>
        <source>Search history</source>
        <translation>搜索历史</translation>
    </message>
    <message>
        <source>Search all that was said here; Enter searches, Escape closes</source>
        <translation>搜索这里说过的一切；Enter 搜索，Escape 关闭</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>A double click sets the topic</source>
        <translation>双击设置主题</translation>
    </message>
    <message numerus="yes">
        <source>Rooms and persons, %n unread</source>
        <translation>
            <numerusform>房间与私聊，%n 条未读</numerusform>
        </translation>
    </message>
    <message>
        <source>Set the topic, of at most %1 KiB</source>
        <translation>设置主题，最多 %1 KiB</translation>
    </message>
    <message>
        <source>%1 too long</source>
        <translation>超出 %1</translation>
    </message>
    <message>
        <source>%1 of %2 KiB</source>
        <translation>%1 / %2 KiB</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n of them for you</source>
        <translation>
            <numerusform>%1，其中 %n 条与你有关</numerusform>
        </translation>
    </message>
    <message>
        <source>Set the topic…</source>
        <translation>设置主题…</translation>
    </message>
    <message>
        <source>Copy the topic</source>
        <translation>复制主题</translation>
    </message>
</context>
<context>
    <name>sscope::ChatJoinForm</name>
    <message>
        <source>Join a chat</source>
        <translation>加入聊天</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>host:port</source>
        <translation>主机:端口</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>你的名字</translation>
    </message>
    <message>
        <source>1 to 32 characters</source>
        <translation>1 到 32 个字符</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>lobby</source>
        <translation>lobby</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>if the server needs one</source>
        <translation>如果服务器需要</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>Join the chat (Enter)</source>
        <translation>加入聊天（Enter）</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>换个名字</translation>
    </message>
    <message>
        <source>The password, please</source>
        <translation>请输入密码</translation>
    </message>
    <message>
        <source>Change the name or the server</source>
        <translation>更改名字或服务器</translation>
    </message>
    <message>
        <source>A chat needs a stream: tcp or unix</source>
        <translation>聊天需要流：tcp 或 unix</translation>
    </message>
</context>
<context>
    <name>sscope::ChatLines</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n 条新消息</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ChatLinesModel</name>
    <message>
        <source>%1; not stored yet</source>
        <translation>%1；尚未存储</translation>
    </message>
    <message>
        <source>%1; refused: %2</source>
        <translation>%1；被拒绝：%2</translation>
    </message>
</context>
<context>
    <name>sscope::ChatLinesView</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Go to the latest message (End)</source>
        <translation>转到最新消息（End）</translation>
    </message>
    <message numerus="yes">
        <source>%n new, jump to latest</source>
        <translation>
            <numerusform>%n 条新消息，转到最新</numerusform>
        </translation>
    </message>
    <message>
        <source>Jump to latest</source>
        <translation>转到最新</translation>
    </message>
    <message>
        <source>Loading older…</source>
        <translation>正在加载更早的消息…</translation>
    </message>
    <message>
        <source>The beginning of %1</source>
        <translation>%1 的开头</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文本</translation>
    </message>
    <message>
        <source>Copy lines with time and name</source>
        <translation>复制带时间和名字的行</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <translation>回复 %1</translation>
    </message>
    <message>
        <source>Message %1 directly</source>
        <translation>私聊 %1</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>What is older is found by a search</source>
        <translation>更早的消息可用搜索找到</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
</context>
<context>
    <name>sscope::ChatNames</name>
    <message>
        <source>a name has at least one character</source>
        <translation>名字至少要有一个字符</translation>
    </message>
    <message>
        <source>a name has at most 32 characters</source>
        <translation>名字最多 32 个字符</translation>
    </message>
    <message>
        <source>a name is UTF-8 text</source>
        <translation>名字必须是 UTF-8 文本</translation>
    </message>
    <message>
        <source>a name has no white space, control or invisible characters</source>
        <translation>名字不能有空白、控制字符或不可见字符</translation>
    </message>
    <message>
        <source>a name does not begin with &apos;/&apos;</source>
        <translation>名字不能以“/”开头</translation>
    </message>
    <message>
        <source>this name is the server&apos;s own</source>
        <translation>这个名字是服务器自己的</translation>
    </message>
</context>
<context>
    <name>sscope::ChatPage</name>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>You have left the chat</source>
        <translation>你已离开聊天</translation>
    </message>
    <message>
        <source>Join again</source>
        <translation>重新加入</translation>
    </message>
    <message>
        <source>The server&apos;s disk is full. What is said now is refused until there is room; what was said is kept</source>
        <translation>服务器磁盘已满。有空间之前，现在说的话会被拒绝；之前说过的都保留</translation>
    </message>
    <message>
        <source>The server cannot store messages. What is said now is refused until it can; what was said is kept</source>
        <translation>服务器无法保存消息。恢复之前，现在说的话会被拒绝；之前说过的都保留</translation>
    </message>
    <message>
        <source>Not connected: nothing can be said now</source>
        <translation>未连接：现在无法发言</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>You are not in the chat: join again to say something</source>
        <translation>你不在聊天中：重新加入后才能发言</translation>
    </message>
    <message>
        <source>You are in no room: join one with + beside Rooms</source>
        <translation>你不在任何房间：用“房间”旁的 + 加入一个</translation>
    </message>
    <message>
        <source>%1 is not there now</source>
        <translation>%1 现在不在</translation>
    </message>
    <message>
        <source>Join a room with + beside Rooms</source>
        <translation>用“房间”旁的 + 加入一个房间</translation>
    </message>
    <message>
        <source>Nothing has been said with %1 yet</source>
        <translation>还没有和 %1 说过话</translation>
    </message>
    <message>
        <source>Nobody else is in %1, and nothing has been said yet. Others join with
socketscope chat, or ncat, at %2</source>
        <translation>%1 里没有别人，也还没有人说话。其他人可以用
socketscope chat 或 ncat 连接 %2 加入</translation>
    </message>
    <message>
        <source>Nothing has been said in %1 yet</source>
        <translation>%1 里还没有人说话</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新聊天</translation>
    </message>
    <message>
        <source>chat %1</source>
        <translation>聊天 %1</translation>
    </message>
    <message>
        <source>chat %1 · %2</source>
        <translation>聊天 %1 · %2</translation>
    </message>
    <message>
        <source>not joined</source>
        <translation>未加入</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>as %1</source>
        <translation>以 %1 的名字</translation>
    </message>
    <message>
        <source>waiting to try again</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Nothing has gone over the wire yet</source>
        <translation>线路上还没有任何数据</translation>
    </message>
    <message>
        <source>Only a room has a topic</source>
        <translation>只有房间才有主题</translation>
    </message>
    <message>
        <source>Here: %1</source>
        <translation>在这里：%1</translation>
    </message>
    <message>
        <source>/nick takes a name</source>
        <translation>/nick 后面要写名字</translation>
    </message>
    <message>
        <source>/join takes a room</source>
        <translation>/join 后面要写房间</translation>
    </message>
    <message>
        <source>/msg takes a name and a text</source>
        <translation>/msg 后面要写名字和文本</translation>
    </message>
    <message>
        <source>/history takes a number, for example /history 50</source>
        <translation>/history 后面要写数字，例如 /history 50</translation>
    </message>
    <message>
        <source>%1 is not known; /help says what is</source>
        <translation>没有 %1 这个命令；/help 列出所有命令</translation>
    </message>
    <message>
        <source>%1. Connecting again in %2 s.</source>
        <translation>%1。%2 秒后重新连接。</translation>
    </message>
    <message>
        <source>%1. Connecting again…</source>
        <translation>%1。正在重新连接…</translation>
    </message>
    <message>
        <source>The server&apos;s owner has shut you out</source>
        <translation>服务器所有者已将你拒之门外</translation>
    </message>
    <message>
        <source>Waiting for the server&apos;s answer…</source>
        <translation>正在等待服务器的回答…</translation>
    </message>
    <message>
        <source>What is said directly has no history</source>
        <translation>私聊没有历史</translation>
    </message>
    <message>
        <source>Nobody is in %1</source>
        <translation>%1 里没有人</translation>
    </message>
    <message>
        <source>In %1: %2</source>
        <translation>%1 里：%2</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1，还有 %n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>/join ROOM goes to a room, or makes it
/msg NAME TEXT says something to one person
/topic TEXT sets what the room is about
/nick NAME changes what you are called
/who tells who is here, /who ROOM who is there
/rooms tells which rooms there are
/history N goes back by N messages, at most 200; without N by 20
/quit leaves the chat</source>
        <translation>/join 房间：去一个房间，没有就新建
/msg 名字 内容：只对一个人说
/topic 内容：设置房间的主题
/nick 名字：改你的名字
/who：看这里有谁；/who 房间：看那里有谁
/rooms：看有哪些房间
/history N：往回 N 条消息，最多 200；不写 N 则为 20
/quit：离开聊天</translation>
    </message>
    <message>
        <source>as %1; %2 calls you</source>
        <translation>以 %1 的身份；%2 在叫你</translation>
    </message>
    <message numerus="yes">
        <source>as %1; %n unread</source>
        <translation>
            <numerusform>以 %1 的身份；%n 条未读</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ChatPeopleModel</name>
    <message>
        <source>%1, left at %2</source>
        <translation>%1，%2 离开</translation>
    </message>
    <message>
        <source>%1, you</source>
        <translation>%1，你</translation>
    </message>
    <message>
        <source>%1, not connected</source>
        <translation>%1，未连接</translation>
    </message>
    <message>
        <source>%1, in line mode</source>
        <translation>%1，行模式</translation>
    </message>
</context>
<context>
    <name>sscope::ChatPeopleView</name>
    <message>
        <source>you</source>
        <translation>你</translation>
    </message>
    <message>
        <source>idle %1</source>
        <translation>空闲 %1</translation>
    </message>
    <message>
        <source>Left today</source>
        <translation>今天离开</translation>
    </message>
    <message>
        <source>People in this room</source>
        <translation>此房间里的人</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>在 %1 中</translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>Mention</source>
        <translation>提及</translation>
    </message>
    <message>
        <source>Message directly</source>
        <translation>私聊</translation>
    </message>
    <message>
        <source>left %1</source>
        <translation>%1 离开</translation>
    </message>
    <message>
        <source>last heard %1</source>
        <translation>最后发言 %1</translation>
    </message>
    <message>
        <source>line mode</source>
        <translation>行模式</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>in line mode, as with ncat or telnet</source>
        <translation>行模式，如使用 ncat 或 telnet</translation>
    </message>
</context>
<context>
    <name>sscope::ChatPlaceList</name>
    <message>
        <source>not there now</source>
        <translation>现在不在</translation>
    </message>
</context>
<context>
    <name>sscope::ChatPlacesModel</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n 条未读</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n naming you</source>
        <translation>
            <numerusform>%n 条提到你</numerusform>
        </translation>
    </message>
    <message>
        <source>not there</source>
        <translation>不在线</translation>
    </message>
</context>
<context>
    <name>sscope::ChatSaver</name>
    <message>
        <source>the connection has ended; try again once it is back</source>
        <translation>连接已断开；恢复后请重试</translation>
    </message>
    <message>
        <source>Save what was said</source>
        <translation>保存发言</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON 行 (*.jsonl)</translation>
    </message>
    <message>
        <source>Reading what was said in %1: %2 messages</source>
        <translation>正在读取 %1 中的发言：%2 条消息</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Saved as %1: %2 messages.</source>
        <translation>已保存为 %1：%2 条消息。</translation>
    </message>
    <message>
        <source>Saved as %1: the latest %2 messages. Older ones may be on the server.</source>
        <translation>已保存为 %1：最近的 %2 条消息。更早的消息可能在服务器上。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Not saved: %1.</source>
        <translation>未保存：%1。</translation>
    </message>
</context>
<context>
    <name>sscope::ChatSearchResults</name>
    <message>
        <source>Where to search</source>
        <translation>搜索范围</translation>
    </message>
    <message>
        <source>This room</source>
        <translation>此房间</translation>
    </message>
    <message>
        <source>Search this room only</source>
        <translation>只搜索此房间</translation>
    </message>
    <message>
        <source>All rooms</source>
        <translation>所有房间</translation>
    </message>
    <message>
        <source>Search all rooms of the server</source>
        <translation>搜索服务器的所有房间</translation>
    </message>
    <message>
        <source>Back to the messages (Escape)</source>
        <translation>回到消息（Escape）</translation>
    </message>
    <message>
        <source>Found messages</source>
        <translation>找到的消息</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message numerus="yes">
        <source>the newest %n found</source>
        <translation>
            <numerusform>找到最新的 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>Nobody has said “%1” here</source>
        <translation>这里没有人说过“%1”</translation>
    </message>
</context>
<context>
    <name>sscope::ChatSession</name>
    <message>
        <source>There is no connection now, and what is said directly is not kept. Try again later.</source>
        <translation>现在没有连接，私信不会保留。请稍后再试。</translation>
    </message>
    <message>
        <source>The server&apos;s owner: %1</source>
        <translation>服务器所有者：%1</translation>
    </message>
    <message>
        <source>You are called %1 now.</source>
        <translation>你现在叫 %1。</translation>
    </message>
    <message>
        <source>%1 is called %2 now</source>
        <translation>%1 现在叫 %2</translation>
    </message>
    <message>
        <source>%1 removed the topic</source>
        <translation>%1 删除了话题</translation>
    </message>
    <message>
        <source>%1 set the topic: %2</source>
        <translation>%1 设置话题：%2</translation>
    </message>
    <message>
        <source>You removed the topic</source>
        <translation>你删除了话题</translation>
    </message>
    <message>
        <source>You set the topic: %1</source>
        <translation>你设置了话题：%1</translation>
    </message>
    <message>
        <source>The server&apos;s disk is full: nothing is accepted until there is room.</source>
        <translation>服务器磁盘已满：腾出空间之前不接受任何消息。</translation>
    </message>
    <message>
        <source>The server cannot write its history: nothing is accepted until it can.</source>
        <translation>服务器无法写入历史记录：恢复之前不接受任何消息。</translation>
    </message>
    <message>
        <source>The server stores what is said again.</source>
        <translation>服务器又能存储消息了。</translation>
    </message>
    <message>
        <source>The server has closed the connection.</source>
        <translation>服务器关闭了连接。</translation>
    </message>
    <message>
        <source>The connection ended before the answer: it may have arrived.</source>
        <translation>连接在得到应答之前断开：消息可能已送达。</translation>
    </message>
    <message>
        <source>What is said here goes to %1 alone, and is not stored by the server.</source>
        <translation>这里的话只发给 %1，服务器不存储。</translation>
    </message>
    <message>
        <source>At most %1 persons stand here: %2, who was silent longest, made room.</source>
        <translation>这里最多列出 %1 人：沉默最久的 %2 让出了位置。</translation>
    </message>
</context>
<context>
    <name>sscope::ChatSide</name>
    <message>
        <source>Room</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Find or make a room</source>
        <translation>查找或新建房间</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Find a person</source>
        <translation>查找人</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>私聊</translation>
    </message>
    <message>
        <source>Join or make a room</source>
        <translation>加入或新建房间</translation>
    </message>
    <message>
        <source>Talk to a person directly</source>
        <translation>与某人私聊</translation>
    </message>
    <message>
        <source>Asking for the rooms…</source>
        <translation>正在查询房间…</translation>
    </message>
    <message>
        <source>You are in every room that there is. Type a name to make one.</source>
        <translation>你已在所有房间中。输入名字可新建一个。</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>标为已读</translation>
    </message>
    <message>
        <source>Set the topic…</source>
        <translation>设置主题…</translation>
    </message>
    <message>
        <source>Leave the room</source>
        <translation>离开房间</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nobody else is in your rooms. Type the name of a person.</source>
        <translation>你所在的房间里没有别人。输入一个人的名字。</translation>
    </message>
</context>
<context>
    <name>sscope::ChatText</name>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <comment>a day, QDate&apos;s format</comment>
        <translation>yyyy年M月d日 dddd</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <comment>a day of this year, QDate&apos;s format</comment>
        <translation>M月d日 dddd</translation>
    </message>
    <message>
        <source>Not stored yet: it is sent until the server has stored it</source>
        <translation>尚未保存：会一直发送到服务器保存为止</translation>
    </message>
    <message>
        <source>Stored by the server</source>
        <translation>服务器已保存</translation>
    </message>
    <message>
        <source>Not stored: %1. A click sends it again</source>
        <translation>未保存：%1。点击重新发送</translation>
    </message>
</context>
<context>
    <name>sscope::ClientConversation</name>
    <message>
        <source>looking up %1</source>
        <translation>正在解析 %1</translation>
    </message>
    <message>
        <source>trying again in %1 (attempt %2)</source>
        <comment>in 3.2 s</comment>
        <translation>%1 后重试（第 %2 次）</translation>
    </message>
    <message>
        <source>not tried again</source>
        <translation>不再重试</translation>
    </message>
    <message>
        <source>of the file %1 of %2 have gone out</source>
        <translation>文件的 %2 中已发出 %1</translation>
    </message>
</context>
<context>
    <name>sscope::ClientMenu</name>
    <message>
        <source>New client tab</source>
        <translation>新建客户端标签页</translation>
    </message>
    <message>
        <source>Many connections</source>
        <translation>大量连接</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>压力测试</translation>
    </message>
    <message>
        <source>Model race</source>
        <translation>模型竞赛</translation>
    </message>
    <message>
        <source>Join a chat</source>
        <translation>加入聊天</translation>
    </message>
</context>
<context>
    <name>sscope::ClientOptionsPanel</name>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Close the options</source>
        <translation>关闭选项</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Copy the command line</source>
        <translation>复制命令行</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>This end</source>
        <translation>本端</translation>
    </message>
    <message>
        <source>The address that this end is bound to; empty: the kernel chooses (bind(2))</source>
        <translation>本端绑定的地址；留空由内核选择（bind(2)）</translation>
    </message>
    <message>
        <source>Its port</source>
        <translation>本端端口</translation>
    </message>
    <message>
        <source>The port of this end; 0: the kernel chooses</source>
        <translation>本端的端口；0 表示由内核选择</translation>
    </message>
    <message>
        <source>The path that this end is bound to, or @NAME; empty: a name of its own</source>
        <translation>本端绑定的路径或 @名称；留空则自动取名</translation>
    </message>
    <message>
        <source>Reconnect by itself</source>
        <translation>自动重连</translation>
    </message>
    <message>
        <source>Connects again when the connection fails or the other side ends it: after half a second at most, then up to twice as long each time, 30 s at most</source>
        <translation>连接失败或被对方结束时再次连接：起初最多等半秒，之后每次最多加倍，不超过 30 s</translation>
    </message>
    <message>
        <source>Look-up</source>
        <translation>解析</translation>
    </message>
    <message>
        <source>How long the name may take to be looked up (getaddrinfo(3))</source>
        <translation>名称解析允许的时间（getaddrinfo(3)）</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>How long each address may take to answer</source>
        <translation>每个地址允许的应答时间</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>套接字</translation>
    </message>
    <message>
        <source>Keepalive</source>
        <translation>保活</translation>
    </message>
    <message>
        <source>Seconds of silence before TCP asks (SO_KEEPALIVE)</source>
        <translation>静默多少秒后 TCP 探测（SO_KEEPALIVE）</translation>
    </message>
    <message>
        <source>Linger</source>
        <translation>Linger</translation>
    </message>
    <message>
        <source>SO_LINGER in seconds; 0 resets on close</source>
        <translation>SO_LINGER，秒；0 表示关闭时重置</translation>
    </message>
    <message>
        <source>No delay</source>
        <translation>无延迟</translation>
    </message>
    <message>
        <source>Reuse address</source>
        <translation>重用地址</translation>
    </message>
    <message>
        <source>Reuse port</source>
        <translation>重用端口</translation>
    </message>
    <message>
        <source>Receive size</source>
        <translation>接收大小</translation>
    </message>
    <message>
        <source>Bytes asked of one recv(2)</source>
        <translation>一次 recv(2) 请求的字节数</translation>
    </message>
    <message>
        <source>Receive buffer</source>
        <translation>接收缓冲</translation>
    </message>
    <message>
        <source>Send buffer</source>
        <translation>发送缓冲</translation>
    </message>
    <message>
        <source>Datagrams</source>
        <translation>数据报</translation>
    </message>
    <message>
        <source>Join groups</source>
        <translation>加入组</translation>
    </message>
    <message>
        <source>Multicast groups whose datagrams arrive here too, with spaces between them</source>
        <translation>其数据报也送达这里的多播组，以空格分隔</translation>
    </message>
    <message>
        <source>Hops</source>
        <translation>跳数</translation>
    </message>
    <message>
        <source>How many routers a multicast datagram may pass (IP_MULTICAST_TTL)</source>
        <translation>多播数据报可以经过的路由器数（IP_MULTICAST_TTL）</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>The interface of multicast datagrams; empty: the kernel chooses</source>
        <translation>多播数据报的接口；留空由内核选择</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>广播</translation>
    </message>
    <message>
        <source>May send to all of a network (SO_BROADCAST)</source>
        <translation>可以向整个网络发送（SO_BROADCAST）</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>回环</translation>
    </message>
    <message>
        <source>Programs of this machine hear what is sent to a group (IP_MULTICAST_LOOP)</source>
        <translation>本机的程序也能收到发往组的数据（IP_MULTICAST_LOOP）</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not valid here. For example: %2</source>
        <translation>“%1”在这里无效。例如：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n 项已更改</numerusform>
        </translation>
    </message>
    <message>
        <source>for the next connection</source>
        <translation>用于下一次连接</translation>
    </message>
</context>
<context>
    <name>sscope::ClientTabs</name>
    <message>
        <source>Split right</source>
        <translation>向右拆分</translation>
    </message>
    <message>
        <source>Move to the other side</source>
        <translation>移到另一侧</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the others</source>
        <translation>关闭其他标签页</translation>
    </message>
</context>
<context>
    <name>sscope::ClosedModel</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 (listener)</source>
        <translation>%1（监听者）</translation>
    </message>
    <message>
        <source>Gap: sockets closed here faster than they could be read</source>
        <translation>缺口：此处套接字关闭得太快，来不及读取</translation>
    </message>
    <message>
        <source>Gap: %1 sockets closed here faster than they could be read</source>
        <translation>缺口：此处有 %1 个套接字关闭得太快，来不及读取</translation>
    </message>
    <message>
        <source>short</source>
        <translation>短暂</translation>
    </message>
    <message>
        <source>Since the table saw it first; short: it lived between two refreshes</source>
        <translation>自表中首次看到算起；短暂：它只存在于两次刷新之间</translation>
    </message>
    <message>
        <source>The state that the table saw last</source>
        <translation>表中最后看到的状态</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Proto</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>远端</translation>
    </message>
    <message>
        <source>Lived</source>
        <translation>存活</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Retransmits</source>
        <translation>重传</translation>
    </message>
</context>
<context>
    <name>sscope::ClosedView</name>
    <message>
        <source>Closed sockets</source>
        <translation>已关闭的套接字</translation>
    </message>
    <message>
        <source>Forget all</source>
        <translation>全部清除</translation>
    </message>
    <message>
        <source>Filtering…</source>
        <translation>正在过滤…</translation>
    </message>
    <message>
        <source>No closed socket passes the filter.</source>
        <translation>没有已关闭的套接字符合过滤条件。</translation>
    </message>
    <message>
        <source>Sockets that close from now on are listed here, also those that live for a moment.</source>
        <translation>从现在起关闭的套接字会列在这里，包括只存在片刻的。</translation>
    </message>
</context>
<context>
    <name>sscope::ColumnLayout</name>
    <message>
        <source>Columns as at first</source>
        <translation>恢复初始列</translation>
    </message>
</context>
<context>
    <name>sscope::CompletionPopup</name>
    <message>
        <source>Completions</source>
        <translation>补全</translation>
    </message>
</context>
<context>
    <name>sscope::ComposedMessage</name>
    <message>
        <source>line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列：%3</translation>
    </message>
    <message>
        <source>%1 has no “%2”</source>
        <translation>%1 中没有“%2”</translation>
    </message>
    <message>
        <source>this is no escape: %1</source>
        <translation>这不是转义：%1</translation>
    </message>
    <message>
        <source>this is none of ${seq} ${time} ${time:unix} ${rand:8}</source>
        <translation>这不是 ${seq}、${time}、${time:unix}、${rand:8} 中的任何一个</translation>
    </message>
    <message>
        <source>this is no hex digit</source>
        <translation>这不是十六进制数字</translation>
    </message>
    <message>
        <source>a byte has two digits</source>
        <translation>一个字节有两位数字</translation>
    </message>
    <message>
        <source>this may be an offset or bytes</source>
        <translation>这可能是偏移，也可能是字节</translation>
    </message>
    <message>
        <source>this offset does not follow from the lines above</source>
        <translation>这个偏移与上面的行对不上</translation>
    </message>
    <message>
        <source>these bytes may stand in either order</source>
        <translation>这些字节的顺序有两种可能</translation>
    </message>
    <message>
        <source>the characters are not those of the bytes</source>
        <translation>右侧的字符与字节不符</translation>
    </message>
    <message>
        <source>a second array begins</source>
        <translation>这里开始了第二个数组</translation>
    </message>
    <message>
        <source>the line above may be repeated more or less often</source>
        <translation>上一行重复的次数无法确定</translation>
    </message>
    <message>
        <source>the repeated lines make more than 16 MiB</source>
        <translation>重复的行超过 16 MiB</translation>
    </message>
</context>
<context>
    <name>sscope::Composer</name>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Line ending</source>
        <translation>行尾</translation>
    </message>
    <message>
        <source>What is sent after the text</source>
        <translation>附加在文本之后发送的内容</translation>
    </message>
    <message>
        <source>Write a message first</source>
        <translation>请先写一条消息</translation>
    </message>
    <message>
        <source>Send a file</source>
        <translation>发送文件</translation>
    </message>
    <message>
        <source>Form of the message</source>
        <translation>消息的形式</translation>
    </message>
    <message>
        <source>Escapes: %1; %2 is a byte, %3 a character</source>
        <translation>转义：%1；%2 是一个字节，%3 是一个字符</translation>
    </message>
    <message>
        <source>Macros: ${seq} counts, ${time} and ${time:unix} are the time, ${rand:8} is 8 letters; $${seq} writes ${seq}</source>
        <translation>宏：${seq} 计数，${time} 和 ${time:unix} 是时间，${rand:8} 是 8 个字母；$${seq} 写出 ${seq}</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Send the JSON without its white space</source>
        <translation>发送时去掉 JSON 中的空白</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Text, in an encoding</source>
        <translation>文本，可选编码</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>Bytes as hex digits, also dumps of other programs</source>
        <translation>十六进制字节，也可以是其他程序的转储</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>JSON, checked while it is written</source>
        <translation>JSON，边写边检查</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>A file, read as the other side takes it</source>
        <translation>文件，随对方接收的速度读取</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>What the text becomes on the wire</source>
        <translation>文本在线路上的编码</translation>
    </message>
    <message>
        <source>Escapes</source>
        <translation>转义</translation>
    </message>
    <message>
        <source>Macros</source>
        <translation>宏</translation>
    </message>
    <message>
        <source>Only what is written in the field can be added</source>
        <translation>只有写在输入框里的内容可以加入</translation>
    </message>
    <message>
        <source>Send a message again and again, or a list of messages</source>
        <translation>反复发送一条消息，或发送一组消息</translation>
    </message>
    <message>
        <source>A server&apos;s connection sends one message at a time; a client tab can repeat</source>
        <translation>服务器端的连接一次只发送一条消息；客户端标签页可以重复发送</translation>
    </message>
    <message>
        <source>Of the first message; a macro may grow</source>
        <translation>第一条消息的大小；宏可能变长</translation>
    </message>
    <message>
        <source>being checked</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>The file is being sent</source>
        <translation>文件正在发送</translation>
    </message>
    <message>
        <source>Choose a file first</source>
        <translation>请先选择文件</translation>
    </message>
    <message>
        <source>The text is being checked</source>
        <translation>正在检查文本</translation>
    </message>
    <message>
        <source>A file is sent once</source>
        <translation>文件只发送一次</translation>
    </message>
    <message>
        <source>being looked at</source>
        <translation>正在查看</translation>
    </message>
    <message>
        <source>The message has begun, and its rest would be missing: stopping it closes the connection.</source>
        <translation>消息已经开始发送，停止后将缺少其余部分：停止会关闭连接。</translation>
    </message>
    <message>
        <source>Close the connection</source>
        <translation>关闭连接</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>message %1: %2</source>
        <translation>消息 %1：%2</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>内容为空</translation>
    </message>
    <message>
        <source>Save what is written…</source>
        <translation>保存当前内容…</translation>
    </message>
    <message>
        <source>Manage snippets…</source>
        <translation>管理片段…</translation>
    </message>
    <message>
        <source>Only what is written in the field can be saved</source>
        <translation>只有写在输入框里的内容可以保存</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>已发送 %1</translation>
    </message>
    <message>
        <source>stopped after %1 of %2</source>
        <translation>已停止，发送了 %1，共 %2</translation>
    </message>
    <message>
        <source>ended after %1 of %2</source>
        <translation>已结束，发送了 %1，共 %2</translation>
    </message>
    <message>
        <source>Snippets</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Messages that are kept under a name</source>
        <translation>以名称保存的消息</translation>
    </message>
</context>
<context>
    <name>sscope::ConnectionCopies</name>
    <message>
        <source>Copy cell</source>
        <translation>复制单元格</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>复制行</translation>
    </message>
    <message numerus="yes">
        <source>Copy %n selected row(s) as</source>
        <translation>
            <numerusform>将所选 %n 行复制为</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy row as</source>
        <translation>将此行复制为</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>ss filter</source>
        <translation>ss 过滤表达式</translation>
    </message>
    <message>
        <source>Filter of Socketscope</source>
        <translation>Socketscope 过滤表达式</translation>
    </message>
</context>
<context>
    <name>sscope::ConnectionMenu</name>
    <message>
        <source>Unfold</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation>全部折叠</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>全部展开</translation>
    </message>
    <message>
        <source>Show in the inspector</source>
        <translation>在检查器中显示</translation>
    </message>
    <message>
        <source>Go to the other end</source>
        <translation>转到另一端</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>显示 %1</translation>
    </message>
    <message>
        <source>Open a client tab to %1</source>
        <translation>打开到 %1 的客户端标签页</translation>
    </message>
    <message>
        <source>Only sockets of %1</source>
        <translation>仅显示 %1 的套接字</translation>
    </message>
    <message>
        <source>Close socket...</source>
        <translation>关闭套接字...</translation>
    </message>
    <message>
        <source>End %1, pid %2...</source>
        <translation>结束 %1，pid %2...</translation>
    </message>
</context>
<context>
    <name>sscope::ConnectionsDock</name>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Ours</source>
        <translation>本程序</translation>
    </message>
    <message>
        <source>Only sockets of this program</source>
        <translation>只显示本程序的套接字</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>监听中</translation>
    </message>
    <message>
        <source>Only sockets that listen</source>
        <translation>只显示正在监听的套接字</translation>
    </message>
    <message>
        <source>Hide loopback</source>
        <translation>隐藏环回</translation>
    </message>
    <message>
        <source>Without sockets that only this machine can reach</source>
        <translation>不显示只有本机可达的套接字</translation>
    </message>
    <message>
        <source>Refresh interval</source>
        <translation>刷新间隔</translation>
    </message>
    <message>
        <source>How often the table is read</source>
        <translation>多久读取一次连接表</translation>
    </message>
    <message>
        <source>0.5 s</source>
        <translation>0.5 秒</translation>
    </message>
    <message>
        <source>1 s</source>
        <translation>1 秒</translation>
    </message>
    <message>
        <source>2 s</source>
        <translation>2 秒</translation>
    </message>
    <message>
        <source>5 s</source>
        <translation>5 秒</translation>
    </message>
    <message>
        <source>Read the table now</source>
        <translation>立即读取连接表</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Groups, kinds, names, snapshots</source>
        <translation>分组、种类、名称、快照</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All that is known of each socket</source>
        <translation>每个套接字的全部已知信息</translation>
    </message>
    <message>
        <source>The columns of netstat -tunap</source>
        <translation>netstat -tunap 的列</translation>
    </message>
    <message>
        <source>The columns of lsof -i, a row for each owner</source>
        <translation>lsof -i 的列，每个持有者一行</translation>
    </message>
    <message>
        <source>The columns of ss -tunap</source>
        <translation>ss -tunap 的列</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Sockets that have closed, also short-lived ones</source>
        <translation>已关闭的套接字，包括短暂存在的</translation>
    </message>
    <message>
        <source>Save the rows that are shown to a file</source>
        <translation>将显示的行保存到文件</translation>
    </message>
    <message numerus="yes">
        <source>Snapshot of %1: %n socket(s).</source>
        <translation>
            <numerusform>%1 的快照：%n 个套接字。</numerusform>
        </translation>
    </message>
    <message>
        <source>Compare with now</source>
        <translation>与现在比较</translation>
    </message>
    <message>
        <source>No socket in the table holds port %1 now.</source>
        <translation>目前表中没有套接字占用端口 %1。</translation>
    </message>
    <message>
        <source>The filter hides the other end.</source>
        <translation>过滤条件隐藏了另一端。</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>显示它</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>sscope::ConnectionsModel</name>
    <message>
        <source>no permission</source>
        <translation>无权限</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The owner belongs to another user. Run Socketscope as root to see it.</source>
        <translation>所有者属于另一用户。以 root 身份运行 Socketscope 才能看到。</translation>
    </message>
    <message>
        <source>%1, pid %2, descriptor %3</source>
        <translation>%1，PID %2，描述符 %3</translation>
    </message>
    <message>
        <source>Both ends are on this machine. A click, or %1, goes to the other one.</source>
        <translation>两端都在本机。点击或按 %1 可跳到另一端。</translation>
    </message>
    <message>
        <source>&gt; %1</source>
        <translation>&gt; %1</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>已消失</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>Bytes received and not yet read; of a listener, connections not yet accepted</source>
        <translation>已收到但尚未读取的字节；对监听套接字为尚未接受的连接数</translation>
    </message>
    <message>
        <source>Bytes sent and not yet acknowledged; of a listener, its backlog</source>
        <translation>已发送但尚未确认的字节；对监听套接字为其 backlog</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Proto</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>远程</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>%1, pid %2</source>
        <translation>%1，pid %2</translation>
    </message>
    <message>
        <source>no peer</source>
        <translation>无对端</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Retransmits</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>Timer</source>
        <translation>定时器</translation>
    </message>
    <message>
        <source>FD</source>
        <translation>FD</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>Since Socketscope saw it first</source>
        <translation>自 Socketscope 首次看到算起</translation>
    </message>
    <message>
        <source>Bytes received a second, by TCP_INFO, of the rows that are shown</source>
        <translation>每秒接收的字节数（TCP_INFO），仅限显示的行</translation>
    </message>
    <message>
        <source>Bytes sent and acknowledged a second, by TCP_INFO, of the rows that are shown</source>
        <translation>每秒发送并得到确认的字节数（TCP_INFO），仅限显示的行</translation>
    </message>
    <message>
        <source>Round trip time, smoothed, of the rows that are shown</source>
        <translation>平滑往返时间，仅限显示的行</translation>
    </message>
    <message>
        <source>Segments that were sent again since the connection was made</source>
        <translation>自连接建立以来重新发送的报文段</translation>
    </message>
    <message>
        <source>%1, folded</source>
        <translation>%1，已折叠</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>未命名</translation>
    </message>
</context>
<context>
    <name>sscope::ConnectionsView</name>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Reading the sockets of this machine…</source>
        <translation>正在读取本机的套接字…</translation>
    </message>
    <message>
        <source>No socket passes the filter.</source>
        <translation>没有符合筛选条件的套接字。</translation>
    </message>
    <message>
        <source>Filtering…</source>
        <translation>正在过滤…</translation>
    </message>
</context>
<context>
    <name>sscope::ContentPanel</name>
    <message>
        <source>Choose a file to send</source>
        <translation>选择要发送的文件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Write a message instead</source>
        <translation>改为书写消息</translation>
    </message>
    <message>
        <source>Progress of the file</source>
        <translation>文件发送进度</translation>
    </message>
    <message>
        <source>Send no more of the file</source>
        <translation>不再发送该文件</translation>
    </message>
    <message>
        <source>The text that was pasted, too large to be shown</source>
        <translation>粘贴的文本，过大而不显示</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1，共 %2</translation>
    </message>
</context>
<context>
    <name>sscope::Conversation</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 connected from %2</source>
        <translation>%1 已连接，本端 %2</translation>
    </message>
    <message>
        <source>the other side sends no more</source>
        <translation>对端不再发送</translation>
    </message>
    <message>
        <source>this side sends no more</source>
        <translation>本端不再发送</translation>
    </message>
    <message>
        <source>reset by this side</source>
        <translation>被本端重置</translation>
    </message>
    <message>
        <source>found %1 (%2)</source>
        <translation>解析到 %1（%2）</translation>
    </message>
    <message>
        <source>found %1 (%2), canonical name %3</source>
        <translation>解析到 %1（%2），规范名 %3</translation>
    </message>
    <message>
        <source>The record of this connection is kept up to byte %1 received and %2 sent: %3. The connection goes on; of what follows a row keeps its beginning only.</source>
        <translation>此连接的记录保留到接收的第 %1 字节和发送的第 %2 字节：%3。连接继续；此后每行只保留其开头。</translation>
    </message>
    <message>
        <source>trying %1</source>
        <translation>正在尝试 %1</translation>
    </message>
    <message>
        <source>given up by this side</source>
        <translation>本方放弃</translation>
    </message>
    <message>
        <source>%1 connected; our end has no name</source>
        <translation>%1 已连接；本端没有名称</translation>
    </message>
</context>
<context>
    <name>sscope::ConversationIcons</name>
    <message>
        <source>Show the stream: receives and messages side by side</source>
        <translation>显示流：接收与消息对照</translation>
    </message>
    <message>
        <source>Save to a file, byte for byte</source>
        <translation>逐字节保存到文件</translation>
    </message>
    <message>
        <source>Save all that was received…</source>
        <translation>保存收到的全部…</translation>
    </message>
    <message>
        <source>Save all that was sent…</source>
        <translation>保存发出的全部…</translation>
    </message>
</context>
<context>
    <name>sscope::ConversationList</name>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Filter rows</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Text, or /regular expression/</source>
        <translation>文本，或 /正则表达式/</translation>
    </message>
    <message>
        <source>Shows the rows whose data hold this text, in any case, or match this /regular expression/</source>
        <translation>显示数据包含此文本（不区分大小写）或匹配此 /正则表达式/ 的行</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Both directions, and what is said of the connection</source>
        <translation>两个方向，以及关于连接的说明</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>What this side has sent</source>
        <translation>本端发送的内容</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>What this side has received</source>
        <translation>本端接收的内容</translation>
    </message>
    <message>
        <source>Show all rows again (Esc)</source>
        <translation>重新显示所有行 (Esc)</translation>
    </message>
    <message>
        <source>not an expression: %1</source>
        <translation>不是正则表达式：%1</translation>
    </message>
    <message>
        <source>%1 of %2 rows, looking…</source>
        <translation>%1 / %2 行，查找中…</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 / %2 行</translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>尚未发送任何内容。</translation>
    </message>
    <message>
        <source>Nothing has been received yet.</source>
        <translation>尚未接收任何内容。</translation>
    </message>
    <message>
        <source>Save what was sent</source>
        <translation>保存发送的内容</translation>
    </message>
    <message>
        <source>Save what was received</source>
        <translation>保存接收的内容</translation>
    </message>
    <message>
        <source>Kept from byte %1 on, since this tab was opened.</source>
        <translation>从第 %1 个字节起保存，即自打开此标签页以来。</translation>
    </message>
</context>
<context>
    <name>sscope::ConversationModel</name>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Reply in</source>
        <translation>回复用时</translation>
    </message>
    <message numerus="yes">
        <source>%n receive(s)</source>
        <translation>
            <numerusform>%n 次接收</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>3 sends, 1 receive</comment>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n send(s)</source>
        <translation>
            <numerusform>%n 次发送</numerusform>
        </translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Receives</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>%1, %2 after the row before, %3 after the first row</source>
        <translation>%1，距上一行 %2，距首行 %3</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>%1  from %2</source>
        <translation>%1  来自 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are not listed here: the window could not keep up</source>
        <translation>
            <numerusform>这里有 %n 条消息未列出：窗口来不及显示</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 are not listed here: the window could not keep up</source>
        <translation>这里有 %1 未列出：窗口来不及显示</translation>
    </message>
</context>
<context>
    <name>sscope::ConversationPage</name>
    <message>
        <source>%1 from %2</source>
        <translation>%1 来自 %2</translation>
    </message>
    <message>
        <source>New client</source>
        <translation>新客户端</translation>
    </message>
    <message>
        <source>udp %1</source>
        <translation>udp %1</translation>
    </message>
    <message>
        <source>This endpoint cannot be used: %1. For example: localhost:65432</source>
        <translation>无法使用此端点：%1。例如：localhost:65432</translation>
    </message>
    <message>
        <source>This side has said that it sends no more</source>
        <translation>本端已声明不再发送</translation>
    </message>
    <message>
        <source>Connect first</source>
        <translation>请先连接</translation>
    </message>
    <message>
        <source>Connected. What is sent and received is listed here.</source>
        <translation>已连接。发送和接收的内容会列在这里。</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Not connected. Type where to, for example localhost:65432, and press Enter.</source>
        <translation>未连接。输入目标，例如 localhost:65432，然后按回车。</translation>
    </message>
    <message>
        <source>The framing %1 is for the next connection; this one goes on with %2.</source>
        <translation>成帧 %1 用于下一个连接；当前连接仍用 %2。</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>重新连接</translation>
    </message>
    <message>
        <source>There is no framing %1. There are: %2.</source>
        <translation>没有成帧 %1。可用的有：%2。</translation>
    </message>
    <message>
        <source>The framing %1 needs a stream, and %2 carries datagrams. Choose another framing, or tcp or unix.</source>
        <translation>成帧 %1 需要流，而 %2 传送的是数据报。请选择其他成帧，或者 tcp 或 unix。</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>waiting to try again</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Another socket has port %1, which is to be our own end.</source>
        <translation>本端要使用的端口 %1 已被另一个套接字占用。</translation>
    </message>
    <message>
        <source>Show its row</source>
        <translation>显示其所在行</translation>
    </message>
</context>
<context>
    <name>sscope::ConversationRow</name>
    <message>
        <source>with message %1</source>
        <translation>与消息 %1 共用</translation>
    </message>
    <message>
        <source>with messages %1</source>
        <translation>与消息 %1 共用</translation>
    </message>
    <message>
        <source>bad byte at %1: </source>
        <translation>位置 %1 处有错误字节：</translation>
    </message>
    <message>
        <source>not complete</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>3 and 4</comment>
        <translation>%1 和 %2</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>3 to 9</comment>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>%1, not complete</source>
        <translation>%1，不完整</translation>
    </message>
    <message>
        <source>%1, cut</source>
        <comment>3 and 4, cut</comment>
        <translation>%1，被切开</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>2, with messages 3, 4</comment>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>have %n byte(s), length not known yet</source>
        <translation>
            <numerusform>已有 %n 字节，长度尚不知道</numerusform>
        </translation>
    </message>
    <message>
        <source>have %1 of %2 bytes</source>
        <translation>已有 %1 字节，共 %2 字节</translation>
    </message>
    <message numerus="yes">
        <source>with %n other(s)</source>
        <translation>
            <numerusform>与另外 %n 条共用</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::ConversationView</name>
    <message>
        <source>Conversation</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>复制行</translation>
    </message>
    <message>
        <source>Only the first %1 rows are copied. Save what was received to a file instead.</source>
        <translation>只复制了前 %1 行。请改为将接收的内容保存到文件。</translation>
    </message>
    <message>
        <source>None of these rows has data to copy.</source>
        <translation>这些行都没有可复制的数据。</translation>
    </message>
    <message>
        <source>More than %1 rows are too many for the clipboard. Save what was received to a file instead.</source>
        <translation>超过 %1 行，剪贴板容纳不下。请改为将接收的内容保存到文件。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>查找中…</translation>
    </message>
    <message>
        <source>No row passes the filter.</source>
        <translation>没有符合筛选条件的行。</translation>
    </message>
    <message>
        <source>Copy data as</source>
        <translation>将数据复制为</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>C array</source>
        <translation>C 数组</translation>
    </message>
    <message>
        <source>Python bytes</source>
        <translation>Python bytes</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
    <message>
        <source>Save all that was received…</source>
        <translation>保存收到的全部…</translation>
    </message>
    <message>
        <source>Save all that was sent…</source>
        <translation>保存发出的全部…</translation>
    </message>
    <message>
        <source>Filter rows</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Since the first row</source>
        <translation>自首行起</translation>
    </message>
    <message>
        <source>Since the row before</source>
        <translation>自上一行起</translation>
    </message>
    <message>
        <source>Rows that are kept</source>
        <translation>保留的行数</translation>
    </message>
</context>
<context>
    <name>sscope::CrowdForm</name>
    <message>
        <source>The messages cannot be read as JSON at byte %1.</source>
        <translation>无法将消息读作 JSON，位于第 %1 字节。</translation>
    </message>
    <message>
        <source>The messages are not a JSON list of texts. For example: %1</source>
        <translation>消息不是由文本组成的 JSON 列表。例如：%1</translation>
    </message>
    <message>
        <source>All open first</source>
        <translation>先全部打开</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Where all connections go: host:port, udp://host:port, unix:PATH</source>
        <translation>所有连接的去处：host:port、udp://host:port、unix:PATH</translation>
    </message>
    <message>
        <source>host:port</source>
        <translation>host:port</translation>
    </message>
    <message>
        <source>Framing</source>
        <translation>成帧</translation>
    </message>
    <message>
        <source>How messages and replies are told apart; raw: as many bytes as were sent must come back</source>
        <translation>如何区分消息与回复；raw：发送多少字节就必须收回多少字节</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接数</translation>
    </message>
    <message>
        <source>How many, 1 to 1 000 000</source>
        <translation>多少个，1 到 1 000 000</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>How often each sends the list of messages</source>
        <translation>每个连接把消息列表发送多少遍</translation>
    </message>
    <message>
        <source>Time-out</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>How long each waits for what is still to come, in seconds</source>
        <translation>每个连接等待尚未到达的内容多久，以秒计</translation>
    </message>
    <message>
        <source>Nothing is sent before all connections are open</source>
        <translation>在所有连接打开之前不发送任何内容</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>How the messages below are written</source>
        <translation>下方消息的写法</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>逐行</translation>
    </message>
    <message>
        <source>JSON list</source>
        <translation>JSON 列表</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>结尾</translation>
    </message>
    <message>
        <source>What is sent after each message</source>
        <translation>每条消息之后发送的内容</translation>
    </message>
    <message>
        <source>What each connection sends, a message on each line</source>
        <translation>每个连接发送的内容，每行一条消息</translation>
    </message>
    <message>
        <source>A message on each line; none: connect and close</source>
        <translation>每行一条消息；留空则只连接并关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>正在取消</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Open the connections</source>
        <translation>打开这些连接</translation>
    </message>
    <message>
        <source>Reset what is open and begin no more</source>
        <translation>重置已打开的连接，不再开始新的</translation>
    </message>
    <message>
        <source>Connections is not a number from 1 to 1 000 000.</source>
        <translation>连接数不是 1 到 1 000 000 之间的数字。</translation>
    </message>
    <message>
        <source>Repeat is not a number from 1.</source>
        <translation>重复次数不是从 1 起的数字。</translation>
    </message>
    <message>
        <source>The time-out is not a number of seconds. For example: 10</source>
        <translation>超时不是秒数。例如：10</translation>
    </message>
</context>
<context>
    <name>sscope::CrowdPage</name>
    <message>
        <source>Start opens the connections. Each sends its messages, waits until as many bytes or replies have come back, and closes; how it ended stands here, those that failed first.</source>
        <translation>点击“开始”会打开这些连接。每个连接发送消息，等到收回同样多的字节或回复后关闭；结果列在这里，失败的排在最前。</translation>
    </message>
    <message>
        <source>Connections that are over</source>
        <translation>已结束的连接</translation>
    </message>
    <message>
        <source>Failures by reason</source>
        <translation>按原因分组的失败</translation>
    </message>
    <message>
        <source>%1 x %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Many connections</source>
        <translation>大量连接</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>%1 of %2 done, %3 failed</source>
        <translation>%2 个中完成 %1 个，失败 %3 个</translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>已完成 %1 / %2</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, %2 cancelled</source>
        <translation>%1，已取消 %2 个</translation>
    </message>
</context>
<context>
    <name>sscope::CrowdReasonsModel</name>
    <message>
        <source>All connections</source>
        <translation>所有连接</translation>
    </message>
    <message>
        <source>Failures by reason</source>
        <translation>按原因分组的失败</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接数</translation>
    </message>
</context>
<context>
    <name>sscope::CrowdResultsModel</name>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>no reply</source>
        <translation>没有回复</translation>
    </message>
    <message>
        <source>closed early</source>
        <translation>提前关闭</translation>
    </message>
    <message>
        <source>bad reply</source>
        <translation>回复有误</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Not all that was waited for came in time. Try a longer time-out, or check what the server answers.</source>
        <translation>等待的内容没有按时全部到达。请延长超时，或检查服务器的应答。</translation>
    </message>
    <message>
        <source>The peer closed before all had come. Check what it expects, or why it turns connections away.</source>
        <translation>对方在内容全部到达前关闭了连接。请检查它期望什么，或为何拒绝连接。</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>sscope::DatagramStrip</name>
    <message>
        <source>Datagrams</source>
        <translation>数据报</translation>
    </message>
    <message>
        <source>Not known here: what comes back is not what was sent.</source>
        <translation>此处无从得知：收回的不是发出的内容。</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Datagrams that the kernel took from this client.</source>
        <translation>内核从本客户端接过的数据报。</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Datagrams that have come, empty ones too.</source>
        <translation>已到达的数据报，包括空的。</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>Sent, and not echoed within two seconds. UDP does not tell where they were dropped.</source>
        <translation>已发出，两秒内没有回显。UDP 不会告知在哪里丢弃。</translation>
    </message>
    <message>
        <source>Reordered</source>
        <translation>乱序</translation>
    </message>
    <message>
        <source>Echoes that one sent later has overtaken (RFC 4737).</source>
        <translation>被后发的数据报赶超的回显（RFC 4737）。</translation>
    </message>
    <message>
        <source>Duplicated</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Received more often than sent.</source>
        <translation>收到的次数多于发出的次数。</translation>
    </message>
    <message>
        <source>Truncated</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>Longer than the receive size: the rest is gone. The row has the real size.</source>
        <translation>超过接收大小：其余部分已丢失。行中有真实大小。</translation>
    </message>
    <message>
        <source>Dropped here</source>
        <translation>本机丢弃</translation>
    </message>
    <message>
        <source>Arrived, and dropped by this machine&apos;s kernel because our receive buffer was full (SO_RCVBUF).</source>
        <translation>已到达，但因我们的接收缓冲区已满（SO_RCVBUF）被本机内核丢弃。</translation>
    </message>
    <message>
        <source>Errors that hosts have reported, such as “port unreachable”; each is a row.</source>
        <translation>主机报告的错误，例如“端口不可达”；每个错误一行。</translation>
    </message>
</context>
<context>
    <name>sscope::DockTitleBar</name>
    <message>
        <source>Float or dock this panel</source>
        <translation>浮动或停靠此面板</translation>
    </message>
    <message>
        <source>Hide this panel</source>
        <translation>隐藏此面板</translation>
    </message>
</context>
<context>
    <name>sscope::EndRow</name>
    <message>
        <source>no permission</source>
        <translation>无权限</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The owner belongs to another user. Run Socketscope as root to see it.</source>
        <translation>所有者属于另一用户。以 root 身份运行 Socketscope 才能看到。</translation>
    </message>
    <message>
        <source>%1, pid %2, fd %3</source>
        <translation>%1,pid %2,fd %3</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>已消失</translation>
    </message>
    <message>
        <source>not on this machine</source>
        <translation>不在本机</translation>
    </message>
    <message>
        <source>Shows %1</source>
        <translation>显示%1</translation>
    </message>
</context>
<context>
    <name>sscope::EndpointBar</name>
    <message>
        <source>Clear the conversation</source>
        <translation>清空会话</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>传输</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Where to connect: host:port, [IPv6]:port, or a path</source>
        <translation>连接目标：主机:端口、[IPv6]:端口，或路径</translation>
    </message>
    <message>
        <source>host:port</source>
        <translation>主机:端口</translation>
    </message>
    <message>
        <source>Half-close: send no more, still receive</source>
        <translation>半关闭：不再发送，仍可接收</translation>
    </message>
    <message>
        <source>Reset: end at once, with an RST</source>
        <translation>重置：立即以 RST 结束</translation>
    </message>
    <message>
        <source>More ways to end the connection</source>
        <translation>结束连接的其他方式</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>End the connection (FIN)</source>
        <translation>结束连接（FIN）</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>half-closed</source>
        <translation>半关闭</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Framing</source>
        <translation>成帧</translation>
    </message>
    <message>
        <source>How messages are told apart in the stream, from the next connect on</source>
        <translation>在流中如何区分消息，从下一次连接起生效</translation>
    </message>
    <message>
        <source>Framing %1</source>
        <translation>成帧 %1</translation>
    </message>
    <message>
        <source>/path or @name</source>
        <translation>/路径 或 @名称</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Copy the session as code</source>
        <translation>把会话复制为代码</translation>
    </message>
    <message>
        <source>Copy as Python script</source>
        <translation>复制为 Python 脚本</translation>
    </message>
    <message>
        <source>Copy as ncat or socat command</source>
        <translation>复制为 ncat 或 socat 命令</translation>
    </message>
    <message>
        <source>Copy as socketscope send line</source>
        <translation>复制为 socketscope send 命令行</translation>
    </message>
    <message numerus="yes">
        <source>Options of the connection, %n changed</source>
        <translation>
            <numerusform>连接选项，已更改 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Options of the connection</source>
        <translation>连接选项</translation>
    </message>
    <message>
        <source>Give up the attempt</source>
        <translation>放弃尝试</translation>
    </message>
    <message>
        <source>Do not try again</source>
        <translation>不再重试</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
</context>
<context>
    <name>sscope::ErrorText</name>
    <message>
        <source>nothing was given</source>
        <translation>没有给出内容</translation>
    </message>
    <message>
        <source>scheme &apos;%1&apos; is not known</source>
        <translation>未知的方案“%1”</translation>
    </message>
    <message>
        <source>%1 is not offered by this version</source>
        <translation>此版本不支持 %1</translation>
    </message>
    <message>
        <source>the host is missing</source>
        <translation>缺少主机</translation>
    </message>
    <message>
        <source>the port is missing</source>
        <translation>缺少端口</translation>
    </message>
    <message>
        <source>host &apos;%1&apos; is not a name or an address</source>
        <translation>主机“%1”不是名称或地址</translation>
    </message>
    <message>
        <source>port &apos;%1&apos; is not a number</source>
        <translation>端口“%1”不是数字</translation>
    </message>
    <message>
        <source>port %1 is not between 0 and 65535</source>
        <translation>端口 %1 不在 0 到 65535 之间</translation>
    </message>
    <message>
        <source>a closing bracket is missing</source>
        <translation>缺少右方括号</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not an IPv6 address</source>
        <translation>“%1”不是 IPv6 地址</translation>
    </message>
    <message>
        <source>the path is missing</source>
        <translation>缺少路径</translation>
    </message>
    <message>
        <source>the path is longer than %1 bytes</source>
        <translation>路径超过 %1 字节</translation>
    </message>
    <message>
        <source>the path exists and is not a socket</source>
        <translation>路径已存在且不是套接字</translation>
    </message>
    <message>
        <source>a server is listening there</source>
        <translation>已有服务器在那里监听</translation>
    </message>
    <message>
        <source>%1 can be reached from other machines</source>
        <translation>其他机器可以访问 %1</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not known</source>
        <translation>未知的“%1”</translation>
    </message>
    <message>
        <source>select cannot watch a descriptor of %1 or above</source>
        <translation>select 无法监视 %1 及以上的描述符</translation>
    </message>
    <message>
        <source>send queue exceeded</source>
        <translation>发送队列已超限</translation>
    </message>
    <message>
        <source>the limit of %1 connections is reached</source>
        <translation>已达到 %1 个连接的上限</translation>
    </message>
    <message>
        <source>idle for %1 s</source>
        <translation>空闲 %1 秒</translation>
    </message>
    <message>
        <source>a datagram of %1 bytes was cut to the receive size</source>
        <translation>%1 字节的数据报被截断为接收大小</translation>
    </message>
    <message>
        <source>not a hex digit at column %1</source>
        <translation>第 %1 列不是十六进制数字</translation>
    </message>
    <message>
        <source>not an escape at column %1</source>
        <translation>第 %1 列不是转义序列</translation>
    </message>
    <message>
        <source>invalid sequence at byte %1</source>
        <translation>第 %1 字节处的序列无效</translation>
    </message>
    <message>
        <source>encoding &apos;%1&apos; is not known</source>
        <translation>未知的编码“%1”</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not valid here</source>
        <translation>“%1”在此无效</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>不允许的操作</translation>
    </message>
    <message>
        <source>address already in use</source>
        <translation>地址已被占用</translation>
    </message>
    <message>
        <source>address not available</source>
        <translation>地址不可用</translation>
    </message>
    <message>
        <source>address family not supported</source>
        <translation>不支持该地址族</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>连接被拒绝</translation>
    </message>
    <message>
        <source>connection reset by peer</source>
        <translation>连接被对端重置</translation>
    </message>
    <message>
        <source>connection aborted</source>
        <translation>连接中止</translation>
    </message>
    <message>
        <source>the peer has closed the connection</source>
        <translation>对端已关闭连接</translation>
    </message>
    <message>
        <source>connection timed out</source>
        <translation>连接超时</translation>
    </message>
    <message>
        <source>network unreachable</source>
        <translation>网络不可达</translation>
    </message>
    <message>
        <source>no route to host</source>
        <translation>没有到主机的路由</translation>
    </message>
    <message>
        <source>too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>message too long</source>
        <translation>消息太长</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>temporarily unavailable</source>
        <translation>暂时不可用</translation>
    </message>
    <message>
        <source>no such file</source>
        <translation>没有该文件</translation>
    </message>
    <message>
        <source>no space left on device</source>
        <translation>设备上没有剩余空间</translation>
    </message>
    <message>
        <source>name or service not known</source>
        <translation>名称或服务未知</translation>
    </message>
    <message>
        <source>no answer from the name service</source>
        <translation>名称服务没有应答</translation>
    </message>
    <message>
        <source>Try %1.</source>
        <translation>可改用 %1。</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>请另选一个。</translation>
    </message>
    <message>
        <source>Ports below 1024 need CAP_NET_BIND_SERVICE. Try %1.</source>
        <translation>1024 以下的端口需要 CAP_NET_BIND_SERVICE。可改用 %1。</translation>
    </message>
    <message>
        <source>The port is held by %1, pid %2.</source>
        <translation>端口被 %1 占用，PID %2。</translation>
    </message>
    <message>
        <source>The port is held by another socket.</source>
        <translation>端口被另一个套接字占用。</translation>
    </message>
    <message>
        <source>Nothing listens there. Start the server, or check the port.</source>
        <translation>那里没有监听者。请启动服务器，或检查端口。</translation>
    </message>
    <message>
        <source>Check the name, or give a numeric address.</source>
        <translation>请检查名称，或给出数字地址。</translation>
    </message>
    <message>
        <source>The address is not one of this machine. Try 127.0.0.1.</source>
        <translation>该地址不属于本机。可改用 127.0.0.1。</translation>
    </message>
    <message>
        <source>There is no way to that address. Check the network and the address.</source>
        <translation>无法到达该地址。请检查网络和地址。</translation>
    </message>
    <message>
        <source>Nothing answered. Check the address, or a firewall on the way.</source>
        <translation>没有应答。请检查地址或途中的防火墙。</translation>
    </message>
    <message>
        <source>Allow public addresses if that is meant.</source>
        <translation>如确有此意，请允许公开地址。</translation>
    </message>
    <message>
        <source>Raise the limit of open files, or close connections.</source>
        <translation>请提高打开文件数的上限，或关闭一些连接。</translation>
    </message>
    <message>
        <source>Use poll or epoll.</source>
        <translation>请使用 poll 或 epoll。</translation>
    </message>
    <message>
        <source>Check the path, or choose another.</source>
        <translation>请检查路径，或另选一个。</translation>
    </message>
    <message>
        <source>A UDP datagram carries at most %1 bytes.</source>
        <translation>一个 UDP 数据报最多承载 %1 字节。</translation>
    </message>
    <message>
        <source>The other side has closed the connection. Connect again.</source>
        <translation>对端已关闭连接。请重新连接。</translation>
    </message>
    <message>
        <source>There are: %1.</source>
        <translation>可选：%1。</translation>
    </message>
    <message>
        <source>For example: %1.</source>
        <translation>例如：%1。</translation>
    </message>
    <message>
        <source>Run it as a user who may.</source>
        <translation>请以有权限的用户运行。</translation>
    </message>
    <message>
        <source>The system is short of memory, threads or ports. Close something and try again.</source>
        <translation>系统缺少内存、线程或端口。请关闭一些程序后重试。</translation>
    </message>
    <message>
        <source>closed by the other side</source>
        <translation>被对端关闭</translation>
    </message>
    <message>
        <source>closed by this side</source>
        <translation>被本端关闭</translation>
    </message>
    <message>
        <source>closed: idle for too long</source>
        <translation>已关闭：空闲过久</translation>
    </message>
    <message>
        <source>closed: the other side does not read, and the send queue is full</source>
        <translation>已关闭：对端不读取，发送队列已满</translation>
    </message>
    <message>
        <source>closed: the other side broke the protocol</source>
        <translation>已关闭：对端违反了协议</translation>
    </message>
    <message>
        <source>the kernel dropped %1 datagrams: the receive buffer was full</source>
        <translation>内核丢弃了 %1 个数据报：接收缓冲区已满</translation>
    </message>
    <message>
        <source>only the service reply answers HTTP, not %1</source>
        <translation>只有 reply 服务能回答 HTTP，%1 不能</translation>
    </message>
    <message>
        <source>%1 needs a stream, and this carries datagrams</source>
        <translation>%1 需要字节流，而这里传的是数据报</translation>
    </message>
    <message>
        <source>the limit of %1 connections from one source is reached</source>
        <translation>已达到同一来源 %1 个连接的上限</translation>
    </message>
    <message>
        <source>a message is longer than %1 bytes</source>
        <translation>有一条消息超过 %1 字节</translation>
    </message>
    <message>
        <source>the process that served it was ended by %1</source>
        <translation>为它服务的进程被 %1 结束</translation>
    </message>
    <message>
        <source>the model %1 has no loops</source>
        <translation>模型 %1 没有循环</translation>
    </message>
    <message>
        <source>Every port that the system gives out is taken (net.ipv4.ip_local_port_range). Close connections, or name a port.</source>
        <translation>系统分配的端口都已被占用（net.ipv4.ip_local_port_range）。请关闭一些连接，或指定一个端口。</translation>
    </message>
    <message>
        <source>%1 runs programs for whoever connects, which must be allowed</source>
        <translation>%1 会为任何连接者运行程序，必须先允许</translation>
    </message>
    <message>
        <source>programs are run at %1 only for who knows a token</source>
        <translation>在 %1 上只为知道令牌的人运行程序</translation>
    </message>
    <message>
        <source>a shell is only for loopback and Unix sockets, not for %1</source>
        <translation>shell 只能用于回环地址和 Unix 套接字，不能用于 %1</translation>
    </message>
    <message>
        <source>%1 does not hold a token, one line of 1 to 1024 bytes</source>
        <translation>%1 中没有令牌（一行，1 到 1024 字节）</translation>
    </message>
    <message>
        <source>the program is missing</source>
        <translation>缺少程序</translation>
    </message>
    <message>
        <source>the program of exec does that itself: it has the socket</source>
        <translation>这由 exec 的程序自己决定：套接字在它手里</translation>
    </message>
    <message>
        <source>it cannot be read, %1</source>
        <translation>无法读取：%1</translation>
    </message>
    <message>
        <source>the peer broke the protocol: %1</source>
        <translation>对端违反了协议：%1</translation>
    </message>
    <message>
        <source>the message holds the byte that ends it</source>
        <translation>消息中含有标记其结尾的字节</translation>
    </message>
    <message>
        <source>the message does not have %1 bytes</source>
        <translation>消息不是 %1 字节</translation>
    </message>
    <message>
        <source>the message&apos;s header is longer than %1 bytes</source>
        <translation>消息的头部超过 %1 字节</translation>
    </message>
    <message>
        <source>the file became shorter while it was sent</source>
        <translation>文件在发送时变短了</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>the disk is slower than the connection</source>
        <translation>磁盘比连接慢</translation>
    </message>
    <message>
        <source>not ${seq}, ${time}, ${time:unix} or ${rand:1..1000000} at column %1</source>
        <translation>第 %1 列不是 ${seq}、${time}、${time:unix} 或 ${rand:1..1000000}</translation>
    </message>
    <message>
        <source>the name service has not answered within %1 s</source>
        <translation>域名服务在 %1 秒内没有应答</translation>
    </message>
    <message>
        <source>the kernel granted %1 instead</source>
        <translation>内核只批准了 %1</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a multicast address</source>
        <translation>“%1”不是组播地址</translation>
    </message>
    <message>
        <source>%1 needs udp://, and this is something else</source>
        <translation>%1 需要 udp://，而这里不是</translation>
    </message>
    <message>
        <source>our own end is %1, and the peer is not</source>
        <translation>本端是 %1，而对端不是</translation>
    </message>
    <message>
        <source>Check the network and the name servers (/etc/resolv.conf), or give a numeric address.</source>
        <translation>请检查网络和域名服务器（/etc/resolv.conf），或使用数字地址。</translation>
    </message>
    <message>
        <source>If that is a broadcast address, allow broadcast.</source>
        <translation>如果这是广播地址，请允许广播。</translation>
    </message>
    <message>
        <source>Our own end and the peer must both be IPv4, or both IPv6.</source>
        <translation>本端和对端必须同为 IPv4 或同为 IPv6。</translation>
    </message>
    <message>
        <source>A firewall of this machine forbids it. Check its rules.</source>
        <translation>本机防火墙禁止了它，请检查规则。</translation>
    </message>
    <message>
        <source>A firewall on the way forbids it. Try another port, or ask who runs it.</source>
        <translation>途中的防火墙禁止了它。请尝试其他端口，或询问其管理者。</translation>
    </message>
    <message>
        <source>The file is there, but nobody serves it. Start the server.</source>
        <translation>文件存在，但没有程序在提供服务。请启动服务器。</translation>
    </message>
    <message>
        <source>The file is not a socket. Check the path.</source>
        <translation>该文件不是套接字，请检查路径。</translation>
    </message>
    <message>
        <source>The socket there is of another type. Try %1.</source>
        <translation>那里的套接字是另一种类型，请尝试 %1。</translation>
    </message>
    <message>
        <source>Datagrams over %1 bytes must be cut on the way there. Send it again, or in smaller parts.</source>
        <translation>超过 %1 字节的数据报在途中必须分片。请重新发送，或分成更小的部分。</translation>
    </message>
    <message>
        <source>Name an interface, one of: %1.</source>
        <translation>请指定一个网络接口：%1。</translation>
    </message>
    <message>
        <source>The sysctl %1 sets the limit.</source>
        <translation>上限由 sysctl %1 设定。</translation>
    </message>
    <message>
        <source>%1 from %2.</source>
        <translation>%1，来自 %2。</translation>
    </message>
    <message>
        <source>the encoding lacks the character at column %1</source>
        <translation>编码中没有第 %1 列的字符</translation>
    </message>
    <message>
        <source>it is no longer there</source>
        <translation>它已不存在</translation>
    </message>
    <message>
        <source>no such process</source>
        <translation>没有该进程</translation>
    </message>
    <message>
        <source>the kernel does not support this</source>
        <translation>内核不支持此操作</translation>
    </message>
    <message>
        <source>It needs %1: run it as root, or give it that capability.</source>
        <translation>需要 %1：请以 root 身份运行，或赋予它该权能。</translation>
    </message>
    <message>
        <source>resolve</source>
        <translation>解析</translation>
    </message>
    <message>
        <source>reset by the other side (%1): it failed, or closed with data unread. Connect again, or look at its log.</source>
        <translation>被对方重置（%1）：它出错了，或者在还有数据未读时就关闭了。请重新连接，或查看它的日志。</translation>
    </message>
    <message>
        <source>each connection has a process of its own there, and nobody would meet</source>
        <translation>在该模型下每个连接都有自己的进程，谁也遇不到谁</translation>
    </message>
    <message>
        <source>the file is damaged; it was moved aside, and a new history begun</source>
        <translation>文件已损坏；已将其移开，并开始新的历史</translation>
    </message>
    <message>
        <source>another server is writing to it</source>
        <translation>另一个服务器正在写入它</translation>
    </message>
    <message>
        <source>the file is not a history of this program, or of a newer version</source>
        <translation>该文件不是本程序的历史，或属于更新的版本</translation>
    </message>
    <message>
        <source>the disk is full; nothing is accepted until there is room</source>
        <translation>磁盘已满；有空间之前不接受任何消息</translation>
    </message>
    <message>
        <source>the history cannot be written; nothing is accepted until it can</source>
        <translation>历史无法写入；能写入之前不接受任何消息</translation>
    </message>
    <message>
        <source>the file does not hold a password, one line of 1 to 1024 bytes</source>
        <translation>文件中没有密码（一行，1 到 1024 字节）</translation>
    </message>
    <message>
        <source>the database is damaged</source>
        <translation>数据库已损坏</translation>
    </message>
    <message>
        <source>it cannot be written</source>
        <translation>无法写入</translation>
    </message>
    <message>
        <source>it cannot be opened</source>
        <translation>无法打开</translation>
    </message>
    <message>
        <source>the disk failed</source>
        <translation>磁盘出错</translation>
    </message>
    <message>
        <source>somebody else uses it</source>
        <translation>正被其他程序使用</translation>
    </message>
    <message>
        <source>open history</source>
        <translation>打开历史</translation>
    </message>
    <message>
        <source>read history</source>
        <translation>读取历史</translation>
    </message>
    <message>
        <source>write history</source>
        <translation>写入历史</translation>
    </message>
    <message>
        <source>read password file</source>
        <translation>读取密码文件</translation>
    </message>
    <message>
        <source>hash password</source>
        <translation>计算密码散列</translation>
    </message>
    <message>
        <source>The line is not encrypted: others on the way can read what is said, and the password.</source>
        <translation>线路未加密：途中的他人可以读取聊天内容和密码。</translation>
    </message>
    <message>
        <source>every address of this machine can be reached from others</source>
        <translation>其他机器可以访问本机的所有地址</translation>
    </message>
    <message>
        <source>what is said is stored again</source>
        <translation>所说的内容又能保存了</translation>
    </message>
    <message>
        <source>the file holds a hash that is not whole: it is one line, $scrypt$15$8$1$, then 32 hexadecimal digits, $, and 64 more</source>
        <translation>文件中的哈希不完整：它应为一行：$scrypt$15$8$1$，随后 32 位十六进制数字、$，再接 64 位</translation>
    </message>
    <message>
        <source>endpoint</source>
        <translation>端点</translation>
    </message>
</context>
<context>
    <name>sscope::ExampleProgram</name>
    <message>
        <source>%1 could not be started: %2. Install it, or type the command where it is installed.</source>
        <translation>无法启动 %1：%2。请安装它，或在装有它的机器上输入该命令。</translation>
    </message>
</context>
<context>
    <name>sscope::ExampleRun</name>
    <message>
        <source>“%1” is not understood, so nothing more is started.</source>
        <translation>无法理解“%1”，因此没有再启动别的。</translation>
    </message>
</context>
<context>
    <name>sscope::ExampleRunner</name>
    <message>
        <source>Open in the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>Copy for curl</source>
        <translation>复制 curl 命令</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy for a terminal</source>
        <translation>复制到终端用</translation>
    </message>
</context>
<context>
    <name>sscope::ExamplesView</name>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
</context>
<context>
    <name>sscope::ExportButton</name>
    <message>
        <source>Save the figures to a file</source>
        <translation>将数据保存到文件</translation>
    </message>
    <message>
        <source>Save as CSV...</source>
        <translation>另存为 CSV...</translation>
    </message>
    <message>
        <source>Save as JSON...</source>
        <translation>另存为 JSON...</translation>
    </message>
    <message>
        <source>Save the figures</source>
        <translation>保存数据</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>sscope::FilterField</name>
    <message>
        <source>Clear the filter</source>
        <translation>清除过滤条件</translation>
    </message>
    <message>
        <source>Filters used before</source>
        <translation>用过的过滤条件</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>过滤</translation>
    </message>
    <message>
        <source>Words that a row shows, or keys such as port:80-443, process:/^ng/, not, or; Ctrl+Space completes, Up and Down go through those used before</source>
        <translation>行中显示的词，或 port:80-443、process:/^ng/、not、or 等键；Ctrl+Space 补全，上下键浏览用过的条件</translation>
    </message>
    <message>
        <source>a word, a number or a key such as port:</source>
        <translation>一个词、一个数字或 port: 之类的键</translation>
    </message>
    <message>
        <source>a key such as port: or process: (a word with a colon stands in quotes)</source>
        <translation>port: 或 process: 之类的键（带冒号的词要加引号）</translation>
    </message>
    <message>
        <source>one of : = &lt; &gt; &lt;= &gt;=</source>
        <translation>: = &lt; &gt; &lt;= &gt;= 之一</translation>
    </message>
    <message>
        <source>one of &lt; &gt; &lt;= &gt;=, or a range such as 1m-5m</source>
        <translation>&lt; &gt; &lt;= &gt;= 之一，或 1m-5m 之类的范围</translation>
    </message>
    <message>
        <source>a colon</source>
        <translation>冒号</translation>
    </message>
    <message>
        <source>a port such as 80, or a range such as 80-443</source>
        <translation>80 之类的端口，或 80-443 之类的范围</translation>
    </message>
    <message>
        <source>a number such as 812, or a range such as 800-900</source>
        <translation>812 之类的数字，或 800-900 之类的范围</translation>
    </message>
    <message>
        <source>an address such as 192.0.2.7, 10.0.0.0/8, fe80::/10 or localhost</source>
        <translation>192.0.2.7、10.0.0.0/8、fe80::/10 或 localhost 之类的地址</translation>
    </message>
    <message>
        <source>a state such as listen, established or time_wait</source>
        <translation>listen、established 或 time_wait 之类的状态</translation>
    </message>
    <message>
        <source>tcp, udp, udplite, raw, unix, packet or netlink</source>
        <translation>tcp、udp、udplite、raw、unix、packet 或 netlink</translation>
    </message>
    <message>
        <source>listening, established, loopback, ours or orphan</source>
        <translation>listening、established、loopback、ours 或 orphan</translation>
    </message>
    <message>
        <source>a word, or a regular expression such as /^ngin/</source>
        <translation>一个词，或 /^ngin/ 之类的正则表达式</translation>
    </message>
    <message>
        <source>a time such as 30s, 3m or 2h</source>
        <translation>30s、3m 或 2h 之类的时间</translation>
    </message>
    <message>
        <source>a time such as 800us, 5ms or 1s</source>
        <translation>800us、5ms 或 1s 之类的时间</translation>
    </message>
    <message>
        <source>a size such as 0, 1500 or 64k</source>
        <translation>0、1500 或 64k 之类的大小</translation>
    </message>
    <message>
        <source>a regular expression that is whole</source>
        <translation>完整的正则表达式</translation>
    </message>
    <message>
        <source>the quote that ends the word</source>
        <translation>结束该词的引号</translation>
    </message>
    <message>
        <source>a closing parenthesis</source>
        <translation>右括号</translation>
    </message>
    <message>
        <source>the smaller number of the range first</source>
        <translation>范围中较小的数字在前</translation>
    </message>
    <message>
        <source>a shorter filter</source>
        <translation>更短的过滤条件</translation>
    </message>
    <message>
        <source>port at either end</source>
        <translation>任一端的端口</translation>
    </message>
    <message>
        <source>local port</source>
        <translation>本地端口</translation>
    </message>
    <message>
        <source>remote port</source>
        <translation>远端端口</translation>
    </message>
    <message>
        <source>address at either end, also 10.0.0.0/8</source>
        <translation>任一端的地址，也可用 10.0.0.0/8</translation>
    </message>
    <message>
        <source>local address</source>
        <translation>本地地址</translation>
    </message>
    <message>
        <source>remote address</source>
        <translation>远端地址</translation>
    </message>
    <message>
        <source>state, such as listen or time_wait</source>
        <translation>状态，如 listen 或 time_wait</translation>
    </message>
    <message>
        <source>tcp, udp, unix ...</source>
        <translation>tcp、udp、unix ...</translation>
    </message>
    <message>
        <source>name of an owner</source>
        <translation>持有者的名称</translation>
    </message>
    <message>
        <source>process number of an owner</source>
        <translation>持有者的进程号</translation>
    </message>
    <message>
        <source>name of the user</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>number of the user</source>
        <translation>用户编号</translation>
    </message>
    <message>
        <source>inode of the socket</source>
        <translation>套接字的 inode</translation>
    </message>
    <message>
        <source>descriptor in an owner</source>
        <translation>持有者中的描述符</translation>
    </message>
    <message>
        <source>bytes in either queue</source>
        <translation>任一队列中的字节数</translation>
    </message>
    <message>
        <source>round trip time</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>since it was seen first</source>
        <translation>自首次看到算起</translation>
    </message>
    <message>
        <source>listening, loopback, ours ...</source>
        <translation>listening、loopback、ours ...</translation>
    </message>
    <message>
        <source>what does not match</source>
        <translation>不匹配的</translation>
    </message>
    <message>
        <source>one or the other</source>
        <translation>二者之一</translation>
    </message>
    <message>
        <source>waits for connections</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>has a connection</source>
        <translation>已有连接</translation>
    </message>
    <message>
        <source>does not leave this machine</source>
        <translation>不离开本机</translation>
    </message>
    <message>
        <source>of this program</source>
        <translation>属于本程序</translation>
    </message>
    <message>
        <source>no process holds it</source>
        <translation>没有进程持有它</translation>
    </message>
    <message>
        <source>Column %1: the filter ends, expected %2.</source>
        <translation>第 %1 列：过滤条件到此结束，此处应为%2。</translation>
    </message>
    <message>
        <source>Column %1: found &quot;%2&quot;, expected %3.</source>
        <translation>第 %1 列：遇到“%2”，此处应为%3。</translation>
    </message>
</context>
<context>
    <name>sscope::FindField</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find in the view that was used last</source>
        <translation>在最近使用的视图中查找</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
</context>
<context>
    <name>sscope::Formats</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 时</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1k/s</source>
        <translation>%1k/s</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1 千</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 百万</translation>
    </message>
</context>
<context>
    <name>sscope::FramingField</name>
    <message>
        <source>each receive is a message</source>
        <translation>每次接收即一条消息</translation>
    </message>
    <message>
        <source>a message ends at LF</source>
        <translation>消息以 LF 结尾</translation>
    </message>
    <message>
        <source>a message ends at NUL</source>
        <translation>消息以 NUL 结尾</translation>
    </message>
    <message>
        <source>any size can be typed</source>
        <translation>可以输入任意大小</translation>
    </message>
    <message>
        <source>a byte tells the length</source>
        <translation>一个字节表示长度</translation>
    </message>
    <message>
        <source>two bytes, high one first</source>
        <translation>两个字节，高位在前</translation>
    </message>
    <message>
        <source>two bytes, low one first</source>
        <translation>两个字节，低位在前</translation>
    </message>
    <message>
        <source>four bytes, high one first</source>
        <translation>四个字节，高位在前</translation>
    </message>
    <message>
        <source>four bytes, low one first</source>
        <translation>四个字节，低位在前</translation>
    </message>
    <message>
        <source>a JSON header, then content</source>
        <translation>先是 JSON 头部，然后是内容</translation>
    </message>
    <message>
        <source>announced, then asked for</source>
        <translation>先通告，对方要求后再发送</translation>
    </message>
    <message>
        <source>sent with CR LF</source>
        <translation>以 CR LF 结尾发送</translation>
    </message>
</context>
<context>
    <name>sscope::HelpPanel</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>new server</source>
        <translation>新建服务器</translation>
    </message>
    <message>
        <source>new client tab</source>
        <translation>新建客户端标签页</translation>
    </message>
    <message>
        <source>close the tab</source>
        <translation>关闭标签页</translation>
    </message>
    <message>
        <source>go to a tab</source>
        <translation>切换到标签页</translation>
    </message>
    <message>
        <source>endpoint of the tab</source>
        <translation>标签页的端点</translation>
    </message>
    <message>
        <source>send; Up and Down bring back what was sent</source>
        <translation>发送；上、下键取回发送过的内容</translation>
    </message>
    <message>
        <source>find in the view that was used last</source>
        <translation>在最近使用的视图中查找</translation>
    </message>
    <message>
        <source>read the connection table now</source>
        <translation>立即读取连接表</translation>
    </message>
    <message>
        <source>pause it</source>
        <translation>暂停读取</translation>
    </message>
    <message>
        <source>go to the other end of a local connection</source>
        <translation>转到本地连接的另一端</translation>
    </message>
    <message>
        <source>start or stop the server</source>
        <translation>启动或停止服务器</translation>
    </message>
    <message>
        <source>remove the server, close the client, close the socket</source>
        <translation>移除服务器，关闭客户端，关闭套接字</translation>
    </message>
    <message>
        <source>show the stream</source>
        <translation>显示流</translation>
    </message>
    <message>
        <source>walk along the stream; + and - zoom</source>
        <translation>沿着流移动；+ 和 - 缩放</translation>
    </message>
    <message>
        <source>options of the client</source>
        <translation>客户端选项</translation>
    </message>
    <message>
        <source>tab to the other side</source>
        <translation>把标签页移到另一侧</translation>
    </message>
    <message>
        <source>join a chat</source>
        <translation>加入聊天</translation>
    </message>
    <message>
        <source>go to another room; with Shift to what is new</source>
        <translation>去别的房间；加 Shift 去有新消息的</translation>
    </message>
    <message>
        <source>join the server&apos;s chat</source>
        <translation>加入该服务器的聊天</translation>
    </message>
    <message>
        <source>tell, ban or kick one of a chat&apos;s clients</source>
        <translation>对聊天的一个客户端：告知、封禁或踢出</translation>
    </message>
    <message>
        <source>complete the connection filter; Up and Down bring back what was used</source>
        <translation>补全连接筛选；上、下键取回用过的</translation>
    </message>
    <message>
        <source>The same is at hand without a window: socketscope serve, send, chat and table, each with --help.</source>
        <translation>不用窗口也能做同样的事：socketscope serve、send、chat 和 table，各有 --help。</translation>
    </message>
</context>
<context>
    <name>sscope::HistogramPlot</name>
    <message>
        <source>Latency distribution: %1 requests, p50 %2, p99 %3</source>
        <translation>延迟分布：%1 个请求，p50 %2，p99 %3</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>Distribution, %1</source>
        <translation>分布，%1</translation>
    </message>
    <message>
        <source>%1 of %2 took %3 or longer</source>
        <translation>%2 个中有 %1 个用时 %3 或更长</translation>
    </message>
</context>
<context>
    <name>sscope::HttpFault</name>
    <message>
        <source>it ends within the head</source>
        <translation>它在头部中途结束</translation>
    </message>
    <message>
        <source>it ends within the body</source>
        <translation>它在正文中途结束</translation>
    </message>
    <message>
        <source>the head is too long</source>
        <translation>头部太长</translation>
    </message>
    <message>
        <source>the line of a chunk, or the trailer, is too long</source>
        <translation>分块的行或尾部太长</translation>
    </message>
    <message>
        <source>a CR stands without LF</source>
        <translation>CR 之后没有 LF</translation>
    </message>
    <message>
        <source>a NUL is in the head</source>
        <translation>头部含有 NUL</translation>
    </message>
    <message>
        <source>it does not begin with HTTP/1.x and a status</source>
        <translation>它不以 HTTP/1.x 和状态码开头</translation>
    </message>
    <message>
        <source>the status is not a number of three digits</source>
        <translation>状态码不是三位数字</translation>
    </message>
    <message>
        <source>a field line begins with white space</source>
        <translation>字段行以空白开头</translation>
    </message>
    <message>
        <source>a field line has no colon</source>
        <translation>字段行没有冒号</translation>
    </message>
    <message>
        <source>the name of a field is not a token</source>
        <translation>字段名不是合法的标记</translation>
    </message>
    <message>
        <source>there are too many fields</source>
        <translation>字段太多</translation>
    </message>
    <message>
        <source>Content-Length is not a number</source>
        <translation>Content-Length 不是数字</translation>
    </message>
    <message>
        <source>there are two lengths in Content-Length</source>
        <translation>Content-Length 中有两个不同的长度</translation>
    </message>
    <message>
        <source>chunked is not the last transfer coding</source>
        <translation>chunked 不是最后一个传输编码</translation>
    </message>
    <message>
        <source>a chunk is longer than it said</source>
        <translation>分块比它声明的长</translation>
    </message>
    <message>
        <source>the size of a chunk is not a hex number</source>
        <translation>分块大小不是十六进制数</translation>
    </message>
</context>
<context>
    <name>sscope::InspectorDock</name>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>The inspected socket</source>
        <translation>被检查的套接字</translation>
    </message>
    <message>
        <source>Keep this socket while the selection moves</source>
        <translation>选择移动时仍保留此套接字</translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Select a row in Connections to see both ends and who owns them, the TCP state and how it got there, and what that means.</source>
        <translation>在“连接”中选择一行，即可看到两端及其所有者、TCP 状态及其来历，以及这说明什么。</translation>
    </message>
</context>
<context>
    <name>sscope::InspectorPage</name>
    <message>
        <source>What this means</source>
        <translation>这说明什么</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>All that the kernel tells of this socket, and who holds it</source>
        <translation>内核提供的关于此套接字的全部信息，以及谁持有它</translation>
    </message>
    <message>
        <source>Copy all as text</source>
        <translation>全部复制为文本</translation>
    </message>
    <message>
        <source>This socket is gone. What is shown is what was known of it.</source>
        <translation>此套接字已不存在。这里显示的是此前已知的信息。</translation>
    </message>
    <message>
        <source>TCP state</source>
        <translation>TCP 状态</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>sscope::JsonFaultText</name>
    <message>
        <source>this is no valid JSON</source>
        <translation>这不是有效的 JSON</translation>
    </message>
    <message>
        <source>the key %1 is there twice</source>
        <translation>键 %1 出现了两次</translation>
    </message>
    <message>
        <source>it is nested too deep</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>it begins with a byte order mark</source>
        <translation>它以字节顺序标记开头</translation>
    </message>
    <message>
        <source>it holds a NUL byte</source>
        <translation>它含有 NUL 字节</translation>
    </message>
    <message>
        <source>line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列：%3</translation>
    </message>
</context>
<context>
    <name>sscope::LineEnding</name>
    <message>
        <source>no ending</source>
        <translation>无行尾</translation>
    </message>
</context>
<context>
    <name>sscope::LinesView</name>
    <message>
        <source>Copy lines</source>
        <translation>复制行</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>sscope::LoadBar</name>
    <message>
        <source>For</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>The server that is loaded: host:port, udp://host:port, or unix:PATH</source>
        <translation>要施加压力的服务器：host:port、udp://host:port 或 unix:PATH</translation>
    </message>
    <message>
        <source>host:port</source>
        <translation>host:port</translation>
    </message>
    <message>
        <source>Framing</source>
        <translation>成帧</translation>
    </message>
    <message>
        <source>How requests and replies are told apart; raw: a reply has as many bytes as its request</source>
        <translation>如何区分请求与回复；raw：回复与其请求的字节数相同</translation>
    </message>
    <message>
        <source>%1 is no framing. For example: raw, line, or length:u32be</source>
        <translation>%1 不是成帧。例如：raw、line 或 length:u32be</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>End it here; what was measured stays</source>
        <translation>到此结束；已测得的数据保留</translation>
    </message>
    <message>
        <source>Load the server</source>
        <translation>对服务器施加压力</translation>
    </message>
</context>
<context>
    <name>sscope::LoadCompareModel</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Requests a second</source>
        <translation>每秒请求数</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>最长</translation>
    </message>
</context>
<context>
    <name>sscope::LoadErrorsModel</name>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>no answer to connect</source>
        <translation>连接无应答</translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation>不可达</translation>
    </message>
    <message>
        <source>this machine ran short</source>
        <translation>本机资源不足</translation>
    </message>
    <message>
        <source>reset</source>
        <translation>被重置</translation>
    </message>
    <message>
        <source>closed without a reply</source>
        <translation>未回复即关闭</translation>
    </message>
    <message>
        <source>no reply in time</source>
        <translation>未及时回复</translation>
    </message>
    <message>
        <source>another reply</source>
        <translation>回复不符</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Errors by reason</source>
        <translation>按原因统计的错误</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
</context>
<context>
    <name>sscope::LoadFields</name>
    <message>
        <source>closed loop</source>
        <translation>闭环</translation>
    </message>
    <message>
        <source>%1 connections, %2, %3, %4</source>
        <translation>%1 个连接，%2，%3，%4</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接数</translation>
    </message>
    <message>
        <source>How many connections there are at a time</source>
        <translation>同时有多少个连接</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Bytes of each request, and of its reply</source>
        <translation>每个请求及其回复的字节数</translation>
    </message>
    <message>
        <source>How long is measured: 10 s, 500 ms, 2 m</source>
        <translation>测量多长时间：10 s、500 ms、2 m</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Requests a second in all, whatever the server does; closed loop: each reply asks for the next request</source>
        <translation>不论服务器如何，总共每秒多少个请求；闭环：每个回复之后才发下一个请求</translation>
    </message>
    <message>
        <source>each reply asks for the next request</source>
        <translation>每个回复之后才发下一个请求</translation>
    </message>
    <message>
        <source>any rate can be typed</source>
        <translation>可输入任意速率</translation>
    </message>
    <message>
        <source>Rate is a number of requests a second, or %1. For example: 10 000/s</source>
        <translation>速率是每秒请求数，或者%1。例如：10 000/s</translation>
    </message>
    <message>
        <source>Connections is a number from 1 to %1. For example: 50</source>
        <translation>连接数是 1 到 %1 的数字。例如：50</translation>
    </message>
    <message>
        <source>Size is from 1 B to 1 GiB. For example: 64 B, or 16 KiB</source>
        <translation>大小为 1 B 到 1 GiB。例如：64 B 或 16 KiB</translation>
    </message>
    <message>
        <source>That is no time. For example: 10 s, 500 ms, or 2 m</source>
        <translation>这不是时间。例如：10 s、500 ms 或 2 m</translation>
    </message>
</context>
<context>
    <name>sscope::LoadPage</name>
    <message>
        <source>Remove the chosen runs</source>
        <translation>移除所选的运行</translation>
    </message>
    <message>
        <source>No errors.</source>
        <translation>没有错误。</translation>
    </message>
    <message>
        <source>Start sends requests over all connections and measures how long each reply takes, counted from when its request was due. Latency, throughput and errors over time are drawn here.</source>
        <translation>“开始”会在所有连接上发送请求，并测量每个回复所用的时间，从请求应当发出的时刻算起。延迟、吞吐量和错误随时间的变化画在这里。</translation>
    </message>
    <message>
        <source>No replies yet.</source>
        <translation>还没有回复。</translation>
    </message>
    <message>
        <source>counted from when a request was due</source>
        <translation>从请求应当发出的时刻算起</translation>
    </message>
    <message>
        <source>Runs that are compared</source>
        <translation>正在比较的运行</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Errors by reason</source>
        <translation>按原因统计的错误</translation>
    </message>
    <message>
        <source>Load :%1</source>
        <translation>压力测试 :%1</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>压力测试 %1</translation>
    </message>
    <message>
        <source>Requests a second</source>
        <translation>每秒请求数</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>%1: cancelling</source>
        <translation>%1：正在取消</translation>
    </message>
    <message>
        <source>%1, %2 of %3</source>
        <translation>%1，%2 / %3</translation>
    </message>
    <message>
        <source>%1, %2 requests in %3</source>
        <translation>%1，%3 内 %2 个请求</translation>
    </message>
    <message>
        <source>%1, %2 of %3 connections waited</source>
        <translation>%1，%3 个连接中有 %2 个一直在等待</translation>
    </message>
</context>
<context>
    <name>sscope::LoadPlots</name>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>longest</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>p99 %1</source>
        <translation>p99 %1</translation>
    </message>
    <message>
        <source>Requests a second</source>
        <translation>每秒请求数</translation>
    </message>
    <message>
        <source>Errors a second</source>
        <translation>每秒错误数</translation>
    </message>
</context>
<context>
    <name>sscope::LoadRunsModel</name>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>last replies</source>
        <translation>等待最后的回复</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>运行 %1</translation>
    </message>
</context>
<context>
    <name>sscope::LoadRunsView</name>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Each run is kept here until the tab is closed. Choose two or more to compare them.</source>
        <translation>每次运行都保留在这里，直到标签页关闭。选择两个或更多即可比较。</translation>
    </message>
</context>
<context>
    <name>sscope::LoadStrip</name>
    <message>
        <source>Copy the command line</source>
        <translation>复制命令行</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>sscope::LoadText</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
</context>
<context>
    <name>sscope::MainWindow</name>
    <message>
        <source>Linux shows who holds a socket only to its owner and to root. Run Socketscope as root to see every owner; all the rest of the table is complete without.</source>
        <translation>Linux 只向所有者和 root 显示谁持有套接字。以 root 身份运行 Socketscope 可看到所有者；除此之外，连接表是完整的。</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) of other programs will be cut.</source>
        <translation>
            <numerusform>将切断其他程序的 %n 个连接。</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
</context>
<context>
    <name>sscope::MeaningView</name>
    <message>
        <source>Caution</source>
        <translation>注意</translation>
    </message>
</context>
<context>
    <name>sscope::MeaningWords</name>
    <message>
        <source>%1 (pid %2)</source>
        <translation>%1 (pid %2)</translation>
    </message>
    <message>
        <source>its process</source>
        <translation>其进程</translation>
    </message>
    <message>
        <source>Its process</source>
        <translation>其进程</translation>
    </message>
    <message>
        <source>once</source>
        <translation>1 次</translation>
    </message>
    <message>
        <source>twice</source>
        <translation>2 次</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1 次</translation>
    </message>
    <message>
        <source>Both sides may send. Queues are empty and nothing was sent twice, so nothing is stuck.</source>
        <translation>双方都可以发送。队列为空，没有重发过数据，因此没有任何阻塞。</translation>
    </message>
    <message>
        <source>Both sides may send, and nothing waits. Segments that had to be sent again so far: %1; the path has lost packets.</source>
        <translation>双方都可以发送，没有数据在等待。至今重发的段数：%1；路径上丢过包。</translation>
    </message>
    <message>
        <source>%1 have arrived that %2 has not read yet.</source>
        <translation>已到达 %1，%2 尚未读取。</translation>
    </message>
    <message>
        <source>What has arrived unread grew from %1 to %2 in %3: %4 is not reading. When the buffer is full, the peer can send no more.</source>
        <translation>已到达而未读取的数据在 %3 内从 %1 增至 %2：%4 没有在读取。缓冲满后，对端便无法再发送。</translation>
    </message>
    <message>
        <source>%1 are on their way, and the peer has not acknowledged them yet.</source>
        <translation>%1 正在途中，对端尚未确认。</translation>
    </message>
    <message>
        <source>What waits to be sent grew from %1 to %2 in %3: %4 writes faster than the peer takes it.</source>
        <translation>等待发送的数据在 %3 内从 %1 增至 %2：%4 写得比对端接收得快。</translation>
    </message>
    <message>
        <source>The window fell from %1 to %2 at %3 because the connection had been idle longer than its RTO; Linux then starts again from its initial window.</source>
        <translation>窗口在 %3 从 %1 降到 %2，因为连接空闲的时间超过了 RTO；此后 Linux 从初始窗口重新开始。</translation>
    </message>
    <message>
        <source>The peer is not reading: its window is closed, and %1 wait here.</source>
        <translation>对端没有在读取：其窗口已关闭，这里有 %1 在等待。</translation>
    </message>
    <message>
        <source>The peer, %1, is not reading: its window is closed, and %2 wait here.</source>
        <translation>对端 %1 没有在读取：其窗口已关闭，这里有 %2 在等待。</translation>
    </message>
    <message>
        <source>The kernel has asked %1 in vain.</source>
        <translation>内核已探询 %1，均无结果。</translation>
    </message>
    <message>
        <source>Packets are lost, or the peer is gone: %1 are not acknowledged, and were sent again %2. The last answer came %3 ago.</source>
        <translation>丢包，或对端已不在：%1 未被确认，已重发 %2。上一次应答在 %3 前。</translation>
    </message>
    <message>
        <source>Packets were lost on the way, and what was in them is sent again (segments so far: %1). The connection is slower until it has recovered.</source>
        <translation>途中丢了包，其中的数据正在重发（至今段数：%1）。恢复之前连接会变慢。</translation>
    </message>
    <message>
        <source>The peer was asked %1 whether it is still there, and has not answered: it may be gone.</source>
        <translation>已探询对端是否还在 %1，没有应答：它可能已不在。</translation>
    </message>
    <message>
        <source>The connection was asked for %1 ago, and the answer is on its way.</source>
        <translation>%1 前请求了连接，应答正在途中。</translation>
    </message>
    <message>
        <source>There has been no answer for %1; the SYN was sent again %2. The machine is off, its address is another, or a firewall drops it.</source>
        <translation>已有 %1 没有应答；SYN 已重发 %2。那台机器可能已关机、地址不对，或者防火墙丢弃了它。</translation>
    </message>
    <message>
        <source>A peer asks for a connection; its acknowledgement is on its way.</source>
        <translation>对端请求连接；其确认正在途中。</translation>
    </message>
    <message>
        <source>A peer asked for a connection and is silent since; the answer was sent again %1.</source>
        <translation>对端请求了连接，此后没有动静；应答已重发 %1。</translation>
    </message>
    <message>
        <source>It was sent again %1.</source>
        <translation>它已重发 %1。</translation>
    </message>
    <message>
        <source>The peer closed %1 ago; the process here has not.</source>
        <translation>对端在 %1 前关闭；这里的进程尚未关闭。</translation>
    </message>
    <message>
        <source>The peer closed %1 ago; %2 has not closed fd %3.</source>
        <translation>对端在 %1 前关闭；%2 尚未关闭 fd %3。</translation>
    </message>
    <message>
        <source>This end has closed, and the peer has not acknowledged it.</source>
        <translation>本端已关闭，对端尚未确认。</translation>
    </message>
    <message>
        <source>Before it %1 wait too.</source>
        <translation>在它之前还有 %1 在等待。</translation>
    </message>
    <message>
        <source>This end closed %1 ago and the peer knows; it may still send until it closes too.</source>
        <translation>本端在 %1 前关闭，对端已知；在它也关闭之前仍可发送。</translation>
    </message>
    <message>
        <source>This end has closed; at the other end %1 has not.</source>
        <translation>本端已关闭；另一端的 %1 尚未关闭。</translation>
    </message>
    <message>
        <source>This end has closed; at the other end %1 has not closed fd %2.</source>
        <translation>本端已关闭；另一端的 %1 尚未关闭 fd %2。</translation>
    </message>
    <message>
        <source>Both ends closed at the same time; the acknowledgement of ours is not here yet.</source>
        <translation>两端同时关闭；对本端关闭的确认尚未到达。</translation>
    </message>
    <message>
        <source>The peer closed first, then this end; its last acknowledgement is not here yet.</source>
        <translation>对端先关闭，然后本端关闭；最后的确认尚未到达。</translation>
    </message>
    <message>
        <source>This end closed first. The kernel keeps the pair of addresses for a minute (%1 are left), so that late packets meet no new connection. It holds no process and no memory to speak of.</source>
        <translation>本端先关闭。内核将这对地址保留一分钟（还剩 %1），使迟到的包不会碰上新连接。它不占用进程，几乎不占内存。</translation>
    </message>
    <message>
        <source>This end closed first. The kernel keeps the pair of addresses for a minute, so that late packets meet no new connection. It holds no process and no memory to speak of.</source>
        <translation>本端先关闭。内核将这对地址保留一分钟，使迟到的包不会碰上新连接。它不占用进程，几乎不占内存。</translation>
    </message>
    <message>
        <source>Both ends closed at the same time. The kernel keeps the pair of addresses for a minute, so that late packets meet no new connection.</source>
        <translation>两端同时关闭。内核将这对地址保留一分钟，使迟到的包不会碰上新连接。</translation>
    </message>
    <message>
        <source>No process holds it any more: the kernel ends it by itself.</source>
        <translation>已没有进程持有它：内核会自行结束它。</translation>
    </message>
    <message>
        <source>It is not connected: never was, or a reset has ended it, and the descriptor is still open.</source>
        <translation>它没有连接：从未连接过，或已被复位结束而描述符仍然打开。</translation>
    </message>
    <message>
        <source>%1 waits for connections on port %2, from this machine only.</source>
        <translation>%1 在端口 %2 上等待连接，仅限本机。</translation>
    </message>
    <message>
        <source>%1 waits for connections on port %2 of every address: other machines can reach it where no firewall is in between.</source>
        <translation>%1 在所有地址的端口 %2 上等待连接：若中间没有防火墙，其他机器可以访问它。</translation>
    </message>
    <message>
        <source>%1 waits for connections to %2, port %3; other machines can reach it.</source>
        <translation>%1 等待到 %2 端口 %3 的连接；其他机器可以访问它。</translation>
    </message>
    <message>
        <source>%1 of %2 places for connections that %3 has not accepted yet are taken.</source>
        <translation>%3 尚未接受的连接占用了 %2 个位置中的 %1 个。</translation>
    </message>
    <message>
        <source>The queue is full: %1 connections wait to be accepted, the backlog is %2. %3 is not accepting fast enough, and new ones are dropped.</source>
        <translation>队列已满：%1 个连接等待接受，backlog 为 %2。%3 接受得不够快，新连接被丢弃。</translation>
    </message>
    <message>
        <source>It has no port yet: nobody can answer it.</source>
        <translation>它还没有端口：没人能回应它。</translation>
    </message>
    <message>
        <source>It takes datagrams from anybody on port %1. UDP has no connection, so it has no other state.</source>
        <translation>它在端口 %1 上接收任何人的数据报。UDP 没有连接，因此没有别的状态。</translation>
    </message>
    <message>
        <source>It is connected: it takes datagrams from this peer only, and learns of ICMP errors. The peer knows nothing of that.</source>
        <translation>它已连接：只接收此对端的数据报，并会得知 ICMP 错误。对端对此一无所知。</translation>
    </message>
    <message>
        <source>Datagrams that take %1 of its buffer wait to be read by %2.</source>
        <translation>占用缓冲 %1 的数据报等待 %2 读取。</translation>
    </message>
    <message>
        <source>What waits to be read grew from %1 to %2 in %3: %4 is not reading. When the buffer is full, datagrams are dropped.</source>
        <translation>等待读取的数据在 %3 内从 %1 增至 %2：%4 没有在读取。缓冲满后，数据报会被丢弃。</translation>
    </message>
    <message>
        <source>Datagrams dropped because the buffer was full: %1; %2 reads more slowly than they come.</source>
        <translation>因缓冲已满而丢弃的数据报：%1；%2 读取得比到达得慢。</translation>
    </message>
    <message>
        <source>%1 waits for connections of processes of this machine.</source>
        <translation>%1 等待本机进程的连接。</translation>
    </message>
    <message>
        <source>It is connected with a process of this machine.</source>
        <translation>它与本机的一个进程相连。</translation>
    </message>
    <message>
        <source>It is not connected.</source>
        <translation>它没有连接。</translation>
    </message>
    <message>
        <source>The queue is full: %1 connections wait to be accepted, the backlog is %2. Who connects now waits, because %3 is not accepting.</source>
        <translation>队列已满：%1 个连接等待接受，backlog 为 %2。此时连接者只能等待，因为 %3 没有在接受。</translation>
    </message>
    <message>
        <source>It sees every packet of IP protocol %1 that this machine is sent.</source>
        <translation>它能看到发给本机的 IP 协议 %1 的每个包。</translation>
    </message>
    <message>
        <source>It sees frames of the network interfaces, as a packet capture does.</source>
        <translation>它能看到网络接口的帧，如同抓包。</translation>
    </message>
    <message>
        <source>It talks with the kernel, not with the network.</source>
        <translation>它与内核通信，而不是与网络。</translation>
    </message>
    <message>
        <source>Which process holds it may only be seen by its user and by root.</source>
        <translation>哪个进程持有它，只有其用户和 root 才能看到。</translation>
    </message>
    <message>
        <source>It is gone since %1.</source>
        <translation>它自 %1 起已不存在。</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>至少 %1</translation>
    </message>
    <message>
        <source>Nobody answers: the queue of the listener is full (%1 connections wait to be accepted, the backlog is %2). %3 is not accepting fast enough.</source>
        <translation>没有应答：监听者的队列已满（%1 个连接等待被接受，backlog 为 %2）。%3 接受得不够快。</translation>
    </message>
    <message>
        <source>%1 holds port %2 and neither listens nor connects: nobody can reach it, and another socket can have it only where both share the address.</source>
        <translation>%1 占用端口 %2，既不监听也不连接：没有人能连到它，别的套接字只有在双方都共享该地址时才能使用它。</translation>
    </message>
</context>
<context>
    <name>sscope::MessageDetail</name>
    <message>
        <source>Content as</source>
        <translation>内容的形式</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>头部</translation>
    </message>
    <message>
        <source>A line for each member</source>
        <translation>每个成员一行</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>Byte by byte</source>
        <translation>逐字节</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>header, %1</source>
        <translation>头部，%1</translation>
    </message>
    <message>
        <source>bad byte at %1, so it is shown in hex</source>
        <translation>位置 %1 处有错误字节，因此以十六进制显示</translation>
    </message>
    <message>
        <source>not text, so it is shown in hex</source>
        <translation>不是文本，因此以十六进制显示</translation>
    </message>
    <message>
        <source>not all of it is kept, so it is shown as text</source>
        <translation>没有保留全部，因此以文本显示</translation>
    </message>
    <message>
        <source>Choose a row, or a message of the stream, to see all of it.</source>
        <translation>选中一行，或流中的一条消息，就能看到它的全部内容。</translation>
    </message>
    <message>
        <source>first %1 of %2</source>
        <translation>前 %1，共 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) are not %1, the first at %2</source>
        <translation>
            <numerusform>%n 个字节不是 %1，首个位于 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>longer than %1, so it is shown as text</source>
        <translation>超过 %1，因此按文本显示</translation>
    </message>
    <message>
        <source>no body</source>
        <translation>没有正文</translation>
    </message>
    <message>
        <source>body, %1</source>
        <translation>正文，%1</translation>
    </message>
    <message>
        <source>body, %1 of %2 so far</source>
        <translation>正文，目前 %1 / %2</translation>
    </message>
    <message>
        <source>body, %1, came in chunks</source>
        <translation>正文，%1，分块传来</translation>
    </message>
    <message>
        <source>body in chunks, %1 so far</source>
        <translation>分块正文，目前 %1</translation>
    </message>
    <message>
        <source>body until the close, %1</source>
        <translation>正文到关闭为止，%1</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>only %1 lines are copied: save it to a file</source>
        <translation>只复制了 %1 行：请保存到文件</translation>
    </message>
    <message>
        <source>The head and the body of the response</source>
        <translation>响应的头部和正文</translation>
    </message>
    <message>
        <source>Decoded as the header says, or as is chosen</source>
        <translation>按头部所述或所选编码解码</translation>
    </message>
    <message>
        <source>Saves this content, byte for byte, to a file</source>
        <translation>将此内容逐字节保存到文件</translation>
    </message>
    <message>
        <source>Hide the details (Esc)</source>
        <translation>隐藏详情 (Esc)</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>The encoding that the bytes are read in</source>
        <translation>读取字节所用的编码</translation>
    </message>
    <message>
        <source>As it says</source>
        <translation>按其声明</translation>
    </message>
    <message>
        <source>Save body…</source>
        <translation>保存正文…</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>broken: %1</source>
        <translation>已损坏：%1</translation>
    </message>
    <message>
        <source>Save the body</source>
        <translation>保存正文</translation>
    </message>
    <message>
        <source>Save the content</source>
        <translation>保存内容</translation>
    </message>
</context>
<context>
    <name>sscope::MessageEdit</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>A message, %1 sends it</source>
        <translation>输入消息，按 %1 发送</translation>
    </message>
</context>
<context>
    <name>sscope::MessageFields</name>
    <message>
        <source>Content type</source>
        <translation>内容类型</translation>
    </message>
    <message>
        <source>The header&apos;s content-type; what is called JSON is checked</source>
        <translation>头部的 content-type；称为 JSON 的会被检查</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>The header&apos;s content-encoding, in which the text is sent; binary sends it as it is</source>
        <translation>头部的 content-encoding，文本以此编码发送；binary 则原样发送</translation>
    </message>
</context>
<context>
    <name>sscope::OptionValues</name>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>内核</translation>
    </message>
</context>
<context>
    <name>sscope::PayloadCopy</name>
    <message numerus="yes">
        <source>%n byte(s) of it are not UTF-8, the first at %1: each is copied as U+FFFD. Hex and the other forms are exact.</source>
        <translation>
            <numerusform>其中 %n 个字节不是 UTF-8，首个位于 %1：每个复制为 U+FFFD。十六进制和其他形式是精确的。</numerusform>
        </translation>
    </message>
    <message>
        <source>The text holds NUL bytes, where many programs stop pasting. Hex and the other forms are exact.</source>
        <translation>文本含有 NUL 字节，许多程序粘贴到此为止。十六进制和其他形式是精确的。</translation>
    </message>
    <message>
        <source>%1 are too much for the clipboard, which takes %2 here. Save them to a file instead.</source>
        <translation>%1 对剪贴板来说太多，这里最多 %2。请改为保存到文件。</translation>
    </message>
    <message>
        <source>%1 of these rows are not kept: what is copied is the beginning of each.</source>
        <translation>这些行有 %1 未被保留：复制的是每行的开头。</translation>
    </message>
</context>
<context>
    <name>sscope::PercentilePlot</name>
    <message>
        <source>Latency by percentile</source>
        <translation>各百分位的延迟</translation>
    </message>
    <message>
        <source>%1: %2 were answered within %3</source>
        <translation>%1：%2 的请求在 %3 内得到回复</translation>
    </message>
</context>
<context>
    <name>sscope::RaceBar</name>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>What the servers do with a request; a reply is as long as it</source>
        <translation>服务器如何处理请求；回复与请求一样长</translation>
    </message>
    <message>
        <source>Each</source>
        <translation>每个</translation>
    </message>
    <message>
        <source>Start the race</source>
        <translation>开始竞赛</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>再次运行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>End the race here; what is done stays</source>
        <translation>到此结束竞赛；已完成的保留</translation>
    </message>
    <message>
        <source>Start each server in turn and measure it</source>
        <translation>依次启动每个服务器并测量</translation>
    </message>
</context>
<context>
    <name>sscope::RaceFindings</name>
    <message>
        <source>%1 and %2</source>
        <translation>%1 和 %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>All answer the %1 requests a second that were asked: what tells them apart is latency and cost.</source>
        <translation>全部都答复了所要求的每秒 %1 个请求：区别在于延迟和开销。</translation>
    </message>
    <message>
        <source>%1 answer as many requests, within 5 %.</source>
        <translation>%1 答复的请求数相当，相差不到 5 %。</translation>
    </message>
    <message>
        <source>%1 answers most because it keeps %2 cores busy, %3 %4.</source>
        <translation>%1 答复最多，因为它让 %2 个核心保持忙碌，而 %3 为 %4 个。</translation>
    </message>
    <message>
        <source>For each second of CPU time %1 answers %2 times as many.</source>
        <translation>每秒 CPU 时间内，%1 答复的数量是其 %2 倍。</translation>
    </message>
    <message>
        <source>%1 answer most, alike within 5 %.</source>
        <translation>%1 答复最多，彼此相差不到 5 %。</translation>
    </message>
    <message>
        <source>%1 answers most.</source>
        <translation>%1 答复最多。</translation>
    </message>
    <message>
        <source>It also takes the least CPU time for each: %1.</source>
        <translation>它每个请求所用的 CPU 时间也最少：%1。</translation>
    </message>
    <message>
        <source>%1 takes the least CPU time for each: %2.</source>
        <translation>%1 每个请求所用的 CPU 时间最少：%2。</translation>
    </message>
    <message>
        <source>%1 have the lowest p50 and the longest tail</source>
        <translation>%1 的 p50 最低，尾部最长</translation>
    </message>
    <message>
        <source>%1 has the lowest p50 and the longest tail</source>
        <translation>%1 的 p50 最低，尾部最长</translation>
    </message>
    <message>
        <source>%1: %2 of them share %3 cores, and some wait for their turn.</source>
        <translation>%1：%2 个这样的执行单元共用 %3 个核心，有些要等待轮到自己。</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1 has the lowest p50, %2, and the lowest p99, %3.</source>
        <translation>%1 的 p50 最低，为 %2；p99 也最低，为 %3。</translation>
    </message>
    <message>
        <source>%1 has the lowest p50, %2; %3 has the lowest p99, %4.</source>
        <translation>%1 的 p50 最低，为 %2；%3 的 p99 最低，为 %4。</translation>
    </message>
    <message>
        <source>%1 needs %2 of memory, %3 times as much as %4.</source>
        <translation>%1 需要 %2 内存，是 %4 的 %3 倍。</translation>
    </message>
    <message>
        <source>While %1 ran, the load itself kept its core busy: a faster client might get more out of the server.</source>
        <translation>运行 %1 时，压力测试本身已占满它的核心：更快的客户端也许能让服务器答复更多。</translation>
    </message>
    <message>
        <source>%1 looks quick because it served one connection only</source>
        <translation>%1 看起来很快，因为它只服务了一个连接</translation>
    </message>
    <message numerus="yes">
        <source>%1 looks quick because it served %n connection(s) only</source>
        <translation>
            <numerusform>%1 看起来很快，因为它只服务了 %n 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 served one connection only</source>
        <translation>%1 只服务了一个连接</translation>
    </message>
    <message numerus="yes">
        <source>%1 served %n connection(s) only</source>
        <translation>
            <numerusform>%1 只服务了 %n 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; the other %2 waited in the backlog to the end, and are not in its percentiles.</source>
        <translation>%1；另外 %2 个在积压队列中一直等到结束，不计入其百分位。</translation>
    </message>
    <message>
        <source>%1 did not run: %2</source>
        <translation>%1 没有运行：%2</translation>
    </message>
    <message>
        <source>%1 had %2 of %3 connections, and is not compared.</source>
        <translation>%1 只有 %3 个连接中的 %2 个，不参与比较。</translation>
    </message>
    <message>
        <source>%1 had %2 errors; what failed is not in its percentiles, and so it is not compared.</source>
        <translation>%1 有 %2 个错误；失败的请求不计入百分位，因此不参与比较。</translation>
    </message>
</context>
<context>
    <name>sscope::RaceModel</name>
    <message>
        <source>not run</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>%1 of %2 waited</source>
        <translation>%2 个中有 %1 个在等待</translation>
    </message>
    <message>
        <source>%1 of %2 connected</source>
        <translation>%2 个中有 %1 个已连接</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n 个错误</numerusform>
        </translation>
    </message>
    <message>
        <source>no reply</source>
        <translation>没有回复</translation>
    </message>
    <message>
        <source>%1 proc.</source>
        <translation>%1 进程</translation>
    </message>
    <message>
        <source>%1 requests were answered; %2 failed</source>
        <translation>%1 个请求得到答复；%2 个失败</translation>
    </message>
    <message>
        <source>CPU time of the server for each request; it kept %1 cores busy</source>
        <translation>服务器处理每个请求的 CPU 时间；它让 %1 个核心保持忙碌</translation>
    </message>
    <message>
        <source>%1 before the first connection; pages that several processes share count once</source>
        <translation>第一个连接之前为 %1；多个进程共享的页只计一次</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n 个线程</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation>
            <numerusform>%n 个进程</numerusform>
        </translation>
    </message>
    <message>
        <source>p50 %1, p99 %2, p99.9 %3, longest %4</source>
        <translation>p50 %1，p99 %2，p99.9 %3，最长 %4</translation>
    </message>
    <message>
        <source>CPU time of the server for each request</source>
        <translation>服务器处理每个请求的 CPU 时间</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Requests a second</source>
        <translation>每秒请求数</translation>
    </message>
    <message>
        <source>CPU each</source>
        <translation>每请求 CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
</context>
<context>
    <name>sscope::RacePage</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n 个核心</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy as a command line</source>
        <translation>复制为命令行</translation>
    </message>
    <message>
        <source>What this means</source>
        <translation>这说明什么</translation>
    </message>
    <message>
        <source>A race starts a server under each execution model in turn, in a process of its own, and asks the same of each. How long its replies took is drawn here.</source>
        <translation>竞赛会依次以每种执行模型启动一个服务器，各在自己的进程中，并向每个服务器提出相同的请求。其回复所用的时间画在这里。</translation>
    </message>
    <message>
        <source>What the figures of a race support is said here.</source>
        <translation>竞赛数据所能说明的内容写在这里。</translation>
    </message>
    <message>
        <source>Model race</source>
        <translation>模型竞赛</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>已完成 %1 / %2</translation>
    </message>
    <message>
        <source>%1, then cancelled</source>
        <translation>%1，随后取消</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1，用时 %2</translation>
    </message>
    <message>
        <source>%1, cancelling</source>
        <translation>%1，正在取消</translation>
    </message>
    <message>
        <source>%1, %2: %3 of %4</source>
        <translation>%1，%2：%3 / %4</translation>
    </message>
    <message>
        <source>%1 connections, %2, counted from when a request was due</source>
        <translation>%1 个连接，%2，从请求应当发出的时刻算起</translation>
    </message>
    <message>
        <source>Copied for a shell</source>
        <translation>已复制，可用于 shell</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>sscope::RaceStrip</name>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
</context>
<context>
    <name>sscope::RaceView</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>sscope::RepeatPanel</name>
    <message>
        <source>Interval</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>From one message, or one round of the list, to the next</source>
        <translation>从一条消息（或一轮列表）到下一条（轮）的时间</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>How often; until it is stopped with 0</source>
        <translation>发送次数；0 表示直到停止</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Send a list of messages in order, with delays</source>
        <translation>按顺序发送一组消息，可设延时</translation>
    </message>
    <message>
        <source>Add the message that is written</source>
        <translation>把当前写好的消息加入列表</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source> ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source> times</source>
        <translation>次</translation>
    </message>
    <message>
        <source>until stopped</source>
        <translation>直到停止</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>每隔</translation>
    </message>
    <message>
        <source>List of messages</source>
        <translation>消息列表</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Then wait, ms</source>
        <translation>然后等待（毫秒）</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Add messages to the list first</source>
        <translation>请先向列表加入消息</translation>
    </message>
    <message>
        <source>Send no more</source>
        <translation>不再发送</translation>
    </message>
    <message>
        <source>Send the list</source>
        <translation>发送列表</translation>
    </message>
    <message>
        <source>Send what is written, again and again</source>
        <translation>反复发送当前内容</translation>
    </message>
    <message>
        <source>sent %1 of %2</source>
        <translation>已发送 %1，共 %2</translation>
    </message>
    <message>
        <source>sent %1</source>
        <translation>已发送 %1</translation>
    </message>
    <message>
        <source>, %1 not taken</source>
        <translation>，%1 条未被接受</translation>
    </message>
    <message>
        <source>%1, stopped</source>
        <translation>%1，已停止</translation>
    </message>
    <message>
        <source>%1, ended with the connection</source>
        <translation>%1，随连接结束</translation>
    </message>
    <message>
        <source>The list is empty: write a message and add it with +.</source>
        <translation>列表为空：写一条消息，用 + 添加。</translation>
    </message>
</context>
<context>
    <name>sscope::SendToAllRow</name>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Message to all</source>
        <translation>发给所有人的消息</translation>
    </message>
    <message>
        <source>A message to all</source>
        <translation>发给所有人的消息</translation>
    </message>
    <message>
        <source>Sent as it stands; Escape hides this.</source>
        <translation>按原样发送；按 Esc 收起。</translation>
    </message>
    <message>
        <source>Sent with %1 at its end; Escape hides this.</source>
        <translation>发送时末尾加 %1；按 Esc 收起。</translation>
    </message>
    <message numerus="yes">
        <source>Sent %1 to %n peer(s).</source>
        <translation>
            <numerusform>已向 %n 个对端发送 %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sent %1 to %n client(s).</source>
        <translation>
            <numerusform>已向 %n 个客户端发送 %1。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::SeriesPlots</name>
    <message>
        <source>Plots</source>
        <translation>曲线图</translation>
    </message>
</context>
<context>
    <name>sscope::ServerAddressFields</name>
    <message>
        <source>Other machines may connect</source>
        <translation>允许其他机器连接</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>传输</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>0 takes a free one</source>
        <translation>0 表示任选空闲端口</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Needed for an address that is not loopback (--allow-public)</source>
        <translation>非环回地址需要此项（--allow-public）</translation>
    </message>
    <message>
        <source>A file, at most 107 bytes; @name is in the abstract namespace</source>
        <translation>一个文件，最多 107 字节；@名称 属于抽象命名空间</translation>
    </message>
    <message>
        <source>this machine only</source>
        <translation>仅本机</translation>
    </message>
    <message>
        <source>this machine only, IPv6</source>
        <translation>仅本机，IPv6</translation>
    </message>
    <message>
        <source>every address</source>
        <translation>所有地址</translation>
    </message>
    <message>
        <source>every IPv4 address</source>
        <translation>所有 IPv4 地址</translation>
    </message>
    <message>
        <source>as given</source>
        <translation>如所给</translation>
    </message>
    <message>
        <source>a stream of bytes</source>
        <translation>字节流</translation>
    </message>
    <message>
        <source>datagrams</source>
        <translation>数据报</translation>
    </message>
    <message>
        <source>a stream within this machine</source>
        <translation>本机内的字节流</translation>
    </message>
    <message>
        <source>datagrams within this machine</source>
        <translation>本机内的数据报</translation>
    </message>
</context>
<context>
    <name>sscope::ServerBansModel</name>
    <message>
        <source>The name %1 is shut out</source>
        <translation>名称 %1 被封禁</translation>
    </message>
    <message>
        <source>The address %1, from which %2 came, is shut out</source>
        <translation>%2 来自的地址 %1 被封禁</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>未说明原因</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>对象</translation>
    </message>
</context>
<context>
    <name>sscope::ServerCardDelegate</name>
    <message>
        <source>Ports below 1024 are reserved.</source>
        <translation>1024 以下的端口是保留的。</translation>
    </message>
    <message>
        <source>Held by %1, pid %2.</source>
        <translation>被 %1 占用，PID %2。</translation>
    </message>
    <message>
        <source>Another socket holds it.</source>
        <translation>被另一个套接字占用。</translation>
    </message>
    <message>
        <source>Use port %1</source>
        <translation>改用端口 %1</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>More for this server</source>
        <translation>此服务器的更多操作</translation>
    </message>
    <message>
        <source>%1 more failures like the last one</source>
        <translation>另有 %1 次同样的失败</translation>
    </message>
    <message>
        <source>public</source>
        <comment>badge</comment>
        <translation>公开</translation>
    </message>
    <message>
        <source>other machines can connect</source>
        <translation>其他机器可以连接</translation>
    </message>
    <message>
        <source>%1 connections so far, %2 rejected</source>
        <translation>累计 %1 个连接，拒绝 %2 个</translation>
    </message>
    <message>
        <source>received %1 in %2 messages</source>
        <translation>收到 %1，共 %2 条消息</translation>
    </message>
    <message>
        <source>sent %1 in %2 messages</source>
        <translation>发送 %1，共 %2 条消息</translation>
    </message>
    <message>
        <source>%1 connections wait to be accepted; the backlog takes %2</source>
        <translation>%1 个连接在等待接受；backlog 可容纳 %2 个</translation>
    </message>
    <message>
        <source>Other machines can reach this server.</source>
        <translation>其他机器可以访问这个服务器。</translation>
    </message>
    <message>
        <source>not encrypted: others can read it</source>
        <translation>未加密：他人可以读取</translation>
    </message>
</context>
<context>
    <name>sscope::ServerChatFields</name>
    <message>
        <source>in memory only</source>
        <translation>仅在内存中</translation>
    </message>
    <message>
        <source>The file that keeps what is said, and who is banned (SQLite); without it both are gone when the server stops</source>
        <translation>保存聊天内容和封禁名单的文件（SQLite）；没有它，服务器停止后两者都会消失</translation>
    </message>
    <message>
        <source>no password</source>
        <translation>无密码</translation>
    </message>
    <message>
        <source>A file with one line: the password, or its hash. People must say it before they are let in</source>
        <translation>只有一行的文件：密码或其散列值。必须先给出密码才能进入</translation>
    </message>
    <message>
        <source>Type a password; only its hash is kept, in a file</source>
        <translation>输入密码；只把散列值保存到文件</translation>
    </message>
    <message>
        <source>a new password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>It is hashed (scrypt) and forgotten; the hash goes to a file of its own</source>
        <translation>密码经散列（scrypt）后即被忘记；散列值存入单独的文件</translation>
    </message>
    <message>
        <source>Keep its hash</source>
        <translation>保存其散列值</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>What is older goes: 30 d, 12 h, 45 min, or seconds</source>
        <translation>更早的会被删除：30 d、12 h、45 min，或秒数</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Of each room so many messages stay; the oldest go</source>
        <translation>每个房间保留这么多条消息；最早的会被删除</translation>
    </message>
    <message>
        <source>Keep for</source>
        <translation>保留时间</translation>
    </message>
    <message>
        <source>Keep last</source>
        <translation>保留最近</translation>
    </message>
    <message>
        <source>in each room</source>
        <translation>条/房间</translation>
    </message>
    <message>
        <source>Choose the file of the history</source>
        <translation>选择历史文件</translation>
    </message>
    <message>
        <source>History file</source>
        <translation>历史文件</translation>
    </message>
    <message>
        <source>Choose the password&apos;s file</source>
        <translation>选择密码文件</translation>
    </message>
    <message>
        <source>Password file</source>
        <translation>密码文件</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>The password is not kept yet: press Return in it, or empty it.</source>
        <translation>密码还没有保存：请在其中按回车，或将其清空。</translation>
    </message>
    <message>
        <source>That is no time. For example: 30 d, 12 h, 45 min.</source>
        <translation>这不是时间。例如：30 d、12 h、45 min。</translation>
    </message>
    <message>
        <source>That is no number of messages. For example: 100000.</source>
        <translation>这不是消息条数。例如：100000。</translation>
    </message>
</context>
<context>
    <name>sscope::ServerChatRow</name>
    <message>
        <source>Announce</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Everybody hears it</source>
        <translation>所有人都会看到</translation>
    </message>
    <message>
        <source>Announcement</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>A notice to all who are there; it is not stored. Escape hides this.</source>
        <translation>给在场所有人的通知；不会存储。按 Esc 收起。</translation>
    </message>
    <message>
        <source>Tell</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Only %1 hears it</source>
        <translation>只有 %1 会看到</translation>
    </message>
    <message>
        <source>Notice to %1</source>
        <translation>给 %1 的通知</translation>
    </message>
    <message>
        <source>A notice to %1 alone; it is not stored. Escape hides this.</source>
        <translation>只给 %1 的通知；不会存储。按 Esc 收起。</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>封禁</translation>
    </message>
    <message>
        <source>Why? They read it; may be empty</source>
        <translation>原因？对方会看到；可以留空</translation>
    </message>
    <message>
        <source>Reason to ban %1</source>
        <translation>封禁 %1 的原因</translation>
    </message>
    <message>
        <source>Bans %1 and %2</source>
        <translation>封禁 %1 和 %2</translation>
    </message>
    <message>
        <source>Bans %1</source>
        <translation>封禁 %1</translation>
    </message>
    <message>
        <source>%1 until you lift it. Escape cancels.</source>
        <translation>%1，直到您解除。按 Esc 取消。</translation>
    </message>
    <message>
        <source>%1 until you lift it or the server stops (no history file). Escape cancels.</source>
        <translation>%1，直到您解除或服务器停止（没有历史文件）。按 Esc 取消。</translation>
    </message>
    <message>
        <source>Nobody has said hello yet.</source>
        <translation>还没有人打招呼。</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) heard it.</source>
        <translation>
            <numerusform>%n 人收到了。</numerusform>
        </translation>
    </message>
    <message>
        <source>It was handed over.</source>
        <translation>已送达。</translation>
    </message>
    <message>
        <source>They are no longer there.</source>
        <translation>对方已不在。</translation>
    </message>
    <message>
        <source>There is nothing to say yet.</source>
        <translation>还没有要说的内容。</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>踢出</translation>
    </message>
    <message>
        <source>Reason to kick %1</source>
        <translation>踢出 %1 的原因</translation>
    </message>
    <message>
        <source>Kicks %1, who may come back. Escape cancels.</source>
        <translation>踢出 %1，对方可以再回来。按 Escape 取消。</translation>
    </message>
</context>
<context>
    <name>sscope::ServerClientsModel</name>
    <message>
        <source>Peer</source>
        <translation>对端</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>the socket</source>
        <translation>该套接字</translation>
    </message>
    <message>
        <source>Msg</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>received %1 in %2 messages</source>
        <translation>收到 %1，共 %2 条消息</translation>
    </message>
    <message>
        <source>sent %1 in %2 messages</source>
        <translation>发送 %1，共 %2 条消息</translation>
    </message>
    <message>
        <source>last receive %1, smallest %2, largest %3</source>
        <translation>最近一次接收 %1，最小 %2，最大 %3</translation>
    </message>
    <message>
        <source>served by %1</source>
        <translation>由 %1 服务</translation>
    </message>
    <message>
        <source>Of the busier direction; a client&apos;s tooltip has both</source>
        <translation>取较忙的方向；客户端的提示中两个方向都有</translation>
    </message>
    <message>
        <source>pid %1</source>
        <translation>进程 %1</translation>
    </message>
    <message>
        <source>has not said hello</source>
        <translation>还没有打招呼</translation>
    </message>
    <message>
        <source>%1, in no room</source>
        <translation>%1，不在任何房间</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <translation>%1，在 %2</translation>
    </message>
    <message>
        <source>line by line, as ncat does</source>
        <translation>逐行通信，如 ncat</translation>
    </message>
    <message>
        <source>no hello yet</source>
        <translation>未打招呼</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>sscope::ServerClientsView</name>
    <message>
        <source>Clients of the server</source>
        <translation>服务器的客户端</translation>
    </message>
    <message>
        <source>Open the conversation</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Tell them something…</source>
        <translation>给对方发通知…</translation>
    </message>
    <message>
        <source>Ban…</source>
        <translation>封禁…</translation>
    </message>
    <message>
        <source>Kick…</source>
        <translation>踢出…</translation>
    </message>
</context>
<context>
    <name>sscope::ServerCommandFields</name>
    <message>
        <source>Run programs for whoever connects</source>
        <translation>为任何连接者运行程序</translation>
    </message>
    <message>
        <source>Programs run with your rights. Without this the server does not start</source>
        <translation>程序以您的权限运行。不勾选则服务器不会启动</translation>
    </message>
    <message>
        <source>in a shell</source>
        <translation>用 shell</translation>
    </message>
    <message>
        <source>Each message is a line for /bin/sh, whatever it says. Only on this machine</source>
        <translation>每条消息都作为一行交给 /bin/sh，无论内容。仅限本机</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>The program that is given each connection as its input and output, with its arguments</source>
        <translation>以每个连接作为其输入和输出的程序，连同参数</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Time-out</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>A command that takes longer is ended</source>
        <translation>超过此时间的命令会被结束</translation>
    </message>
    <message>
        <source>Output cap</source>
        <translation>输出上限</translation>
    </message>
    <message>
        <source>A command that writes more is ended</source>
        <translation>输出超过此量的命令会被结束</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>What commands write their output in; it is sent as UTF-8</source>
        <translation>命令输出所用的编码；发送时为 UTF-8</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>Token file</source>
        <translation>令牌文件</translation>
    </message>
    <message>
        <source>A client must send the line in this file first. Needed where other machines can connect</source>
        <translation>客户端必须先发送此文件中的那一行。其他机器能连接时必需</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The programs that may be run, with a comma between. None: %1</source>
        <translation>允许运行的程序，以逗号分隔。不填则为：%1</translation>
    </message>
    <message>
        <source>harmless ones</source>
        <translation>无害的几个</translation>
    </message>
</context>
<context>
    <name>sscope::ServerEntry</name>
    <message>
        <source>Starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <translation>
            <numerusform>%n 个对端</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n client(s)</source>
        <translation>
            <numerusform>%n 个客户端</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 dropped</source>
        <translation>丢弃 %1</translation>
    </message>
    <message>
        <source>%1 rejected</source>
        <translation>拒绝 %1</translation>
    </message>
    <message>
        <source>%1 waiting of %2</source>
        <translation>%2 个位置中 %1 个在等待</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>Join this chat (%1)</source>
        <translation>加入这个聊天（%1）</translation>
    </message>
    <message>
        <source>The model iterative serves one person at a time: whoever joins while somebody is there waits until they leave.</source>
        <translation>iterative 模型一次只服务一人：有人在时加入者要等到其离开。</translation>
    </message>
    <message>
        <source>disk full, nothing is accepted</source>
        <translation>磁盘已满，不接受任何消息</translation>
    </message>
    <message>
        <source>history not written, nothing is accepted</source>
        <translation>历史无法写入，不接受任何消息</translation>
    </message>
</context>
<context>
    <name>sscope::ServerForm</name>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Copy the command line</source>
        <translation>复制命令行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The same from the command line</source>
        <translation>等效的命令行</translation>
    </message>
    <message>
        <source>Port %1 is held by %2, pid %3 (%4)</source>
        <translation>端口 %1 被 %2 占用，PID %3（%4）</translation>
    </message>
    <message>
        <source>Show its row</source>
        <translation>显示该行</translation>
    </message>
    <message>
        <source>Use port %1</source>
        <translation>改用端口 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n 项已更改</numerusform>
        </translation>
    </message>
    <message>
        <source>Other machines can reach this address. Tick the box if that is meant.</source>
        <translation>其他机器可以访问这个地址。如果这正是您的意图，请勾选此框。</translation>
    </message>
</context>
<context>
    <name>sscope::ServerListModel</name>
    <message>
        <source>public</source>
        <translation>公开</translation>
    </message>
</context>
<context>
    <name>sscope::ServerListView</name>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
</context>
<context>
    <name>sscope::ServerLogModel</name>
    <message>
        <source>resolved %1 (%2, %3, %4)</source>
        <translation>已解析 %1（%2，%3，%4）</translation>
    </message>
    <message>
        <source>listening on %1</source>
        <translation>正在监听 %1</translation>
    </message>
    <message>
        <source>%1, which other machines can reach</source>
        <translation>%1，其他机器可以访问</translation>
    </message>
    <message>
        <source>%1; receive buffer %2 of %3 asked for (net.core.rmem_max sets the limit)</source>
        <translation>%1；接收缓冲区要求 %3，得到 %2（上限由 net.core.rmem_max 决定）</translation>
    </message>
    <message>
        <source>%1, served by %2</source>
        <translation>%1，由 %2 服务</translation>
    </message>
    <message>
        <source>rejected %1: %2</source>
        <translation>拒绝 %1：%2</translation>
    </message>
    <message>
        <source>not started: %1</source>
        <translation>未能启动：%1</translation>
    </message>
    <message>
        <source>error: %1</source>
        <translation>错误：%1</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>#%1 accepted from %2</source>
        <translation>#%1 已接受，来自 %2</translation>
    </message>
    <message>
        <source>limit: %1</source>
        <translation>达到上限：%1</translation>
    </message>
    <message>
        <source>#%1 limit: %2</source>
        <translation>#%1 达到上限：%2</translation>
    </message>
    <message>
        <source>#%1 protocol error: %2</source>
        <translation>#%1 协议错误：%2</translation>
    </message>
    <message>
        <source>#%1 the other side sends no more</source>
        <translation>#%1 对端不再发送</translation>
    </message>
    <message>
        <source>#%1 this side sends no more</source>
        <translation>#%1 本端不再发送</translation>
    </message>
    <message>
        <source>#%1 %2; %3 received, %4 sent</source>
        <translation>#%1 %2；收到 %3，发送 %4</translation>
    </message>
</context>
<context>
    <name>sscope::ServerLogPage</name>
    <message>
        <source>%1 older rows have made room.</source>
        <translation>已移除 %1 行较早的记录。</translation>
    </message>
</context>
<context>
    <name>sscope::ServerLogView</name>
    <message>
        <source>Log of the server</source>
        <translation>服务器日志</translation>
    </message>
    <message>
        <source>Copy the rows</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Nothing has happened yet. Starts, clients and troubles are listed here.</source>
        <translation>还没有发生任何事。启动、客户端和故障会列在这里。</translation>
    </message>
</context>
<context>
    <name>sscope::ServerLoopsModel</name>
    <message>
        <source>Loop %1: %2 wake-ups, %3 % working, %4 time-outs
registered %5
readable %6
writable %7</source>
        <translation>循环 %1：唤醒 %2，工作占 %3 %，超时 %4 次
已注册 %5
可读 %6
可写 %7</translation>
    </message>
</context>
<context>
    <name>sscope::ServerLoopsView</name>
    <message>
        <source>Loop %1</source>
        <translation>循环 %1</translation>
    </message>
    <message>
        <source>wake-ups</source>
        <translation>唤醒</translation>
    </message>
    <message>
        <source>works %1 %</source>
        <translation>工作 %1 %</translation>
    </message>
    <message>
        <source>waits %1 %</source>
        <translation>等待 %1 %</translation>
    </message>
    <message>
        <source>registered</source>
        <translation>已注册</translation>
    </message>
    <message>
        <source>readable</source>
        <translation>可读</translation>
    </message>
    <message>
        <source>writable</source>
        <translation>可写</translation>
    </message>
    <message numerus="yes">
        <source>%n time-out(s)</source>
        <translation>
            <numerusform>%n 次超时</numerusform>
        </translation>
    </message>
    <message>
        <source>Loops of the server</source>
        <translation>服务器的循环</translation>
    </message>
</context>
<context>
    <name>sscope::ServerModelFields</name>
    <message>
        <source>one client at a time</source>
        <translation>一次一个客户端</translation>
    </message>
    <message>
        <source>loops around select(2)</source>
        <translation>围绕 select(2) 循环</translation>
    </message>
    <message>
        <source>loops around poll(2)</source>
        <translation>围绕 poll(2) 循环</translation>
    </message>
    <message>
        <source>loops around epoll(7)</source>
        <translation>围绕 epoll(7) 循环</translation>
    </message>
    <message>
        <source>a thread for each client</source>
        <translation>每个客户端一个线程</translation>
    </message>
    <message>
        <source>a process for each client</source>
        <translation>每个客户端一个进程</translation>
    </message>
    <message>
        <source>Qt Network&apos;s event loop</source>
        <translation>Qt Network 的事件循环</translation>
    </message>
    <message>
        <source>Who waits for the sockets, and how many clients at a time are served</source>
        <translation>由谁等待套接字，以及同时服务多少客户端</translation>
    </message>
    <message>
        <source>Loops</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Threads, each with a loop of its own</source>
        <translation>线程数，每个线程有自己的循环</translation>
    </message>
    <message>
        <source>How messages are told apart in the stream</source>
        <translation>如何在字节流中区分消息</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Framing</source>
        <translation>分帧</translation>
    </message>
    <message>
        <source>the service&apos;s own</source>
        <translation>服务自带</translation>
    </message>
</context>
<context>
    <name>sscope::ServerOptionsPanel</name>
    <message>
        <source>Socket</source>
        <translation>套接字</translation>
    </message>
    <message>
        <source>Reuse address</source>
        <translation>重用地址</translation>
    </message>
    <message>
        <source>Reuse port</source>
        <translation>重用端口</translation>
    </message>
    <message>
        <source>No delay</source>
        <translation>无延迟</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>Backlog</translation>
    </message>
    <message>
        <source>Connections that may wait to be accepted (listen(2))</source>
        <translation>可等待接受的连接数（listen(2)）</translation>
    </message>
    <message>
        <source>Receive size</source>
        <translation>接收大小</translation>
    </message>
    <message>
        <source>Bytes asked of one recv(2)</source>
        <translation>一次 recv(2) 请求的字节数</translation>
    </message>
    <message>
        <source>Receive buffer</source>
        <translation>接收缓冲</translation>
    </message>
    <message>
        <source>Send buffer</source>
        <translation>发送缓冲</translation>
    </message>
    <message>
        <source>Keepalive</source>
        <translation>保活</translation>
    </message>
    <message>
        <source>Seconds of silence before TCP asks (SO_KEEPALIVE)</source>
        <translation>静默多少秒后 TCP 探测（SO_KEEPALIVE）</translation>
    </message>
    <message>
        <source>Linger</source>
        <translation>Linger</translation>
    </message>
    <message>
        <source>SO_LINGER in seconds; 0 resets on close</source>
        <translation>SO_LINGER，秒；0 表示关闭时重置</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connections at a time; more are rejected</source>
        <translation>同时的连接数；超出的会被拒绝</translation>
    </message>
    <message>
        <source>Idle time-out</source>
        <translation>空闲超时</translation>
    </message>
    <message>
        <source>Closes a connection after so long without a byte</source>
        <translation>这么久没有字节就关闭连接</translation>
    </message>
    <message>
        <source>Send queue</source>
        <translation>发送队列</translation>
    </message>
    <message>
        <source>Bytes that may wait for a client that does not read</source>
        <translation>为不读取的客户端最多排队的字节数</translation>
    </message>
    <message>
        <source>Poll interval</source>
        <translation>轮询间隔</translation>
    </message>
    <message>
        <source>The loop wakes up at least that often, as serve_forever does</source>
        <translation>循环至少这么频繁地唤醒，如同 serve_forever</translation>
    </message>
    <message>
        <source>Per source</source>
        <translation>每个来源</translation>
    </message>
    <message>
        <source>Connections from one address, IPv6 /64 or Unix user; more are rejected</source>
        <translation>来自同一地址、IPv6 /64 或 Unix 用户的连接数；超出的会被拒绝</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Bytes of one message&apos;s content</source>
        <translation>一条消息内容的字节数</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>消息头</translation>
    </message>
    <message>
        <source>Bytes of what comes before the content</source>
        <translation>内容之前部分的字节数</translation>
    </message>
    <message>
        <source>Close after reply</source>
        <translation>应答后关闭</translation>
    </message>
    <message>
        <source>Closes a connection once the answer to its first message is sent</source>
        <translation>发完对第一条消息的应答后关闭连接</translation>
    </message>
    <message>
        <source>Serve once</source>
        <translation>只服务一次</translation>
    </message>
    <message>
        <source>Serves one connection, or one datagram, then stops</source>
        <translation>服务一个连接或一个数据报，然后停止</translation>
    </message>
    <message>
        <source>Also listen on</source>
        <translation>同时监听</translation>
    </message>
    <message>
        <source>Further endpoints, with spaces between them</source>
        <translation>其他端点，以空格分隔</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not valid here. For example: %2</source>
        <translation>“%1”在这里无效。例如：%2</translation>
    </message>
</context>
<context>
    <name>sscope::ServerPanel</name>
    <message>
        <source>What to see of the server</source>
        <translation>查看服务器的哪一方面</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Who is connected</source>
        <translation>谁已连接</translation>
    </message>
    <message>
        <source>Loops</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>What the multiplexer waits for, and gets</source>
        <translation>多路复用器在等什么、得到了什么</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What has happened to the server</source>
        <translation>服务器发生过什么</translation>
    </message>
    <message>
        <source>Send to all</source>
        <translation>发给所有人</translation>
    </message>
    <message>
        <source>Peers</source>
        <translation>对端</translation>
    </message>
    <message>
        <source>The server is not running.</source>
        <translation>服务器没有运行。</translation>
    </message>
    <message>
        <source>No datagram has come yet.</source>
        <translation>还没有收到数据报。</translation>
    </message>
    <message>
        <source>Nobody is connected yet. Whoever connects to %1 is listed here.</source>
        <translation>还没有人连接。连接到 %1 的客户端会列在这里。</translation>
    </message>
    <message>
        <source>The loops have not woken up yet.</source>
        <translation>循环还没有被唤醒过。</translation>
    </message>
    <message>
        <source>Nobody is connected.</source>
        <translation>没有人连接。</translation>
    </message>
    <message>
        <source>Sends a message to each client</source>
        <translation>向每个客户端发送一条消息</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>The rooms of the chat, and who is banned</source>
        <translation>聊天的房间，以及谁被封禁</translation>
    </message>
    <message>
        <source>Announce</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Nobody has said hello yet.</source>
        <translation>还没有人打招呼。</translation>
    </message>
    <message>
        <source>Announce: a notice to all who are there</source>
        <translation>公告：给在场所有人的通知</translation>
    </message>
    <message>
        <source>No room yet. Whoever says hello and joins one makes it.</source>
        <translation>还没有房间。有人打招呼并加入后，房间就会出现。</translation>
    </message>
    <message>
        <source>%1 is banned.</source>
        <translation>%1 已被封禁。</translation>
    </message>
    <message>
        <source>Show bans</source>
        <translation>查看封禁</translation>
    </message>
</context>
<context>
    <name>sscope::ServerRoomsModel</name>
    <message numerus="yes">
        <source>%n person(s) there</source>
        <translation>
            <numerusform>%n 人在场</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing was said yet</source>
        <translation>还没有人说话</translation>
    </message>
    <message>
        <source>last message %1</source>
        <translation>最后一条消息 %1</translation>
    </message>
    <message>
        <source>The id of the last message</source>
        <translation>最后一条消息的编号</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最后</translation>
    </message>
</context>
<context>
    <name>sscope::ServerRoomsPage</name>
    <message>
        <source>Rooms of the server</source>
        <translation>服务器的房间</translation>
    </message>
    <message>
        <source>Who is banned</source>
        <translation>被封禁者</translation>
    </message>
    <message>
        <source>Lift the ban</source>
        <translation>解除封禁</translation>
    </message>
    <message>
        <source>Banned (%1)</source>
        <translation>已封禁（%1）</translation>
    </message>
</context>
<context>
    <name>sscope::ServerServiceFields</name>
    <message>
        <source>sends back what came</source>
        <translation>原样送回</translation>
    </message>
    <message>
        <source>answers in upper case</source>
        <translation>以大写应答</translation>
    </message>
    <message>
        <source>says which worker serves</source>
        <translation>说明由谁服务</translation>
    </message>
    <message>
        <source>one fixed answer</source>
        <translation>一个固定的应答</translation>
    </message>
    <message>
        <source>greets, then echoes</source>
        <translation>先问候，再回送</translation>
    </message>
    <message>
        <source>you answer by hand</source>
        <translation>由你手工应答</translation>
    </message>
    <message>
        <source>takes all, answers nothing</source>
        <translation>全部接收，从不应答</translation>
    </message>
    <message>
        <source>characters without end</source>
        <translation>无尽的字符</translation>
    </message>
    <message>
        <source>date and time as text</source>
        <translation>文本形式的日期和时间</translation>
    </message>
    <message>
        <source>seconds since 1900</source>
        <translation>自 1900 年起的秒数</translation>
    </message>
    <message>
        <source>as HTTP</source>
        <translation>作为 HTTP</translation>
    </message>
    <message>
        <source>What the server does with each message</source>
        <translation>服务器如何处理每条消息</translation>
    </message>
    <message>
        <source>What is sent in answer to each message</source>
        <translation>对每条消息的应答</translation>
    </message>
    <message>
        <source>Answers each request with a valid HTTP/1.1 response, then closes</source>
        <translation>对每个请求给出有效的 HTTP/1.1 应答，然后关闭</translation>
    </message>
    <message>
        <source>What is sent as soon as a client is accepted</source>
        <translation>接受客户端后立即发送的内容</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>问候语</translation>
    </message>
    <message>
        <source>runs commands</source>
        <translation>运行命令</translation>
    </message>
    <message>
        <source>a program for each client</source>
        <translation>每个客户端一个程序</translation>
    </message>
    <message>
        <source>looks up what is asked</source>
        <translation>查找所问的内容</translation>
    </message>
    <message>
        <source>Keep connections open</source>
        <translation>保持连接</translation>
    </message>
    <message>
        <source>built-in entries</source>
        <translation>内置条目</translation>
    </message>
    <message>
        <source>A file with a JSON object: what can be asked for, and the answers</source>
        <translation>含一个 JSON 对象的文件：可以问什么，以及答案</translation>
    </message>
    <message>
        <source>Answers more than one message on a connection</source>
        <translation>在一个连接上应答多条消息</translation>
    </message>
    <message>
        <source>Choose the dictionary&apos;s file</source>
        <translation>选择词典文件</translation>
    </message>
    <message>
        <source>Dictionary</source>
        <translation>词典</translation>
    </message>
    <message>
        <source>rooms for people</source>
        <translation>供人聊天的房间</translation>
    </message>
</context>
<context>
    <name>sscope::ServersDock</name>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Back to the servers</source>
        <translation>返回服务器列表</translation>
    </message>
    <message>
        <source>New server</source>
        <translation>新建服务器</translation>
    </message>
    <message>
        <source>No servers yet</source>
        <translation>还没有服务器</translation>
    </message>
    <message>
        <source>A server waits on a port and answers whoever connects. Its clients are listed here.</source>
        <translation>服务器在一个端口上等待，并应答连接者。它的客户端列在这里。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation>复制为新服务器…</translation>
    </message>
    <message>
        <source>Copy the command line</source>
        <translation>复制命令行</translation>
    </message>
    <message>
        <source>Stop and remove</source>
        <translation>停止并移除</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Edit server</source>
        <translation>编辑服务器</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Show who holds port %1</source>
        <translation>显示谁占用端口 %1</translation>
    </message>
    <message>
        <source>Join the chat</source>
        <translation>加入聊天</translation>
    </message>
</context>
<context>
    <name>sscope::SessionCopy</name>
    <message>
        <source>Not all that was sent is kept any more, so it cannot be copied.</source>
        <translation>发出的内容已不完整保留，无法复制。</translation>
    </message>
    <message>
        <source>The first rows of this connection have made room for later ones, so it cannot be copied as a whole.</source>
        <translation>此连接最初的行已让位给后来的行，因此无法完整复制。</translation>
    </message>
    <message>
        <source>%1 were sent, and a program of at most %2 is made of it. Save what was sent to a file instead.</source>
        <translation>发出了 %1，而程序最多由 %2 生成。请改为把发出的内容保存到文件。</translation>
    </message>
</context>
<context>
    <name>sscope::Settings</name>
    <message>
        <source>The settings are of a newer version. They were kept as %1, and this version starts with its own.</source>
        <translation>设置来自更新的版本。已保留为 %1，此版本使用自己的设置启动。</translation>
    </message>
    <message>
        <source>The settings could not be read. They were kept as %1, and new ones were started.</source>
        <translation>无法读取设置。已保留为 %1，并使用新的设置。</translation>
    </message>
</context>
<context>
    <name>sscope::SnapshotModel</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已改变</translation>
    </message>
    <message>
        <source>%1, was %2</source>
        <translation>%1，原为 %2</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Proto</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>远端</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
</context>
<context>
    <name>sscope::SnapshotPage</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Save the earlier snapshot to a file</source>
        <translation>将较早的快照保存到文件</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>重新比较</translation>
    </message>
    <message>
        <source>Earlier snapshot</source>
        <translation>较早的快照</translation>
    </message>
    <message>
        <source>Later snapshot</source>
        <translation>较晚的快照</translation>
    </message>
    <message>
        <source>Take a snapshot</source>
        <translation>拍摄快照</translation>
    </message>
    <message>
        <source>Open a snapshot</source>
        <translation>打开快照</translation>
    </message>
    <message>
        <source>Back to the table</source>
        <translation>返回表格</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Take a snapshot, or open one, to see what opens, closes and changes from then on.</source>
        <translation>拍摄或打开一个快照，以查看此后打开、关闭和改变的内容。</translation>
    </message>
    <message>
        <source>%1 opened, %2 closed, %3 changed, %4 the same</source>
        <translation>打开 %1，关闭 %2，改变 %3，相同 %4</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>保存快照</translation>
    </message>
    <message>
        <source>Snapshots (*.json)</source>
        <translation>快照 (*.json)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>sscope::Snippet</name>
    <message>
        <source>This file holds no snippets: it is no JSON at byte %1.</source>
        <translation>该文件不含片段：第 %1 字节处不是 JSON。</translation>
    </message>
    <message>
        <source>This file holds no snippets: it was not exported here.</source>
        <translation>该文件不含片段：它不是由本程序导出的。</translation>
    </message>
    <message>
        <source>These snippets are of a newer version, and none were taken.</source>
        <translation>这些片段来自更新的版本，未导入任何内容。</translation>
    </message>
    <message>
        <source>Snippet %1 of this file is damaged, and none were taken.</source>
        <translation>该文件的第 %1 个片段已损坏，未导入任何内容。</translation>
    </message>
</context>
<context>
    <name>sscope::SnippetPanel</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Snippets</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>The folder; empty for none</source>
        <translation>文件夹；留空表示没有</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Keep what is written under this folder and name</source>
        <translation>以此文件夹和名称保存当前内容</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Give the chosen snippet this folder and name</source>
        <translation>把所选片段改为此文件夹和名称</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Write the chosen snippet into the composer</source>
        <translation>把所选片段写入编辑区</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send the chosen snippet as it is</source>
        <translation>直接发送所选片段</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove the chosen snippet</source>
        <translation>移除所选片段</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Add the snippets of a file</source>
        <translation>加入文件中的片段</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write all snippets to a file</source>
        <translation>把所有片段写入文件</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>There are no snippets yet. Write a message, give it a name here, and save it.</source>
        <translation>还没有片段。写一条消息，在这里取个名称，然后保存。</translation>
    </message>
    <message>
        <source>%1 was replaced.</source>
        <translation>已替换 %1。</translation>
    </message>
    <message>
        <source>%1 was saved.</source>
        <translation>已保存 %1。</translation>
    </message>
    <message>
        <source>It is called %1 now.</source>
        <translation>现在名为 %1。</translation>
    </message>
    <message>
        <source>There is another %1 in that folder.</source>
        <translation>该文件夹中已有另一个 %1。</translation>
    </message>
    <message>
        <source>%1 was removed.</source>
        <translation>已移除 %1。</translation>
    </message>
    <message>
        <source>Import snippets</source>
        <translation>导入片段</translation>
    </message>
    <message>
        <source>Snippets (*.json)</source>
        <translation>片段 (*.json)</translation>
    </message>
    <message>
        <source>Export snippets</source>
        <translation>导出片段</translation>
    </message>
    <message numerus="yes">
        <source>%n snippet(s) added</source>
        <translation>
            <numerusform>已加入 %n 个片段</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n under another name because its own was taken</source>
        <translation>
            <numerusform>，其中 %n 个因重名而改名</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n there already</source>
        <translation>
            <numerusform>，%n 个已存在</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snippet(s) written to %1.</source>
        <translation>
            <numerusform>%n 个片段已写入 %1。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sscope::SocketEnding</name>
    <message>
        <source>%1, pid %2</source>
        <translation>%1，pid %2</translation>
    </message>
    <message>
        <source>Close %1? Its peer sees a reset.</source>
        <translation>关闭 %1？其对端会看到重置。</translation>
    </message>
    <message>
        <source>Close %1 of %2? The program sees an error, its peer a reset.</source>
        <translation>关闭 %2 的 %1？该程序会看到错误，对端会看到重置。</translation>
    </message>
    <message>
        <source>Close socket</source>
        <translation>关闭套接字</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%n socket(s) closed.</source>
        <translation>
            <numerusform>已关闭 %n 个套接字。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 closed, %2 not: %3</source>
        <translation>已关闭 %1 个，未关闭 %2 个：%3</translation>
    </message>
    <message>
        <source>End process</source>
        <translation>结束进程</translation>
    </message>
    <message>
        <source>%1 (pid %2) has ended.</source>
        <translation>%1（pid %2）已结束。</translation>
    </message>
    <message>
        <source>%1 (pid %2) was asked to end (SIGTERM). If it does not, SIGKILL ends it at once; it can then save nothing.</source>
        <translation>已请求 %1（pid %2）结束（SIGTERM）。若它不结束，SIGKILL 会立即终止它，届时它无法保存任何内容。</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>强制终止</translation>
    </message>
    <message>
        <source>Close sockets</source>
        <translation>关闭套接字</translation>
    </message>
    <message numerus="yes">
        <source>Close %n socket(s), %1 and so on? Their programs see an error, their peers a reset.</source>
        <translation>
            <numerusform>关闭 %n 个套接字（%1 等）？它们的程序会得到错误，对端会收到重置。</numerusform>
        </translation>
    </message>
    <message>
        <source>Close %1?</source>
        <translation>关闭 %1？</translation>
    </message>
    <message>
        <source>Close %1 of %2? The program sees an error.</source>
        <translation>关闭 %2 的 %1？程序会得到一个错误。</translation>
    </message>
    <message>
        <source>End %1 (pid %2)? SIGTERM asks it to; all of its sockets close.</source>
        <translation>结束 %1（pid %2）？将发送 SIGTERM；它的所有套接字都会关闭。</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>sscope::SocketFigures</name>
    <message>
        <source>%1 ago</source>
        <translation>%1 前</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Retransmits</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>Segments that were sent again, of all</source>
        <translation>至今重发的段数</translation>
    </message>
    <message>
        <source>Timer</source>
        <translation>定时器</translation>
    </message>
    <message>
        <source>Which of the kernel&apos;s timers runs, and when it expires</source>
        <translation>内核的哪个定时器在运行，何时到期</translation>
    </message>
    <message>
        <source>Retransmission time-out: after so long without an ACK data are sent again</source>
        <translation>重传超时：这么久没有 ACK 便重发数据</translation>
    </message>
    <message>
        <source>Bytes of data in the largest segment that is sent</source>
        <translation>发送的最大段中的数据字节数</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>在途</translation>
    </message>
    <message>
        <source>Segments that were sent and are not acknowledged</source>
        <translation>已发送而未确认的段数</translation>
    </message>
    <message>
        <source>Congestion</source>
        <translation>拥塞算法</translation>
    </message>
    <message>
        <source>The algorithm that sets the congestion window</source>
        <translation>决定拥塞窗口的算法</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>未接受</translation>
    </message>
    <message>
        <source>Connections that wait for accept(2)</source>
        <translation>等待 accept(2) 的连接</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>Backlog</translation>
    </message>
    <message>
        <source>How many may wait, as it was asked of listen(2)</source>
        <translation>允许等待的数目，即向 listen(2) 请求的值</translation>
    </message>
    <message>
        <source>Recv buffer</source>
        <translation>接收缓冲</translation>
    </message>
    <message>
        <source>Send buffer</source>
        <translation>发送缓冲</translation>
    </message>
    <message>
        <source>Drops</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Packets that found the receive buffer full</source>
        <translation>因接收缓冲已满而丢弃的包</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Least RTT</source>
        <translation>最小 RTT</translation>
    </message>
    <message>
        <source>RTT of receipts</source>
        <translation>接收侧 RTT</translation>
    </message>
    <message>
        <source>How long an ACK may be put off</source>
        <translation>ACK 可推迟多久</translation>
    </message>
    <message>
        <source>Backoff</source>
        <translation>退避</translation>
    </message>
    <message>
        <source>How often the RTO was doubled</source>
        <translation>RTO 加倍的次数</translation>
    </message>
    <message>
        <source>Data sent</source>
        <translation>上次发送数据</translation>
    </message>
    <message>
        <source>Data received</source>
        <translation>上次收到数据</translation>
    </message>
    <message>
        <source>ACK received</source>
        <translation>上次收到 ACK</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>忙碌</translation>
    </message>
    <message>
        <source>How long there was something to send</source>
        <translation>有数据可发送的时间</translation>
    </message>
    <message>
        <source>Held by peer</source>
        <translation>受对端限制</translation>
    </message>
    <message>
        <source>How long the peer&apos;s window held it up</source>
        <translation>受对端窗口阻碍的时间</translation>
    </message>
    <message>
        <source>Held by buffer</source>
        <translation>受缓冲限制</translation>
    </message>
    <message>
        <source>How long its own send buffer held it up</source>
        <translation>受自身发送缓冲阻碍的时间</translation>
    </message>
    <message>
        <source>cwnd</source>
        <translation>cwnd</translation>
    </message>
    <message>
        <source>Congestion window, in segments</source>
        <translation>拥塞窗口，单位为段</translation>
    </message>
    <message>
        <source>ssthresh</source>
        <translation>ssthresh</translation>
    </message>
    <message>
        <source>Where slow start ends, in segments</source>
        <translation>慢启动结束之处，单位为段</translation>
    </message>
    <message>
        <source>Peer&apos;s window</source>
        <translation>对端窗口</translation>
    </message>
    <message>
        <source>Receive space</source>
        <translation>接收空间</translation>
    </message>
    <message>
        <source>Recv ssthresh</source>
        <translation>接收 ssthresh</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>Path MTU</source>
        <translation>路径 MTU</translation>
    </message>
    <message>
        <source>Peer&apos;s MSS</source>
        <translation>对端 MSS</translation>
    </message>
    <message>
        <source>Offered MSS</source>
        <translation>通告 MSS</translation>
    </message>
    <message>
        <source>Pacing</source>
        <translation>限速发送</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>交付速率</translation>
    </message>
    <message>
        <source>As fast as the program wrote</source>
        <translation>与程序写入一样快</translation>
    </message>
    <message>
        <source>Segments out</source>
        <translation>发出段数</translation>
    </message>
    <message>
        <source>Segments in</source>
        <translation>收到段数</translation>
    </message>
    <message>
        <source>With data out</source>
        <translation>发出数据段</translation>
    </message>
    <message>
        <source>With data in</source>
        <translation>收到数据段</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Sent again</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已交付</translation>
    </message>
    <message>
        <source>With ECN mark</source>
        <translation>带 ECN 标记</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>SACKed</source>
        <translation>SACK 确认</translation>
    </message>
    <message>
        <source>Probes</source>
        <translation>探测</translation>
    </message>
    <message>
        <source>Reordering</source>
        <translation>乱序程度</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>乱序到达</translation>
    </message>
    <message>
        <source>DSACK</source>
        <translation>DSACK</translation>
    </message>
    <message>
        <source>State of cwnd</source>
        <translation>cwnd 状态</translation>
    </message>
    <message>
        <source>Recv memory</source>
        <translation>接收内存</translation>
    </message>
    <message>
        <source>Send memory</source>
        <translation>发送内存</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>In backlog</source>
        <translation>积压</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Cgroup id</source>
        <translation>Cgroup 编号</translation>
    </message>
    <message>
        <source>File inode</source>
        <translation>文件 inode</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>已设置</translation>
    </message>
    <message>
        <source>Inode</source>
        <translation>Inode</translation>
    </message>
    <message>
        <source>Cookie</source>
        <translation>Cookie</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Peer&apos;s inode</source>
        <translation>对端 inode</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>%1, pid %2, fd %3</source>
        <translation>%1,pid %2,fd %3</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Cgroup</source>
        <translation>Cgroup</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>What was sent again counts once</source>
        <translation>重传的只算一次</translation>
    </message>
</context>
<context>
    <name>sscope::SocketHeader</name>
    <message>
        <source>without a name (inode %1)</source>
        <translation>无名（inode %1）</translation>
    </message>
    <message>
        <source>Go to the other end</source>
        <translation>转到另一端</translation>
    </message>
    <message>
        <source>This end</source>
        <translation>本端</translation>
    </message>
    <message>
        <source>Other end</source>
        <translation>另一端</translation>
    </message>
</context>
<context>
    <name>sscope::SocketPlots</name>
    <message>
        <source>%1 ± %2 ms</source>
        <translation>%1 ± %2 ms</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Round trip (smoothed)</source>
        <translation>往返时间（平滑）</translation>
    </message>
    <message>
        <source>Congestion window</source>
        <translation>拥塞窗口</translation>
    </message>
    <message>
        <source>idle, back to %1</source>
        <translation>空闲，回到 %1</translation>
    </message>
    <message>
        <source>peak %1</source>
        <translation>峰值 %1</translation>
    </message>
    <message>
        <source>Not accepted yet, backlog</source>
        <translation>尚未接受，backlog</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>Backlog</translation>
    </message>
    <message>
        <source>Not accepted yet</source>
        <translation>尚未接受</translation>
    </message>
    <message>
        <source>Sent again, segments</source>
        <translation>重发段数</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Delivery rate</source>
        <translation>交付速率</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>尚无</translation>
    </message>
</context>
<context>
    <name>sscope::SocketReport</name>
    <message>
        <source>%1: %2, pid %3, fd %4</source>
        <translation>%1:%2,pid %3,fd %4</translation>
    </message>
    <message>
        <source>%1: no permission</source>
        <translation>%1：无权限</translation>
    </message>
    <message>
        <source>gone at %1</source>
        <translation>%1 消失</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1，已 %2</translation>
    </message>
    <message>
        <source>&gt; %1</source>
        <translation>&gt; %1</translation>
    </message>
    <message>
        <source>This end</source>
        <translation>本端</translation>
    </message>
    <message>
        <source>Other end</source>
        <translation>另一端</translation>
    </message>
</context>
<context>
    <name>sscope::StateBar</name>
    <message>
        <source>Sockets by state</source>
        <translation>按状态的套接字</translation>
    </message>
</context>
<context>
    <name>sscope::StateButton</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2. A click shows only these, with Ctrl these too.</source>
        <translation>%1：%2。单击仅显示这些，按住 Ctrl 则一并显示。</translation>
    </message>
</context>
<context>
    <name>sscope::StatusBar</name>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>this machine: %1</source>
        <translation>本机：%1</translation>
    </message>
    <message>
        <source>No server running</source>
        <translation>没有服务器在运行</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n server(s) running</source>
        <translation>
            <numerusform>%n 个服务器中 %1 个在运行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 个失败</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s)</source>
        <translation>
            <numerusform>%n 个客户端</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 sockets, read in %2 ms</source>
        <translation>%1 个套接字，读取用时 %2 ms</translation>
    </message>
    <message>
        <source> (paused)</source>
        <translation>（已暂停）</translation>
    </message>
    <message numerus="yes">
        <source>Owners of %n socket(s) need permission.</source>
        <translation>
            <numerusform>%n 个套接字的所有者需要权限才能查看。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 log rows not shown</source>
        <translation>%1 行日志未显示</translation>
    </message>
</context>
<context>
    <name>sscope::StreamLegend</name>
    <message>
        <source>length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>header</source>
        <translation>头部</translation>
    </message>
    <message>
        <source>content</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>sscope::StreamPanel</name>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到</translation>
    </message>
    <message>
        <source>What came from the other side</source>
        <translation>对方发来的</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>What this side has sent</source>
        <translation>本端发出的</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Receive size</source>
        <translation>接收大小</translation>
    </message>
    <message>
        <source>Bytes asked of one recv(2), from the next on</source>
        <translation>一次 recv(2) 所要的字节数，从下一次起生效</translation>
    </message>
    <message>
        <source>Pause between sends</source>
        <translation>发送间隔</translation>
    </message>
    <message>
        <source>Time between two messages, from the next on</source>
        <translation>两条消息之间的时间，从下一条起生效</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Not a size from 1 B to 64 MiB. For example: 512 B</source>
        <translation>不是 1 B 至 64 MiB 的大小。例如：512 B</translation>
    </message>
    <message>
        <source>Not a time from 0 to 60 s. For example: 250 ms</source>
        <translation>不是 0 至 60 s 的时间。例如：250 ms</translation>
    </message>
</context>
<context>
    <name>sscope::StreamStrip</name>
    <message>
        <source>Stream</source>
        <translation>流</translation>
    </message>
</context>
<context>
    <name>sscope::StreamTips</name>
    <message>
        <source>length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>header</source>
        <translation>头部</translation>
    </message>
    <message>
        <source>content</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>sscope::StreamWords</name>
    <message>
        <source>part of one</source>
        <translation>一条的一部分</translation>
    </message>
    <message>
        <source>part of a second</source>
        <translation>第二条的一部分</translation>
    </message>
    <message>
        <source>part of a third</source>
        <translation>第三条的一部分</translation>
    </message>
    <message>
        <source>part of a fourth</source>
        <translation>第四条的一部分</translation>
    </message>
    <message>
        <source>part of a fifth</source>
        <translation>第五条的一部分</translation>
    </message>
    <message>
        <source>part of a sixth</source>
        <translation>第六条的一部分</translation>
    </message>
    <message>
        <source>part of a seventh</source>
        <translation>第七条的一部分</translation>
    </message>
    <message>
        <source>part of an eighth</source>
        <translation>第八条的一部分</translation>
    </message>
    <message>
        <source>part of a ninth</source>
        <translation>第九条的一部分</translation>
    </message>
    <message>
        <source>part of a tenth</source>
        <translation>第十条的一部分</translation>
    </message>
    <message>
        <source>part of one more</source>
        <translation>再一条的一部分</translation>
    </message>
    <message numerus="yes">
        <source>%n send(s)</source>
        <translation>
            <numerusform>%n 次发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n receive(s)</source>
        <translation>
            <numerusform>%n 次接收</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2; without a framing each receive is a message</source>
        <translation>%1，%2；没有成帧时每次接收就是一条消息</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2, %3 and %4</source>
        <comment>1 328 B, 4 receives, 5 messages and part of a sixth</comment>
        <translation>%1，%2，%3和%4</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <comment>1 328 B, 4 receives, 5 messages</comment>
        <translation>%1，%2，%3</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) in one send</source>
        <translation>
            <numerusform>一次发送中有 %n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) in one receive</source>
        <translation>
            <numerusform>一次接收中有 %n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>message %1 cut by %n send(s)</source>
        <translation>
            <numerusform>消息 %1 被 %n 次发送切开</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>message %1 cut by %n receive(s)</source>
        <translation>
            <numerusform>消息 %1 被 %n 次接收切开</numerusform>
        </translation>
    </message>
    <message>
        <source>Sends</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Receives</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>send %1</source>
        <translation>发送 %1</translation>
    </message>
    <message>
        <source>receive %1</source>
        <translation>接收 %1</translation>
    </message>
    <message>
        <source>Send %1</source>
        <translation>发送 %1</translation>
    </message>
    <message>
        <source>Receive %1</source>
        <translation>接收 %1</translation>
    </message>
    <message>
        <source>Send %1 ends inside message %2</source>
        <translation>发送 %1 在消息 %2 中间结束</translation>
    </message>
    <message>
        <source>Receive %1 ends inside message %2</source>
        <translation>接收 %1 在消息 %2 中间结束</translation>
    </message>
    <message>
        <source>byte</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>message %1</source>
        <translation>消息 %1</translation>
    </message>
    <message>
        <source>Message %1</source>
        <translation>消息 %1</translation>
    </message>
    <message>
        <source>%1; some of it is not known</source>
        <translation>%1；其中有些未能记录</translation>
    </message>
</context>
<context>
    <name>sscope::TabGroup</name>
    <message>
        <source>New client tab</source>
        <translation>新建客户端标签页</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>sscope::TableLinks</name>
    <message>
        <source>tab %1</source>
        <translation>标签 %1</translation>
    </message>
    <message>
        <source>server %1</source>
        <translation>服务器 %1</translation>
    </message>
    <message>
        <source>client of %1</source>
        <translation>%1 的客户端</translation>
    </message>
</context>
<context>
    <name>sscope::TableOptions</name>
    <message>
        <source>Only</source>
        <translation>仅显示</translation>
    </message>
    <message>
        <source>Bar of states</source>
        <translation>状态条</translation>
    </message>
    <message>
        <source>Take a snapshot</source>
        <translation>拍摄快照</translation>
    </message>
    <message>
        <source>Compare snapshots</source>
        <translation>比较快照</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>分组依据</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Remote address</source>
        <translation>远端地址</translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation>全部折叠</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>全部展开</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Look up names of</source>
        <translation>查询名称</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>%1 - not offered by this kernel</source>
        <translation>%1 - 此内核不提供</translation>
    </message>
</context>
<context>
    <name>sscope::TcpLegend</name>
    <message>
        <source>this end</source>
        <translation>本端</translation>
    </message>
    <message>
        <source>other end</source>
        <translation>另一端</translation>
    </message>
</context>
<context>
    <name>sscope::TcpStateWidget</name>
    <message>
        <source>TCP state</source>
        <translation>TCP 状态</translation>
    </message>
</context>
<context>
    <name>sscope::TcpWords</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source> or </source>
        <translation>或</translation>
    </message>
    <message>
        <source>This end connected.</source>
        <translation>由本端连接。</translation>
    </message>
    <message>
        <source>The other end connected.</source>
        <translation>由另一端连接。</translation>
    </message>
    <message>
        <source>Which end connected was not seen.</source>
        <translation>未看到由哪一端连接。</translation>
    </message>
    <message>
        <source>listens</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>connects</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>this end closes</source>
        <translation>本端关闭</translation>
    </message>
    <message>
        <source>other end closes</source>
        <translation>另一端关闭</translation>
    </message>
    <message>
        <source>60 s</source>
        <translation>60 s</translation>
    </message>
    <message>
        <source>Waits for connections.</source>
        <translation>等待连接。</translation>
    </message>
    <message>
        <source>There is no connection yet.</source>
        <translation>还没有连接。</translation>
    </message>
    <message>
        <source>Has asked for a connection and waits for the answer.</source>
        <translation>已请求连接，等待应答。</translation>
    </message>
    <message>
        <source>Was asked for a connection, has answered, and waits for the ACK.</source>
        <translation>被请求连接，已应答，等待 ACK。</translation>
    </message>
    <message>
        <source>The connection is open: both ends may send.</source>
        <translation>连接已建立：两端都可以发送。</translation>
    </message>
    <message>
        <source>This end has closed; its FIN is not acknowledged yet.</source>
        <translation>本端已关闭；其 FIN 尚未被确认。</translation>
    </message>
    <message>
        <source>This end has closed, the other one has not; it may still send.</source>
        <translation>本端已关闭，另一端尚未关闭，仍可发送。</translation>
    </message>
    <message>
        <source>The other end has closed; this one may still send, and has yet to close.</source>
        <translation>另一端已关闭；本端仍可发送，尚待关闭。</translation>
    </message>
    <message>
        <source>Both ends have closed at the same time; the ACK is still missing.</source>
        <translation>两端同时关闭；ACK 尚未到达。</translation>
    </message>
    <message>
        <source>Both ends have closed; the ACK of this end&apos;s FIN is still missing.</source>
        <translation>两端都已关闭；本端 FIN 的 ACK 尚未到达。</translation>
    </message>
    <message>
        <source>This end closed first. The kernel keeps the ends for 60 s, so that late packets harm no new connection.</source>
        <translation>本端先关闭。内核将两端保留 60 秒，使迟到的包不会损害新连接。</translation>
    </message>
    <message>
        <source>The connection is over.</source>
        <translation>连接已结束。</translation>
    </message>
    <message>
        <source>No TCP socket is selected.</source>
        <translation>未选择 TCP 套接字。</translation>
    </message>
    <message>
        <source>This end is in %1.</source>
        <translation>本端处于 %1。</translation>
    </message>
    <message>
        <source>This end went %1.</source>
        <translation>本端经历了 %1。</translation>
    </message>
    <message>
        <source>, then </source>
        <translation>，然后</translation>
    </message>
    <message>
        <source>Next may be %1.</source>
        <translation>接下来可能是 %1。</translation>
    </message>
    <message>
        <source>The other end is in %1.</source>
        <translation>另一端处于 %1。</translation>
    </message>
</context>
<context>
    <name>sscope::TimePlots</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
</context>
<context>
    <name>sscope::Toolbar</name>
    <message>
        <source>Toolbar</source>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>New server</source>
        <translation>新建服务器</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>New client tab</source>
        <translation>新建客户端标签页</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Programs to learn from, started by one click</source>
        <translation>可供学习的程序，单击即可启动</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause the connection table</source>
        <translation>暂停连接表</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
</context>
<context>
    <name>sscope::WelcomePage</name>
    <message>
        <source>Start both ends and watch the bytes</source>
        <translation>启动两端，观察字节</translation>
    </message>
    <message>
        <source>Try it: start an echo server and say hello</source>
        <translation>试一试：启动回显服务器并打个招呼</translation>
    </message>
    <message>
        <source>Listens on 127.0.0.1:65432, connects a client tab, sends “Hello, world” and shows what comes back. Nothing leaves this machine.</source>
        <translation>在 127.0.0.1:65432 监听，连接一个客户端标签，发送“Hello, world”并显示返回的内容。一切都不离开本机。</translation>
    </message>
    <message>
        <source>New client tab</source>
        <translation>新建客户端标签</translation>
    </message>
    <message>
        <source>Talk to something that already runs:</source>
        <translation>与已在运行的程序对话：</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>全部 %1 个</translation>
    </message>
</context>
</TS>
