from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from taxonomies.draft import TaxonomyDraft
from taxonomies.error import ImportFailed, UnknownConcept, UnknownTaxonomy
from taxonomies.gazetteer import RegionFinder, read_starter_places
from taxonomies.importers import import_files
from taxonomies.importers.archive import Member
from taxonomies.importers.nuts import read_geojson
from taxonomies.model import TaxonomyRef
from taxonomies.place_index import Place, PlaceIndex, write_places
from taxonomies.region_outline import OutlineIndex, RegionFix, RegionOutline, rings
from taxonomies.regions import Regions
from taxonomies.starter_lists import FOLDER
from taxonomies.store import TaxonomyStore


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Regions:
    return Regions.open(TaxonomyStore(tmp_path_factory.mktemp("home")))


@pytest.fixture
def outlines(sample: Any) -> dict[str, RegionOutline]:
    made: dict[str, RegionOutline] = {}
    text = sample.geojson(
        sample.square("DE", 8, 50, 2),
        sample.square("DE111", 8, 50, 1, "Altstadt, Landkreis"),
        sample.square("DE112", 9, 50, 1, "Altstadt, Kreisfreie Stadt"),
        sample.square("FR101", 10, 50, 1, "Ville"),
    )
    read_geojson(Member("x.geojson", "x.geojson", text.encode()), TaxonomyDraft(TaxonomyRef("nuts", "2021")), made)
    return made


@pytest.mark.parametrize(
    ("latitude", "longitude", "country", "expected"),
    [
        (50.5, 8.5, None, RegionFix("DE111", 0.0, False)),
        (50.5, 9.5, "DE", RegionFix("DE112", 0.0, False)),
        (50.5, 11.05, None, RegionFix("FR101", 3.536, True)),
        (50.5, 10.05, "DE", RegionFix("DE112", 3.536, True)),  # over the border, yet of its own country
        (51.08, 8.5, "DE", RegionFix("DE111", 8.896, True)),
        (51.2, 8.5, "DE", None),
        (50.5, 8.5, "FR", None),
        (0.0, 0.0, None, None),
    ],
)
def test_a_point_is_put_into_its_region_or_the_nearest(
    outlines: dict[str, RegionOutline], latitude: float, longitude: float, country: str | None, expected: RegionFix | None
) -> None:
    assert OutlineIndex(outlines.values()).locate(latitude, longitude, country) == expected


@pytest.mark.parametrize(
    ("name", "longitude", "known", "code"),
    [
        ("Altstadt", 8.95, None, "DE112"),  # the middle of town just outside its generalised outline
        ("Neustadt", 8.95, None, "DE111"),
        ("Neustadt", 8.95, "DE112", "DE112"),
        ("Altstadt", 8.1, None, "DE111"),  # another Altstadt, far from the town
        ("Neustadt", 8.1, "DE999", "DE111"),
    ],
)
def test_a_town_goes_into_the_region_named_after_it(
    outlines: dict[str, RegionOutline], name: str, longitude: float, known: str | None, code: str
) -> None:
    fix = RegionFinder(outlines.values()).find(name, "DE", 50.5, longitude, known=known)
    assert fix is not None
    assert fix.nuts == code


