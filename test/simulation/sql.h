#pragma once
// What the simulation reads to compare: plain rows of the tables, past every function of the
// product.

#include "store/database.h"

namespace fenming::simulation::sql {

/// A statement that reads alike on both databases; parameters are $1, $2 in the order they stand.
#define FENMING_READS(NAME, PARAMETERS, KINDS, COUNT, TEXT)       \
    inline constexpr store::Stmt<PARAMETERS> NAME {               \
        { "simulation." #NAME, TEXT, TEXT, KINDS, COUNT, "", "" } \
    }

FENMING_READS(links_after, store::Int, "i", 1,
              "SELECT order_id, pen, other_pens FROM trail WHERE order_id > $1 ORDER BY order_id, "
              "pen");
FENMING_READS(batch, store::Int, "i", 1,
              "SELECT id, area, state, version, line_count, total_fen, payable_count, payable_fen "
              "FROM batch WHERE id = $1");
FENMING_READS(lines, store::Int, "i", 1,
              "SELECT id, person_id, account_id, fen, state, COALESCE(from_fen, -1), "
              "corrects_line, attempt FROM payment_line WHERE batch_id = $1 ORDER BY ordinal");
FENMING_READS(pot, store::Int, "i", 1,
              "SELECT available_fen, allocated_fen, frozen_fen, disbursed_fen, total_fen "
              "FROM allotment_balance WHERE allotment_id = $1");
FENMING_READS(exceptions, store::Int, "i", 1,
              "SELECT id, line_id, state FROM answer_exception WHERE batch_id = $1 ORDER BY id");
FENMING_READS(findings, store::Int, "i", 1,
              "SELECT f.line_id, f.code, f.severity FROM finding f JOIN batch b "
              "ON b.id = f.batch_id AND b.check_run = f.check_run WHERE b.id = $1 ORDER BY f.id");
FENMING_READS(person, store::Blob, "b", 1, "SELECT id FROM person WHERE id_index = $1");
FENMING_READS(accounts, store::Int, "i", 1,
              "SELECT id, state FROM payee_account WHERE person_id = $1 ORDER BY id");
inline constexpr store::Stmt<> live_claims{
    {"simulation.live_claims",
     "SELECT person_key, programme, period, kind, cause, live_line FROM claim "
     "WHERE live_line <> 0 ORDER BY live_line",
     "SELECT person_key, programme, period, kind, cause, live_line FROM claim "
     "WHERE live_line <> 0 ORDER BY live_line",
     "", 0, "", ""}};
inline constexpr store::Stmt<> newest_link{
    {"simulation.newest_link", "SELECT COALESCE(MAX(order_id), 0) FROM trail",
     "SELECT COALESCE(MAX(order_id), 0) FROM trail", "", 0, "", ""}};
#undef FENMING_READS

}  // namespace fenming::simulation::sql
