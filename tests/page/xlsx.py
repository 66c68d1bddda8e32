"""xlsx.py: looks into a workbook of orgsim report, with nothing but the standard library

    xlsx.py check FILE               formulas only where they belong, each with its value; words of the scenario are text
    xlsx.py edit FILE OUT [A1=X ..]  the same with other numbers in the first sheet and no values in formulas, so that they must be calculated
    xlsx.py values FILE              "cell value" of every number of the first sheet, formulas by the value that was written
"""
import re
import sys
import zipfile

CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*?)(?:/>|>(.*?)</c>)', re.S)
FORMULA, VALUE = re.compile(r"<f>(.*?)</f>", re.S), re.compile(r"<v>(.*?)</v>", re.S)


def sheets(path):
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None, "a part of the file is damaged"
        names = sorted(n for n in book.namelist() if n.startswith("xl/worksheets/sheet"))
        return [book.read(n).decode() for n in names], book.read("xl/workbook.xml").decode(), book.read("xl/sharedStrings.xml").decode()


def check(path):
    texts, book, strings = sheets(path)
    names = re.findall(r'<sheet name="([^"]+)"', book)
    assert [n for n in names if n != "Checks"] == ["Money", "Ledgers", "Organisations", "Assumptions", "About"], names  # checks: only where there are any
    for name, text in zip(names, texts):
        cells = CELL.findall(text)
        assert cells, f"{name} is empty"
        formulas = [(at, body) for at, _, body in cells if FORMULA.search(body)]
        assert bool(formulas) == (name in ("Money", "Ledgers")), f"{name}: {len(formulas)} formulas"
        for at, body in formulas:
            assert VALUE.search(body), f"{name}!{at}: a formula without its value"
        assert "Modelled, not measured" in text, f"{name}: no footer"
    assert "Modelled, not measured" in strings


def edit(path, out, settings):
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as other:
        for name in book.namelist():
            data = book.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = data.decode()
                if name.endswith("sheet1.xml"):
                    for setting in settings:
                        at, value = setting.split("=")
                        text, n = re.subn(rf'(<c r="{at}"[^>]*>)<v>.*?</v>', rf"\g<1><v>{value}</v>", text)
                        assert n == 1, f"there is no number in {at}"
                text = re.sub(r"(<f>.*?</f>)<v>.*?</v>", r"\1", text, flags=re.S)
                data = text.encode()
            other.writestr(name, data)


def values(path):
    for at, attributes, body in CELL.findall(sheets(path)[0][0]):
        found = VALUE.search(body)
        if found and 't="' not in attributes:
            print(at, found.group(1))


if __name__ == "__main__":
    task, arguments = sys.argv[1], sys.argv[2:]
    if task == "check":
        check(*arguments)
    elif task == "edit":
        edit(arguments[0], arguments[1], arguments[2:])
    else:
        values(*arguments)
