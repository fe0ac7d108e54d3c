#pragma once
// Names of rows that this folder owns, beside the batch and its lines.

#include "base/id.h"

namespace fenming::disbursement {

using FindingId = Id<struct FindingTag>;      ///< what a check found
using SetAsideId = Id<struct SetAsideTag>;    ///< a line that waits, with its owner and day
using BankFileId = Id<struct BankFileTag>;    ///< a file for the bank
using AnswerId = Id<struct AnswerTag>;        ///< a file from the bank
using ExceptionId = Id<struct ExceptionTag>;  ///< a row of an answer that fits nothing
/// What a finding met: a line, a status or an account, as its check says.
using MetId = Id<struct MetTag>;

}  // namespace fenming::disbursement
