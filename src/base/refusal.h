#pragma once
// The fund says no: a refusal is a value with a name, the numbers that disagree, and a place.
// Its sentence and its mend stand in words.zh-CN.txt and words.en.txt of the folder that says it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace fenming {

/// Declared once beside the rule it guards: `inline constexpr RefusalKind
/// kOverdrawn{"ledger.overdrawn", 409};` The code is `folder.words_with_underscores`; the status is
/// what HTTP answers.
struct RefusalKind {
    std::string_view code;
    int http_status;
};

/// A named number or text that the sentence shows. Names ending in `_fen` hold fen.
/// A value that is somebody's personal data is shown to the requester and never stored (S3):
/// build it with `personal()`. A text that is a code of ours, a state's name say, is said in the
/// reader's language: build it with `word()`.
struct RefusalValue {
    std::string name;
    std::variant<std::int64_t, std::string> value;
    bool is_personal = false;
    std::optional<std::string> list = std::nullopt;  ///< of a code: where its words stand
};

/// Where in the input: any part may be empty. Rows are numbered as a spreadsheet shows them.
struct RefusalPlace {
    std::string sheet;
    std::int64_t row = 0;
    std::string column;
};

class Refusal {
public:
    /// Keeps the kind's address: kinds live as long as the program.
    explicit Refusal(const RefusalKind& kind) : kind_(&kind) {}
    explicit Refusal(const RefusalKind&&) = delete;

    /// Adds a value; one given again under the same name replaces the earlier.
    Refusal&& with(std::string name, std::int64_t value) &&;
    Refusal&& with(std::string name, std::string value) &&;
    /// As `with`, for a value that names a person: shown, never stored or logged.
    Refusal&& personal(std::string name, std::string value) &&;
    /// As `with`, for codes of a list, the names of an enum say: `word("state", "draft",
    /// "disbursement.state")` is said with the words of `disbursement.state.draft` (a `-` of the
    /// code is `_` in its key), and stays `draft` in JSON. Several codes stand between " / ". An
    /// empty list means that the code is the whole key; the text it names is filled with the values
    /// of this refusal. A code without words, somebody's typing error say, is said as it stands.
    Refusal&& word(std::string name, std::string code, std::string list) &&;
    /// A value of another refusal, as it stood there.
    Refusal&& with(RefusalValue value) &&;
    Refusal&& at(std::string sheet, std::int64_t row, std::string column) &&;

    [[nodiscard]] const RefusalKind& kind() const { return *kind_; }
    [[nodiscard]] const std::vector<RefusalValue>& values() const { return values_; }
    [[nodiscard]] const RefusalPlace& place() const { return place_; }

private:
    void put(RefusalValue value);

    const RefusalKind* kind_;
    std::vector<RefusalValue> values_;
    RefusalPlace place_;
};

/// Builds a refusal. In a test run (FENMING_COVERAGE_DIR is set) it also notes the code, once per
/// process, in refusals.<pid> of that folder, so that the last test can name every refusal that no
/// test provoked; and in codes.<pid> each value that looks like a code and was not given as a
/// `word()`, so that it can name those that a sentence would show as they stand. A note that cannot
/// be written is a Fault.
Refusal refusal(const RefusalKind& kind);
Refusal refusal(const RefusalKind&& kind) = delete;

enum class Language { zh_cn, en };

struct Sentence {
    std::string says;  ///< what is wrong, and where
    std::string mend;  ///< what to do
};

/// The refusal in a language, its place first if it has one. A `{name}` in the text becomes the
/// value; `{name_fen}` becomes yuan with two decimals. A value that is not there (personal data is
/// not stored, S3) prints as "…". A code without words is a Bug (a test renders every code).
Sentence say(const Refusal& refusal, Language language);

/// Names that the sentence or mend wants and the refusal does not carry; tests want none.
std::vector<std::string> missing_values(const Refusal& refusal, Language language);

/// Any other text of ours by key, e.g. a state's name. A missing key is a Bug.
std::string_view words(std::string_view key, Language language);
bool has_words(std::string_view key);

/// A text with its `{name}` and `{name_fen}` filled in, as `say` does.
std::string fill(std::string_view text, const std::vector<RefusalValue>& values, Language language);

}  // namespace fenming
