#pragma once
// What holds of this folder's rows after every order, and which of them something else wrote.

#include <string>
#include <vector>

#include "crypto/keystore.h"
#include "road/invariant.h"
#include "store/database.h"

namespace fenming::access {

/// roles_exclude: no person holds an administrator's role beside another (R8.04) ·
/// two_persons: every confirmed grant was proposed and confirmed by two others (S7).
std::vector<road::Invariant> invariants();

/// A row whose MAC is false (S8), for `verify`.
struct ForgedRow {
    std::string table;
    std::string key;  ///< the row's id; of a session the first 16 digits of its key
    std::string why;  ///< a word key: access.why.mac
};
/// Reads accounts, authenticators, grants, requests and sessions, one after another, streamed.
std::vector<ForgedRow> verify_macs(store::Tx& tx, const crypto::KeyStore& keys);

}  // namespace fenming::access
