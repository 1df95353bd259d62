#pragma once
#include <cache/cache.hpp>

namespace hashloom::cache {

/// How much is lost with an entry: the seconds that making it took for each byte that it holds, halved for every week
/// in which it was of no use. `now`: seconds since 1970.
double value_of(const Record& record, int64_t now);

/// Removes the least valuable entries until what is left fits into `limit` bytes, and drafts of writers that are gone
/// for a day. Entries used in the last ten minutes are left: a run may be about to read them. Returns what it removed.
std::vector<Record> prune(const Cache& cache, int64_t limit, int64_t now);

/// What results may take when a run has ended: $HASHLOOM_CACHE_LIMIT, else 20 GiB. Throws ParameterError for a limit
/// that is no size.
int64_t results_limit();

/// "20 GiB", "500MB", "1000": a size in bytes. Throws ParameterError for other text.
int64_t bytes_from(const std::string& text);

}  // namespace hashloom::cache
