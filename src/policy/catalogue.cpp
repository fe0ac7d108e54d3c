// Writing the built-in catalogue to the store.

#include "policy/policy.h"
#include "policy/sql.h"

namespace fenming::policy {
namespace {

/// Closes and adds the rows of one table; `add(seed, id)` writes one.
template <class Seed, class Add>
void apply(road::Desk& desk, const CatalogueChange& change, std::span<const Seed> seeds,
           const store::Stmt<store::Int, store::Int>& close, CatalogueReceipt& receipt, Add&& add) {
    for (const std::int64_t id : change.close)
        check(desk.tx.run(close, id, desk.order) == 1, "a catalogue row is closed once");
    for (const std::size_t place : change.add) add(seeds[place], desk.mint_number());
    receipt.closed += static_cast<std::int64_t>(change.close.size());
    receipt.added += static_cast<std::int64_t>(change.add.size());
}

}  // namespace

Result<Area> area_of(store::Tx&, const InstallCatalogue& order) {
    return order.area;
}

Result<CatalogueDossier> load(road::Desk& desk, const InstallCatalogue&) {
    return CatalogueDossier{
        desk.tx.all<CatalogueRow>(sql::programme_rows),
        desk.tx.all<CatalogueRow>(sql::conflict_rows), desk.tx.all<CatalogueRow>(sql::subject_rows),
        desk.tx.all<CatalogueRow>(sql::item_rows), desk.tx.all<CatalogueRow>(sql::bank_code_rows)};
}

Result<CatalogueReceipt> record(road::Desk& desk, const CatalogueDecision& decision) {
    CatalogueReceipt receipt;
    store::Tx& tx = desk.tx;
    const std::string from = decision.valid_from.text();
    apply(desk, decision.programmes, built_in_programmes(), sql::close_programme, receipt,
          [&](const ProgrammeSeed& s, std::int64_t id) {
              tx.run(sql::add_programme, id, s.code, s.name_zh, s.name_en, stored(s.basis),
                     stored(s.label), stored(s.cycle), stored(s.decided), s.card_item, s.subjects,
                     from, desk.order);
          });
    apply(desk, decision.conflicts, built_in_conflicts(), sql::close_conflict, receipt,
          [&](const ConflictSeed& s, std::int64_t id) {
              tx.run(sql::add_conflict, id, s.a, s.b, stored(s.relation), stored(s.applies), s.rule,
                     s.source, desk.order);
          });
    apply(desk, decision.subjects, built_in_subjects(), sql::close_subject, receipt,
          [&](const SubjectSeed& s, std::int64_t id) {
              tx.run(sql::add_subject, id, s.code, s.name_zh, s.name_en, s.book, s.confirmed,
                     s.source, desk.order);
          });
    apply(desk, decision.items, built_in_items(), sql::close_item, receipt,
          [&](const ItemSeed& s, std::int64_t id) {
              tx.run(sql::add_item, id, s.code, s.name_zh, s.short_name, s.function_class,
                     s.civil_affairs, from, desk.order);
          });
    apply(desk, decision.bank_codes, built_in_bank_codes(), sql::close_bank_code, receipt,
          [&](const BankCodeSeed& s, std::int64_t id) {
              tx.run(sql::add_bank_code, id, s.code, s.meaning, stored(s.outcome), s.action,
                     desk.order);
          });
    return receipt;
}

}  // namespace fenming::policy