def test_rings_are_longitude_latitude(outlines: dict[str, RegionOutline]) -> None:
    (ring,) = rings(outlines["DE111"].shape)
    assert sorted(set(ring)) == [(8.0, 50.0), (8.0, 51.0), (9.0, 50.0), (9.0, 51.0)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"NUTS_ID": None}, "NUTS_ID"),
        ({"LEVL_CODE": None}, "LEVL_CODE"),
    ],
)
def test_geojson_without_codes_is_refused(store: TaxonomyStore, tmp_path: Path, sample: Any, change: dict[str, None], words: str) -> None:
    feature = sample.square("DE111", 8, 50, 1)
    feature["properties"].update(change)
    path = tmp_path / "NUTS_RG_60M_2021_4326.geojson"
    path.write_text(sample.geojson(feature), encoding="utf-8")
    with pytest.raises(ImportFailed, match=words) as failure:
        import_files([path], store)
    assert path.name in str(failure.value)
    assert store.list() == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ('{"type": "Topology"}', "TopoJSON"),
        ("[1]", "FeatureCollection"),
    ],
)
def test_other_json_is_refused(store: TaxonomyStore, tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "NUTS_RG_60M_2021_4326.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportFailed, match=words):
        import_files([path], store)


def test_outlines_in_metres_are_refused(store: TaxonomyStore, tmp_path: Path, sample: Any) -> None:
    path = tmp_path / "NUTS_RG_60M_2021_3035.geojson"
    path.write_text(sample.geojson(sample.square("DE111", 4_000_000, 3_000_000, 1000)), encoding="utf-8")
    with pytest.raises(ImportFailed, match="_4326"):
        import_files([path], store)


def test_giscos_zip_is_read_in_degrees_only(store: TaxonomyStore, zip_of: Callable[[str, Mapping[str, str]], Path], sample: Any) -> None:
    points = sample.geojson(sample.square("DE111", 8, 50, 1, "Teststadt") | {"geometry": {"type": "Point", "coordinates": [8.5, 50.5]}})
    files = {
        "NUTS_LB_2021_4326.geojson": points,
        "NUTS_LB_2021_3035.geojson": "{}",
        "NUTS_BN_60M_2021_4326.geojson": "{}",
        "NUTS_AT_2021.csv": "x",
    }
    report = import_files([zip_of("ref-nuts-2021-60m.geojson.zip", files)], store, scheme="nuts")
    assert (str(report.ref), report.counts) == ("nuts:2021", {"region": 1})
    assert [file.reason.split(";")[0] for file in report.ignored] == ["another projection", "boundary lines", "not GeoJSON"]


def test_every_place_of_the_sample_boards_is_known(bundled: Regions) -> None:
    advertisements = sorted((Path(__file__).parents[2] / "crawlers" / "sample_boards" / "advertisements").glob("*.yaml"))
    assert advertisements
    for path in advertisements:
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            if item.get("locality"):
                places = bundled.places(item["locality"], country=item["country"], postal_code=item.get("postcode"))
                assert places, (path.name, item["id"], item["locality"])
                assert places[0].postal is not False, (path.name, item["id"], item["locality"], item["postcode"])


def test_label_points_alone_give_codes_without_places(store: TaxonomyStore, tmp_path: Path, sample: Any) -> None:
    feature = sample.square("DE111", 8, 50, 1, "Teststadt") | {"geometry": {"type": "Point", "coordinates": [8.5, 50.5]}}
    path = tmp_path / "NUTS_LB_2021_4326.geojson"
    path.write_text(sample.geojson(feature), encoding="utf-8")
    report = import_files([path], store)
    assert any("no outlines yet" in warning for warning in report.warnings)
    regions = Regions.open(store)
    assert (regions.label("DE111"), regions.locate(50.5, 8.5), list(regions.outlines(3)), regions.places("Berlin")) == (
        "Teststadt",
        None,
        [],
        (),
    )


def test_bundled_table_knows_every_parent(bundled: Regions) -> None:
    assert (bundled.version, bundled.bundled) == ("2021", True)
    for code in bundled.codes():
        assert bundled.parents(code) == tuple(code[:n] for n in range(len(code) - 1, 1, -1))
    assert bundled.children("DE21") == ("DE211", "DE212")
    assert len(bundled.codes(2, "DE")) == 38
    assert len(bundled.codes(2, "NL")) == 12
    assert len(bundled.codes(1, "FR")) == 14


def test_every_bundled_place_stands_in_a_known_region(bundled: Regions) -> None:
    for place in read_starter_places():
        assert place.nuts is not None
        assert bundled.exists(place.nuts), place
        assert place.nuts[:2] == place.country
        assert place.postal_prefixes


def test_postcode_regions_agree_with_the_places(bundled: Regions) -> None:
    with (FOLDER / "postal_regions.csv").open(encoding="utf-8") as lines:
        table = [(row["country"], row["prefix"], row["nuts"]) for row in csv.DictReader(lines)]
    for place in read_starter_places():
        assert place.nuts is not None
        for prefix in place.postal_prefixes:
            regions = [nuts for country, start, nuts in table if country == place.country and prefix.startswith(start)]
            assert not regions or any(place.nuts.startswith(nuts) for nuts in regions), (place, prefix)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("München", "DE212"),
        ("MUENCHEN", "DE212"),
        ("munich", "DE212"),
        ("Köln", "DEA23"),
        ("Koeln", "DEA23"),
        ("Den Haag", "NL332"),
        ("'s-Hertogenbosch", "NL413"),
        ("s Hertogenbosch", "NL413"),
        ("St. Étienne", "FRK25"),
        ("Saint Etienne", "FRK25"),
        ("Frankfurt (Main)", "DE712"),
        ("Wien", "AT130"),
    ],
)
def test_names_are_folded(bundled: Regions, name: str, code: str) -> None:
    assert bundled.places(name)[0].nuts == code


