// From a file of documents to one order.

#include "budget/intake.h"

#include <algorithm>

#include "base/text.h"
#include "budget/desk.h"
#include "budget/places.h"
#include "budget/receivers.h"

namespace fenming::budget {
namespace {

/// What the database knows that a file's words are held against.
struct Ground {
    Receivers receivers{{}, {}};
    std::vector<KnownDocument> known;
    std::vector<KnownProgramme> programmes;
    std::optional<Area> line_area;  ///< of the line that is split
};

class Maker {
public:
    Maker(ReadFile& file, const Ground& ground, const ImportOptions& options)
        : file_(file), ground_(ground), options_(options) {}

    /// The document as an order has it; what is wrong goes to the file's problems.
    DocumentInput make(ReadDocument& document) {
        DocumentInput input;
        const auto& first = document.rows.front();
        input.number = first.number;
        input.title = first.title;
        input.year = first.year;
        input.origin_year = first.origin_year;
        input.fund = first.fund;
        input.issued_by = first.issued_by;
        input.issued_on = first.issued_on;
        input.received_on = first.received_on;
        input.is_partial = document.is_partial;
        if (document.total) {
            input.total_text = document.total_text;
            input.printed_total = document.total->value;
            input.total_last_digit = document.total->last_digit;
        }
        const auto area = area_of_document(document);
        if (!area) return input;
        input.area = *area;
        if (!options_.parent) fill_money(document, input);
        find_known(document, *area);
        for (auto& row : document.rows) input.items.push_back(item_of(document, row, *area));
        return input;
    }

private:
    void bad(ReadDocument& document, const ReadRow& row, std::string_view key, Refusal problem) {
        document.is_good = false;
        file_.problems.push_back(std::move(problem).at("", row.row, file_.place(key)));
    }

    std::optional<Area> area_of_document(ReadDocument& document) {
        if (ground_.line_area) return ground_.line_area;
        if (options_.area) return options_.area;
        const auto& first = document.rows.front();
        const auto found = ground_.receivers.place_of_issuer(first.issued_by);
        if (found) return *found;
        bad(document, first, "issued_by",
            refusal(kDocumentAreaUnknown)
                .with("number", document.number)
                .with("text", shown(first.issued_by)));
        return std::nullopt;
    }

    void fill_money(ReadDocument& document, DocumentInput& input) {
        const auto& first = document.rows.front();
        if (auto mark = read_mark(first.mark, first.fund))
            input.mark = *mark;
        else
            bad(document, first, "mark", std::move(mark.error()));
        if (auto source = read_source(first.source, first.fund, *input.area))
            input.source = *source;
        else
            bad(document, first, "source", std::move(source.error()));
        const std::string word = without_spaces(first.advance);
        const auto is = [&](std::initializer_list<std::string_view> words) {
            return std::ranges::find(words, word) != words.end();
        };
        input.is_advance = is({"是", "提前下达", "yes", "1"}) ||
                           (word.empty() && first.title.find("提前下达") != std::string::npos);
        if (!input.is_advance && !is({"", "否", "no", "0"}))
            bad(document, first, "advance",
                refusal(kYesNoUnknown).with("text", shown(first.advance)));
    }

    void find_known(ReadDocument& document, Area area) {
        const auto kind = stored(options_.parent ? DocumentKind::split : DocumentKind::allot);
        for (const auto& other : ground_.known) {
            if (other.number != document.number || other.kind != kind ||
                other.state == name_of(DocumentState::corrected) ||
                !(other.area.contains(area) || area.contains(other.area)))
                continue;
            bad(document, document.rows.front(), "number",
                refusal(kRegisteredBefore)
                    .with("document", other.id.number)
                    .with("number", other.number)
                    .with("area", ground_.receivers.name_of(other.area)));
            return;
        }
    }

    ItemInput item_of(ReadDocument& document, const ReadRow& row, Area area) {
        ItemInput item;
        item.receiver = row.receiver.empty() ? row.use : row.receiver;
        if (row.amount) {
            item.amount = row.amount->value;
            item.last_digit = row.amount->last_digit;
        }
        if (!row.subject.empty()) item.subject = row.subject;
        fill_programme(document, row, item);
        if (row.area_code) {
            item.area = *row.area_code;
            if (!area.contains(*item.area))
                bad(document, row, "area_code",
                    refusal(kItemOutside)
                        .with("receiver", shown(item.receiver))
                        .with("area", ground_.receivers.name_of(*item.area))
                        .with("within", ground_.receivers.name_of(area)));
            return item;
        }
        const auto found = ground_.receivers.find(area, item.receiver, may_be(row));
        if (!found) {
            bad(document, row, "receiver", found.error());
            return item;
        }
        item.area = found->area;
        if (found->unit_id != 0) item.unit_id = found->unit_id;
        return item;
    }

    /// A column that is called 接收单位/用途 may hold either.
    [[nodiscard]] MayBe may_be(const ReadRow& row) const {
        if (row.receiver.empty()) return MayBe::use;
        const std::string header = file_.place("receiver");
        const bool is_both =
            header.find("用途") != header.npos || header.find("use") != header.npos;
        return is_both ? MayBe::either : MayBe::receiver;
    }

    /// By code or by name; the fund's name may be a programme's.
    void fill_programme(ReadDocument& document, const ReadRow& row, ItemInput& item) {
        const std::string wanted = row.programme.empty() ? options_.programme : row.programme;
        for (const auto& each : ground_.programmes) {
            const bool is_it =
                wanted.empty() ? each.name == row.fund : each.code == wanted || each.name == wanted;
            if (is_it) item.programme = each.code;
        }
        if (!wanted.empty() && !item.programme)
            bad(document, row, "programme", refusal(kProgrammeUnknown).with("text", shown(wanted)));
    }

