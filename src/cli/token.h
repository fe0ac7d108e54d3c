#pragma once
// The session of `fenming login`, kept in a file that only its owner reads (S1).

#include <string>

namespace fenming::cli {

/// The token kept for this database, or "". A file that others may read is passed over.
std::string read_token(const std::string& database);
/// Keeps it, mode 0600. A disk that fails is a Fault.
void keep_token(const std::string& database, const std::string& token);
void drop_token(const std::string& database);

}  // namespace fenming::cli
