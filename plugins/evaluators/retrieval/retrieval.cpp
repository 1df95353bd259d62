#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <hashloom/plugin.hpp>
#include <numeric>
#include <set>
#include <support/in_parallel.hpp>

#include "database_order.hpp"
#include "distances.hpp"
#include "relevance.hpp"
#include "tied_ranking.hpp"

namespace hashloom::retrieval {
namespace {

constexpr int64_t kRecallLevels = 20;
constexpr int64_t kQueriesAtOnce = 512;

std::vector<double> mean_over_rows(const std::vector<std::vector<double>>& rows) {
  std::vector<double> mean(rows.front().size(), 0);
  for (const auto& row : rows)
    for (size_t i = 0; i < row.size(); ++i) mean[i] += row[i] / static_cast<double>(rows.size());
  return mean;
}

void check_sizes(const Codes& query, const Codes& database, const Relevance& relevance) {
  if (query.bits() != database.bits())
    throw ShapeError(
        fmt::format("codes of queries have {} bits, those of the database {}", query.bits(), database.bits()));
  if (query.items() != relevance.queries() || database.items() != relevance.items())
    throw ShapeError(fmt::format("{} query and {} database codes have {} and {} labels", query.items(),
                                 database.items(), relevance.queries(), relevance.items()));
  if (query.items() == 0 || database.items() == 0)
    throw ShapeError(
        fmt::format("retrieval of {} queries from {} items has no figures", query.items(), database.items()));
}

}  // namespace

/// Ranks the database by Hamming distance for every query; relevant is an item that shares a class. Figures are means
/// over all queries; one without a relevant item counts 0 in each.
///
/// - mAP@all: AP = sum over relevant items of the precision at their rank, / relevant items
/// - mAP@R (over retrieved): the same for the first R, / relevant items among them (as DeepBit and HashNet do)
/// - mAP@R (over min): the same for the first R, / min(R, relevant items) (information retrieval's)
/// - precision@N, recall@N: expected hits among the first N, / N (also if the database is smaller) or / relevant items
/// - precision within radius d: hits / items at distance <= d; 0 where there are none
/// - precision over recall: at recall 5 %, 10 %, ... 100 %; not interpolated
///
/// Ties count by their expectation over all orders (TiedRanking), except where a name says "database order".
class Retrieval final : public Evaluator {
 public:
  static Schema schema() {
    return Schema("Figures of retrieval by Hamming distance: mAP, precision, recall")
        .param("r", 1000, at_least(1), "R of mAP@R, told over the relevant items retrieved and over min(R, relevant)")
        .unit("items")
        .param("cuts", std::vector<int64_t>{100, 500, 1000}, at_least(1), "each N of precision@N and recall@N")
        .unit("items")
        .param("radius", 2, between(0, 4096), "of precision within a radius")
        .unit("bits")
        .input("codes", port::kCodes, Need::required, "codes to rank by")
        .input("labels", port::kLabels, Need::required, "what is relevant: a class shared");
  }

  explicit Retrieval(const Params& p)
      : r_(p.integer("r")), cuts_(p.integers("cuts").begin(), p.integers("cuts").end()), radius_(p.integer("radius")) {}

  void evaluate(const EvaluationInputs& in, Context& run) const override {
    const Codes &query = in.codes().query, &database = in.codes().database;
    const Relevance relevance(in.labels().query, in.labels().database);
    check_sizes(query, database, relevance);
    std::vector<std::vector<double>> rows(query.items());
    for (int64_t begin = 0; begin < query.items(); begin += kQueriesAtOnce) {
      const int64_t end = std::min(begin + kQueriesAtOnce, query.items());
      support::in_parallel(begin, end, [&](int64_t from, int64_t to) {
        for (int64_t q = from; q < to; ++q) rows[q] = figures(query.row(q), database, relevance.of(q));
      });
      run.progress(end, query.items(), "queries");
    }
    record(mean_over_rows(rows), query.items(), run);
  }

 private:
  /// In the order of figures(), without the curve and the last one.
  std::vector<std::string> names() const {
    std::vector<std::string> names{"mAP@all",
                                   "mAP@all (database order)",
                                   fmt::format("mAP@{} (over retrieved)", r_),
                                   fmt::format("mAP@{} (over retrieved, database order)", r_),
                                   fmt::format("mAP@{} (over min)", r_),
                                   fmt::format("mAP@{} (over min, database order)", r_),
                                   fmt::format("precision within radius {}", radius_)};
    for (const int64_t n : cuts_) names.push_back(fmt::format("precision@{}", n));
    for (const int64_t n : cuts_) names.push_back(fmt::format("recall@{}", n));
    return names;
  }

  /// Of one query: those of names(), the curve's precisions, and 1 if nothing is relevant to it.
  std::vector<double> figures(std::span<const uint64_t> query, const Codes& database,
                              const std::vector<uint8_t>& relevant) const {
    const auto distances = hamming_distances(query, database.words());
    const auto ranking = TiedRanking::of(distances, relevant, database.bits());
    const auto ordered = in_database_order(distances, relevant, ranking, r_);
    std::vector<double> row{ranking.average_precision(),
                            ordered.whole,
                            ranking.average_precision_at(r_, Denominator::retrieved),
                            ordered.cut_over_retrieved,
                            ranking.average_precision_at(r_, Denominator::min),
                            ordered.cut_over_min,
                            ranking.precision_within(radius_)};
    const double all = std::max<double>(1, static_cast<double>(ranking.relevant()));
    for (const int64_t n : cuts_) row.push_back(ranking.expected_hits(n) / static_cast<double>(n));
    for (const int64_t n : cuts_) row.push_back(ranking.expected_hits(n) / all);
    for (int64_t level = 1; level <= kRecallLevels; ++level)
      row.push_back(ranking.precision_at_recall(level, kRecallLevels));
    row.push_back(ranking.relevant() == 0);
    return row;
  }

  void record(const std::vector<double>& means, int64_t queries, Context& run) const {
    const auto names = this->names();
    for (size_t i = 0; i < names.size(); ++i) run.metric(names[i], means[i], {.unit = "%", .headline = i == 0});
    record_curve(std::span(means).subspan(names.size(), kRecallLevels), run);
    const auto unanswerable = static_cast<int64_t>(std::llround(means.back() * static_cast<double>(queries)));
    if (unanswerable > 0)
      run.warn("queries without a relevant item",
               fmt::format("nothing in the database shares a class with {} of {} queries; they count 0", unanswerable,
                           queries),
               "leave such queries out, or take more images into the database");
  }

  static void record_curve(std::span<const double> precisions, Context& run) {
    std::vector<double> recalls(kRecallLevels);
    for (int64_t i = 0; i < kRecallLevels; ++i) recalls[i] = static_cast<double>(i + 1) / kRecallLevels;
    run.curve({"precision over recall", "recall", "precision", recalls, precisions});
  }

  int64_t r_;
  std::set<int64_t> cuts_;
  int64_t radius_;
};

}  // namespace hashloom::retrieval

using namespace hashloom;
HASHLOOM_PLUGIN("retrieval", "1.0.0", component<retrieval::Retrieval>("evaluator/retrieval"))