    ReadFile& file_;
    const Ground& ground_;
    const ImportOptions& options_;
};

/// By how much the printed total and the items differ. A mismatch waits, and what comes next is
/// told (P18); a difference of rounding is posted, and the clerk is to see it (E23).
void tell_difference(api::Object& object, const ReadDocument& document, const Judged& judged,
                     Language language) {
    const bool is_more = judged.difference > Money();
    const auto gap = is_more ? judged.difference : -judged.difference;
    const std::vector<RefusalValue> values = {{"number", document.number},
                                              {"printed_fen", document.total->value.in_fen()},
                                              {"sum_fen", judged.sum.in_fen()},
                                              {"gap_fen", gap.in_fen()}};
    const bool is_pending = judged.verdict == Verdict::mismatch;
    const std::string key = std::string(is_pending ? "budget.pending" : "budget.rounded") +
                            (is_more ? ".sum_is_more" : ".sum_is_less");
    object.set("says", fill(words(key, language), values, language));
    if (is_pending) object.set("mend", std::string(words("budget.pending.mend", language)));
}

api::Value summary_of(const ReadDocument& document, Language language) {
    std::vector<Printed> items;
    for (const auto& row : document.rows)
        if (row.amount) items.push_back(*row.amount);
    api::Object object{
        {"document", document.number},  {"verdict", nullptr},
        {"printed_total_fen", nullptr}, {"sum_fen", 0},
        {"difference_fen", nullptr},    {"items", static_cast<std::int64_t>(document.rows.size())}};
    if (items.empty()) return object;
    const auto judged = judge(items, document.total, document.is_partial);
    if (document.has_amounts) object.set("verdict", stored(judged.verdict));
    if (document.has_amounts &&
        (judged.verdict == Verdict::mismatch || judged.verdict == Verdict::rounding))
        tell_difference(object, document, judged, language);
    object.set("sum_fen", judged.sum.in_fen());
    if (document.total) {
        object.set("printed_total_fen", document.total->value.in_fen());
        object.set("difference_fen", judged.difference.in_fen());
    }
    return object;
}

/// The smallest area that holds all.
Area common_area(const std::vector<DocumentInput>& documents) {
    Area area = documents.front().area.value_or(Area{});
    for (const auto& each : documents)
        while (!area.contains(each.area.value_or(Area{}))) area = area.parent();
    return area;
}

template <class O>
void give(road::Road& road, const road::Caller& caller, const O& order,
          const ImportOptions& options, ImportOutcome& outcome) {
    auto receipt =
        road::carry_out(road, caller, order, {.key = options.key, .dry_run = options.dry_run});
    if (receipt)
        outcome.registered = std::move(receipt->documents);
    else
        outcome.refusals.push_back(std::move(receipt.error()));
}

Result<Ground> look_up(road::Road& road, const road::Caller& caller, const ReadFile& file,
                       const ImportOptions& options) {
    std::vector<std::string> numbers;
    for (const auto& document : file.documents) numbers.push_back(document.number);
    const auto permission =
        options.parent ? SplitDown::type.permission : RegisterDocuments::type.permission;
    const auto today = road.clock().today();
    // Of the whole granted scope: a part's parent may be held above the area that gets the part.
    return road::look(
        road, caller, permission, {}, [&](store::Tx& tx, const Scope& scope) -> Result<Ground> {
            Ground ground;
            ground.receivers = Receivers(place_names(tx, today), unit_names(tx, scope));
            ground.known = known_documents(tx, numbers);
            ground.programmes = known_programmes(tx, today);
            if (options.parent) ground.line_area = TRY(area_of_line(tx, scope, options.parent));
            return ground;
        });
}

}  // namespace

ImportOutcome import_documents(road::Road& road, const road::Caller& caller, std::string_view bytes,
                               const ImportOptions& options) {
    ImportOutcome outcome;
    auto file = read_documents(bytes, options.is_partial);
    std::erase_if(file.documents, [](const ReadDocument& each) { return each.rows.empty(); });
    const auto ground = look_up(road, caller, file, options);
    std::vector<DocumentInput> inputs;
    if (ground) {
        Maker maker(file, *ground, options);
        for (auto& document : file.documents) {
            auto input = maker.make(document);
            if (document.is_good) inputs.push_back(std::move(input));
        }
        std::ranges::stable_sort(file.problems, {}, [](const Refusal& r) { return r.place().row; });
    }
    api::Array summaries;
    for (const auto& document : file.documents)
        summaries.push_back(summary_of(document, options.language));
    outcome.value = api::Object{{"documents", std::move(summaries)}};
    outcome.refusals = std::move(file.problems);
    outcome.report = std::move(file.report);
    if (!ground) {
        outcome.refusals.push_back(ground.error());
        return outcome;
    }
    if (inputs.empty() || (!outcome.refusals.empty() && !options.accept_good)) return outcome;
    if (!options.parent) {
        give(road, caller, RegisterDocuments{common_area(inputs), inputs, options.posting_date},
             options, outcome);
    } else if (inputs.size() == 1) {
        give(road, caller, SplitDown{options.parent, inputs.front(), options.posting_date}, options,
             outcome);
    } else {
        outcome.refusals.push_back(
            refusal(kOneDocumentToSplit)
                .with("documents", static_cast<std::int64_t>(inputs.size())));
    }
    return outcome;
}

}  // namespace fenming::budget
