#include "ui/chat/chat_text.h"

#include <array>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include "core/base/display_text.h"
#include "ui/chat/chat_link.h"
#include "ui/chat/chat_mention.h"
#include "ui/common/formats.h"
#include "ui/common/language.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::ChatText)
};

struct NamedCharacter {
    char32_t code;
    const char* name;
};

// ISO 6429 for C0, the Unicode names' abbreviations for the rest.
constexpr std::array c0Names{"NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL",
                             "BS",  "TAB", "LF",  "VT",  "FF",  "CR",  "SO",  "SI",
                             "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB",
                             "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US"};
constexpr std::array named{
    NamedCharacter{0x7F, "DEL"},   NamedCharacter{0x85, "NEL"},   NamedCharacter{0x9B, "CSI"},
    NamedCharacter{0xAD, "SHY"},   NamedCharacter{0x61C, "ALM"},  NamedCharacter{0x200B, "ZWSP"},
    NamedCharacter{0x200E, "LRM"}, NamedCharacter{0x200F, "RLM"}, NamedCharacter{0x2028, "LS"},
    NamedCharacter{0x2029, "PS"},  NamedCharacter{0x202A, "LRE"}, NamedCharacter{0x202B, "RLE"},
    NamedCharacter{0x202C, "PDF"}, NamedCharacter{0x202D, "LRO"}, NamedCharacter{0x202E, "RLO"},
    NamedCharacter{0x2060, "WJ"},  NamedCharacter{0x2066, "LRI"}, NamedCharacter{0x2067, "RLI"},
    NamedCharacter{0x2068, "FSI"}, NamedCharacter{0x2069, "PDI"}, NamedCharacter{0xFEFF, "BOM"},
};

// Keeps a name and the space within its box together (U+202F does not break).
constexpr QChar boxSpace(0x202F);

void addBox(ChatText& shown, char32_t c) {
    const qsizetype start = shown.text.size();
    shown.text += boxSpace + hiddenCharacterName(c) + boxSpace;
    const auto length = static_cast<int>(shown.text.size() - start);
    shown.boxes.push_back({{static_cast<int>(start), length}, c});
}

/// The name where it stands as a word, an @ before it with it.
void markNames(ChatText& shown, const QString& name) {
    if (name.isEmpty())
        return;
    qsizetype at = shown.text.indexOf(name, 0, Qt::CaseInsensitive);
    for (; at >= 0; at = shown.text.indexOf(name, at + name.size(), Qt::CaseInsensitive)) {
        if (!isMention(shown.text, at, name.size()))
            continue;
        const bool hasAt = at > 0 && shown.text[at - 1] == QLatin1Char('@');
        const qsizetype start = hasAt ? at - 1 : at;
        shown.names.push_back(
            {static_cast<int>(start), static_cast<int>(at + name.size() - start)});
    }
}

} // namespace

