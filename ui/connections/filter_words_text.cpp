#include "ui/connections/filter_words_text.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "core/diagnostics/filter_fault.h"
#include "ui/common/formats.h"
#include "ui/connections/filter_field.h"

namespace sscope {

namespace {

using Expected = FilterExpectation;

QString expectation(Expected expected) {
    switch (expected) {
    case Expected::Term:
        return FilterField::tr("a word, a number or a key such as port:");
    case Expected::Key:
        return FilterField::tr("a key such as port: or process: (a word with a colon stands in "
                               "quotes)");
    case Expected::Comparison:
        return FilterField::tr("one of : = < > <= >=");
    case Expected::Order:
        return FilterField::tr("one of < > <= >=, or a range such as 1m-5m");
    case Expected::Colon:
        return FilterField::tr("a colon");
    case Expected::Port:
        return FilterField::tr("a port such as 80, or a range such as 80-443");
    case Expected::Number:
        return FilterField::tr("a number such as 812, or a range such as 800-900");
    case Expected::Address:
        return FilterField::tr("an address such as 192.0.2.7, 10.0.0.0/8, fe80::/10 or localhost");
    case Expected::State:
        return FilterField::tr("a state such as listen, established or time_wait");
    case Expected::Protocol:
        return FilterField::tr("tcp, udp, udplite, raw, unix, packet or netlink");
    case Expected::Property:
        return FilterField::tr("listening, established, loopback, ours or orphan");
    case Expected::Text:
        return FilterField::tr("a word, or a regular expression such as /^ngin/");
    case Expected::Age:
        return FilterField::tr("a time such as 30s, 3m or 2h");
    case Expected::Time:
        return FilterField::tr("a time such as 800us, 5ms or 1s");
    case Expected::Size:
        return FilterField::tr("a size such as 0, 1500 or 64k");
    case Expected::RegexPart:
        return FilterField::tr("a regular expression that is whole");
    case Expected::ClosingQuote:
        return FilterField::tr("the quote that ends the word");
    case Expected::ClosingParenthesis:
        return FilterField::tr("a closing parenthesis");
    case Expected::RisingRange:
        return FilterField::tr("the smaller number of the range first");
    case Expected::Shorter:
        return FilterField::tr("a shorter filter");
    }
    return {};
}

struct Note {
    std::string_view word;
    const char* text;
};

constexpr Note notes[] = {
    {"port", QT_TRANSLATE_NOOP("sscope::FilterField", "port at either end")},
    {"sport", QT_TRANSLATE_NOOP("sscope::FilterField", "local port")},
    {"dport", QT_TRANSLATE_NOOP("sscope::FilterField", "remote port")},
    {"host", QT_TRANSLATE_NOOP("sscope::FilterField", "address at either end, also 10.0.0.0/8")},
    {"src", QT_TRANSLATE_NOOP("sscope::FilterField", "local address")},
    {"dst", QT_TRANSLATE_NOOP("sscope::FilterField", "remote address")},
    {"state", QT_TRANSLATE_NOOP("sscope::FilterField", "state, such as listen or time_wait")},
    {"proto", QT_TRANSLATE_NOOP("sscope::FilterField", "tcp, udp, unix ...")},
    {"process", QT_TRANSLATE_NOOP("sscope::FilterField", "name of an owner")},
    {"pid", QT_TRANSLATE_NOOP("sscope::FilterField", "process number of an owner")},
    {"user", QT_TRANSLATE_NOOP("sscope::FilterField", "name of the user")},
    {"uid", QT_TRANSLATE_NOOP("sscope::FilterField", "number of the user")},
    {"inode", QT_TRANSLATE_NOOP("sscope::FilterField", "inode of the socket")},
    {"fd", QT_TRANSLATE_NOOP("sscope::FilterField", "descriptor in an owner")},
    {"queue", QT_TRANSLATE_NOOP("sscope::FilterField", "bytes in either queue")},
    {"rtt", QT_TRANSLATE_NOOP("sscope::FilterField", "round trip time")},
    {"age", QT_TRANSLATE_NOOP("sscope::FilterField", "since it was seen first")},
    {"is", QT_TRANSLATE_NOOP("sscope::FilterField", "listening, loopback, ours ...")},
    {"not", QT_TRANSLATE_NOOP("sscope::FilterField", "what does not match")},
    {"or", QT_TRANSLATE_NOOP("sscope::FilterField", "one or the other")},
    {"is:listening", QT_TRANSLATE_NOOP("sscope::FilterField", "waits for connections")},
    {"is:established", QT_TRANSLATE_NOOP("sscope::FilterField", "has a connection")},
    {"is:loopback", QT_TRANSLATE_NOOP("sscope::FilterField", "does not leave this machine")},
    {"is:ours", QT_TRANSLATE_NOOP("sscope::FilterField", "of this program")},
    {"is:orphan", QT_TRANSLATE_NOOP("sscope::FilterField", "no process holds it")},
};

} // namespace

QString filterFaultText(const FilterFault& fault) {
    const QString expected = expectation(fault.expected);
    if (fault.found.empty())
        return FilterField::tr("Column %1: the filter ends, expected %2.")
            .arg(fault.column)
            .arg(expected);
    return FilterField::tr("Column %1: found \"%2\", expected %3.")
        .arg(QString::number(fault.column), toQString(displaySafe(fault.found)), expected);
}

QString filterNote(const std::string& completion) {
    std::string_view word = completion;
    while (!word.empty() && std::string_view(":<>= ").find(word.back()) != std::string_view::npos)
        word.remove_suffix(1);
    const auto* it = std::ranges::find(notes, word, &Note::word);
    return it == std::end(notes) ? QString() : FilterField::tr(it->text);
}

} // namespace sscope
