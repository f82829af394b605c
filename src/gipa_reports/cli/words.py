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
        "comma": {"en": ", ", "zh": "、"},
        "kinds": {"en": " ({kinds})", "zh": "（{kinds}）"},
        "folder-again": {
            "en": "The folder links back to one that is read already; skipped.",
            "zh": "文件夹是指向已读取文件夹的链接，已跳过。",
        },
        "edition": {"en": "edition", "zh": "版式"},
        "diagnostics": {"en": "diagnostics", "zh": "问题"},
        "none": {"en": "none", "zh": "无"},
        Severity.ERROR: {"en": "error", "zh": "错误"},
        Severity.WARNING: {"en": "warning", "zh": "警告"},
        Severity.INFO: {"en": "info", "zh": "提示"},
    }
)