QString hiddenCharacterName(char32_t c) {
    if (c < c0Names.size())
        return QLatin1String(c0Names.at(c));
    for (const NamedCharacter& each : named) {
        if (each.code == c)
            return QLatin1String(each.name);
    }
    return QStringLiteral("U+%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
}

ChatText chatText(const QString& text, const QString& ownName) {
    ChatText shown;
    shown.text.reserve(text.size());
    const auto characters = text.toUcs4();
    const std::vector<WebAddress> addresses = webAddresses(text);
    auto address = addresses.begin();
    int at = 0; // in the text as it came
    for (qsizetype i = 0; i < characters.size(); ++i) {
        const char32_t c = characters[i];
        if (address != addresses.end() && address->start == at) {
            shown.links.push_back({static_cast<int>(shown.text.size()), address->length});
            ++address;
        }
        at += QChar::requiresSurrogates(c) ? 2 : 1;
        const bool endsLine = c == '\r' && i + 1 < characters.size() && characters[i + 1] == '\n';
        if (endsLine)
            continue;
        if (c == '\n')
            shown.text += QChar(QChar::LineSeparator);
        else if (isHiddenCharacter(c))
            addBox(shown, c);
        else
            shown.text += QString::fromUcs4(&c, 1);
    }
    markNames(shown, ownName);
    return shown;
}

QString ChatText::copied(int from, int to) const {
    QString copy;
    const auto append = [&](int start, int end) {
        if (start < end)
            copy += text.mid(start, end - start);
    };
    for (const Box& box : boxes) {
        if (box.start >= to)
            break;
        if (box.start < from)
            continue;
        append(from, box.start);
        copy += safeText(QString::fromUcs4(&box.character, 1));
        from = box.start + box.length;
    }
    append(from, to);
    return copy.replace(QChar(QChar::LineSeparator), QLatin1Char('\n'));
}

int ChatText::outOfBox(int position) const {
    for (const Box& box : boxes) {
        const int end = box.start + box.length;
        if (position > box.start && position < end)
            return position - box.start < end - position ? box.start : end;
    }
    return position;
}

QString safeText(const std::string& text) {
    return toQString(displaySafe(text));
}

QString safeText(const QString& text) {
    return safeText(text.toStdString());
}

QString withoutEnd(QString sentence) {
    while (sentence.endsWith(QLatin1Char('.')) || sentence.endsWith(QChar(0x3002)))
        sentence.chop(1); // U+3002: the ideographic full stop
    return sentence;
}

QString copyText(const QString& text) {
    QStringList lines = text.split(QLatin1Char('\n'));
    for (QString& line : lines) {
        if (line.endsWith(QLatin1Char('\r')))
            line.chop(1);
        line = safeText(line);
    }
    return lines.join(QLatin1Char('\n'));
}

QString secondText(WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(time / 1'000'000).toString(QStringLiteral("HH:mm:ss"));
}

QString fullTimeText(WallTime time) {
    const QString day =
        QLocale(currentLanguage())
            .toString(dayOf(time), Words::tr("dddd, d MMMM yyyy", "a day, QDate's format"));
    return QStringLiteral("%1 %2").arg(day, clockText(time));
}

QDate dayOf(WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(time / 1'000'000).date();
}

QString dayText(const QDate& day, const QDate& today) {
    if (day == today)
        return Words::tr("Today");
    if (day == today.addDays(-1))
        return Words::tr("Yesterday");
    return QLocale(currentLanguage())
        .toString(day, day.year() == today.year()
                           ? Words::tr("dddd, d MMMM", "a day of this year, QDate's format")
                           : Words::tr("dddd, d MMMM yyyy", "a day, QDate's format"));
}

QString copyText(const ChatLine& line) {
    if (line.kind == ChatLine::Kind::Remark)
        return QStringLiteral("[%1] * %2").arg(secondText(line.time), safeText(line.text));
    return QStringLiteral("[%1] %2: %3")
        .arg(secondText(line.time), safeText(line.author), copyText(line.text));
}

QString unreadText(int unread, int calls) {
    constexpr int most = 99;
    const int count = calls > 0 ? calls : unread;
    if (count == 0)
        return {};
    const QString number = count > most ? QStringLiteral("%1+").arg(most) : QString::number(count);
    return calls > 0 ? QStringLiteral("@ ") + number : number;
}

QString remarkIcon(const ChatLine& line) {
    switch (line.remark) {
    case ChatLine::Remark::Joined:
        return line.usesLines ? QStringLiteral("terminal") : QStringLiteral("enter");
    case ChatLine::Remark::Left:
        return QStringLiteral("leave");
    case ChatLine::Remark::Renamed:
    case ChatLine::Remark::Topic:
        return QStringLiteral("edit");
    case ChatLine::Remark::Notice:
        return QStringLiteral("bell");
    case ChatLine::Remark::Lost:
    case ChatLine::Remark::Storage:
    case ChatLine::Remark::Refused:
        return QStringLiteral("warning");
    case ChatLine::Remark::Resumed:
        return QStringLiteral("refresh");
    }
    return QStringLiteral("info");
}

QString markIcon(const ChatLine& line) {
    switch (line.state) {
    case ChatLine::State::Plain:
        return {};
    case ChatLine::State::Waiting:
        return QStringLiteral("clock");
    case ChatLine::State::Stored:
        return QStringLiteral("check");
    case ChatLine::State::Refused:
        return QStringLiteral("warning");
    }
    return {};
}

QString markText(const ChatLine& line) {
    switch (line.state) {
    case ChatLine::State::Plain:
        return {};
    case ChatLine::State::Waiting:
        return Words::tr("Not stored yet: it is sent until the server has stored it");
    case ChatLine::State::Stored:
        return Words::tr("Stored by the server");
    case ChatLine::State::Refused:
        return Words::tr("Not stored: %1. A click sends it again")
            .arg(withoutEnd(safeText(line.reason)));
    }
    return {};
}

} // namespace sscope
