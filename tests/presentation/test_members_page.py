"""The table of a page of many members can be searched, and everything in the page is escaped."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from cecrules.presentation.members_page import members_page

PAGE = members_page(
    [("Files", "<a>.csv")],
    [("Members by state", [("renewable", 1234)]), ("Notices", [])],
    ["Member", "State"],
    [["<b>", "renewable"], ["Bo", "not renewable"]],
)

# What the script asks of a page, and no more.
DOCUMENT = """
const cells = [["Ann", "renewable"], ["Bo", "not renewable"]];
const members = cells.map(texts => ({cells: texts.map(text => ({textContent: text})), hidden: false}));
const paragraph = {hidden: true};
const box = {value: "", closest: name => name === "p" ? paragraph : null, addEventListener(_, act) { this.act = act; }};
const document = {querySelector: () => box, querySelectorAll: () => members};
"""
QUESTIONS = """
const said = [paragraph.hidden];
for (const words of ["NOT  bo", "an", "annr", ""]) {
  box.value = words; box.act();
  said.push(members.map(row => row.hidden).join());
}
console.log(said.join(" "));
"""


def test_the_table_can_be_searched_where_scripts_run() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    (script,) = re.findall(r"<script>(.*?)</script>", PAGE, re.DOTALL)
    told = subprocess.run([node, "-e", DOCUMENT + script + QUESTIONS], capture_output=True, check=True, text=True)
    assert told.stdout.split() == ["false", "true,false", "false,true", "true,true", "false,false"]


def test_the_field_is_in_the_paragraph_that_the_script_shows() -> None:
    (paragraph,) = re.findall(r"<p hidden=.*?</p>", PAGE)
    assert re.findall(r"<(\w+)", paragraph) == ["p", "label", "input"]


def test_a_wide_table_moves_in_a_frame_that_the_keyboard_reaches() -> None:
    assert '<div class="wide" tabindex="0" role="region" aria-label="Members"><table>' in PAGE


def test_every_text_is_escaped_and_a_table_without_rows_is_left_out() -> None:
    assert "&lt;a&gt;.csv" in PAGE
    assert "<td>&lt;b&gt;</td>" in PAGE
    assert "1,234" in PAGE
    assert "Notices" not in PAGE
