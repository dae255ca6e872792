#include "core/diagnostics/socket_filter.h"

#include <algorithm>

#include "core/diagnostics/filter_parser.h"
#include "core/diagnostics/filter_terms.h"
#include "core/diagnostics/ownership.h"

namespace sscope {

namespace {

bool isTrue(const FilterProgram& program, std::size_t number, const RowFacts& facts) {
    using Kind = FilterProgram::Kind;
    const FilterProgram::Node& node = program.nodes[number];
    switch (node.kind) {
    case Kind::Term:
        return std::visit([&](const auto& term) { return term.matches(facts); },
                          program.terms[node.first]);
    case Kind::And:
        return isTrue(program, node.first, facts) && isTrue(program, node.second, facts);
    case Kind::Or:
        return isTrue(program, node.first, facts) || isTrue(program, node.second, facts);
    case Kind::Not:
        return !isTrue(program, node.first, facts);
    }
    return false;
}

bool asksFor(const FilterProgram* program, FilterKey key) {
    return program && std::ranges::any_of(program->terms, [key](const FilterTerm& term) {
               const auto* number = std::get_if<NumberTerm>(&term);
               return number && number->key == key;
           });
}

} // namespace

tl::expected<SocketFilter, FilterFault> SocketFilter::parse(std::string_view text) {
    auto program = parseFilter(text);
    if (!program)
        return tl::unexpected(std::move(program.error()));
    SocketFilter filter;
    if (!program->nodes.empty())
        filter.m_program = std::make_shared<const FilterProgram>(std::move(*program));
    return filter;
}

bool SocketFilter::matches(const RowFacts& facts) const {
    return !m_program || isTrue(*m_program, m_program->nodes.size() - 1, facts);
}

bool SocketFilter::needsDetails() const {
    return asksFor(m_program.get(), FilterKey::Rtt);
}

bool SocketFilter::needsAge() const {
    return asksFor(m_program.get(), FilterKey::Age);
}

OwnerWord ownerWord(const SocketRow& row) {
    if (!row.owners.empty())
        return OwnerWord::Named;
    if (!row.ownersKnown)
        return OwnerWord::NoPermission;
    return canHaveOwner(row) ? OwnerWord::None : OwnerWord::Kernel;
}

} // namespace sscope
