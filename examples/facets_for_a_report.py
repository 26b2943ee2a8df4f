"""Build facets for a report: who is named beside returns from Iran and Pakistan, year by year."""

import migsearch

results = migsearch.search("returns returnees بازگشت عودت‌کنندگان", limit=0, facets=("year", "organisation", "language"))
print(f"{results.total} documents on returns")

print("\nYear  Documents")
for year, count in results.facets["year"].items():
    print(f"{year}  {count:9}")

print("\nOrganisations named most often")
for organisation, count in list(results.facets["organisation"].items())[:5]:
    print(f"{count:3}  {migsearch.display_name(organisation)} ({migsearch.display_name(organisation, 'fa')})")

afghan = migsearch.search("returns بازگشت", limit=0, organisations=["morr-af"], since="2021")
print(f"\nSince 2021 the Afghan ministry stands in {afghan.total} of them.")
