"""Sentences of the commands, in both languages."""

from __future__ import annotations

from ..codes import Severity
from ..messages import Words

word: Words = Words(
    {
        "no-such-path": {
            "en": "There is no such file or folder: check the spelling, and put a path with spaces in quotes.",
            "zh": "没有这个文件或文件夹：请检查路径，路径中有空格时请加引号。",
        },
        "no-list": {
            "en": "This list of paths cannot be read: {found}; name a text file with one path a line.",
            "zh": "无法读取此路径清单：{found}；请指定每行一个路径的文本文件。",
        },
        "read-as": {"en": "read as {format}: {agency}, {year}", "zh": "按{format}读取：{agency}，{year}"},
        "wrong-suffix": {
            "en": "this command does not write the format of {output}; choose one of the endings {suffixes}, or name a "
            "format with {option}",
            "zh": "此命令不能写出{output}的格式；请改用扩展名{suffixes}，或用{option}指定格式",
        },
        "no-format": {
            "en": "Missing '{option}': name a format ({choices}), or an output that ends in one ({suffixes}).",
            "zh": "缺少'{option}'：请指定格式（{choices}），或使用扩展名能表明格式的输出文件（{suffixes}）。",
        },
        "url": {
            "en": "This is an address, and nothing is fetched: save the page and pass its path.",
            "zh": "这是网址，不会下载：请保存网页，再给出文件的路径。",
        },
        "interrupted": {"en": "interrupted", "zh": "已中断"},
        "binary-to-terminal": {
            "en": "{found} is a binary format, which a terminal can't show: name a file with --output FILE.",
            "zh": "{found}是二进制格式，终端无法显示：请用 --output FILE 指定文件。",
        },
        "no-match": {
            "en": "No file matches: check the pattern, and put it in quotes.",
            "zh": "没有匹配的文件：请检查通配符，并加上引号。",
        },
        "no-report-files": {
            "en": "There is no document in this folder: name another folder, or the file itself.",
            "zh": "文件夹中没有文档：请另指定文件夹，或直接指定文件。",
        },
        "no-output-folder": {
            "en": "There are {found} reports here: name a folder for them, such as --output DIR/.",
            "zh": "这里有{found}份报告：请用 --output 指定文件夹，例如 --output DIR/。",
        },
        "one-file": {
            "en": "This command takes one file, not {found}.",
            "zh": "此命令只处理一个文件，这里有{found}个。",
        },
        "cannot-read": {"en": "Cannot be read: {found}.", "zh": "无法读取：{found}。"},
        "cannot-write": {"en": "cannot write to {place}: {found}", "zh": "无法写入{place}：{found}"},
        "output-is-input": {
            "en": "The output {output} is {other}, which this run reads: nothing is written; choose another output.",
            "zh": "输出{output}就是本次要读取的{other}：未写入任何内容，请另选输出文件。",
        },
        "outputs-collide": {
            "en": "The outputs {output} and {other} are one file: nothing is written; choose another for one of them.",
            "zh": "输出{output}与{other}是同一个文件：未写入任何内容，请将其中一个另选文件。",
        },
        "folder": {
            "en": "{place} is a folder, and a file is to be written: nothing is written; name a file in it",
            "zh": "{place}是文件夹，而这里要写入文件：未写入任何内容，请指定其中的文件名",
        },
        "block-device": {
            "en": "{place} is a block device, which writing would destroy: nothing is written; choose a file",
            "zh": "{place}是块设备，写入会破坏其内容：未写入任何内容，请另选文件",
        },
        "socket": {
            "en": "{place} is a socket, not a file: nothing is written; choose a file",
            "zh": "{place}是套接字，不是文件：未写入任何内容，请另选文件",
        },
        "no-folder": {"en": "there is no folder {place}; make it first", "zh": "没有{place}这个文件夹，请先建立"},
        "bad-limit": {"en": "{setting!r} is not NAME=NUMBER: {found}", "zh": "{setting!r}不是NAME=NUMBER：{found}"},
        "no-such-limit": {
            "en": "{setting!r} is not NAME=NUMBER with a name of {names}",
            "zh": "{setting!r}不是NAME=NUMBER，其中NAME应为{names}之一",
        },
        "line": {"en": " (line {line})", "zh": "（第{line}行）"},
        "accounted": {
            "en": "{all} files in folders: {read} read, {refused} refused{refused_kinds}, "
            "{passed} passed over{passed_kinds}",
            "zh": "文件夹中共{all}个文件：读取{read}个，拒绝{refused}个{refused_kinds}，略过{passed}个{passed_kinds}",
        },
        "folder-again": {
            "en": "The folder links back to one that is read already; skipped.",
            "zh": "文件夹是指向已读取文件夹的链接，已跳过。",
        },
        # --- check
        "statistics-format": {
            "en": "--statistics has no such format; choose --format {formats}",
            "zh": "--statistics没有这种格式；请选用--format {formats}",
        },
        "one-parent": {
            "en": "--children are the units of one report, not of {n}.",
            "zh": "--children 只用于核对一份报告，这里有{n}份。",
        },
        "no-reason": {
            "en": "A baseline needs a reason for what it accepts: --reason TEXT.",
            "zh": "写入基线必须说明理由：--reason 理由。",
        },
        "baseline-written": {
            "en": "{new} findings accepted, {kept} kept from before, {gone} stale ones dropped.",
            "zh": "新接受{new}处，保留原有{kept}处，删除失效{gone}处。",
        },
        "rule-errored": {"en": "The rule {code} broke: {why}", "zh": "规则{code}出错：{why}"},
        "statistics.none": {"en": "no findings", "zh": "没有发现问题"},
        "statistics.findings": {"en": "findings", "zh": "问题"},
        "statistics.files": {"en": "files", "zh": "文件"},
        "statistics.rule": {"en": "rule", "zh": "规则"},
        "statistics.name": {"en": "name", "zh": "名称"},
        "statistics.kind": {"en": "kind", "zh": "类别"},
        # --- the year before
        "previous-none": {
            "en": "No report of {agency} on {year} is in {folder}; the rules Y do not apply.",
            "zh": "{folder}中没有{agency}{year}年的报告，与上年的核对不适用。",
        },
        "previous-ambiguous": {
            "en": "Several reports can be that of {agency} on {year}, so none is taken: {found}.",
            "zh": "可能是{agency}{year}年报告的有多份，因此都不采用：{found}。",
        },
        "previous-unknown": {
            "en": "Agency or year is not known, so no previous report can be found; the rules Y do not apply.",
            "zh": "报告机关或年度不明，无法查找上年报告，与上年的核对不适用。",
        },
        "previous-shortened": {
            "en": "The previous report is taken to be {found}, whose agency is named {agency}.",
            "zh": "上年报告采用{found}，其中机关名称写作{agency}。",
        },
        # --- compare
        "compare.title": {"en": "What changed", "zh": "两份报告的比较"},
        "compare.marks": {
            "en": "Cells marked 〔old → new〕 differ; in the prose － was taken out and ＋ was added.",
            "zh": "有底色的〔旧 → 新〕是有变化的格；正文中－为删去的段落，＋为新增的段落。",
        },
        "compare.same": {"en": "nothing differs", "zh": "没有差异"},
        "compare.cell": {"en": "cells", "zh": "单元格"},
        "compare.paragraph": {"en": "prose", "zh": "正文"},
        "compare.field": {"en": "fields", "zh": "标题等"},
        "compare.flag": {"en": "flags", "zh": "标记"},
        "compare.added": {"en": "added", "zh": "新增"},
        "compare.removed": {"en": "removed", "zh": "删除"},
        "compare.changed": {"en": "changed", "zh": "修改"},
        "compare.no-cell": {"en": "not on this form", "zh": "此版式没有"},
        "stdin-twice": {
            "en": "stdin can be one of the two reports, not both",
            "zh": "两份报告中只能有一份取自标准输入",
        },
        # --- aggregate, explain, schema
        "not-added-up": {
            "en": "{n} cells could not be added up and are blank: {cells}",
            "zh": "{n}个单元格无法汇总，留空：{cells}",
        },
        "unknown-code": {"en": "There is no such code.{near}", "zh": "没有这个代码。{near}"},
        "near-code": {"en": " Do you mean {near}?", "zh": "是否指{near}？"},
        "off-by-default": {"en": " (off by default)", "zh": "（默认不用）"},
        "one-list": {
            "en": "--cells and --columns are two lists: ask for one",
            "zh": "--cells和--columns是两份清单：请只选一份",
        },
        # --- scan, and how far a run is
        "scanned": {
            "en": "{sources} sources: {clean} clean, {flagged} flagged, {refused} refused; "
            "{duplicates} duplicates; {output}",
            "zh": "共{sources}份：正常{clean}份，有标记{flagged}份，无法采用{refused}份；内容重复{duplicates}份；"
            "见{output}",
        },
        "resumed": {"en": " ({resumed} of them were done before)", "zh": " (其中{resumed}份此前已完成)"},
        "scanned-so-far": {
            "en": "{done} of {total} sources done: {clean} clean, {flagged} flagged, {refused} refused",
            "zh": "已完成{done}份，共{total}份：正常{clean}份，有标记{flagged}份，无法采用{refused}份",
        },
        "scan-counts": {
            "en": "{clean} clean, {flagged} flagged, {refused} refused",
            "zh": "正常{clean}份，有标记{flagged}份，无法采用{refused}份",
        },
        "scan-refused": {"en": "{n} refused{kinds}", "zh": "无法采用{n}份{kinds}"},
        "scan-passed": {
            "en": "{n} files that are no documents passed over{kinds}",
            "zh": "略过不是文档的文件{n}个{kinds}",
        },
        "missing-extras": {
            "en": "Sources were refused for want of an extra. Install it and scan again: {command}",
            "zh": "有文件因缺少可选组件而无法读取，请安装后再次运行：{command}",
        },
        "files-done": {"en": "{done} of {total} files done", "zh": "已完成{done}个文件，共{total}个"},
        # --- single words
        "edition": {"en": "edition", "zh": "版式"},
        "diagnostics": {"en": "diagnostics", "zh": "问题"},
        "none": {"en": "none", "zh": "无"},
        Severity.ERROR: {"en": "error", "zh": "错误"},
        Severity.WARNING: {"en": "warning", "zh": "警告"},
        Severity.INFO: {"en": "info", "zh": "提示"},
    }
)
