"""Frictionless and pandera on the dirty rosters of `python -m benchmarks.readers make`; needs only these two and openpyxl.

Both get the same schema, as strict as each can say it: types, required cells, unique staff numbers, patterns and closed
sets of words. `python readers_others.py FOLDER` writes FOLDER/others.json: for every roster the (sheet, row, heading) of
each complaint, and which dates came out as something else."""

import json
import sys
import warnings
from pathlib import Path

WORDS = {"任用区分": ["正規", "任期付", "再任用", "会計年度任用"], "在職状況": ["在職", "休職", "派遣", "退職"]}
RESULTS = ["修了", "未修了", "欠席", "免除", "講師"]
DATES = {"生年月日", "採用年月日", "現職層開始日", "発令日", "修了日", "開始日", "終了日"}
REQUIRED = {"職員番号", "氏名", "生年月日", "採用年月日", "職種", "職名", "部", "発令日", "修了日", "区分", "開始日"}
HEADS = {
    "職員名簿": [
        "職員番号",
        "氏名",
        "フリガナ",
        "生年月日",
        "採用年月日",
        "任用区分",
        "職種",
        "職名",
        "現職層開始日",
        "部",
        "課",
        "係",
        "在職状況",
        "備考",
    ],
    "異動履歴": ["職員番号", "氏名", "発令日", "部", "課", "係", "職名", "異動区分"],
    "研修履歴": ["職員番号", "研修名", "修了日", "結果"],
    "休業等": ["職員番号", "区分", "開始日", "終了日"],
}


def frictionless_errors(path):
    from frictionless import Checklist, Resource, Schema, formats

    found = []
    for sheet, head in HEADS.items():
        fields = []
        for name in head:
            constraints = {"required": True} if name in REQUIRED else {}
            if name == "職員番号":
                constraints |= {"pattern": r"\d{6}"} | ({"unique": True} if sheet == "職員名簿" else {})
            if name in WORDS:
                constraints["enum"] = WORDS[name]
            if name == "結果":
                constraints["enum"] = RESULTS
            fields.append({"name": name, "type": "date" if name in DATES else "string", "constraints": constraints})
        schema = Schema.from_descriptor({"fields": fields})
        resource = Resource(path=path.name, basepath=str(path.parent), schema=schema, control=formats.ExcelControl(sheet=sheet))
        report = resource.validate(Checklist(), limit_errors=10_000)
        for error in [*report.errors, *(e for task in report.tasks for e in task.errors)]:
            place = error.to_descriptor()
            found.append((sheet, place.get("rowNumber"), place.get("fieldName")))
    return found


def pandera_errors(path):
    import pandas as pd
    import pandera.pandas as pa

    found, changed = [], []
    for sheet, head in HEADS.items():
        try:
            frame = pd.read_excel(path, sheet_name=sheet, engine="openpyxl", dtype={"職員番号": str})
        except ValueError:
            found.append((sheet, None, None))
            continue
        columns = {}
        for name in head:
            checks = [pa.Check.isin(WORDS[name])] if name in WORDS else [pa.Check.isin(RESULTS)] if name == "結果" else []
            if name == "職員番号":
                checks = [pa.Check.str_matches(r"^\d{6}$")]
            kind = "datetime64[ns]" if name in DATES else None
            unique = name == "職員番号" and sheet == "職員名簿"
            columns[name] = pa.Column(kind, checks, nullable=name not in REQUIRED, unique=unique, coerce=name in DATES)
        try:
            made = pa.DataFrameSchema(columns).validate(frame, lazy=True)
            for name in set(head) & DATES & set(frame):
                numbers = [n for n, value in enumerate(frame[name]) if isinstance(value, (int, float)) and value == value]
                changed += [(sheet, n + 2, name, str(made[name].iloc[n].date())) for n in numbers]
        except pa.errors.SchemaErrors as errors:
            for _, case in errors.failure_cases.iterrows():
                row = None if pd.isna(case["index"]) else int(case["index"]) + 2
                found.append((sheet, row, case["column"]))
        except Exception as error:
            found.append((sheet, None, type(error).__name__))
    return found, changed


def main(folder):
    warnings.simplefilter("ignore")
    told = {}
    for path in sorted(folder.glob("*.xlsx")):
        try:
            one = frictionless_errors(path)
        except Exception as error:
            one = [("", None, type(error).__name__)]
        other, changed = pandera_errors(path)
        told[path.stem] = {"frictionless": one, "pandera": other, "pandera_changed": changed}
    (folder / "others.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