@pytest.mark.parametrize(
    ("name", "country", "codes"),
    [
        ("Bayern", None, ("DE2",)),
        ("BRETAGNE", "FR", ("FRH", "FRH0")),
        ("Leipzig", "DE", ("DED5", "DED51")),
        ("Luxembourg", "LU", ("LU", "LU0", "LU00", "LU000")),
        ("Bayern", "FR", ()),
        ("", None, ()),
    ],
)
def test_regions_are_found_by_name(bundled: Regions, name: str, country: str | None, codes: tuple[str, ...]) -> None:
    assert bundled.named(name, country=country) == codes


@pytest.mark.parametrize("name", ["", "  ", "Nirgendwo", "…", "(", "💥"])
def test_unknown_names_give_nothing(bundled: Regions, name: str) -> None:
    assert bundled.places(name) == ()


@given(st.text())
def test_any_text_may_be_asked_as_a_place(bundled: Regions, name: str) -> None:
    assert isinstance(bundled.places(name, country="DE", postal_code=name), tuple)


def test_places_are_ranked_by_postcode_name_and_size(tmp_path: Path) -> None:
    write_places(
        tmp_path,
        [
            Place("Neustadt", "DE", "DE111", 50.1, 8.1, 900, postal_prefixes=("67",)),
            Place("Neustadt", "DE", "DE112", 50.2, 9.1, 90_000),
            Place("Villeneuve", "FR", "FR101", 50.3, 10.1, 800_000, alternative_names=("Neustadt",)),
        ],
    )
    outlines = {code: RegionOutline(code, code, 3, code[:2]) for code in ("DE111", "DE112", "FR101")}
    regions = Regions("2021", False, outlines, PlaceIndex.open(tmp_path))
    assert [place.nuts for place in regions.places("neustadt")] == ["DE112", "DE111", "FR101"]
    first = regions.places("Neustadt", postal_code="67433")[0]
    assert (first.nuts, first.postal) == ("DE111", True)
    assert [place.nuts for place in regions.places("Neustadt", country="DE", postal_code="10115")] == ["DE112", "DE111"]
    assert [place.nuts for place in regions.places("Neustadt", country="FR")] == ["FR101"]


def test_every_name_is_found_among_many_of_any_script(tmp_path: Path) -> None:
    names = ["Aa", "Łódź", "Köln", "Ζάκυνθος", "София", "Zürich", "東京", "Ÿ"]
    write_places(tmp_path, [Place(name, "DE", None, 50.0, 8.0, 1000) for name in names])
    for index in (PlaceIndex.open(tmp_path), PlaceIndex.build([])):
        found = [[named.place.name for named in index.named(name)] for name in names]
        assert found == ([[name] for name in names] if len(index) else [[]] * len(names))


def test_french_postcodes_tell_the_department(tmp_path: Path) -> None:
    write_places(
        tmp_path, [Place("Saint-Denis", "FR", "FRY40", -20.9, 55.4, 150_000), Place("Saint-Denis", "FR", "FR106", 48.9, 2.4, 96_000)]
    )
    regions = Regions("2021", False, {}, PlaceIndex.open(tmp_path))
    assert [(place.nuts, place.postal) for place in regions.places("Saint-Denis", postal_code="93200")] == [
        ("FR106", True),
        ("FRY40", False),
    ]


def test_bundled_places_stand_in_for_outlines(bundled: Regions) -> None:
    fix = bundled.locate(52.51, 13.4, country="DE")
    assert fix is not None
    assert (fix.nuts, fix.nearest) == ("DE300", True)
    assert bundled.locate(45.0, -30.0) is None


def test_unknown_codes_and_versions_are_told(bundled: Regions, store: TaxonomyStore) -> None:
    assert not bundled.exists("XX1")
    with pytest.raises(UnknownConcept, match="XX1"):
        bundled.label("XX1")
    with pytest.raises(UnknownTaxonomy, match="NUTS 1999 is not imported"):
        Regions.open(store, "1999")
